/** Everything facilitators do in a lab. Each action resolves after the device's store committed, or says why it did not. */
import type { TextValue } from '../../../domain/collection.ts'
import { announcement, candidacyReply, extension, feedback, feedbackDraft, lab, labAssignment, labSession, submissionReview } from '../../../domain/collections.ts'
import type { Verdict } from '../../../domain/labs.ts'
import { entrySpace, labSpace, reviewSpace } from '../../../domain/spaces.ts'
import { rowOf, rowsOf } from '../../db/rows.ts'
import type { Client } from '../../sync/client.ts'
import type { Result } from '../../sync/environment.ts'
import type { Written } from '../../sync/mutate.ts'
import { newRowId } from '../../sync/new-row-id.ts'
import { ownName, type Spot } from './actions.ts'
import { readEntries } from './labs.ts'

export const rename = (client: Client, id: string, title: string): Promise<Written> => client.write(lab, id, { title }, labSpace(id))

export const dateSession = (client: Client, id: string, session: string, set: { at?: string | null; place?: string | null }): Promise<Written> => client.write(labSession, session, set, labSpace(id))

export const dateAssignment = (client: Client, id: string, assignment: string, due: string | null): Promise<Written> => client.write(labAssignment, assignment, { due }, labSpace(id))

export const extend = (client: Client, { lab: id, team, assignment }: Spot, due: string | null): Promise<Written> => client.write(extension, assignment, { due }, entrySpace(id, team))

export const announceToLab = async (client: Client, id: string, text: string): Promise<Written> =>
  client.write(announcement, newRowId(client.env), { text: text.trim(), from: await ownName(client) }, labSpace(id))

/** Not this time: to what a team said when it put itself forward. */
export const decline = async (client: Client, { lab: id, team }: Omit<Spot, 'assignment'>, said: string, text: string): Promise<Written> =>
  client.write(candidacyReply, said, { text: text.trim(), from: await ownName(client), deleted: false }, entrySpace(id, team))

export const reconsider = (client: Client, { lab: id, team }: Omit<Spot, 'assignment'>, said: string): Promise<Written> => client.write(candidacyReply, said, { deleted: true }, entrySpace(id, team))

/** Also brings back what was taken away. */
export const setAnnouncementGone = (client: Client, id: string, row: string, deleted: boolean): Promise<Written> => client.write(announcement, row, { deleted }, labSpace(id))

/** Feedback in preparation. The first word of it takes the submission up, which the team may know. */
export async function prepare(client: Client, spot: Spot, sent: string, set: { text?: TextValue; verdict?: Verdict }): Promise<Written> {
  const begun = await rowOf(client.db, reviewSpace(spot.lab), feedbackDraft, sent)
  const written = await client.write(feedbackDraft, sent, begun ? set : { team: spot.team, assignment: spot.assignment, ...set }, reviewSpace(spot.lab))
  if (written.kind === 'written') await takeUp(client, spot, sent)
  return written
}

async function takeUp(client: Client, { lab: id, team }: Spot, sent: string): Promise<void> {
  const space = entrySpace(id, team)
  if (!(await rowOf(client.db, space, submissionReview, sent))) await client.write(submissionReview, sent, { from: await ownName(client) }, space)
}

type Prepared = { sent: string; team: string; text: string; verdict: Verdict }

/** Feedback that can be released: it has words and a conclusion, and the team does not have it yet. `entries`: where they were read already. */
export async function releasable(client: Client, id: string, entries?: Awaited<ReturnType<typeof readEntries>>): Promise<Prepared[]> {
  const drafts = await rowsOf(client.db, reviewSpace(id), feedbackDraft)
  const ready = drafts.flatMap(({ id: sent, values: { team, text, verdict } }): Prepared[] => (team && verdict && text?.t?.trim() ? [{ sent, team, text: text.t.trim(), verdict }] : []))
  const all = entries ?? (await readEntries(client.db, id))
  return ready.filter(({ sent, team }) => [...(all.get(team)?.values() ?? [])].some((exchange) => exchange.sent.some((each) => each.id === sent && !each.feedback)))
}

/** Gives the team its feedback. From here on nobody changes it. */
export const release = async (client: Client, id: string, { sent, team, text, verdict }: Prepared): Promise<Written> =>
  client.write(feedback, newRowId(client.env), { submission: sent, text, verdict, from: await ownName(client), releasedAt: new Date(client.env.now()).toISOString() }, entrySpace(id, team))

/** Sends a request; when the server asks to sign in again, every screen gets to know it. What it says of access counts at once. */
export async function ask(client: Client, sending: Promise<Result<Parameters<Client['signedIn']>[0]>>): Promise<string | undefined> {
  const result = await sending
  if (result.kind === 'ok') {
    await client.signedIn(result.value)
    return undefined
  }
  if (result.kind === 'problem' && result.status === 401) await client.db.write('expired', true)
  return result.kind === 'offline' ? 'Hiervoor is een verbinding nodig. Probeer het straks opnieuw.' : result.message
}

/** Twelve letters and digits. */
export const newLabId = (client: Client): string => Array.from(client.env.random(12), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('')
