/**
 * The form of an assignment is data: the same kinds of question as a worksheet. From it follow what may be sent, what is
 * missing, and the snapshot that stays readable when the form has changed.
 */
import * as z from 'zod/mini'
import { answerWords, numberAsTyped, textField, tickField, valueField, type Answers } from './filled-worksheets.ts'
import { PHOTO_NAME, photoColumns, type Photo } from './photos.ts'
import type { Filled, FilledRow } from './snapshot.ts'
import type { FormField, WorksheetColumn } from './worksheet.ts'

export type Form = { fields: readonly FormField[]; optional: readonly string[] }

const Line = z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000))
const Paragraphs = z.string().check(z.trim(), z.minLength(1), z.maxLength(20_000))
const optionsOf = (options: readonly { id: string }[]) => z.enum(options.map(({ id }) => id) as [string, ...string[]])

function schemaOfColumn(column: WorksheetColumn): z.ZodMiniType<string | number> {
  if (column.kind === 'choice') return optionsOf(column.options)
  if (column.kind === 'number') return z.number()
  if (column.kind === 'date') return z.iso.date()
  return column.kind === 'longText' ? Paragraphs : Line
}

/** Whoever cannot see it reads what is on it: without that a photo is not sent. */
const Photos = z.array(z.strictObject({ file: z.string().check(z.regex(PHOTO_NAME)), alt: Line })).check(z.minLength(1))

function schemaOfField(field: FormField): z.ZodMiniType<Filled[string]> {
  switch (field.kind) {
    case 'rows':
      return z.array(z.strictObject(Object.fromEntries(field.columns.map((column) => [column.id, z.optional(schemaOfColumn(column))])))).check(z.minLength(1)) as unknown as z.ZodMiniType<FilledRow[]>
    case 'photo':
      return Photos as unknown as z.ZodMiniType<FilledRow[]>
    case 'multiChoice':
      return z.array(optionsOf(field.options)).check(z.minLength(1)) as unknown as z.ZodMiniType<string[]>
    case 'choice':
    case 'scale':
      return optionsOf(field.options)
    case 'number':
      return z.number()
    case 'date':
      return z.iso.date()
    case 'longText':
      return Paragraphs
    case 'shortText':
      return Line
  }
}

/** What may be sent: every question answered, except those that are optional. */
export const schemaOf = ({ fields, optional }: Form): z.ZodMiniType<Filled> =>
  z.strictObject(
    Object.fromEntries(fields.map((field) => [field.id, optional.includes(field.id) ? z.optional(schemaOfField(field)) : schemaOfField(field)])),
  ) as unknown as z.ZodMiniType<Filled>

type Plain = Exclude<FormField, { kind: 'rows' | 'photo' }>

/** Of a question that is answered in rows. */
const columnsOf = (field: FormField): readonly WorksheetColumn[] | undefined => (field.kind === 'rows' ? field.columns : field.kind === 'photo' ? photoColumns : undefined)

/** What stands in the draft: its own row, and the rows of its tables in their order. Empty answers are left out. */
export function filledFrom(fields: readonly FormField[], answers: Answers, rowsOf: (question: string) => readonly Answers[]): Filled {
  const filled: Filled = {}
  for (const field of fields) {
    const columns = columnsOf(field)
    const value = columns ? rowsOf(field.id).map((row) => rowFrom(columns, row)).filter((row) => Object.keys(row).length > 0) : answerOf(field as Plain, answers)
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) filled[field.id] = value
  }
  return filled
}

const rowFrom = (columns: readonly WorksheetColumn[], row: Answers): FilledRow =>
  Object.fromEntries(columns.flatMap((column) => {
    const value = answerOf(column, row)
    return value === undefined || Array.isArray(value) ? [] : [[column.id, value]]
  }))

function answerOf(question: Plain | WorksheetColumn, answers: Answers): string | number | string[] | undefined {
  if (question.kind === 'multiChoice') return question.options.filter(({ id }) => answers[tickField(question.id, id)] === true).map(({ id }) => id)
  const value = question.kind === 'longText' ? (answers[textField(question.id)] as { t?: string } | undefined)?.t : answers[valueField(question.id)]
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** The reverse: as the fields of a draft hold it, so that one way of reading serves both. */
function asAnswers(question: Plain | WorksheetColumn, value: Filled[string] | undefined): Answers {
  if (value === undefined) return {}
  if (question.kind === 'longText') return { [textField(question.id)]: { t: String(value) } }
  if (question.kind === 'multiChoice') return Object.fromEntries((value as string[]).map((option) => [tickField(question.id, option), true]))
  return { [valueField(question.id)]: value }
}

/** A question with its answer, ready to be read: words, a table, or photos. */
export type Answered = { id: string; label: string } & ({ kind: 'words'; words: string } | { kind: 'table'; columns: string[]; rows: string[][] } | { kind: 'photos'; photos: Photo[] })

/** Every question of the form in its order; `words` is empty where nothing was filled in. `day` puts a calendar day in words. */
export function readFilled(fields: readonly FormField[], filled: Filled, day: (iso: string) => string): Answered[] {
  return fields.map((field): Answered => {
    const { id, label } = field
    const value = filled[id]
    if (field.kind === 'photo') return { id, label, kind: 'photos', photos: photosIn(value) }
    if (field.kind !== 'rows') return { id, label, kind: 'words', words: answerWords(field, asAnswers(field, value), day) }
    const rows = (Array.isArray(value) ? value : []) as FilledRow[]
    return { id, label, kind: 'table', columns: field.columns.map((column) => column.label), rows: rows.map((row) => field.columns.map((column) => answerWords(column, asAnswers(column, row[column.id]), day))) }
  })
}

/** Of an answer, also one that another version of the app wrote: what has no name of a file is no photo. */
function photosIn(value: Filled[string] | undefined): Photo[] {
  const rows = (Array.isArray(value) ? value : []) as FilledRow[]
  return rows.flatMap(({ file, alt }) => (typeof file === 'string' && PHOTO_NAME.test(file) ? [{ file, alt: String(alt ?? '') }] : []))
}

export type Fault = { field: string; words: string }

/** What stops the sending, one sentence for each question. */
export function faultsOf(form: Form, filled: Filled): Fault[] {
  const result = z.safeParse(schemaOf(form), filled)
  if (result.success) return []
  const wrong = new Set(result.error.issues.map(({ path }) => path[0]))
  return form.fields.filter(({ id }) => wrong.has(id)).map((field) => ({ field: field.id, words: faultWords(field, field.id in filled) }))
}

function faultWords({ kind, label }: FormField, answered: boolean): string {
  if (kind === 'photo') return answered ? `Schrijf wat er op elke foto staat bij “${label}”` : `Voeg minstens één foto toe bij “${label}”`
  if (answered) return `Kijk je antwoord na bij “${label}”`
  if (kind === 'rows') return `Voeg minstens één rij toe bij “${label}”`
  return kind === 'choice' || kind === 'multiChoice' || kind === 'scale' ? `Kies een antwoord bij “${label}”` : `Vul een antwoord in bij “${label}”`
}

/** Everything that was filled in, in words, also without the form: ticked options by their ids. */
export function writtenAnswers(answers: Answers): { question: string; words: string }[] {
  const said = new Map<string, string[]>()
  for (const [name, value] of Object.entries(answers)) {
    const [prefix, question = '', option] = name.split('.')
    if (prefix !== 'value' && prefix !== 'text') continue
    const words = prefix === 'text' ? (value as { t?: string } | undefined)?.t : value === true ? option : typeof value === 'number' ? numberAsTyped(value) : value
    if (typeof words === 'string' && words.trim()) said.set(question, [...(said.get(question) ?? []), words.trim()])
  }
  return [...said].map(([question, words]) => ({ question, words: words.join(', ') }))
}

/** Answers in the draft to questions that the form no longer asks: nothing that was given is lost from sight. */
export function leftoverAnswers(fields: readonly FormField[], answers: Answers): string[] {
  const known = new Set(fields.map(({ id }) => id))
  return Object.entries(answers).flatMap(([name, value]) => {
    const [prefix, question] = name.split('.')
    if ((prefix !== 'value' && prefix !== 'text') || known.has(question!)) return []
    const words = prefix === 'text' ? (value as { t?: string } | undefined)?.t : typeof value === 'number' ? numberAsTyped(value) : value
    return typeof words === 'string' && words.trim() ? [words.trim()] : []
  })
}

/** A filled-in example: whose it is (invented), and its answers. */
export const Example = z.strictObject({
  of: z.string().check(z.trim(), z.minLength(1)),
  answers: z.record(z.string(), z.unknown()),
})
