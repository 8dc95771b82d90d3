/** A worksheet as a team filled it in: where its answers are kept, how far it is, and what stands in it. */
import { photoColumns } from './photos.ts'
import type { FormField, Topic, Worksheet, WorksheetColumn } from './worksheet.ts'

/** Values of a `filledWorksheet` or a `worksheetRow`, by the names of their fields. */
export type Answers = Readonly<Record<string, unknown>>

/** The guide, the worksheet and, for one that is filled in per theme, the topic. */
export type SheetPlace = { guide: string; worksheet: string; topic?: string | undefined }

/** No content id holds two dashes. */
const JOINT = '--'

export const sheetId = ({ guide, worksheet, topic }: SheetPlace): string => [guide, worksheet, ...(topic ? [topic] : [])].join(JOINT)

/** What the ids of all rows of one table begin with. */
export const tableStart = (sheet: string, question: string): string => `${[sheet, question].join(JOINT)}${JOINT}`

export const tableRowId = (sheet: string, question: string, unique: string): string => `${tableStart(sheet, question)}${unique}`

/** What the ids of everything filled in with a guide begin with. */
export const guideStart = (guide: string): string => `${guide}${JOINT}`

/** Where a worksheet stands on the page of its guide. */
export const worksheetAnchor = (worksheet: string): string => `werkblad-${worksheet}`

/** A form with questions: a worksheet, or an assignment. */
type Sheet = Omit<Worksheet, 'fields'> & { fields: readonly FormField[] }
type Guide = { id: string; title: string; worksheets: readonly Sheet[]; topics?: readonly Topic[] | undefined }

/** What a row of `filledWorksheet` or `worksheetRow` belongs to, as far as the guide still knows it. */
export type Belonging = { worksheet: Sheet | undefined; topic: { topic: Topic; number: number } | undefined; question: FormField | undefined }

export function belongingOf(guide: Guide, row: string): Belonging {
  const [, sheet, ...rest] = row.split(JOINT)
  const worksheet = guide.worksheets.find(({ id }) => id === sheet)
  const at = worksheet?.perTheme ? (guide.topics ?? []).findIndex(({ id }) => id === rest[0]) : -1
  const table = worksheet?.perTheme ? rest[1] : rest[0]
  return {
    worksheet,
    topic: at < 0 ? undefined : { topic: guide.topics![at]!, number: at + 1 },
    question: table === undefined ? undefined : worksheet?.fields.find(({ id }) => id === table),
  }
}

/** `number` counts from 1. */
export const topicWords = ({ title }: Topic, number: number): string => title ?? `Thema ${number} (naam aan te vullen door de VVSG)`

export const valueField = (question: string): string => `value.${question}`
export const textField = (question: string): string => `text.${question}`
/** Each option of a multiple choice is ticked by itself: what two people tick stays ticked. */
export const tickField = (question: string, option: string): string => `value.${question}.${option}`

type Question = FormField | WorksheetColumn

/** The fields of a row that hold the answer to a question. */
export function answerFields(question: Question): string[] {
  if (question.kind === 'longText') return [textField(question.id)]
  if (question.kind === 'multiChoice') return question.options.map(({ id }) => tickField(question.id, id))
  return question.kind === 'rows' || question.kind === 'photo' ? [] : [valueField(question.id)]
}

const numbers = new Intl.NumberFormat('nl-BE', { maximumFractionDigits: 6 })

/**
 * The answer in words; empty where there is none. `day` puts a calendar day in words. An option that an editor took away is
 * told as it was kept.
 */
export function answerWords(question: Question, answers: Answers, day: (iso: string) => string): string {
  if (question.kind === 'multiChoice') return question.options.filter(({ id }) => answers[tickField(question.id, id)] === true).map(({ label }) => label).join(', ')
  if (question.kind === 'longText') return (answers[textField(question.id)] as { t?: string } | undefined)?.t?.trim() ?? ''
  const value = answers[valueField(question.id)]
  if (typeof value === 'number') return numbers.format(value)
  if (typeof value !== 'string') return ''
  if (question.kind === 'date') return day(value)
  return ('options' in question ? question.options.find(({ id }) => id === value)?.label : undefined) ?? value.trim()
}

/** One answer as it was written, in words: to what question of which worksheet. Undefined where the guide no longer knows it. */
export function writtenAnswer(guide: Guide, row: string, field: string, value: unknown, day: (iso: string) => string): { question: string; words: string } | undefined {
  const { question: table } = belongingOf(guide, row)
  const [, id, option] = field.split('.')
  const question = questionsOf(guide, row).find((candidate) => candidate.id === id)
  if (!question) return undefined
  const label = table ? `${table.label} ${question.label}` : question.label
  // Its value is the name of a file, which tells a person nothing.
  if (table?.kind === 'photo' && id === 'file') return { question: table.label, words: value ? 'Een foto' : '' }
  if (question.kind !== 'multiChoice') return { question: label, words: answerWords(question, { [field]: value }, day) }
  const ticked = question.options.find((candidate) => candidate.id === option)?.label ?? option ?? ''
  return { question: label, words: value === true ? ticked : `niet: ${ticked}` }
}

/** What the fields of a row answer: the questions of its worksheet, or the columns of its table. */
export function questionsOf(guide: Guide, row: string): readonly Question[] {
  const { worksheet, question } = belongingOf(guide, row)
  if (question?.kind === 'photo') return photoColumns
  return question?.kind === 'rows' ? question.columns : (worksheet?.fields ?? [])
}

const isAnswered = (question: Question, answers: Answers): boolean => answerWords(question, answers, (iso) => iso) !== ''

/** How many questions have an answer; a table counts when a row of it holds something. */
export function answered(worksheet: Worksheet, answers: Answers, rowsOf: (question: string) => readonly Answers[]): { done: number; total: number } {
  const done = worksheet.fields.filter((question) =>
    question.kind === 'rows' ? rowsOf(question.id).some((row) => question.columns.some((column) => isAnswered(column, row))) : isAnswered(question, answers),
  )
  return { done: done.length, total: worksheet.fields.length }
}

/** `12`, `2,5`, `1.250,50`, also with a space or `€`; undefined for what is no number. */
export function readNumber(typed: string): number | undefined {
  const plain = typed.replace(/[\s€]/g, '')
  const dutch = /^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/.test(plain) ? plain.replaceAll('.', '').replace(',', '.') : plain
  return /^-?\d+(\.\d+)?$/.test(dutch) ? Number(dutch) : undefined
}

export const numberAsTyped = (value: number): string => String(value).replace('.', ',')

type Ordered = { id: string; order: number }

/** Two rows that were added apart may have one order: the older one first. */
export const inOrder = <R extends Ordered>(rows: readonly R[]): R[] => [...rows].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))

/** Where a new row comes: at the end. */
export const orderAtEnd = (rows: readonly Ordered[]): number => Math.max(0, ...rows.map(({ order }) => order)) + 1

/** The orders to write so that the row moves one place; as few as there must be. `rows` in their order. */
export function ordersAfterMove(rows: readonly Ordered[], id: string, by: -1 | 1): Ordered[] {
  const from = rows.findIndex((row) => row.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= rows.length) return []
  const moved = [...rows]
  moved.splice(to, 0, ...moved.splice(from, 1))
  const before = moved[to - 1]?.order
  const after = moved[to + 1]?.order
  const between = before === undefined ? after! - 1 : after === undefined ? before + 1 : (before + after) / 2
  if ((before === undefined || before < between) && (after === undefined || between < after)) return [{ id, order: between }]
  return moved.map((row, index) => ({ id: row.id, order: index + 1 })).filter((row, index) => row.order !== moved[index]!.order)
}
