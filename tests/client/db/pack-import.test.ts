import 'fake-indexeddb/auto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { fileURLToPath } from 'node:url'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PackShard } from '../../../src/domain/pack.ts'
import { itemOf, itemsOf } from '../../../src/client/db/content.ts'
import { OpstapDatabase } from '../../../src/client/db/database.ts'
import { dropShard, getShardBack, importPack } from '../../../src/client/db/pack-import.ts'
import { compile, type Compiled } from '../../../src/pack/compile.ts'
import { buildIndex, buildShards } from '../../../src/pack/shards.ts'

let compiled: Compiled
let db: OpstapDatabase
let fetched: string[]

beforeAll(() => {
  compiled = compile(fileURLToPath(new URL('../../../src/content', import.meta.url)))
}, 60_000)
beforeEach(() => {
  db = new OpstapDatabase('pack', { indexedDB: new IDBFactory(), IDBKeyRange })
  fetched = []
})

/** The files of a pack as a server gives them; `broken` ones do not arrive. */
function serve(items = compiled.items, broken: (file: string) => boolean = () => false) {
  const shards = buildShards(items)
  const files = new Map<string, unknown>([['index.json', buildIndex(items, shards)], ...shards.map(({ entry, text }) => [entry.file, JSON.parse(text)] as const)])
  return async (file: string) => {
    fetched.push(file)
    if (broken(file) || !files.has(file)) throw new Error(`no ${file}`)
    return structuredClone(files.get(file))
  }
}
const retitled = (id: string) => compiled.items.map((item) => (item.id === id && 'title' in item ? { ...item, title: 'Nieuwe titel' } : item))

describe('importing the pack', () => {
  it('brings all real content in, in its order', async () => {
    expect(await importPack(db, serve())).toMatchObject({ kind: 'imported' })
    expect(await db.items.count()).toBe(compiled.items.length)
    const phases = await itemsOf(db, 'phase')
    expect(phases.map(({ order }) => order)).toEqual([...phases.map(({ order }) => order)].sort((a, b) => a - b))
    expect(await importPack(db, serve())).toEqual({ kind: 'unchanged' })
  })

  it('has the starter path before the rest of a first import arrives, and goes on where it was cut off', async () => {
    const cut = serve(compiled.items, (file) => !/^(index|starter)\b/.test(file))
    expect(await importPack(db, cut)).toEqual({ kind: 'unavailable' })
    expect((await itemsOf(db, 'task')).length).toBeGreaterThanOrEqual(48)
    fetched = []
    expect(await importPack(db, serve())).toMatchObject({ kind: 'imported' })
    expect(fetched.some((file) => file.startsWith('starter'))).toBe(false)
    expect(await db.items.count()).toBe(compiled.items.length)
  })

  it('fetches of an update only what changed, and touches nothing a person wrote', async () => {
    await importPack(db, serve())
    const row = { space: 'local:', collection: 'taskProgress', id: 'focus-kiezen', values: { status: 'done' }, stamps: {}, by: {}, keys: [] }
    await db.rows.put(row as never)
    fetched = []
    expect(await importPack(db, serve(retitled('focus-kiezen')))).toEqual({ kind: 'imported', shards: 2 })
    expect(fetched.map((file) => file.split('.')[0])).toEqual(['index', 'starter', 'search'])
    expect((await itemOf(db, 'task', 'focus-kiezen'))?.title).toBe('Nieuwe titel')
    expect(await db.rows.toArray()).toEqual([row])
  })

  it('keeps the old content whole when an update does not arrive whole', async () => {
    await importPack(db, serve())
    const before = await db.items.toArray()
    const items = retitled('focus-kiezen').map((item) => (item.kind === 'figure' ? { ...item, title: 'Ander cijfer' } : item))
    expect(await importPack(db, serve(items, (file) => file.startsWith('figures')))).toEqual({ kind: 'unavailable' })
    expect(await db.items.toArray()).toEqual(before)
  })

  it('goes on with an update where it was cut off', async () => {
    await importPack(db, serve())
    const items = retitled('focus-kiezen').map((item) => (item.kind === 'figure' ? { ...item, title: 'Ander cijfer' } : item))
    await importPack(db, serve(items, (file) => file.startsWith('figures')))
    fetched = []
    expect(await importPack(db, serve(items))).toMatchObject({ kind: 'imported' })
    expect(fetched.some((file) => file.startsWith('starter'))).toBe(false)
    expect((await itemOf(db, 'task', 'focus-kiezen'))?.title).toBe('Nieuwe titel')
    expect(await db.arrived.count()).toBe(0)
  })

  it('brings every part of the search index along, and only what changed of it', async () => {
    await importPack(db, serve())
    const before = new Map((await db.searchParts.toArray()).map(({ shard, part }) => [shard, part]))
    expect(before.size).toBeGreaterThan(15)
    await importPack(db, serve(retitled('lio-vlaanderen')))
    const after = await db.searchParts.toArray()
    expect(after.map(({ shard }) => shard)).toEqual([...before.keys()])
    expect(after.filter(({ shard, part }) => before.get(shard) !== part).map(({ shard }) => shard)).toEqual(['guide-lio-vlaanderen'])
  })

  it('drops what is no longer in the pack', async () => {
    await importPack(db, serve())
    await importPack(db, serve(compiled.items.filter(({ kind }) => kind !== 'guide')))
    expect(await itemsOf(db, 'guide')).toEqual([])
    expect((await itemsOf(db, 'task')).length).toBeGreaterThanOrEqual(48)
  })

  it('leaves a pack for a newer app alone', async () => {
    expect(await importPack(db, async () => ({ builtFor: 2 }))).toEqual({ kind: 'unknown' })
    expect(await db.items.count()).toBe(0)
  })

  it('knows shards only by the items in them', () => {
    const shards = buildShards(compiled.items).map(({ text }) => JSON.parse(text) as PackShard)
    expect(shards[0]!.name).toBe('starter')
    expect(shards.flatMap(({ items }) => items.map(({ id }) => id)).sort()).toEqual(compiled.items.map(({ id }) => id).sort())
  })
})

describe('a guide that a person takes off the device', () => {
  const shard = 'guide-lio-vlaanderen'
  const texts = async () => (await itemOf(db, 'guide', 'lio-vlaanderen'))!.sections.map(({ html }) => html.length)

  it('keeps its names and worksheets, is left out of updates, and comes back in its newest form', async () => {
    await importPack(db, serve())
    const whole = (await itemOf(db, 'guide', 'lio-vlaanderen'))!
    await dropShard(db, shard)
    expect(new Set(await texts())).toEqual(new Set([0]))
    const kept = (await itemOf(db, 'guide', 'lio-vlaanderen'))!
    expect(kept.sections.map(({ id, title }) => [id, title])).toEqual(whole.sections.map(({ id, title }) => [id, title]))
    expect(kept.worksheets).toEqual(whole.worksheets)

    fetched = []
    const items = retitled('lio-vlaanderen').map((item) => (item.id === 'focus-kiezen' ? { ...item, title: 'Ander' } : item))
    expect(await importPack(db, serve(items as typeof compiled.items))).toMatchObject({ kind: 'imported' })
    expect(fetched.some((file) => file.startsWith(shard))).toBe(false)
    expect(new Set(await texts())).toEqual(new Set([0]))

    expect(await getShardBack(db, shard, serve(items as typeof compiled.items))).toBe(true)
    expect((await itemOf(db, 'guide', 'lio-vlaanderen'))?.title).toBe('Nieuwe titel')
    expect(await texts()).toEqual(whole.sections.map(({ html }) => html.length))
    expect(await importPack(db, serve(items as typeof compiled.items))).toEqual({ kind: 'unchanged' })
  })

  it('stays away when it cannot be fetched', async () => {
    await importPack(db, serve())
    await dropShard(db, shard)
    expect(await getShardBack(db, shard, serve(compiled.items, (file) => file.startsWith(shard)))).toBe(false)
    expect(new Set(await texts())).toEqual(new Set([0]))
    expect(await getShardBack(db, shard, serve())).toBe(true)
  })
})
