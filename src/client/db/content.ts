/** Reading imported content. */
import type { PackedItem, PackedKind } from '../../domain/content.ts'
import type { OpstapDatabase, StoredItem } from './database.ts'

export type Stored<K extends PackedKind> = Extract<PackedItem, { kind: K }> & Pick<StoredItem, 'position' | 'shard' | 'away'>

/** All items of a kind, in their own order. */
export async function itemsOf<K extends PackedKind>(db: OpstapDatabase, kind: K): Promise<Stored<K>[]> {
  const items = await db.items.where('[kind+position]').between([kind], [kind, []]).toArray()
  return items as unknown as Stored<K>[]
}

export async function itemOf<K extends PackedKind>(db: OpstapDatabase, kind: K, id: string): Promise<Stored<K> | undefined> {
  const item = await db.items.get(id)
  return item?.kind === kind ? (item as unknown as Stored<K>) : undefined
}

/** The items with these ids that exist, in the order asked. */
export async function itemsNamed(db: OpstapDatabase, ids: readonly string[]): Promise<StoredItem[]> {
  return (await db.items.bulkGet([...ids])).filter((item) => item !== undefined)
}
