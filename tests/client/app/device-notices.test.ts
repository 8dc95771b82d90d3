// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { damme, device, serve, sessionOf } from '../account/stage.ts'
// After the stage: the store looks for the browser's database when it loads.
import { collections } from '../../../src/domain/collections.ts'
import { noticeEviction } from '../../../src/client/app/device-notices.ts'

const an = sessionOf('an', { teams: [damme()] })
const known = { 'GET /api/sign-in': () => [200, { ways: ['code'], session: true }] as const, 'GET /api/session': () => [200, an] as const }

test('a store that is empty while the server knows who is signed in was wiped: what the server has comes back', async () => {
  serve(known)
  const client = await device()
  await client.write(collections.position, 'focus-kiezen', { path: '/starten/focus-kiezen', at: '2026-11-21T09:00:00.000Z' })
  expect(await noticeEviction(client)).toEqual({ kind: 'evicted', back: true })
  expect((await client.db.read('session'))?.person.id).toBe('an')
  expect(await noticeEviction(client)).toBeNull()
})
test('work that someone began since is given to no account unasked', async () => {
  serve(known)
  const client = await device()
  await client.write(collections.taskProgress, 'focus-kiezen', { status: 'done' })
  expect(await noticeEviction(client)).toEqual({ kind: 'evicted', back: false })
  expect(await client.db.read('session')).toBeUndefined()
  expect(await client.unsent()).toMatchObject([{ space: 'local:' }])
})
test('a new device is asked for once, and again only as long as there was no answer', async () => {
  const served = serve({})
  const client = await device()
  expect(await noticeEviction(client)).toBeNull()
  served.answers['GET /api/sign-in'] = () => [200, { ways: ['code'] }]
  expect(await noticeEviction(client)).toBeNull()
  expect(await noticeEviction(client)).toBeNull()
  expect(served.asked).toEqual(['GET /api/sign-in', 'GET /api/sign-in'])
})
test('someone who signed out, or wiped the device, without a connection is not signed in again', async () => {
  const { asked } = serve(known)
  const client = await device()
  await client.db.write('choices', { endSession: 'wanted' })
  expect(await noticeEviction(client)).toBeNull()
  expect(asked).toEqual([])
})
