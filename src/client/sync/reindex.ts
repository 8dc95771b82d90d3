/**
 * A row that came before this app knew its collection was kept as it came (SYNC, rule 10), without the keys by which
 * screens find it. After an update that knows more, every row gets the keys it would have now.
 */
import type { Collection } from '../../domain/collection.ts'
import { collections } from '../../domain/collections.ts'
import { equal } from '../../domain/merge.ts'
import type { OpstapDatabase } from '../db/database.ts'
import { toLocal } from './overlay.ts'

/** Costs one reading of a mark when nothing is new. */
export async function reindex(db: OpstapDatabase): Promise<void> {
  const known = (Object.values(collections) as unknown as Collection[]).flatMap(({ name, indexes }) => indexes.map((field) => `${name}.${field}`)).join(' ')
  await db.transaction('rw', db.rows, db.meta, async () => {
    if ((await db.read('indexed')) === known) return
    await db.rows.toCollection().modify((row) => {
      const { keys } = toLocal(row.space, row.collection, row.id, row)
      if (!equal(keys, row.keys)) row.keys = keys
    })
    await db.write('indexed', known)
  })
}
