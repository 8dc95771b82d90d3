/** Writes that are asked for together go together, and each gets its own answer. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { collections } from '../../../src/domain/collections.ts'
import { LOCAL_SPACE } from '../../../src/domain/spaces.ts'
import { OpstapDatabase } from '../../../src/client/db/database.ts'
import { rowsOf } from '../../../src/client/db/rows.ts'
import { startWriting } from '../../../src/client/sync/mutate.ts'

const at = '2026-11-21T09:00:00.000Z'

function device() {
  const db = new OpstapDatabase('device', { indexedDB: new IDBFactory(), IDBKeyRange })
  const write = startWriting(db, { now: () => Date.UTC(2026, 10, 21), random: (count) => crypto.getRandomValues(new Uint8Array(count)) })
  return { db, write }
}

test('many at once: every row and every entry, numbered in the order of asking', async () => {
  const { db, write } = device()
  const ids = Array.from({ length: 2_500 }, (_, i) => `gids-${i}--hoofdstuk`)
  const results = await Promise.all(ids.map((row) => write({ definition: collections.bookmark, row, set: { at } })))
  expect(results.every(({ kind }) => kind === 'written')).toBe(true)
  expect((await rowsOf(db, LOCAL_SPACE, 'bookmark')).length).toBe(ids.length)
  const entries = await db.outbox.toCollection().sortBy('n')
  expect(entries.map(({ row }) => row)).toEqual(ids)
  expect(entries.map(({ n }) => n)).toEqual(ids.map((_, i) => i + 1))
  expect(new Set(entries.map(({ hlc }) => hlc)).size).toBe(ids.length)
  expect(await db.read('n')).toBe(ids.length)
})

test('one that is refused, and one that cannot be merged, hold up no other', async () => {
  const { db, write } = device()
  const [first, ...rest] = await Promise.all([
    write({ definition: collections.bookmark, row: 'gids--een', set: { at } }),
    write({ definition: collections.bookmark, row: 'geen geldig id', set: { at } }),
    write({ definition: collections.taskProgress, row: 'taak', set: { note: { y: '////', t: 'geen Yjs' } } }),
    write({ definition: collections.bookmark, row: 'gids--twee', set: { at } }),
  ])
  expect([first, ...rest].map((written) => written!.kind)).toEqual(['written', 'refused', 'failed', 'written'])
  expect((await db.outbox.toArray()).map(({ row }) => row).sort()).toEqual(['gids--een', 'gids--twee'])
})

test('two writes of the same row build on each other', async () => {
  const { db, write } = device()
  await Promise.all(['notStarted', 'inProgress', 'done'].map((status) => write({ definition: collections.taskProgress, row: 'taak', set: { status } })))
  const [row] = await rowsOf(db, LOCAL_SPACE, 'taskProgress')
  expect(row!.values).toEqual({ status: 'done' })
  const entries = await db.outbox.toCollection().sortBy('n')
  expect(entries.map(({ set }) => set['status'])).toEqual(['notStarted', 'inProgress', 'done'])
  expect(entries[2]!.base).toEqual({ status: entries[1]!.hlc })
})
