/** What a device shows: what the server has, with the own changes on top that the server has not taken yet. */
import { collectionNamed } from '../../domain/collections.ts'
import type { MutationId, SpaceId } from '../../domain/ids.ts'
import { merge, type MergeText } from '../../domain/merge.ts'
import type { Row } from '../../domain/row.ts'
import { upcast } from '../../domain/upcast.ts'
import type { LocalRow, OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { keyFor } from '../db/rows.ts'
import { authorOf } from './identity.ts'

export const rowKey = (space: SpaceId, collection: string, id: string): string => `${space}\n${collection}\n${id}`

/** The unacknowledged entries of who is signed in, as this version writes them, per row, in the order of writing. Another person's stay sealed. */
export async function pendingByRow(db: OpstapDatabase): Promise<Map<string, OutboxEntry[]>> {
  const author = authorOf(await db.read('session'))
  const entries = (await db.outbox.where('state').anyOf('waiting', 'sent').sortBy('n')).map(upcast)
  const pending = new Map<string, OutboxEntry[]>()
  for (const entry of entries) {
    if (entry.author !== author) continue
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

export const toLocal = (space: SpaceId, collection: string, id: string, { values, stamps, by }: Row, beneath?: LocalRow['beneath']): LocalRow => ({
  space,
  collection,
  id,
  values,
  stamps,
  by,
  keys: indexKeys(space, collection, values),
  ...(beneath && beneath.on.length > 0 ? { beneath } : {}),
})

const bare = ({ values, stamps, by }: Row): Row => ({ values, stamps, by })

/** What a device shows of a row that the server sent (undefined: it has none); undefined when there is nothing to show. */
export function laidOver(place: [space: SpaceId, collection: string, id: string], row: Row | undefined, entries: readonly OutboxEntry[], mergeText: MergeText): LocalRow | undefined {
  const shown = withPending(row, entries, mergeText)
  return shown && toLocal(...place, shown, { row: row ? bare(row) : null, on: entries.map(({ id }) => id) })
}

/** The same row with one more own change on it. */
export const beneathWith = (current: LocalRow | undefined, id: MutationId): NonNullable<LocalRow['beneath']> => ({
  row: current?.beneath ? current.beneath.row : current ? bare(current) : null,
  on: [...(current?.beneath?.on ?? []), id],
})

/**
 * Shows a row anew: what the server has, with the own changes on it that wait now. Runs in a transaction over rows, outbox
 * and meta, after the outbox was changed.
 */
export async function layAgain(db: OpstapDatabase, { space, collection, row }: Pick<OutboxEntry, 'space' | 'collection' | 'row'>, mergeText: MergeText): Promise<void> {
  const author = authorOf(await db.read('session'))
  const entries = (await db.outbox.where('[space+collection+row]').equals([space, collection, row]).sortBy('n')).filter((entry) => entry.author === author).map(upcast)
  const current = await db.rows.get([space, collection, row])
  const { row: beneath, on } = current?.beneath ?? { row: current ? bare(current) : null, on: [] }
  const taken = entries.filter(({ id, state }) => state === 'acked' && on.includes(id))
  const server = withPending(beneath ?? undefined, taken, mergeText)
  const shown = laidOver([space, collection, row], server, entries.filter(isUnsent), mergeText)
  if (shown) await db.rows.put(shown)
  else await db.rows.delete([space, collection, row])
}

export const isUnsent = ({ state }: OutboxEntry): boolean => state === 'waiting' || state === 'sent'
