/** What a synced collection is made of: its fields, how two writers merge, who may write. The collections themselves: collections.ts. */
import * as z from 'zod/mini'
import type { SpaceKind } from './ids.ts'
import { MAX_TEXT } from './row.ts'

/** What a person is within one space. */
export type Role = 'owner' | 'member' | 'lead' | 'desk' | 'participant' | 'candidate' | 'facilitator'

/**
 * How two values for one field become one:
 * `lastWriter`: the later stamp wins, the other stays in the history;
 * `text`: Yjs text, both survive; `insertOnly`: the first value stays for ever.
 */
export type MergeRule = 'lastWriter' | 'text' | 'insertOnly'

export type Field<S extends z.core.$ZodType = z.core.$ZodType> = {
  schema: S
  merge: MergeRule
  /** Fields with the same group share one stamp: they are won or lost together. */
  group?: string
  /** Who may write it, per kind of space; left out: everyone with access to the space. `server`: only the server itself. */
  writers?: readonly Role[] | 'server'
  /** The newest value simply counts: two unseen values are no choice to put before a person. */
  quiet?: true
}

type Fields = Record<string, Field>

export type Collection<F extends Fields = Fields, O extends Fields = Fields> = {
  name: string
  /** The kinds of space its rows may live in. */
  lives: readonly SpaceKind[]
  /** The municipality's work: in the team's space, or in the person's own until there is a team, and then taken along. */
  dossier: boolean
  id: z.core.$ZodType<string>
  fields: F
  /** Who may change its rows at all, also delete them; left out: everyone with access to the space. */
  writers?: readonly Role[]
  /** Written once: a row that is there is never changed by a person. */
  immutable?: true
  /** The field in which the server puts its own time when the row first arrives. */
  arrival?: keyof F & string
  /** Fields that content names: with `value` here, a row may hold `value.kost` and `value.plek.zaal`, each merged by itself. */
  open?: O
  /** Rows can be deleted (a stamped field); a concurrent edit revives. Those of the dossier always: it leaves the person's own space behind. */
  deletable: boolean
  /** Who may delete and put back; left out: everyone with access to the space. */
  deleters?: readonly Role[]
  /** Fields with a lookup index on the device. */
  indexes: readonly (keyof F & string)[]
}

/**
 * A text: `y` a Yjs update or state in base64 (of `getText('t')`), `t` the plain text after it. In a row `t` is always
 * there; on its way to the server it is left out, since the server reads it from the merged state.
 */
export const TextValue = z.strictObject({
  y: z.string().check(z.maxLength(400_000), z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  t: z.optional(z.string().check(z.maxLength(MAX_TEXT))),
})
export type TextValue = z.infer<typeof TextValue>

type More = Pick<Field, 'group' | 'writers' | 'quiet'>
export const lastWriter = <S extends z.core.$ZodType>(schema: S, more: More = {}) => ({ schema, merge: 'lastWriter' as const, ...more }) satisfies Field<S>
export const insertOnly = <S extends z.core.$ZodType>(schema: S, more: More = {}) => ({ schema, merge: 'insertOnly' as const, ...more }) satisfies Field<S>
export const text = (more: More = {}) => ({ schema: TextValue, merge: 'text' as const, ...more }) satisfies Field<typeof TextValue>

/** What is left out: no work of the dossier, never deleted, no index. */
type Definition<F extends Fields, O extends Fields> = Omit<Collection<F, O>, Usual> & Partial<Pick<Collection<F, O>, Usual>>
type Usual = 'dossier' | 'deletable' | 'indexes'

export const collection = <F extends Fields, O extends Fields = Record<never, Field>>(definition: Definition<F, O>): Collection<F, O> => ({ dossier: false, deletable: false, indexes: [], ...definition })

/** The values of a row, as far as they were written. */
export type ValuesOf<C extends Collection<any, any>> = { [K in keyof C['fields']]?: z.infer<C['fields'][K]['schema']> } & {
  [K in keyof NonNullable<C['open']> & string as `${K}.${string}`]?: z.infer<NonNullable<C['open']>[K]['schema']>
}

/** What comes after the dot of a field that content names: one content id, or two. */
const named = z.string().check(z.maxLength(80), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$/))

/** A field by its name; undefined for one this version does not know. */
export function fieldOf({ fields, open = {} }: Collection, name: string): Field | undefined {
  if (Object.hasOwn(fields, name)) return fields[name]
  const [prefix, rest] = name.split(/\.(.*)/s) as [string, string?]
  return Object.hasOwn(open, prefix) && z.safeParse(named, rest).success ? open[prefix] : undefined
}

/** What shares one stamp with a field: its group, or the field itself. */
export const unitOf = (definition: Collection, field: string): string => fieldOf(definition, field)?.group ?? field

/** May someone in this role write this field? */
export const mayWrite = ({ writers }: Field, role: Role | 'server'): boolean => role === 'server' || !writers || (writers !== 'server' && writers.includes(role))
