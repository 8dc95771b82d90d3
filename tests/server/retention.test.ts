import { expect, test } from 'vitest'
import { forget } from '../../src/server/accounts/retention.ts'
import { engines } from '../support/database.ts'
import { startTestServer } from '../support/server.ts'

const DAY = 86_400_000

test.each(engines)('what is no longer needed is removed, what is needed stays, on $name', async (engine) => {
  const server = await startTestServer({ engine })
  const { db } = server
  const here = await server.signIn('an@x.example')
  const person = here.session.person.id
  await server.device().post('/api/sign-in/code', { email: 'bo@x.example' })
  await here.post('/api/team/join', { nis: '31006' })
  const team = (await db.selectFrom('organization').select('id').executeTakeFirstOrThrow()).id
  await here.post('/api/team/invitations', { team, email: 'bo@x.example', role: 'member' })
  const request = { person, nis: '31042', decided_by: null }
  const now = Date.now()
  await db
    .insertInto('join_request')
    .values([
      { ...request, id: 'open', status: 'pending', asked_at: now - 900 * DAY, decided_at: null },
      { ...request, id: 'old', status: 'refused', asked_at: now - 900 * DAY, decided_at: now - 800 * DAY },
      { ...request, id: 'recent', status: 'refused', asked_at: now, decided_at: now },
    ])
    .execute()
  const counts = async () => {
    const tables = ['session', 'verification', 'attempt', 'invitation', 'user', 'member'] as const
    const rows = await Promise.all(tables.map(async (table) => (await db.selectFrom(table).selectAll().execute()).length))
    const requests = (await db.selectFrom('join_request').select('id').orderBy('id').execute()).map(({ id }) => id)
    return { ...Object.fromEntries(tables.map((table, i) => [table, rows[i]])), requests }
  }
  const before = await counts()
  expect(before).toMatchObject({ session: 1, verification: 1, invitation: 1 })
  await forget(db, now)
  expect(await counts()).toEqual({ ...before, requests: ['open', 'recent'] })
  await forget(db, now + 2 * DAY)
  expect(await counts()).toMatchObject({ session: 1, verification: 0, attempt: 0, invitation: 1 })
  await forget(db, now + 500 * DAY)
  expect(await counts()).toEqual({ session: 0, verification: 0, attempt: 0, invitation: 0, user: 1, member: 1, requests: ['open'] })
  await server.close()
})
