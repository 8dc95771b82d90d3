/**
 * What there is to know for a team in a lab: feedback, words of the facilitators, dates that come near. Derived from the rows
 * of the lab, by one rule for the mails of the server and for the first screen and the badge of the app.
 */
import { clockOf } from './brussels-time.ts'
import { momentOf } from './clock.ts'
import type { Stamp } from './ids.ts'
import { asksTeam, dueOf, progressOf, type AskingState, type Released, type Sent, type Verdict } from './labs.ts'
import { isDeleted, type Row } from './row.ts'

export type LabRow = Row & { collection: string; id: string }

/** So many days before its date a team hears of an assignment that it did not send. */
export const REMIND_DAYS = 3

const DAY_MS = 86_400_000

/** Days on the calendar here from now to that moment; negative for the past. */
export const daysUntil = (moment: number, now: number): number => Math.round((Date.parse(clockOf(moment).day) - Date.parse(clockOf(now).day)) / DAY_MS)

/** `3 dagen` */
export const daysWords = (count: number): string => (count === 1 ? '1 dag' : `${count} dagen`)

/** `17.00 uur` */
export const hourWords = (moment: number): string => `${clockOf(moment).time.slice(0, 5).replace(':', '.')} uur`

/** `nog 3 dagen`, `vandaag`, `2 dagen te laat` */
export function leftShort(due: number, now: number): string {
  const left = daysUntil(due, now)
  if (now > due) return left < 0 ? `${daysWords(-left)} te laat` : `te laat sinds ${hourWords(due)}`
  return left === 0 ? 'vandaag' : `nog ${daysWords(left)}`
}

/** `2 dagen te laat, je kan nog versturen` */
const leftWords = (due: number, now: number): string => `${leftShort(due, now)}${now > due ? ', je kan nog versturen' : ''}`

const dateAndYear = new Intl.DateTimeFormat('nl-BE', { timeZone: 'Europe/Brussels', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** `dinsdag 12 mei 2026, 17.00 uur (nog 3 dagen)` */
export const dueDateWords = (due: number, now: number): string => `${dateAndYear.format(due)}, ${hourWords(due)} (${leftWords(due, now)})`

/** When a field was written, ms since 1970; 0 for one that was not. */
export const writtenAt = ({ stamps }: Pick<Row, 'stamps'>, field: string): number => (stamps[field] ? momentOf(stamps[field] as Stamp).ms : 0)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const of = (rows: readonly LabRow[], collection: string): LabRow[] => rows.filter((row) => row.collection === collection && !isDeleted(row))

/** A word of the facilitators to everyone in the lab. `person`: who wrote it. */
export type Said = { id: string; from: string; at: number; person: string | null }
const saidIn = (lab: readonly LabRow[]): Said[] => of(lab, 'announcement').map((row) => ({ id: row.id, from: text(row.values['from']), at: writtenAt(row, 'text'), person: row.by['text'] ?? null }))

/** Feedback that a team got. */
export type Given = { id: string; assignment: string; verdict: Verdict; from: string; at: number; person: string | null }

/** Of what was sent before, too. `entry`: the rows of the space in which a team and its facilitators exchange. */
function givenIn(entry: readonly LabRow[]): Given[] {
  const assignments = new Map(of(entry, 'submission').map(({ id, values }) => [id, text(values['assignment'])]))
  return of(entry, 'feedback').flatMap(({ id, values, by }) => {
    const assignment = assignments.get(text(values['submission']))
    return assignment ? [{ id, assignment, verdict: values['verdict'] as Verdict, from: text(values['from']), at: Date.parse(text(values['releasedAt'])) || 0, person: by['text'] ?? null }] : []
  })
}

/** What a person read is noted under the lab for its announcements, under lab and assignment for the feedback on one. */
export const readId = (lab: string, assignment?: string): string => (assignment === undefined ? lab : `${lab}--${assignment}`)

export type Unread = { said: Said[]; given: Given[] }

/** What came after the person last read there. `reads`: rows of `labRead`. */
export function unreadIn(lab: string, rows: { lab: readonly LabRow[]; entry: readonly LabRow[] }, reads: readonly Pick<LabRow, 'id' | 'values'>[]): Unread {
  const until = new Map(reads.map(({ id, values }) => [id, Date.parse(text(values['at'])) || 0]))
  const isNew = (at: number, id: string): boolean => at > (until.get(id) ?? 0)
  return { said: saidIn(rows.lab).filter(({ at }) => isNew(at, readId(lab))), given: givenIn(rows.entry).filter(({ at, assignment }) => isNew(at, readId(lab, assignment))) }
}

/** The newest feedback on each submission. */
export function newestFeedback(entry: readonly LabRow[]): Map<string, Released> {
  const newest = new Map<string, Released>()
  for (const { id, values } of of(entry, 'feedback')) {
    const at = Date.parse(text(values['releasedAt'])) || 0
    const submission = text(values['submission'])
    if (at >= (newest.get(submission)?.at ?? 0)) newest.set(submission, { id, at, text: text(values['text']), verdict: values['verdict'] as Verdict, by: text(values['from']) })
  }
  return newest
}

function sentIn(entry: readonly LabRow[]): Map<string, Sent[]> {
  const newest = newestFeedback(entry)
  const sent = new Map<string, Sent[]>()
  for (const row of of(entry, 'submission')) {
    const assignment = text(row.values['assignment'])
    const one: Sent = { id: row.id, at: writtenAt(row, 'assignment'), by: text(row.values['from']), arrivedAt: 0, review: null, feedback: newest.get(row.id) ?? null, prepared: false }
    sent.set(assignment, [...(sent.get(assignment) ?? []), one])
  }
  return sent
}

/** An assignment with a date that still asks something of the team. */
export type OpenDate = { assignment: string; due: number; state: AskingState }

/** The soonest first, also past ones. `begun`: the assignments of which the draft holds something. */
export function openDates({ lab, entry, begun }: { lab: readonly LabRow[]; entry: readonly LabRow[]; begun: ReadonlySet<string> }): OpenDate[] {
  const dates = new Map(of(lab, 'labAssignment').map(({ id, values }) => [id, values['due'] as string | null | undefined]))
  const extensions = new Map(of(entry, 'extension').map(({ id, values }) => [id, values['due'] as string | null | undefined]))
  const sent = sentIn(entry)
  return [...new Set([...dates.keys(), ...extensions.keys()])]
    .flatMap((assignment): OpenDate[] => {
      const due = dueOf(dates.get(assignment) ?? undefined, extensions.get(assignment))
      const { state } = progressOf(begun.has(assignment), sent.get(assignment) ?? [])
      return due !== null && asksTeam(state) ? [{ assignment, due, state }] : []
    })
    .sort((a, b) => a.due - b.due || (a.assignment < b.assignment ? -1 : 1))
}

/** The assignments of one lab of which the team's own draft holds something. `drafts`: rows of `assignmentAnswer` and `assignmentRow`. */
export const begunIn = (drafts: readonly Pick<LabRow, 'id' | 'values'>[], lab: string): Set<string> =>
  new Set(drafts.filter(({ id, values }) => id.startsWith(`${lab}--`) && holdsAnswer(values)).map(({ id }) => id.split('--')[1]!))

/** There is something in it: a text, a choice, a tick. */
export const holdsAnswer = (answers: Readonly<Record<string, unknown>>): boolean => Object.entries(answers).some(([field, value]) => field.includes('.') && isAnswer(value))

const isAnswer = (value: unknown): boolean => (typeof value === 'object' && value !== null ? Boolean((value as { t?: string }).t?.trim()) : value !== null && value !== '' && value !== false)
