/** Takes back a change that the server does not have yet; the row shows again what the server has. */
import { unitOf } from '../../domain/collection.ts'
import { collectionNamed } from '../../domain/collections.ts'
import type { MutationId } from '../../domain/ids.ts'
import { DELETED } from '../../domain/row.ts'
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { authorOf } from './identity.ts'
import { isUnsent, layAgain } from './overlay.ts'
import { withText, type TextTools } from './text-tools.ts'
import { entriesOf } from './unsent.ts'

/**
 * What a deletion takes along: the change itself and the later unsent ones of `ofRow` that build on it, in the order of
 * writing. Without the change that added it (new-row-id.ts) a row has nothing to stand on.
 */
export function builtOn(entry: OutboxEntry, ofRow: readonly OutboxEntry[]): OutboxEntry[] {
  const later = ofRow.filter((other) => isUnsent(other) && other.author === entry.author && other.n > entry.n)
  const units = unitsOf(entry)
  const adds = ADDED.test(entry.row) && !ofRow.some((other) => other.state !== 'parked' && other.n < entry.n) && Object.keys(entry.base).length === 0
  return [entry, ...later.filter((other) => adds || units.has(DELETED) || [...unitsOf(other)].some((unit) => unit === DELETED || units.has(unit)))]
}

const ADDED = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function unitsOf({ collection, set }: OutboxEntry): Set<string> {
  const definition = collectionNamed(collection)
  return new Set(Object.keys(set).map((field) => (definition ? unitOf(definition, field) : field)))
}

/**
 * Deletes an unsent change of who is signed in, with what builds on it, and returns them for `putBackUnsent`. An empty list:
 * the server was first, or it is not theirs. A change that was offered before (`sent`) may have arrived all the same: then
 * the next answer of the server brings it back.
 */
export async function deleteUnsent(db: OpstapDatabase, id: MutationId): Promise<OutboxEntry[]> {
  return inOneGo(db, async (text) => {
    const entry = await db.outbox.get(id)
    if (!entry || !isUnsent(entry) || entry.author !== authorOf(await db.read('session'))) return []
    const removed = builtOn(entry, await entriesOf(db, entry))
    await db.outbox.bulkDelete(removed.map((one) => one.id))
    await layAgain(db, entry, text.merge)
    return removed
  })
}

/** Undoes `deleteUnsent`. */
export async function putBackUnsent(db: OpstapDatabase, entries: readonly OutboxEntry[]): Promise<void> {
  await inOneGo(db, async (text) => {
    await db.outbox.bulkPut([...entries])
    await layAgain(db, entries[0]!, text.merge)
  })
}

const inOneGo = <T>(db: OpstapDatabase, work: (text: TextTools) => Promise<T>): Promise<T> => withText((text) => db.transaction('rw', db.rows, db.outbox, db.meta, () => work(text)))
