/** Whether a change may be made, by one rule for client and server. */
import * as z from 'zod/mini'
import { fieldOf, mayWrite, unitOf, type Role } from './collection.ts'
import { collectionNamed } from './collections.ts'
import type { SpaceKind } from './ids.ts'
import type { RefusalCode } from './refusals.ts'
import { DELETED } from './row.ts'

/**
 * May someone with these roles in a space of this kind make this change? One rule for client and server.
 * `role` is null for someone without access to the space. Returns null when allowed and well formed.
 */
export function check(change: { collection: string; row: string; set: Record<string, unknown> }, kind: SpaceKind, role: Role | 'server' | null): RefusalCode | null {
  const definition = collectionNamed(change.collection)
  if (!definition) return 'unknown_collection'
  if (!definition.lives.includes(kind)) return 'wrong_space'
  if (role === null) return 'forbidden'
  if (role !== 'server' && definition.writers && !definition.writers.includes(role)) return 'forbidden'
  if (!z.safeParse(definition.id, change.row).success) return 'invalid_value'
  const entries = Object.entries(change.set)
  if (entries.length === 0) return 'invalid_value'
  for (const [name, value] of entries) {
    if (name === DELETED && definition.deletable) {
      if (typeof value !== 'boolean') return 'invalid_value'
      if (role !== 'server' && definition.deleters && !definition.deleters.includes(role)) return 'forbidden'
      continue
    }
    const field = fieldOf(definition, name)
    if (!field) return 'unknown_field'
    if (!mayWrite(field, role)) return 'forbidden'
    if (!z.safeParse(field.schema, value).success) return 'invalid_value'
  }
  for (const [name, field] of Object.entries(definition.fields)) {
    const partial = field.group && !(name in change.set) && !z.safeParse(field.schema, undefined).success && entries.some(([other]) => unitOf(definition, other) === field.group)
    if (partial) return 'invalid_value'
  }
  return null
}
