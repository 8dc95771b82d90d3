/** A question to the helpdesk: how far it is, until when it may take, and what a year of questions came to. Pure. */
import { momentOf } from './clock.ts'
import type { ValuesOf } from './collection.ts'
import type { QuestionType, question, questionMessage, questionRegistration } from './collections.ts'
import type { SizeClass } from './content.ts'
import type { Row } from './row.ts'
import { dayInBrussels } from './theme-days.ts'
import { addWorkingDays, workingDaysBetween } from './working-days.ts'

/** The desk answers within so many working days, unless it states another day. */
export const TERM_WORKING_DAYS = 5

export type QuestionState = 'waiting' | 'sent' | 'inProgress' | 'answered' | 'closed'

export const questionStateWords: Record<QuestionState, string> = {
  waiting: 'Wacht op verzending',
  sent: 'Verstuurd',
  inProgress: 'In behandeling',
  answered: 'Beantwoord',
  closed: 'Afgesloten',
}
export const questionTypeWords: Record<QuestionType, string> = { information: 'Informatie', advice: 'Advies' }

/** `at`: ms since 1970. */
export type QuestionMessage = { id: string; from: 'team' | 'desk'; person: string | null; text: string; at: number }

/** One question with everything that is known of it, from whichever rows are there. */
export type Question = {
  id: string
  type: QuestionType
  theme: string | null
  text: string
  context: { path: string; title: string } | null
  /** Who wrote it; null as long as nobody is signed in. */
  asker: { id: string | null; name: string | undefined }
  /** When it was written, ms since 1970. */
  askedAt: number
  /** When the server took it; null as long as it waits on a device. */
  receivedAt: number | null
  municipality: { nis: string; name: string } | undefined
  assignee: string | null
  closedAt: number | null
  /** The last day for the answer; null as long as it was not sent. */
  term: string | null
  /** What followed, the oldest first. */
  messages: readonly QuestionMessage[]
  state: QuestionState
}

type Read<C extends { fields: any }> = Omit<Row, 'values'> & { id: string; values: ValuesOf<C & any> }
type Rows = {
  row: Read<typeof question>
  registration: Read<typeof questionRegistration> | undefined
  messages: readonly Read<typeof questionMessage>[]
}

/** Puts the rows of one question together; undefined where what was asked is not there (yet). */
export function questionOf({ row, registration, messages }: Rows): Question | undefined {
  const { values, stamps, by } = row
  const askedStamp = stamps['asked']
  if (values.text === undefined || values.type === undefined || askedStamp === undefined) return undefined
  const said = messages.flatMap((message) => saidIn(message) ?? []).sort((a, b) => a.at - b.at)
  const receivedAt = registration?.values.receivedAt === undefined ? null : Date.parse(registration.values.receivedAt)
  const closedAt = values.closed && stamps['closed'] ? momentOf(stamps['closed']).ms : null
  const assignee = values.assignee ?? null
  return {
    id: row.id,
    type: values.type,
    theme: values.theme ?? null,
    text: values.text,
    context: values.context ?? null,
    asker: { id: registration?.values.asker?.id ?? by['asked'] ?? null, name: registration?.values.asker?.name },
    askedAt: momentOf(askedStamp).ms,
    receivedAt,
    municipality: registration?.values.municipality,
    assignee,
    closedAt,
    term: receivedAt === null ? null : (values.term ?? termFrom(receivedAt)),
    messages: said,
    state: stateOf({ receivedAt, closedAt, assignee, messages: said }),
  }
}

function saidIn({ id, values, stamps, by }: Read<typeof questionMessage>): QuestionMessage | undefined {
  for (const [unit, from] of [['text', 'team'], ['answer', 'desk']] as const) {
    const [text, stamp] = [values[unit], stamps[unit]]
    if (text !== undefined && stamp !== undefined) return { id, from, person: by[unit] ?? null, text, at: momentOf(stamp).ms }
  }
  return undefined
}

/** The usual term of a question that arrived at this moment (ms since 1970). */
export const termFrom = (receivedAt: number, workingDays = TERM_WORKING_DAYS): string => addWorkingDays(dayInBrussels(receivedAt), workingDays)

/** Follows from what happened, and is written down nowhere. A message of the team opens the question again. */
export function stateOf({ receivedAt, closedAt, assignee, messages }: Pick<Question, 'receivedAt' | 'closedAt' | 'assignee' | 'messages'>): QuestionState {
  if (receivedAt === null) return 'waiting'
  const last = messages.at(-1)
  if (closedAt !== null && !(last?.from === 'team' && last.at > closedAt)) return 'closed'
  if (last?.from === 'desk') return 'answered'
  return assignee === null ? 'sent' : 'inProgress'
}

/** The desk has something to do. */
export const isOpen = ({ state }: Question): boolean => state === 'sent' || state === 'inProgress'

export const answersIn = ({ messages }: Pick<Question, 'messages'>): QuestionMessage[] => messages.filter(({ from }) => from === 'desk')

/** Working days until the term; negative when it is past. null where nothing is to be answered. */
export const daysLeft = (question: Question, today: string): number | null => (isOpen(question) && question.term !== null ? workingDaysBetween(today, question.term) : null)

/** `2 werkdagen te laat`, `vandaag`, `nog 3 werkdagen`. */
export function daysLeftWords(days: number): string {
  const many = Math.abs(days) === 1 ? '1 werkdag' : `${Math.abs(days)} werkdagen`
  if (days < 0) return `${many} te laat`
  return days === 0 ? 'vandaag' : `nog ${many}`
}

/** Open ones first, the one with the least time left on top; then what is done, the newest first. */
export function inOrderOfTerm(questions: readonly Question[]): Question[] {
  const rank = (question: Question) => (isOpen(question) ? 0 : 1)
  return [...questions].sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b)
    if (rank(a) === 1) return lastMoment(b) - lastMoment(a)
    return a.term === b.term ? a.receivedAt! - b.receivedAt! : a.term! < b.term! ? -1 : 1
  })
}

/** When something last happened, ms since 1970. */
export const lastMoment = ({ askedAt, closedAt, messages }: Question): number => Math.max(askedAt, closedAt ?? 0, messages.at(-1)?.at ?? 0)

export type YearFigures = {
  year: number
  received: number
  answered: number
  /** In working days, from arrival to the first answer; null without answers. */
  medianDays: number | null
  byType: Map<QuestionType, number>
  byTheme: Map<string | null, number>
  bySize: Map<SizeClass | null, number>
}

/** What arrived per year (in Brussels), the newest year first. Only what the server registered counts. */
export function yearFigures(questions: readonly Question[], sizeOf: (nis: string) => SizeClass | undefined): YearFigures[] {
  const perYear = new Map<number, Question[]>()
  for (const one of questions) {
    if (one.receivedAt === null) continue
    const year = Number(dayInBrussels(one.receivedAt).slice(0, 4))
    perYear.set(year, [...(perYear.get(year) ?? []), one])
  }
  return [...perYear]
    .sort(([a], [b]) => b - a)
    .map(([year, ofYear]) => {
      const days = ofYear.flatMap(daysToAnswer)
      return {
        year,
        received: ofYear.length,
        answered: days.length,
        medianDays: median(days),
        byType: countBy(ofYear, ({ type }) => type),
        byTheme: countBy(ofYear, ({ theme }) => theme),
        bySize: countBy(ofYear, ({ municipality }) => (municipality && sizeOf(municipality.nis)) ?? null),
      }
    })
}

function daysToAnswer(one: Question): number[] {
  const first = answersIn(one)[0]
  return first && one.receivedAt !== null ? [Math.max(0, workingDaysBetween(dayInBrussels(one.receivedAt), dayInBrussels(first.at)))] : []
}

function median(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function countBy<K>(questions: readonly Question[], keyOf: (one: Question) => K): Map<K, number> {
  const counts = new Map<K, number>()
  for (const one of questions) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}
