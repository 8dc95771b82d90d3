/** YAML and its schema: from the text of a file to checked values, with every fault placed. */
import { LineCounter, parseDocument } from 'yaml'
import * as z from 'zod/mini'
import { lineField, type Problem, suggestion } from './problem.ts'

export type Fault = Omit<Problem, 'file'>

/** `body` keeps its line numbers: the front matter is replaced by empty lines. Null without front matter. */
export function splitFrontMatter(text: string): { yaml: string; body: string } | null {
  const match = /^---\n([\s\S]*?\n)??---[ \t]*(\n|$)/.exec(text)
  if (!match) return null
  const emptyLines = match[0].replace(/[^\n]/g, '')
  return { yaml: match[1] ?? '', body: emptyLines + text.slice(match[0].length) }
}

/** `value` is undefined where the YAML is too broken to say anything more about it. */
export function readYaml(yaml: string, firstLine: number): { value: unknown; faults: Fault[] } {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { strict: true, uniqueKeys: true, prettyErrors: false, lineCounter: lines })
  const complaints = [...document.errors, ...document.warnings]
  const faults = complaints.map(({ code, pos, message }) => ({
    field: lineField(lines.linePos(pos[0]).line + firstLine - 1),
    message: code === 'DUPLICATE_KEY' ? `sleutel staat er twee keer: ${keyAt(yaml, pos[0])}` : `geen geldige YAML: ${message}`,
  }))
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY')
  return { value: readable ? document.toJS() : undefined, faults }
}

const keyAt = (yaml: string, offset: number) => /^[^:\n]*/.exec(yaml.slice(offset))![0].trim()

/** Checks a value against its schema; `at` is put before the path of every fault. */
export function check<S extends z.core.$ZodType>(schema: S, value: unknown, at = ''): { data?: z.output<S>; faults: Fault[] } {
  const result = z.safeParse(schema, value, { error: z.locales.nl().localeError })
  if (result.success) return { data: result.data, faults: [] }
  return { faults: result.error.issues.flatMap((issue) => issueFaults(schema, value, issue, at)) }
}

function issueFaults(schema: z.core.$ZodType, value: unknown, issue: z.core.$ZodIssue, at: string): Fault[] {
  const field = fieldName(issue.path, at)
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path, value)
    return issue.keys.map((key) => ({
      field: fieldName([...issue.path, key], at),
      message: `onbekende sleutel "${key}".${suggestion(key, known)}`,
    }))
  }
  const found = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value)
  if (found === undefined) return [{ field, message: 'ontbreekt' }]
  if (issue.code === 'too_small' && isEmpty(found)) return [{ field, message: 'is leeg' }]
  if (issue.code === 'invalid_union' && 'options' in issue) {
    const known = (issue.options ?? []).map(String)
    return [{ field, message: `onbekende waarde "${String(found)}": kies uit ${known.join(', ')}.${suggestion(String(found), known)}` }]
  }
  const hint = issue.code === 'invalid_value' ? suggestion(String(found), issue.values.map(String)) : ''
  return [{ field, message: `${issue.message}${hint && `.${hint}`}` }]
}

const isEmpty = (value: unknown) => (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && !value.length)

function fieldName(path: PropertyKey[], at: string): string {
  const parts = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
  return `${at}${parts.join('')}`.replace(/^\./, '')
}

/** The keys that the schema knows at a path, for a suggestion. `value` tells which member of a union was written there. */
function keysAt(schema: z.core.$ZodType, path: PropertyKey[], value: unknown): string[] {
  let inner = unwrap(schema, value)
  let written = value
  for (const key of path) {
    const next = inner.shape?.[String(key)] ?? inner.element
    if (!next) return []
    written = (written as Record<PropertyKey, unknown> | undefined)?.[key]
    inner = unwrap(next, written)
  }
  return Object.keys(inner.shape ?? {})
}

type Definition = {
  innerType?: z.core.$ZodType
  element?: z.core.$ZodType
  shape?: Record<string, z.core.$ZodType>
  options?: z.core.$ZodType[]
  discriminator?: string
}

/** What is within `optional`, `nullable` and `default`, and of a union the member that fits. */
function unwrap(schema: z.core.$ZodType, written: unknown): Definition {
  const definition = schema._zod.def as Definition
  if (definition.innerType) return unwrap(definition.innerType, written)
  if (!definition.options || !definition.discriminator) return definition
  const tag = (written as Record<string, unknown> | undefined)?.[definition.discriminator]
  const member = definition.options.find((option) => option._zod.propValues?.[definition.discriminator!]?.has(tag as string))
  return member ? unwrap(member, written) : definition
}
