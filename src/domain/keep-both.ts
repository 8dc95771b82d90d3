/** Two values for one thing that can stand beside each other. */
import * as z from 'zod/mini'
import { fieldOf, type Collection } from './collection.ts'

/** Any words fit: not a choice, a day or an address. */
export function isFreeText(definition: Collection, unit: string): boolean {
  const field = fieldOf(definition, unit)
  return field !== undefined && (field.merge === 'text' || z.safeParse(field.schema, 'Zomaar wat woorden.').success)
}

/** Both lines as one value, the first one first; undefined where the field takes no such value. */
export function bothOf(definition: Collection, unit: string, first: unknown, second: unknown): string | undefined {
  if (typeof first !== 'string' || typeof second !== 'string' || !first.trim() || !second.trim() || !isFreeText(definition, unit)) return undefined
  const both = `${first.trim()}${/\n/.test(first + second) ? '\n' : ' / '}${second.trim()}`
  return z.safeParse(fieldOf(definition, unit)!.schema, both).success ? both : undefined
}
