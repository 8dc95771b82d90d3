/** Everything a person does in the quickscan. Each action resolves after the device's store committed, or says why it did not. */
import { nextTick } from 'vue'
import type { Router } from 'vue-router'
import { pathOrder, position, scanRound } from '../../../domain/collections.ts'
import { roundId } from '../../../domain/scan.ts'
import { rowOf } from '../../db/rows.ts'
import type { Client } from '../../sync/client.ts'
import type { Written } from '../../sync/mutate.ts'
import { wantHeadingFocus } from '../../ui/headingFocus.ts'

const moment = (client: Client): string => new Date(client.env.now()).toISOString()

/** Opens a question, or without one the start or the result; the heading takes the focus, as on any next page. */
export async function openQuestion(router: Router, question: string | undefined): Promise<void> {
  await router.push(question === undefined ? '/quickscan' : questionPath(question))
  await nextTick()
  wantHeadingFocus()
  scrollTo({ top: 0 })
}

export const questionPath = (question: string): string => `/quickscan?vraag=${question}`

/** The round of this year begins, or goes on. */
export const beginRound = (client: Client, scan: string, year: number): Promise<Written> => client.write(scanRound, roundId(scan, year), { finishedAt: null })

export const answer = (client: Client, round: string, set: Record<string, string | boolean | null>): Promise<Written> => client.write(scanRound, round, set)

export const finishRound = (client: Client, round: string): Promise<Written> => client.write(scanRound, round, { finishedAt: moment(client) })

/** Null: the order of the path as it is. */
export const putFirst = (client: Client, first: readonly string[] | null): Promise<Written> => client.write(pathOrder, 'pad', { first })

/** So that this person goes on at the same question, here or on another device. */
export async function rememberQuestion(client: Client, scan: string, question: string): Promise<void> {
  const path = questionPath(question)
  const row = await rowOf(client.db, await client.spaceOf(position), position, scan)
  if (row?.values.path !== path) await client.write(position, scan, { path, at: moment(client) })
}
