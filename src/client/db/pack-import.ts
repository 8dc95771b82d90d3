/** Brings a pack into the database: only the shards that changed, all of them or none; the old content stays until then. */
import { PackIndex, type PackShard } from '../../domain/content.ts'
import type { OpstapDatabase, StoredItem } from './database.ts'

/** `unchanged`: the device had it already. `unavailable`: no connection and nothing cached. `unknown`: made for a newer app. */
export type Imported = { kind: 'imported'; shards: number } | { kind: 'unchanged' } | { kind: 'unavailable' } | { kind: 'unknown' }

/** `load` fetches a file of the pack as JSON and rejects when it cannot. Nothing a person wrote is touched. */
export async function importPack(db: OpstapDatabase, load: (file: string) => Promise<unknown>): Promise<Imported> {
  try {
    const parsed = PackIndex.safeParse(await load('index.json'))
    if (!parsed.success) return { kind: 'unknown' }
    const index = parsed.data
    const known = await db.read('pack')
    if (known?.version === index.version) return { kind: 'unchanged' }
    const changed = index.shards.filter(({ name, hash }) => known?.shards[name] !== hash)
    const shards = (await Promise.all(changed.map(({ file }) => load(file)))) as PackShard[]
    const names = new Set(index.shards.map(({ name }) => name))
    const dropped = Object.keys(known?.shards ?? {}).filter((name) => !names.has(name))
    await db.transaction('rw', db.items, db.meta, async () => {
      await db.items.where('shard').anyOf([...dropped, ...changed.map(({ name }) => name)]).delete()
      await db.items.bulkPut(shards.flatMap(toStored))
      await db.write('pack', {
        version: index.version,
        shards: Object.fromEntries(index.shards.map(({ name, hash }) => [name, hash])),
        reviewedOn: index.reviewedOn,
      })
    })
    return { kind: 'imported', shards: shards.length }
  } catch (error) {
    console.error(error)
    return { kind: 'unavailable' }
  }
}

/** Tasks and phases keep the order their editor gave them; other kinds the order of the shard. */
function toStored({ name, items }: PackShard): StoredItem[] {
  return items.map((item, index): StoredItem => ({ ...item, shard: name, position: 'order' in item ? item.order : index }))
}
