/** A quickscan as a municipality fills it in: which questions come, what was answered, and what follows from it. */
import type { TaskStatus } from './collections.ts'
import type { Figure } from './content.ts'
import { tickField, valueField, type Answers } from './filled-worksheets.ts'
import { valueWords } from './figures.ts'
import type { Maturity } from './maturity.ts'
import type { Condition, ScanOption, ScanPart, ScanQuestion } from './quickscan.ts'
import { isClosed } from './starter.ts'

/** The words of the interface. */
export const maturityWords: Record<Maturity, string> = { starter: 'Aan het begin', growing: 'Op weg', frontrunner: 'Ver gevorderd' }
const ranks: readonly Maturity[] = ['starter', 'growing', 'frontrunner']

/** A question that comes, with the options that are offered and those that were chosen of them. */
export type Asked = { part: ScanPart; question: ScanQuestion; options: ScanOption[]; chosen: ScanOption[] }

/** The round of one year: the scan and the year, as the id of its row. */
export const roundId = (scan: string, year: number): string => `${scan}--${year}`
export const yearOf = (round: string): number => Number(round.slice(round.lastIndexOf('--') + 2))

const isChosen = ({ id: question, kind }: ScanQuestion, { id }: ScanOption, answers: Answers): boolean =>
  kind === 'choice' ? answers[valueField(question)] === id : answers[tickField(question, id)] === true

/** The questions that come, in order. An answer to a question that does not come counts for nothing, but is kept. */
export function askedOf(parts: readonly ScanPart[], answers: Answers): Asked[] {
  const given = new Map<string, ReadonlySet<string>>()
  const holds = ({ question, is }: Condition) => is.some((id) => given.get(question)?.has(id))
  const asked: Asked[] = []
  for (const part of parts) {
    if (part.skipIf && holds(part.skipIf)) continue
    for (const question of part.questions) {
      if (question.showIf && !holds(question.showIf)) continue
      const options = question.options.filter(({ showIf }) => !showIf || holds(showIf))
      const chosen = options.filter((option) => isChosen(question, option, answers))
      given.set(question.id, new Set(chosen.map(({ id }) => id)))
      asked.push({ part, question, options, chosen })
    }
  }
  return asked
}

export const countAnswered = (asked: readonly Asked[]): number => asked.filter(({ chosen }) => chosen.length > 0).length

/** `Deel 2 van 6: Beleid en werking. Vraag 3 van 9.` */
export function placeWords(asked: readonly Asked[], at: Asked): { part: string; question: string } {
  const parts = [...new Set(asked.map(({ part }) => part))]
  const within = asked.filter(({ part }) => part === at.part)
  return { part: `Deel ${parts.indexOf(at.part) + 1} van ${parts.length}: ${at.part.title}`, question: `Vraag ${within.indexOf(at) + 1} van ${within.length}` }
}

/** What to write when an option of a multiple choice is ticked or not: an answer that stands alone and the others exclude each other. */
export function ticksFor({ question, options, chosen }: Asked, id: string, on: boolean): Record<string, boolean> {
  const option = options.find((candidate) => candidate.id === id)
  const out = on ? chosen.filter((other) => other.id !== id && (option?.alone || other.alone)) : []
  return { [tickField(question.id, id)]: on, ...Object.fromEntries(out.map((other) => [tickField(question.id, other.id), false])) }
}

/**
 * How far along the answers of a part are. Of a question with several answers the furthest counts; of the questions the
 * middle one, and of two in the middle the lower: an aid to choose where to begin, never a mark. Undefined without answers
 * that say something of it.
 */
export function maturityOf(asked: readonly Asked[], part: ScanPart): { stage: Maturity; answers: number } | undefined {
  const found = asked
    .filter((each) => each.part === part)
    .map(({ chosen }) => Math.max(...chosen.map(({ stage }) => (stage ? ranks.indexOf(stage) : -1))))
    .filter((rank) => rank >= 0)
    .sort((a, b) => a - b)
  const middle = found[(found.length - 1) >> 1]
  return middle === undefined ? undefined : { stage: ranks[middle]!, answers: found.length }
}

/** One answer beside the figure: what it is called there, and how many gave it. */
export type Beside = { label: string; mine: boolean; words: string }

/** The answers of a question that stand in its figure, in the order of the figure. */
export function besideFigure({ options, chosen }: Asked, { rows, unit }: Pick<Figure, 'rows' | 'unit'>): Beside[] {
  return rows.flatMap(({ label, value }) => {
    const option = options.find((candidate) => candidate.row === label)
    return option ? [{ label: option.label, mine: chosen.includes(option), words: valueWords(unit, value) }] : []
  })
}

type PathTask = { id: string; after: readonly string[] }
/** A task that comes forward. `reasons`: why, in sentences; without one it comes because `before` waits for it. */
export type Proposed = { task: string; reasons: string[]; before: string | undefined }

/** So many tasks come forward by an answer of their own; more is no order any more. */
const MOST = 8

/**
 * The tasks that the answers bring forward, each after the open tasks that it waits for. Which ones: those that most
 * answers ask for. In what order: that of the path, which goes from political support over colleagues and partners to
 * residents (members' survey 2025, chapter 9.3). Tasks that are closed, or that the scan itself is, stay where they are.
 * `tasks` in the order of the path.
 */
export function proposeOrder(asked: readonly Asked[], tasks: readonly PathTask[], statusOf: (task: string) => TaskStatus, scanTask: string): Proposed[] {
  const open = tasks.filter(({ id }) => id !== scanTask && !isClosed(statusOf(id)))
  const reasons = new Map(open.map(({ id }) => [id, reasonsFor(id, asked)]))
  const place = new Map(open.map(({ id }, index) => [id, index]))
  const wanted = open.filter(({ id }) => reasons.get(id)!.length > 0).sort((a, b) => reasons.get(b.id)!.length - reasons.get(a.id)!.length || place.get(a.id)! - place.get(b.id)!)
  const proposed = new Map<string, Proposed>()
  const bring = (task: PathTask, before: string | undefined, path: readonly string[]) => {
    if (proposed.has(task.id) || path.includes(task.id)) return
    for (const earlier of open) if (task.after.includes(earlier.id)) bring(earlier, task.id, [...path, task.id])
    proposed.set(task.id, { task: task.id, reasons: reasons.get(task.id)!, before })
  }
  const inPathOrder = wanted.slice(0, MOST).sort((a, b) => place.get(a.id)! - place.get(b.id)!)
  for (const task of inPathOrder) bring(task, undefined, [])
  return [...proposed.values()]
}

/** Every sentence once, in the order of the questions. */
const reasonsFor = (task: string, asked: readonly Asked[]): string[] => [
  ...new Set(asked.flatMap(({ chosen }) => chosen.flatMap(({ brings }) => brings.filter((each) => each.task === task).map(({ because }) => because)))),
]

export type Changed = { question: ScanQuestion; before: string[]; now: string[] }

/** The questions of which the answer changed since an earlier round, among those that were answered in both. */
export function changesSince(now: readonly Asked[], before: readonly Asked[]): Changed[] {
  return now.flatMap(({ question, chosen }) => {
    const earlier = before.find((asked) => asked.question.id === question.id)
    if (!earlier || earlier.chosen.length === 0 || chosen.length === 0) return []
    const words = (options: readonly ScanOption[]) => options.map(({ label }) => label)
    const same = words(chosen).join('\n') === words(earlier.chosen).join('\n')
    return same ? [] : [{ question, before: words(earlier.chosen), now: words(chosen) }]
  })
}

/** One answer as it was written, in words: to what question. Undefined where the scan no longer knows it. */
export function writtenScanAnswer(parts: readonly ScanPart[], field: string, value: unknown): { question: string; words: string } | undefined {
  const [, id, option] = field.split('.')
  const question = parts.flatMap(({ questions }) => questions).find((candidate) => candidate.id === id)
  if (!question) return undefined
  const labelOf = (of: unknown) => question.options.find((candidate) => candidate.id === of)?.label ?? ''
  if (question.kind === 'choice') return { question: question.label, words: labelOf(value) || 'Geen antwoord' }
  return { question: question.label, words: value === true ? labelOf(option) : `niet: ${labelOf(option)}` }
}
