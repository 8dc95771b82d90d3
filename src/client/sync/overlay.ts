/** What a device shows: what the server has, with the own changes on top that the server has not taken yet. */
import { collectionNamed } from '../../domain/collections.ts'
import type { SpaceId } from '../../domain/ids.ts'
import { merge, type MergeText } from '../../domain/merge.ts'
import type { Row } from '../../domain/row.ts'
import { upcast } from '../../domain/upcast.ts'
import type { LocalRow, OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { keyFor } from '../db/rows.ts'

export const rowKey = (space: SpaceId, collection: string, id: string): string => `${space}\n${collection}\n${id}`

/** The unacknowledged entries as this version writes them, per row, in the order of writing. */
export async function pendingByRow(db: OpstapDatabase): Promise<Map<string, OutboxEntry[]>> {
  const entries = (await db.outbox.where('state').anyOf('waiting', 'sent').sortBy('n')).map(upcast)
  const pending = new Map<string, OutboxEntry[]>()
  for (const entry of entries) {
    const key = rowKey(entry.space, entry.collection, entry.row)
    const list = pending.get(key)
    if (list) list.push(entry)
    else pending.set(key, [entry])
  }
  return pending
}

/** `row` with the entries (as `upcast` gives them) applied; undefined when there is neither. */
export function withPending(row: Row | undefined, entries: readonly OutboxEntry[], mergeText: MergeText): Row | undefined {
  return entries.reduce<Row | undefined>((current, entry) => {
    const change = { set: entry.set, base: entry.base, hlc: entry.hlc, person: entry.author }
    return merge(collectionNamed(entry.collection), current, change, mergeText).row
  }, row)
}

function indexKeys(space: SpaceId, collection: string, values: Record<string, unknown>): string[] {
  const indexes = collectionNamed(collection)?.indexes ?? []
  return indexes.filter((field) => values[field] !== undefined).map((field) => keyFor(space, collection, field, values[field]))
}

export const toLocal = (space: SpaceId, collection: string, id: string, { values, stamps, by }: Row): LocalRow => ({
  space,
  collection,
  id,
  values,
  stamps,
  by,
  keys: indexKeys(space, collection, values),
})
