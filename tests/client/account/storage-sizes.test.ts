// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { collections } from '../../../src/domain/collections.ts'
import { readSizes } from '../../../src/client/features/account/storage-sizes.ts'
import { device, NOW } from './stage.ts'

test('the room that photos take is counted apart from what one writes, also of those that wait for a place', async () => {
  const client = await device()
  await client.write(collections.taskProgress, 'focus-kiezen', { status: 'done' })
  const before = await readSizes(client.db, null)
  expect(before).toMatchObject({ photos: 0, app: null })
  expect(before.own).toBeGreaterThan(0)
  await client.db.photos.add({ id: 'a'.repeat(64), space: 'team:damme' as never, bytes: new ArrayBuffer(400_000), type: 'image/jpeg', author: 'an' as never, at: NOW, waits: 1 })
  await client.db.shared.add({ name: 'plein.jpg', type: 'image/jpeg', bytes: new ArrayBuffer(3_000_000), author: '', at: NOW } as never)
  expect(await readSizes(client.db, null)).toEqual({ ...before, photos: 3_400_000 })
})
