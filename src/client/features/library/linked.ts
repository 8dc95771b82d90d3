import type { PackedItem } from '../../../domain/content.ts'
import { itemsNamed, itemsOf } from '../../db/content.ts'
import type { OpstapDatabase, StoredItem } from '../../db/database.ts'

type Linking = Extract<PackedItem, { links: string[] }>

/** What an item links to, and the tasks of the path that point at it. */
export async function readLinked(db: OpstapDatabase, { id, links }: Pick<Linking, 'id' | 'links'>): Promise<StoredItem[]> {
  const pointing = (await itemsOf(db, 'task')).filter((task) => task.links.includes(id)).map((task) => task.id)
  return itemsNamed(db, [...new Set([...links, ...pointing])])
}
