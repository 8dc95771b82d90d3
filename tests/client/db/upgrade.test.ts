/** A database of an earlier version opens with all that waits in it. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import Dexie from 'dexie'
import { expect, test } from 'vitest'
import { OpstapDatabase, type OutboxEntry } from '../../../src/client/db/database.ts'
import { countPhotos } from '../../../src/client/db/photo-count.ts'
import { countShared, everyonesUnsentPhotos, unsentPhotos } from '../../../src/client/db/photos.ts'
import { countUnsent, oldestUnsent } from '../../../src/client/sync/unsent.ts'

/** As it was made by each version that people may have. */
const schemas: Record<number, Record<string, string>> = {
  1: {
    rows: '[space+collection+id], *keys, stale',
    outbox: 'id, n, state, [space+collection+row]',
    cursors: 'space',
    items: 'id, [kind+position], shard',
    meta: 'key',
  },
  2: {
    rows: '[space+collection+id], *keys, stale',
    outbox: 'id, n, state, [space+collection+row]',
    cursors: 'space',
    items: 'id, [kind+position], shard',
    meta: 'key',
    searchParts: 'shard',
    arrived: 'file',
  },
  3: {
    rows: '[space+collection+id], *keys, stale',
    outbox: 'id, state, [state+author+n], [space+collection+row]',
    cursors: 'space',
    items: 'id, [kind+position], shard',
    meta: 'key',
    searchParts: 'shard',
    arrived: 'file',
    photos: '[space+id], id, waits',
  },
}

const entry = (n: number, state: OutboxEntry['state'], author: string | null) =>
  ({ id: `id-${n}`, client: 'aaaaaaaaaa', n, schema: 1, at: n, hlc: `${n}`, space: author ? `person:${author}` : 'local:', collection: 'bookmark', row: `row-${n}`, set: { at: 'x' }, base: {}, author, state }) as unknown as OutboxEntry

test.each(Object.entries(schemas))('version %s, with work of two people that waits', async (version, stores) => {
  const indexedDB = new IDBFactory()
  const old = new Dexie('device', { indexedDB, IDBKeyRange })
  old.version(Number(version)).stores(stores)
  const entries = [entry(4, 'waiting', 'an'), entry(2, 'sent', 'an'), entry(3, 'acked', 'an'), entry(1, 'waiting', 'jo'), entry(5, 'parked', 'an'), entry(6, 'waiting', null)]
  await old.table('outbox').bulkAdd(entries)
  await old.table('meta').put({ key: 'client', value: 'aaaaaaaaaa' })
  old.close()

  const db = new OpstapDatabase('device', { indexedDB, IDBKeyRange })
  expect(await db.outbox.toCollection().sortBy('n')).toEqual(entries.toSorted((a, b) => a.n - b.n))
  expect((await oldestUnsent(db, 'an' as never, 10)).map(({ n }) => n)).toEqual([2, 4])
  expect((await oldestUnsent(db, 'an' as never, 1)).map(({ n }) => n)).toEqual([2])
  expect(await countUnsent(db, 'an' as never)).toBe(2)
  expect(await countUnsent(db, 'jo' as never)).toBe(1)
  expect(await countUnsent(db, null)).toBe(1)
  expect(await db.read('client')).toBe('aaaaaaaaaa')
})

test('photos of version 3 are found by who took them, and by whether the server refused them', async () => {
  const indexedDB = new IDBFactory()
  const old = new Dexie('device', { indexedDB, IDBKeyRange })
  old.version(3).stores(schemas[3]!)
  const photo = (id: string, waits: 0 | 1, more = {}) => ({ id, space: 'team:damme', bytes: new ArrayBuffer(3), type: 'image/jpeg', author: 'an', at: 1, waits, ...more })
  await old.table('photos').bulkAdd([photo('wacht', 1), photo('veilig', 0, { safeIn: 'e' }), photo('niet', 0, { refused: 'Nee.' }), photo('anders', 1, { author: 'bo' })])
  await old.table('meta').put({ key: 'session', value: { person: { id: 'an' } } })
  old.close()
  const db = new OpstapDatabase('device', { indexedDB, IDBKeyRange })
  expect(await countPhotos(db)).toEqual({ waiting: 1, refused: 1 })
  expect((await unsentPhotos(db)).map(({ id }) => id)).toEqual(['wacht', 'niet'])
  expect((await everyonesUnsentPhotos(db).toArray()).map(({ id }) => id).sort()).toEqual(['anders', 'niet', 'wacht'])
  expect(await countShared(db)).toBe(0)
})
