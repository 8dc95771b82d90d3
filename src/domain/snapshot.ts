/** What a team sent in, as it stays readable for ever: the form as it was then, and what stood in it. */
import * as z from 'zod/mini'
import { ContentId } from './content-id.ts'
import type { FormField } from './worksheet.ts'

/** A row of a table, by column. */
export type FilledRow = Record<string, string | number>
/** What is filled in, by question: a text, a day or an option as text, a number, the ticked options, or the rows of a table. */
export type Filled = Record<string, string | number | string[] | FilledRow[]>

const Short = z.string().check(z.maxLength(500))
const Value = z.union([z.string().check(z.maxLength(20_000)), z.number()])

/** Loose in what a question holds: an app of another version may send a form that this one would write otherwise. */
const Question = z.looseObject({ id: ContentId, kind: Short, label: Short })
export const Snapshot = z.strictObject({
  /** Of the assignment, in the content. */
  version: z.int().check(z.positive()),
  title: Short,
  /** The assignment said that teams may let each other read this. */
  shared: z.optional(z.literal(true)),
  fields: z.array(Question).check(z.minLength(1), z.maxLength(100)),
  answers: z.record(z.string(), z.union([Value, z.array(z.union([Short, z.record(z.string(), Value)]))])),
})
export type Snapshot = { version: number; title: string; shared?: true; fields: FormField[]; answers: Filled }
