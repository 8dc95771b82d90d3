/**
 * A worksheet of a guide: what a team fills in while it works with that guide.
 *
 * Answers are kept by the ids of worksheet, field, option and column. An editor may reword every text;
 * an id that went out once stays what it is, or the answers under it are no longer shown.
 */
import * as z from 'zod/mini'
import { ContentId } from './content-id.ts'

const Text = z.string().check(z.trim(), z.minLength(1))

/** Two things with one id in a list would share their answers. */
function eachIdOnce<T extends { id: string }>({ value, issues }: z.core.ParsePayload<T[]>): void {
  for (const [index, { id }] of value.entries()) {
    if (value.findIndex((other) => other.id === id) === index) continue
    issues.push({ code: 'custom', input: value, path: [index, 'id'], message: `id "${id}" staat er twee keer` })
  }
}

const Option = z.strictObject({ id: ContentId, label: Text })
const Options = z.array(Option).check(z.minLength(2), eachIdOnce)

const field = {
  id: ContentId,
  label: Text,
  /** One or two sentences under the label. */
  help: z.optional(Text),
}
/** The parts of one action in the action plan. */
export const planParts = ['goal', 'action', 'role', 'term', 'budget', 'indicator', 'anchoring'] as const
export type PlanPart = (typeof planParts)[number]

const column = {
  ...field,
  /** Which part of the action this column fills, where the rows go into the action plan. */
  planPart: z.optional(z.enum(planParts)),
}
export const WorksheetColumn = z.discriminatedUnion('kind', [
  z.strictObject({ ...column, kind: z.enum(['shortText', 'longText', 'date', 'number']) }),
  z.strictObject({ ...column, kind: z.literal('choice'), options: Options }),
])
export type WorksheetColumn = z.infer<typeof WorksheetColumn>

/** Rows become actions by their `action` column; a part told by two columns would have two values. */
function planPartsFit({ value, issues }: z.core.ParsePayload<{ intoActionPlan: boolean; columns: WorksheetColumn[] }>): void {
  const parts = value.columns.map(({ planPart }) => planPart)
  const complain = (path: PropertyKey[], message: string) => issues.push({ code: 'custom', input: value, path, message })
  for (const [index, part] of parts.entries()) {
    if (!part) continue
    if (!value.intoActionPlan) complain(['columns', index, 'planPart'], 'mag enkel met intoActionPlan: true')
    else if (parts.indexOf(part) < index) complain(['columns', index, 'planPart'], `"${part}" staat al bij een andere kolom`)
  }
  if (value.intoActionPlan && !parts.includes('action')) complain(['columns'], 'geen kolom met planPart: action')
}

export const WorksheetField = z.discriminatedUnion('kind', [
  /** A text of a line or of paragraphs, a day, a number. */
  z.strictObject({ ...field, kind: z.enum(['shortText', 'longText', 'date', 'number']) }),
  /** The options of a scale are its steps, from low to high. */
  z.strictObject({ ...field, kind: z.enum(['choice', 'multiChoice', 'scale']), options: Options }),
  /** As many rows as needed. */
  z
    .strictObject({
      ...field,
      kind: z.literal('rows'),
      columns: z.array(WorksheetColumn).check(z.minLength(2), eachIdOnce),
      /** Every row with an action comes into the team's action plan. */
      intoActionPlan: z._default(z.boolean(), false),
    })
    .check(planPartsFit),
])
export type WorksheetField = z.infer<typeof WorksheetField>

/** A question of an assignment: one of a worksheet, or photos with what is to be seen on them. */
export const FormField = z.discriminatedUnion('kind', [WorksheetField, z.strictObject({ ...field, kind: z.literal('photo') })])
export type FormField = z.infer<typeof FormField>
export const FormFields = z.array(FormField).check(z.minLength(1), eachIdOnce)

export const WorksheetFields = z.array(WorksheetField).check(z.minLength(1), eachIdOnce)

export const Worksheet = z.strictObject({
  id: ContentId,
  title: Text.check(z.maxLength(90)),
  /** What to do with it, one to three sentences. */
  intro: Text,
  /** Filled in once for every topic of the guide instead of once. */
  perTheme: z._default(z.boolean(), false),
  fields: WorksheetFields,
})
export type Worksheet = z.infer<typeof Worksheet>

export const Worksheets = z.array(Worksheet).check(eachIdOnce)

/** A theme of an instrument. `title` null: not known to us, shown as `Aan te vullen door de VVSG` until an editor fills it in. */
export const Topic = z.strictObject({ id: ContentId, title: z.nullable(Text) })
export type Topic = z.infer<typeof Topic>
export const Topics = z.array(Topic).check(z.minLength(2), eachIdOnce)
