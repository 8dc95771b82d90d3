/** Everything a team does in a lab. Each action resolves after the device's store committed, or says why it did not. */
import { assignmentAnswer, candidacy, message, sharing, submission } from '../../../domain/collections.ts'
import { filledFrom } from '../../../domain/assignment-form.ts'
import type { Snapshot } from '../../../domain/snapshot.ts'
import type { Maturity } from '../../../domain/maturity.ts'
import { entrySpace, teamSpace } from '../../../domain/spaces.ts'
import { rowsOfTable, type Answering } from '../../forms/open-form.ts'
import type { Client } from '../../sync/client.ts'
import type { Written } from '../../sync/mutate.ts'
import { newRowId } from '../../sync/new-row-id.ts'
import { whenCommitted } from '../../ui/uncommitted.ts'
import { draftId, readDraft, type Assignment } from './labs.ts'

/** The name that goes with what someone sends: readers of a lab do not see each other's accounts. */
export async function ownName(client: Client): Promise<string> {
  const person = (await client.db.read('session'))?.person
  return person?.name || person?.email.split('@')[0] || ''
}

/** Where something of a team in a lab is. */
export type Spot = { lab: string; team: string; assignment: string }

export const answer = (client: Client, { lab: id, team, assignment }: Spot, set: Answering): Promise<Written> => client.write(assignmentAnswer, draftId(id, assignment), set, teamSpace(team))

/** How long what was typed right before may take on its way into the store, in milliseconds; a field that cannot keep it says so itself. */
const PATIENCE_MS = 1_000

/** Resolves when what was typed so far lies in the store, or cannot be kept there. */
export async function whenKept(client: Client): Promise<void> {
  await Promise.race([whenCommitted(), new Promise<void>((resolve) => void client.env.after(PATIENCE_MS, resolve))])
  await client.written()
}

/** What stands in the draft now, with the form as it is now. */
export async function snapshotOf(client: Client, spot: Spot, { title, version, fields, shared }: Assignment): Promise<Snapshot> {
  await whenKept(client)
  const { answers, rows } = await readDraft(client.db, spot.lab, spot.team, spot.assignment)
  const draft = draftId(spot.lab, spot.assignment)
  return { title, version, ...(shared ? { shared } : {}), fields, answers: filledFrom(fields, answers, (question) => rowsOfTable(rows, draft, question).map((row) => row.answers)) }
}

/** Without a connection it waits in the outbox, and then arrives as sent. */
export const send = async (client: Client, { lab: id, team, assignment }: Spot, snapshot: Snapshot): Promise<Written> =>
  client.write(submission, newRowId(client.env), { assignment, snapshot, from: await ownName(client) }, entrySpace(id, team))

/** Whether the other teams may read it after the feedback. */
export const share = (client: Client, { lab: id, team, assignment }: Spot, agreed: boolean): Promise<Written> => client.write(sharing, assignment, { agreed }, entrySpace(id, team))

/** A team puts itself forward, or says how far it is: then `motivation` is empty. What it said before goes, once this is kept. */
export async function putForward(client: Client, { lab: id, team }: Omit<Spot, 'assignment'>, stage: Maturity, motivation: string, before: readonly string[]): Promise<Written> {
  const words = motivation.trim()
  const written = await client.write(candidacy, newRowId(client.env), { stage, ...(words ? { motivation: words } : {}), from: await ownName(client) }, entrySpace(id, team))
  if (written.kind === 'written') for (const row of before) await withdraw(client, { lab: id, team }, row, true)
  return written
}

/** Also takes the withdrawing back. */
export const withdraw = (client: Client, { lab: id, team }: Omit<Spot, 'assignment'>, row: string, deleted: boolean): Promise<Written> => client.write(candidacy, row, { deleted }, entrySpace(id, team))

export const say = async (client: Client, { lab: id, team, assignment }: Spot, text: string): Promise<Written> =>
  client.write(message, newRowId(client.env), { assignment, text: text.trim(), from: await ownName(client) }, entrySpace(id, team))
