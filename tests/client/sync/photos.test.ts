// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { SpaceId } from '../../../src/domain/ids.ts'
import { collections } from '../../../src/domain/collections.ts'
import type { Client } from '../../../src/client/sync/client.ts'
import { keepPhoto, sendPhotos } from '../../../src/client/sync/photos.ts'
import { damme, device, sessionOf } from '../account/stage.ts'

const space = 'team:team-damme' as SpaceId
const [FIRST, SECOND] = ['a'.repeat(64), 'b'.repeat(64)]
/** What went on the line, and what the line does with it: a promise that the test keeps, or never. */
const line = vi.hoisted(() => ({ sent: [] as string[], answer: async (): Promise<boolean> => true }))
vi.mock('../../../src/client/sync/photo-upload.ts', () => ({
  upload: async (db: Client['db'], photo: { id: string; space: SpaceId }) => {
    line.sent.push(photo.id)
    const sent = await line.answer()
    if (sent) await db.photos.update([photo.space, photo.id], { waits: 0 })
    return sent
  },
}))
beforeEach(() => {
  line.sent = []
  line.answer = async () => true
})

async function inTeam(): Promise<Client> {
  const client = await device()
  await client.signedIn(sessionOf('an', { teams: [damme()] }))
  return client
}
const take = (client: Client, id: string) => keepPhoto(client, space, { id, bytes: new ArrayBuffer(8), type: 'image/jpeg' })
const write = (client: Client, status: string) => client.write(collections.taskProgress, 'focus-kiezen', { status })
const acknowledge = (client: Client) => client.db.outbox.toCollection().modify({ state: 'acked', ackedAt: 1 })
function start(client: Client): void {
  const stop = sendPhotos(client)
  onTestFinished(stop)
}
/** Everything that was asked for so far has happened. */
const quiet = async (client: Client) => {
  for (let turns = 0; turns < 40; turns += 1) await Promise.all([client.db.photos.count(), vi.dynamicImportSettled()])
}

test('photos wait as long as a text waits, and go one by one as soon as none does', async () => {
  const client = await inTeam()
  await write(client, 'inProgress')
  for (const id of [FIRST, SECOND]) await take(client, id)
  start(client)
  await quiet(client)
  expect(line.sent).toEqual([])
  await acknowledge(client)
  await vi.waitFor(() => expect(line.sent).toEqual([FIRST, SECOND]))
})

test('a text that comes between two photos goes before the second', async () => {
  const client = await inTeam()
  for (const id of [FIRST, SECOND]) await take(client, id)
  let letGo: (sent: boolean) => void = () => undefined
  line.answer = () => new Promise((resolve) => (letGo = resolve))
  start(client)
  await vi.waitFor(() => expect(line.sent).toEqual([FIRST]))
  // The one under way is stuck: what is written is kept and offered all the same.
  await write(client, 'done')
  expect((await client.unsent()).map(({ state }) => state)).toEqual(['waiting'])
  letGo(true)
  await vi.waitFor(async () => expect((await client.db.photos.get([space, FIRST]))!.waits).toBe(0))
  await quiet(client)
  expect(line.sent).toEqual([FIRST])
  await acknowledge(client)
  await vi.waitFor(() => expect(line.sent).toEqual([FIRST, SECOND]))
})
