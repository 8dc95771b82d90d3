import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../../src/client/app/open-database.ts'
import { DATABASE_VERSION, OpstapDatabase } from '../../../src/client/db/database.ts'
import { rescueOutbox } from '../../../src/client/db/rescue.ts'

/** What a later release left on the device: another shape, with unsent work in it. */
async function deviceOf(version: number) {
  const factory = new IDBFactory()
  await new Promise<void>((resolve, reject) => {
    const request = factory.open('opstap', version)
    request.onupgradeneeded = () => request.result.createObjectStore('outbox', { keyPath: 'id' }).put({ id: 'a', state: 'waiting' })
    request.onsuccess = () => resolve(request.result.close())
    request.onerror = () => reject(request.error)
  })
  return factory
}
const databaseOn = (factory: IDBFactory) => new OpstapDatabase('opstap', { indexedDB: factory, IDBKeyRange })
const tablesOn = async (factory: IDBFactory) =>
  new Promise<string[]>((resolve) => {
    const request = factory.open('opstap')
    request.onsuccess = () => {
      resolve([...request.result.objectStoreNames])
      request.result.close()
    }
  })

describe('opening the device’s database', () => {
  test('a fresh device and one of this version open', async () => {
    const factory = new IDBFactory()
    expect(await openDatabase(databaseOn(factory), factory)).toBeNull()
    expect(await openDatabase(databaseOn(factory), factory)).toBeNull()
  })

  test('one of the first version gets its new tables, and keeps what was written in it', async () => {
    const factory = new IDBFactory()
    const first = new Dexie('opstap', { indexedDB: factory, IDBKeyRange })
    first.version(1).stores({ rows: '[space+collection+id], *keys, stale', outbox: 'id, n, state, [space+collection+row]', cursors: 'space', items: 'id, [kind+position], shard', meta: 'key' })
    const row = { space: 'local:', collection: 'taskProgress', id: 'focus-kiezen', values: { status: 'done' }, stamps: {}, by: {}, keys: [] }
    await first.table('rows').add(row)
    await first.table('outbox').add({ id: 'a', n: 1, state: 'waiting', space: 'local:', collection: 'taskProgress', row: 'focus-kiezen' })
    first.close()
    const db = databaseOn(factory)
    expect(await openDatabase(db, factory)).toBeNull()
    expect(await db.rows.toArray()).toEqual([row])
    expect(await db.outbox.toArray()).toMatchObject([{ id: 'a', state: 'waiting' }])
    expect([await db.searchParts.count(), await db.arrived.count()]).toEqual([0, 0])
    db.close()
  })

  test('a newer one is reported, left as it is, and its unsent work can be read', async () => {
    const factory = await deviceOf((DATABASE_VERSION + 1) * 10)
    const db = databaseOn(factory)
    expect(await openDatabase(db, factory)).toMatchObject({ code: 'newer' })
    expect(db.isOpen()).toBe(false)
    expect(await tablesOn(factory)).toEqual(['outbox'])
    expect(await rescueOutbox('opstap', factory)).toMatchObject([{ id: 'a' }])
  })

  test('also in a browser that cannot list its databases', async () => {
    const factory = await deviceOf((DATABASE_VERSION + 1) * 10)
    const db = databaseOn(factory)
    expect(await openDatabase(db, {})).toMatchObject({ code: 'newer' })
    expect(db.isOpen()).toBe(false)
  })

  test('one that cannot be opened is reported as such', async () => {
    const broken = { open: () => { throw new DOMException('kapot', 'UnknownError') }, databases: async () => [] }
    expect(await openDatabase(databaseOn(broken as unknown as IDBFactory), broken)).toMatchObject({ code: 'broken' })
  })
})
