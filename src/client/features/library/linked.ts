import type { PackedItem } from '../../../domain/content.ts'
import { itemsNamed, itemsOf } from '../../db/content.ts'
import type { OpstapDatabase, StoredItem } from '../../db/database.ts'

type Linking = Extract<PackedItem, { links: string[] }>

/** What an item links to, and the tasks of the path that point at it. */
export async function readLinked(db: OpstapDatabase, { id, links }: Pick<Linking, 'id' | 'links'>): Promise<StoredItem[]> {
  const pointing = (await itemsOf(db, 'task')).filter((task) => task.links.includes(id)).map((task) => task.id)
  const items = await itemsNamed(db, [...new Set([...links, ...pointing])])
  // Their screen does not exist yet; on a task they open in place.
  return items.filter(({ kind }) => kind !== 'guide')
}
