/** What the screens of the labs read from the device's store. */
import { inject } from 'vue'
import { announcement, assignmentAnswer, assignmentRow, extension, feedbackDraft, lab, labAssignment, labSession, labTeam, message, sharing, submission, submissionReview, type Handle } from '../../../domain/collections.ts'
import { inOrder, type Answers } from '../../../domain/filled-worksheets.ts'
import { datedSession, type DatedSession } from '../../../domain/lab-calendar.ts'
import { begunIn as begunOf, holdsAnswer, newestFeedback, writtenAt as stampOf } from '../../../domain/lab-news.ts'
import { isDeleted } from '../../../domain/row.ts'
import { latestFirst, type Sent } from '../../../domain/labs.ts'
import type { Snapshot } from '../../../domain/snapshot.ts'
import type { SessionView } from '../../../domain/session.ts'
import { entrySpace, labSpace, reviewSpace, teamSpace } from '../../../domain/spaces.ts'
import { itemOf, itemsNamed, itemsOf, type Stored } from '../../db/content.ts'
import type { LocalRow, OpstapDatabase } from '../../db/database.ts'
import { live } from '../../db/live.ts'
import { rowOf, rowsBySpace, rowsOf, rowsStarting, selectRows, type Read } from '../../db/rows.ts'
import type { TableRow } from '../../forms/open-form.ts'
import { clientKey, type Client } from '../../sync/client.ts'
import { useObservable } from '../../ui/useObservable.ts'

export type Template = Stored<'labTemplate'>
export type Assignment = Stored<'assignment'>
type Place = NonNullable<SessionView['labs']>[number]

export type LabTeam = { id: string; name: string; nis: string; left: boolean }

export type Lab = {
  id: string
  title: string
  role: Place['role']
  /** Undefined where this version of the app does not know the template. */
  template: Template | undefined
  sessions: DatedSession[]
  assignments: ReadonlyMap<string, Assignment>
  /** Those that take part, by name. */
  teams: LabTeam[]
  /** The date of each assignment for the whole lab, as an ISO moment. */
  dates: ReadonlyMap<string, string>
  announcements: { id: string; text: string; from: string; at: number }[]
}

/** Follows something of the store, once content and session are there. */
export function useReading<T>(read: (client: Client) => Promise<T>) {
  const client = inject(clientKey)!
  const { value, error } = useObservable(() => live(async () => ((await isThere(client.db)) ? await read(client) : undefined)))
  return { client, content: value, error }
}

/** A first import comes shard by shard, and has no version until the last one. */
async function isThere(db: OpstapDatabase): Promise<boolean> {
  const pack = await db.read('pack')
  return pack !== undefined && (pack.version !== '' || 'labs' in pack.shards)
}

export const templatesOf = (db: OpstapDatabase): Promise<Template[]> => itemsOf(db, 'labTemplate')

const placeIn = (session: SessionView | undefined, id: string, role?: Place['role']): Place | undefined => {
  const places = (session?.labs ?? []).filter((place) => place.id === id && (!role || place.role === role))
  return places.find((place) => place.role === 'participant') ?? places[0]
}

export async function readLabs(db: OpstapDatabase, role: Place['role']): Promise<Lab[]> {
  const session = await db.read('session')
  const places = (session?.labs ?? []).filter((place) => place.role === role)
  const labs = await Promise.all(places.map(({ id }) => readLab(db, id, role)))
  return labs.filter((found) => found !== undefined)
}

/** Undefined for a lab that this person is not in, or of which nothing came yet. */
export async function readLab(db: OpstapDatabase, id: string, as?: Place['role']): Promise<Lab | undefined> {
  const place = placeIn(await db.read('session'), id, as)
  const space = labSpace(id)
  const row = place && (await rowOf(db, space, lab, id))
  if (!row) return undefined
  const template = await itemOf(db, 'labTemplate', row.values.template ?? '')
  const [sessions, teams, dates, announcements] = await Promise.all([rowsOf(db, space, labSession), rowsOf(db, space, labTeam), rowsOf(db, space, labAssignment), rowsOf(db, space, announcement)])
  const wanted = template?.sessions.flatMap(({ assignments }) => assignments) ?? []
  const assignments = (await itemsNamed(db, wanted)).filter((item): item is typeof item & Assignment => item.kind === 'assignment')
  const dated = new Map(sessions.map((session) => [session.id, session]))
  return {
    id,
    title: row.values.title ?? template?.title ?? id,
    role: place.role,
    template,
    sessions: (template?.sessions ?? []).map((session) => datedSession(session, dated.get(session.id))),
    assignments: new Map(assignments.map((item) => [item.id, item])),
    teams: teams
      .map(({ id: team, values }) => ({ id: team, name: values.name ?? team, nis: values.nis ?? '', left: values.left ?? false }))
      .filter(({ left }) => !left)
      .sort((a, b) => a.name.localeCompare(b.name, 'nl')),
    dates: new Map(dates.flatMap(({ id: assignment, values }) => (values.due ? [[assignment, values.due]] : []))),
    announcements: announcements.map((each) => ({ id: each.id, text: each.values.text ?? '', from: each.values.from ?? '', at: stampOf(each, 'text') })).sort((a, b) => b.at - a.at),
  }
}

/** The own team with which someone takes part. */
export async function ownTeamIn(db: OpstapDatabase, id: string): Promise<{ id: string; name: string } | undefined> {
  const session = await db.read('session')
  const place = placeIn(session, id, 'participant')
  return session?.teams.find((team) => place?.teams.includes(team.id))
}

export type SentSnapshot = Sent & { snapshot: Snapshot }
export type Message = { id: string; text: string; from: string; at: number; person: string | null }

/** What went back and forth about one assignment between a team and its facilitators. */
export type Exchange = { sent: SentSnapshot[]; messages: Message[]; extension: string | null; /** Other teams may read it after the feedback. */ agreed: boolean }
export const nothingExchanged: Exchange = { sent: [], messages: [], extension: null, agreed: false }

/** Per assignment. `id`: of the lab. What facilitators prepare is there only on their devices. */
export async function readEntry(db: OpstapDatabase, id: string, team: string): Promise<Map<string, Exchange>> {
  const [rows, prepared] = await Promise.all([selectRows(db, entrySpace(id, team)).toArray(), readBegunFeedback(db, id)])
  return exchangesIn(rows, prepared)
}

/** The same of every team of a lab, in two questions to the store. */
export async function readEntries(db: OpstapDatabase, id: string): Promise<ReadonlyMap<string, Map<string, Exchange>>> {
  const [spaces, prepared] = await Promise.all([rowsBySpace(db, entrySpace(id, '')), readBegunFeedback(db, id)])
  return new Map([...spaces].map(([space, rows]) => [space.slice(entrySpace(id, '').length), exchangesIn(rows, prepared)]))
}

/** The submissions of which feedback is being written. */
const readBegunFeedback = async (db: OpstapDatabase, id: string): Promise<ReadonlySet<string>> =>
  new Set((await rowsOf(db, reviewSpace(id), feedbackDraft)).filter(({ values }) => values.text?.t?.trim()).map((row) => row.id))

function exchangesIn(rows: readonly LocalRow[], drafts: ReadonlySet<string>): Map<string, Exchange> {
  const of = <H extends Handle>(collection: H) => rows.filter((row) => row.collection === (collection as { name: string }).name && !isDeleted(row)) as Read<H>[]
  const [sent, reviews, messages, extensions, agreements] = [of(submission), of(submissionReview), of(message), of(extension), of(sharing)] as const
  const released = newestFeedback(rows)
  const exchanges = new Map<string, Exchange>()
  const about = (assignment: string) => {
    const known = exchanges.get(assignment) ?? { ...nothingExchanged, sent: [], messages: [] }
    exchanges.set(assignment, known)
    return known
  }
  const reviewOf = new Map(reviews.map((row) => [row.id, { at: stampOf(row, 'from'), by: row.values.from ?? '' }]))
  for (const row of sent) {
    const { assignment, snapshot, from, arrivedAt } = row.values
    if (!assignment || !snapshot) continue
    about(assignment).sent.push({
      id: row.id,
      at: stampOf(row, 'assignment'),
      by: from ?? '',
      arrivedAt: arrivedAt ? Date.parse(arrivedAt) : null,
      review: reviewOf.get(row.id) ?? null,
      feedback: released.get(row.id) ?? null,
      prepared: drafts.has(row.id),
      snapshot: snapshot as Snapshot,
    })
  }
  for (const row of messages) if (row.values.assignment) about(row.values.assignment).messages.push({ id: row.id, text: row.values.text ?? '', from: row.values.from ?? '', at: stampOf(row, 'text'), person: row.by['text'] ?? null })
  for (const { id: assignment, values } of extensions) about(assignment).extension = values.due ?? null
  for (const { id: assignment, values } of agreements) about(assignment).agreed = values.agreed ?? false
  for (const exchange of exchanges.values()) {
    exchange.sent = latestFirst(exchange.sent)
    exchange.messages.sort((a, b) => a.at - b.at)
  }
  return exchanges
}

/** What the ids of everything in one draft begin with. */
export const draftId = (id: string, assignment: string): string => `${id}--${assignment}`

export type Draft = { answers: Answers; rows: TableRow[] }

/** The team's own draft of an assignment. */
export async function readDraft(db: OpstapDatabase, id: string, team: string, assignment: string): Promise<Draft> {
  const draft = draftId(id, assignment)
  const row = await rowOf(db, teamSpace(team), assignmentAnswer, draft)
  const rows = await rowsStarting(db, teamSpace(team), assignmentRow, `${draft}--`)
  return { answers: (row?.values ?? {}) as Answers, rows: inOrder(rows.map((each) => ({ id: each.id, order: each.values.order ?? 0, answers: each.values as Answers }))) }
}

/** The assignments of which the draft holds something, of one lab. */
export async function begunIn(db: OpstapDatabase, id: string, team: string): Promise<ReadonlySet<string>> {
  const found = await Promise.all([assignmentAnswer, assignmentRow].map((kind) => rowsStarting(db, teamSpace(team), kind, `${id}--`)))
  return begunOf(found.flat(), id)
}

export const isBegun = ({ answers, rows }: Draft): boolean => holdsAnswer(answers) || rows.some((row) => holdsAnswer(row.answers))

/** The feedback that is being written on one submission. */
export const readPrepared = (db: OpstapDatabase, id: string, sent: string): Promise<Read<typeof feedbackDraft> | undefined> => rowOf(db, reviewSpace(id), feedbackDraft, sent)

