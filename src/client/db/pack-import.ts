/** Brings a pack into the database: only the shards that changed. An update lands all at once, a first import shard by shard. */
import type { PackIndex, PackShard } from '../../domain/content.ts'
import type { Meta, OpstapDatabase, StoredItem } from './database.ts'

/** `unchanged`: the device had it already. `unavailable`: no connection and nothing cached. `unknown`: made for a newer app. */
export type Imported = { kind: 'imported'; shards: number } | { kind: 'unchanged' } | { kind: 'unavailable' } | { kind: 'unknown' }

/** `load` fetches a file of the pack as JSON and rejects when it cannot. Nothing a person wrote is touched. */
export async function importPack(db: OpstapDatabase, load: Load): Promise<Imported> {
  try {
    const index = await load('index.json')
    if (!isForThisApp(index)) return { kind: 'unknown' }
    const known = await db.read('pack')
    if (known?.version === index.version) return { kind: 'unchanged' }
    const changed = index.shards.filter(({ name, hash }) => known?.shards[name] !== hash)
    if (known && isWhole(known)) await replace(db, index, changed, load)
    else await fill(db, index, changed, load)
    return { kind: 'imported', shards: changed.length }
  } catch (error) {
    console.error(error)
    return { kind: 'unavailable' }
  }
}

/**
 * The build checked the pack as a whole (src/pack); here only its form counts, so that a first visit need not wait for
 * the schemas.
 */
const isForThisApp = (index: unknown): index is PackIndex => {
  const { builtFor, shards, version } = (index ?? {}) as Partial<PackIndex>
  return builtFor === 1 && Array.isArray(shards) && typeof version === 'string'
}

type Entry = PackIndex['shards'][number]
type Load = (file: string) => Promise<unknown>

/** A first import that was cut off has shards but no version yet. */
const isWhole = ({ version }: Meta['pack']): boolean => version !== ''

/** An update: everything that changed in one transaction, so that the old content stays until the new is whole. */
async function replace(db: OpstapDatabase, index: PackIndex, changed: readonly Entry[], load: Load): Promise<void> {
  const shards = (await Promise.all(changed.map(({ file }) => load(file)))) as PackShard[]
  await db.transaction('rw', db.items, db.meta, async () => {
    const names = new Set(index.shards.map(({ name }) => name))
    const dropped = Object.keys((await db.read('pack'))?.shards ?? {}).filter((name) => !names.has(name))
    await db.items.where('shard').anyOf([...dropped, ...changed.map(({ name }) => name)]).delete()
    await db.items.bulkPut(shards.flatMap(toStored))
    await db.write('pack', packOf(index, index.shards))
  })
}

/** A first import: shard by shard in the order of the index, so that the first screen need not wait for the last guide. */
async function fill(db: OpstapDatabase, index: PackIndex, changed: readonly Entry[], load: Load): Promise<void> {
  const wanted = changed.map((entry) => ({ entry, shard: load(entry.file) as Promise<PackShard> }))
  // Awaited one after the other; a later one that fails meanwhile is dealt with in its turn.
  for (const { shard } of wanted) shard.catch(() => undefined)
  for (const { entry, shard } of wanted) {
    const items = toStored(await shard)
    await db.transaction('rw', db.items, db.meta, async () => {
      const { shards = {} } = (await db.read('pack')) ?? {}
      await db.items.where('shard').equals(entry.name).delete()
      await db.items.bulkPut(items)
      await db.write('pack', { version: '', shards: { ...shards, [entry.name]: entry.hash }, reviewedOn: index.reviewedOn })
    })
  }
  await db.write('pack', packOf(index, index.shards))
}

const packOf = ({ version, reviewedOn, search }: PackIndex, shards: readonly Entry[]): Meta['pack'] => ({
  version,
  shards: Object.fromEntries(shards.map(({ name, hash }) => [name, hash])),
  reviewedOn,
  search: search.file,
})

/** Tasks and phases keep the order their editor gave them; other kinds the order of the shard. */
function toStored({ name, items }: PackShard): StoredItem[] {
  return items.map((item, index): StoredItem => ({ ...item, shard: name, position: 'order' in item ? item.order : index }))
}
