/** Everything people do in a lab. Each action resolves after the device's store committed, or says why it did not. */
import type { Collection, TextValue } from '../../../domain/collection.ts'
import { assignmentAnswer, announcement, candidacy, candidacyReply, extension, feedback, feedbackDraft, lab, labAssignment, labSession, message, sharing, submission, submissionReview } from '../../../domain/collections.ts'
import { filledFrom } from '../../../domain/assignment-form.ts'
import type { Snapshot } from '../../../domain/snapshot.ts'
import type { Verdict } from '../../../domain/labs.ts'
import type { Maturity } from '../../../domain/maturity.ts'
import { entrySpace, labSpace, reviewSpace, teamSpace } from '../../../domain/spaces.ts'
import { rowOf, rowsOf } from '../../db/rows.ts'
import { rowsOfTable, type Answering } from '../../forms/open-form.ts'
import type { Client } from '../../sync/client.ts'
import type { Result } from '../../sync/environment.ts'
import type { Written } from '../../sync/mutate.ts'
import { newRowId } from '../../sync/new-row-id.ts'
import { whenCommitted } from '../../ui/uncommitted.ts'
import { draftId, readDraft, readEntry, type Assignment } from './labs.ts'

const moment = (client: Client): string => new Date(client.env.now()).toISOString()

/** The name that goes with what someone sends: readers of a lab do not see each other's accounts. */
async function ownName(client: Client): Promise<string> {
  const person = (await client.db.read('session'))?.person
  return person?.name || person?.email.split('@')[0] || ''
}

/** Where something of a team in a lab is. */
export type Spot = { lab: string; team: string; assignment: string }

export const answer = (client: Client, { lab: id, team, assignment }: Spot, set: Answering): Promise<Written> => client.write(assignmentAnswer, draftId(id, assignment), set, teamSpace(team))

/** How long what was typed right before may take on its way into the store, in milliseconds; a field that cannot keep it says so itself. */
const PATIENCE_MS = 1_000

/** What stands in the draft now, with the form as it is now. */
export async function snapshotOf(client: Client, spot: Spot, { title, version, fields, shared }: Assignment): Promise<Snapshot> {
  await Promise.race([whenCommitted(), new Promise<void>((resolve) => void client.env.after(PATIENCE_MS, resolve))])
  await client.written()
  const { answers, rows } = await readDraft(client.db, spot.lab, spot.team, spot.assignment)
  const draft = draftId(spot.lab, spot.assignment)
  return { title, version, ...(shared ? { shared } : {}), fields, answers: filledFrom(fields, answers, (question) => rowsOfTable(rows, draft, question).map((row) => row.answers)) }
}

/** Without a connection it waits in the outbox, and then arrives as sent. */
export async function send(client: Client, spot: Spot, snapshot: Snapshot): Promise<{ id: string; written: Written }> {
  const id = newRowId(client.env)
  const from = await ownName(client)
  return { id, written: await client.write(submission, id, { assignment: spot.assignment, snapshot, from }, entrySpace(spot.lab, spot.team)) }
}

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

// Of facilitators.

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

/** Feedback that can be released: it has words and a conclusion, and the team does not have it yet. */
export async function releasable(client: Client, id: string): Promise<Prepared[]> {
  const drafts = await rowsOf(client.db, reviewSpace(id), feedbackDraft)
  const ready = drafts.flatMap(({ id: sent, values: { team, text, verdict } }): Prepared[] => (team && verdict && text?.t?.trim() ? [{ sent, team, text: text.t.trim(), verdict }] : []))
  const entries = new Map(await Promise.all([...new Set(ready.map(({ team }) => team))].map(async (team) => [team, await readEntry(client.db, id, team)] as const)))
  return ready.filter(({ sent, team }) => [...entries.get(team)!.values()].some((exchange) => exchange.sent.some((each) => each.id === sent && !each.feedback)))
}

/** Gives the team its feedback. From here on nobody changes it. */
export async function release(client: Client, id: string, { sent, team, text, verdict }: Prepared): Promise<Written> {
  const values: Answering & Partial<Record<keyof typeof feedback.fields, unknown>> = { submission: sent, text, verdict, from: await ownName(client), releasedAt: moment(client) }
  return client.write(feedback as Collection<any>, newRowId(client.env), values, entrySpace(id, team))
}

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
