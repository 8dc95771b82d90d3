/** Brings a pack into the database: only the shards that changed. An update lands all at once, a first import shard by shard. */
import type { PackIndex, PackShard } from '../../domain/pack.ts'
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
    const changed = index.shards.filter(({ name, hash }) => known?.shards[name] !== hash && !known?.away?.includes(name))
    if (known && isWhole(known)) await replace(db, index, changed, load)
    else await fill(db, index, changed, load)
    return { kind: 'imported', shards: changed.length }
  } catch (error) {
    console.warn(error)
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
export type Load = (file: string) => Promise<unknown>

/** A first import that was cut off has shards but no version yet. */
const isWhole = ({ version }: Meta['pack']): boolean => version !== ''

/** An update: everything that changed in one transaction, so that the old content stays until the new is whole. */
async function replace(db: OpstapDatabase, index: PackIndex, changed: readonly Entry[], load: Load): Promise<void> {
  const shards = await Promise.all(changed.map(({ file }) => arrive(db, file, load)))
  await db.transaction('rw', db.items, db.searchParts, db.arrived, db.meta, async () => {
    const before = await db.read('pack')
    const names = new Set(index.shards.map(({ name }) => name))
    await clear(db, Object.keys(before?.shards ?? {}).filter((name) => !names.has(name)))
    await put(db, shards)
    await db.arrived.clear()
    await db.write('pack', packOf(index, before))
  })
}

/** Kept as it comes in: an update that is cut off goes on from there. */
async function arrive(db: OpstapDatabase, file: string, load: Load): Promise<PackShard> {
  const known = await db.arrived.get(file)
  if (known) return known.shard
  const shard = (await load(file)) as PackShard
  await db.arrived.put({ file, shard })
  return shard
}

/** A first import: shard by shard in the order of the index, so that the first screen need not wait for the last guide. */
async function fill(db: OpstapDatabase, index: PackIndex, changed: readonly Entry[], load: Load): Promise<void> {
  const wanted = changed.map((entry) => ({ entry, shard: load(entry.file) as Promise<PackShard> }))
  // Awaited one after the other; a later one that fails meanwhile is dealt with in its turn.
  for (const { shard } of wanted) shard.catch(() => undefined)
  for (const { entry, shard } of wanted) {
    const arrived = await shard
    await db.transaction('rw', db.items, db.searchParts, db.meta, async () => {
      const { shards = {} } = (await db.read('pack')) ?? {}
      await put(db, [arrived])
      await db.write('pack', { version: '', shards: { ...shards, [entry.name]: entry.hash }, reviewedOn: index.reviewedOn })
    })
  }
  await db.write('pack', packOf(index, undefined))
}

async function clear(db: OpstapDatabase, names: readonly string[]): Promise<void> {
  await db.items.where('shard').anyOf([...names]).delete()
  await db.searchParts.bulkDelete([...names])
}

async function put(db: OpstapDatabase, shards: readonly PackShard[]): Promise<void> {
  await clear(db, shards.map(({ name }) => name))
  await db.items.bulkPut(shards.flatMap(toStored))
  await db.searchParts.bulkPut(shards.flatMap(({ name, search }) => (search === undefined ? [] : [{ shard: name, part: search }])))
}

/** What the person took off this device keeps the hash it had. */
function packOf({ version, reviewedOn, shards }: PackIndex, before: Meta['pack'] | undefined): Meta['pack'] {
  const away = (before?.away ?? []).filter((name) => shards.some((entry) => entry.name === name))
  return {
    version,
    shards: Object.fromEntries(shards.map(({ name, hash }) => [name, away.includes(name) ? before!.shards[name]! : hash])),
    bytes: Object.fromEntries(shards.map(({ name, bytes }) => [name, bytes])),
    reviewedOn,
    ...(away.length > 0 && { away }),
  }
}

/** Tasks and phases keep the order their editor gave them; other kinds the order of the shard. */
function toStored({ name, items }: PackShard): StoredItem[] {
  return items.map((item, index): StoredItem => ({ ...item, shard: name, position: 'order' in item ? item.order : index }))
}

/** Takes the texts of a shard off the device. Its titles and worksheets stay, so that all that was filled in still has its place. */
export async function dropShard(db: OpstapDatabase, name: string): Promise<void> {
  await db.transaction('rw', db.items, db.meta, async () => {
    const pack = await db.read('pack')
    if (!pack) return
    const items = await db.items.where('shard').equals(name).toArray()
    await db.items.bulkPut(items.map(withoutTexts))
    await db.write('pack', { ...pack, away: [...new Set([...(pack.away ?? []), name])] })
  })
}

const withoutTexts = (item: StoredItem): StoredItem => ('sections' in item ? { ...item, sections: item.sections.map((section) => ({ ...section, html: '' })), away: true } : item)

/** Brings the texts of a shard back, in the newest form; false when they cannot be had now. */
export async function getShardBack(db: OpstapDatabase, name: string, load: Load): Promise<boolean> {
  try {
    const index = await load('index.json')
    const entry = isForThisApp(index) ? index.shards.find((candidate) => candidate.name === name) : undefined
    if (!entry) return false
    const shard = (await load(entry.file)) as PackShard
    await db.transaction('rw', db.items, db.searchParts, db.meta, async () => {
      const pack = (await db.read('pack'))!
      const away = (pack.away ?? []).filter((other) => other !== name)
      await put(db, [shard])
      await db.write('pack', { ...pack, away, shards: { ...pack.shards, [name]: entry.hash } })
    })
    return true
  } catch (error) {
    console.warn(error)
    return false
  }
}
