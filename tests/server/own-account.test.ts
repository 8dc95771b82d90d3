import 'fake-indexeddb/auto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
import { forget } from '../../src/server/accounts/retention.ts'
import { tableNames } from '../../src/server/db/tables.ts'
import { engines } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { ServedWorld } from '../support/served-world.ts'
import type { Device } from '../support/world.ts'

const { taskProgress, bookmark } = collections

describe.each(engines)('the own account on $name', (engine) => {
  let server: TestServer
  let world: ServedWorld
  beforeEach(async () => {
    server = await startTestServer({ engine })
    world = new ServedWorld(server)
    world.time = Date.now()
    for (const person of ['an', 'bo']) await world.arrive(person)
  })
  afterEach(() => server.close())

  const device = async (person: string): Promise<Device> => {
    const made = await world.device()
    await made.signIn(person)
    await made.sync()
    return made
  }
  /** Two people of one team, each with work in it; `first` leads. */
  async function team(first: string, second: string) {
    for (const person of [first, second]) await world.join(person, '31006')
    const devices = [await device('an'), await device('bo')] as const
    await devices[0].type(taskProgress, 'focus-kiezen', 'note', 'Van An voor het dossier.')
    await devices[0].write(bookmark, 'gids-kweetet--verken', { at: '2026-11-21T09:00:00.000Z' })
    await devices[1].write(taskProgress, 'mat-overtuigen', { status: 'done' })
    for (let round = 0; round < 2; round += 1) for (const one of devices) await one.sync()
    return devices
  }
  const remove = (person: string) => world.request(person, '/api/account', { method: 'DELETE' })
  /** Every table as text. */
  const everything = async () => {
    const texts = await Promise.all(tableNames.map(async (table) => (await sql<{ t: string }>`select t::text from ${sql.table(table)} t`.execute(server.db)).rows.map(({ t }) => `${table} ${t}`)))
    return texts.flat().join('\n')
  }

  test('can be read as a whole: who, where, own rows, every change', async () => {
    await team('bo', 'an')
    const answer = await world.request('an', '/api/account/data')
    expect(answer.status).toBe(200)
    const data = (await answer.json()) as Record<string, any>
    expect(data).toMatchObject({
      account: { email: 'an@damme.example' },
      teams: [{ nis: '31006', name: 'Damme', role: 'member' }],
      own: [{ collection: 'bookmark', id: 'gids-kweetet--verken', values: { at: '2026-11-21T09:00:00.000Z' } }],
      sessions: [{ since: expect.any(String) }],
    })
    expect(data.changes.map(({ collection, row, status }: any) => `${collection} ${row} ${status}`).sort()).toEqual(['bookmark gids-kweetet--verken applied', 'taskProgress focus-kiezen applied'])
    expect(JSON.stringify(data)).not.toContain('mat-overtuigen')
    expect((await server.request('/api/account/data')).status).toBe(401)
  })

  test('is deleted with all of the person alone; the dossier keeps its work, without the name', async () => {
    const [, colleague] = await team('bo', 'an')
    const an = world.session('an').person
    await world.request('an', '/api/account', { method: 'PATCH', json: { name: 'An De Smet' } })
    await server.device().post('/api/sign-in/code', { email: an.email })
    const second = await server.signIn('an@damme.example')
    expect(await everything()).toContain('An De Smet')

    const answer = await remove('an')
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie().join()).toMatch(/session_token=;/)

    const left = (await everything()).split('\n').filter((line) => !line.startsWith('attempt '))
    expect(left.filter((line) => /An De Smet|an@damme\.example/.test(line))).toEqual([])
    expect(left.filter((line) => line.includes(`person:${an.id}`))).toEqual([])
    for (const table of ['user', 'session', 'member', 'sync_client']) expect(left.filter((line) => line.startsWith(`${table} `) && line.includes(an.id))).toEqual([])

    await colleague.sync()
    expect(await colleague.shows(taskProgress)).toEqual({ 'focus-kiezen': { note: 'Van An voor het dossier.' }, 'mat-overtuigen': { status: 'done' } })
    expect((await colleague.shows(collections.member))[an.id]).toEqual({ name: 'Oud-collega', role: 'member', left: true })
    // Of every device, also the one that was not told.
    expect((await second.request('/api/session')).status).toBe(401)
    expect((await remove('an')).status).toBe(401)
  })

  test('someone who comes back with the same address starts anew and sees nothing of before', async () => {
    await team('bo', 'an')
    const before = world.session('an').person.id
    await remove('an')
    await world.arrive('an')
    expect(world.session('an')).toMatchObject({ teams: [], person: { name: '' } })
    expect(world.session('an').person.id).not.toBe(before)
    const fresh = await device('an')
    expect(await fresh.db.rows.count()).toBe(0)
  })

  test('is not deleted while the team would be left without a lead; alone in a team it is, and the dossier waits', async () => {
    const [phone] = await team('an', 'bo')
    const refusal = await remove('an')
    expect(refusal.status).toBe(409)
    expect(await refusal.json()).toEqual({ code: 'conflict', message: 'Je bent de enige trekker van het team van Damme. Maak eerst iemand anders trekker.' })
    await phone.sync()
    expect(Object.keys(await phone.shows(taskProgress))).toHaveLength(2)

    expect((await remove('bo')).status).toBe(200)
    expect((await remove('an')).status).toBe(200)
    expect(await server.db.selectFrom('user').select('id').execute()).toEqual([])
    await world.arrive('cas')
    await world.join('cas', '31006')
    const successor = await device('cas')
    expect(await successor.shows(taskProgress)).toEqual({ 'focus-kiezen': { note: 'Van An voor het dossier.' }, 'mat-overtuigen': { status: 'done' } })
  })

  test('what was under way while the account went is forgotten too', async () => {
    const { id } = world.session('an').person
    await remove('an')
    for (const person of [id, world.session('bo').person.id]) {
      await server.db.insertInto('sync_space').values({ id: `person:${person}`, head: 1 }).execute()
      await server.db.insertInto('sync_row').values({ space: `person:${person}`, collection: 'bookmark', id: 'x--y', row_values: '{}', stamps: '{}', authors: '{}', seq: 1 }).execute()
    }
    await forget(server.db, Date.now())
    expect(await server.db.selectFrom('sync_row').select('space').execute()).toEqual([{ space: `person:${world.session('bo').person.id}` }])
  })
})
