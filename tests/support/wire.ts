/** The wire as data, so that one release can be held against another. */
import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import type { Collection, Field } from '../../src/domain/collection.ts'
import { collections, SCHEMA_VERSION } from '../../src/domain/collections.ts'
import { SessionView } from '../../src/domain/session.ts'
import { Problem } from '../../src/protocol/problem.ts'
import { Mutation, SyncRequest } from '../../src/protocol/sync-request.ts'
import { Poke } from '../../src/protocol/poke.ts'
import { MAX_MUTATION_BYTES, MAX_MUTATIONS, MAX_REQUEST_BYTES, PROTOCOL_VERSION, SyncAnswer } from '../../src/protocol/sync.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Described = { [key: string]: Json }

/** What a release sends, reads and keeps. `collections`: per collection, per field. */
export type WireForm = {
  protocol: number
  schema: number
  limits: Record<string, number>
  requests: Record<string, Json>
  answers: Record<string, Json>
  collections: Record<string, { lives: string[]; dossier: boolean; deletable: boolean; id: Json; fields: Record<string, Json>; open: Record<string, Json> }>
}

export function wireForm(): WireForm {
  return {
    protocol: PROTOCOL_VERSION,
    schema: SCHEMA_VERSION,
    limits: { MAX_REQUEST_BYTES, MAX_MUTATIONS, MAX_MUTATION_BYTES },
    requests: { SyncRequest: form(SyncRequest), Mutation: form(Mutation) },
    answers: { SyncAnswer: form(SyncAnswer), SessionView: form(SessionView), Poke: form(Poke), Problem: form(Problem) },
    collections: Object.fromEntries((Object.values(collections) as unknown as Collection[]).map((one) => [one.name, collectionForm(one)])),
  }
}

const collectionForm = ({ lives, dossier, deletable, id, fields, open = {} }: Collection): WireForm['collections'][string] => ({
  lives: [...lives].sort(),
  dossier,
  deletable,
  id: form(id),
  fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldForm(field)])),
  open: Object.fromEntries(Object.entries(open).map(([name, field]) => [name, fieldForm(field)])),
})

const fieldForm = ({ schema, merge, group, writers }: Field): Described => ({
  merge,
  group: group ?? null,
  writers: typeof writers === 'object' ? [...writers].sort() : (writers ?? null),
  optional: z.safeParse(schema, undefined).success,
  schema: form(schema),
})

function form(schema: z.core.$ZodType): Json {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described
  return JSON.parse(JSON.stringify(json)) as Json
}

/** The same for the same wire, in whatever order it is written down. */
export const fingerprint = (value: unknown): string => createHash('sha256').update(JSON.stringify(sorted(value as Json))).digest('hex').slice(0, 16)

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key]!)]))
}

const same = (a: Json | undefined, b: Json | undefined): boolean => fingerprint(a ?? null) === fingerprint(b ?? null)
const LOWER = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum']
const UPPER = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum']
const isMap = (value: Json | undefined): value is Described => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The places where something that fits `given` may not fit `taker`, both JSON schemas as zod writes them. Careful: a form
 * it does not understand counts as another one.
 */
export function misfits(given: Json | undefined, taker: Json | undefined, path: string): string[] {
  if (same(given, taker) || (isMap(taker) && Object.keys(taker).length === 0)) return []
  if (!isMap(given) || !isMap(taker)) return [path]
  if (Array.isArray(given['anyOf'])) return given['anyOf'].some((one) => misfits(one, taker, path).length > 0) ? [path] : []
  if (Array.isArray(taker['anyOf'])) return taker['anyOf'].some((one) => misfits(given, one, path).length === 0) ? [] : [path]
  const keys = [...new Set([...Object.keys(given), ...Object.keys(taker)])]
  return keys.flatMap((key): string[] => {
    const [from, to] = [given[key], taker[key]]
    if (key === 'required') return list(to).filter((name) => !list(from).includes(name)).map((name) => `${path}.${String(name)}`)
    if (key === 'properties') return Object.keys((from as Described | undefined) ?? {}).flatMap((name) => propertyMisfits(name, from as Described, taker, path))
    if (key === 'additionalProperties') return to === undefined || (to === false && from === false) ? [] : misfits(from ?? {}, to, `${path}.*`)
    if (key === 'items') return misfits(from, to, `${path}[]`)
    if (key === 'enum') return to === undefined || (from !== undefined && list(from).every((value) => list(to).includes(value))) ? [] : [path]
    if (UPPER.includes(key)) return to === undefined || (from !== undefined && from! <= to!) ? [] : [path]
    if (LOWER.includes(key)) return to === undefined || (from !== undefined && from! >= to!) ? [] : [path]
    return same(from, to) ? [] : [path]
  })
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])

function propertyMisfits(name: string, properties: Described, taker: Described, path: string): string[] {
  const taken = (taker['properties'] as Described | undefined)?.[name]
  if (taken !== undefined) return misfits(properties[name], taken, `${path}.${name}`)
  return taker['additionalProperties'] === false ? [`${path}.${name}`] : []
}

/** What an app of the older release could send that the newer server does not take, or could not read of its answers. */
export function protocolBreaks(older: WireForm, newer: WireForm): string[] {
  return [
    ...Object.keys(older.limits).filter((name) => (newer.limits[name] ?? 0) < older.limits[name]!),
    ...Object.keys(older.requests).flatMap((name) => misfits(older.requests[name], newer.requests[name], name)),
    ...Object.keys(older.answers).flatMap((name) => misfits(newer.answers[name], older.answers[name], name)),
  ]
}

/** What an app of the older release wrote that the newer one does not take as it is. What is merely new breaks nothing. */
export function schemaBreaks(older: WireForm, newer: WireForm): string[] {
  return Object.entries(older.collections).flatMap(([name, before]): string[] => {
    const now = newer.collections[name]
    if (!now) return [name]
    const gone = before.lives.filter((kind) => !now.lives.includes(kind)).map((kind) => `${name} in ${kind}`)
    const moved = before.dossier === now.dossier && (now.deletable || !before.deletable) ? [] : [name]
    const groups = Object.values(before.fields).map((field) => (field as Described)['group'])
    // A linked field travels with its group: an app that does not know it sends the group without it.
    const demanded = Object.entries(now.fields).filter(([field, { group, optional }]: [string, any]) => !(field in before.fields) && group !== null && groups.includes(group) && !optional)
    return [
      ...gone,
      ...moved,
      ...misfits(before.id, now.id, `${name} (id)`),
      ...fieldBreaks(before.fields, now.fields, name),
      ...fieldBreaks(before.open, now.open, name),
      ...demanded.map(([field]) => `${name}.${field}`),
    ]
  })
}

const fieldBreaks = (before: Record<string, Json>, now: Record<string, Json>, collection: string): string[] =>
  Object.keys(before).flatMap((field) => {
    const path = `${collection}.${field}`
    const [{ schema: from, ...rulesBefore }, { schema: to, ...rulesNow }] = [before[field] as Described, (now[field] ?? {}) as Described]
    return same(rulesBefore, rulesNow) ? misfits(from, to, path) : [path]
  })
