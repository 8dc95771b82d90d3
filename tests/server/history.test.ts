import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TextValue } from '../../src/domain/collection.ts'
import { SCHEMA_VERSION } from '../../src/domain/collections.ts'
import { HistoryAnswer, MAX_VERSIONS } from '../../src/protocol/history.ts'
import { openText } from '../../src/protocol/text.ts'
import { PROTOCOL_VERSION } from '../../src/protocol/sync.ts'
import { engines } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

type Person = Awaited<ReturnType<TestServer['signIn']>>
const NOON = Date.UTC(2026, 10, 21, 12)
const MINUTE_MS = 60_000

let server: TestServer
let time: number
afterEach(() => server.close())

let made = 0
/** Writes as the device `client` of this person, now. */
async function write(who: Person, client: string, space: string, row: string, set: Record<string, unknown>, collection = 'taskProgress') {
  made += 1
  const id = `0197a000-0000-7000-8000-${String(made).padStart(12, '0')}`
  const hlc = `${time.toString(36).padStart(9, '0')}.${(made % 1000).toString(36).padStart(3, '0')}.${client}`
  const mutation = { id, client, n: made, schema: SCHEMA_VERSION, at: time, hlc, space, collection, row, set, base: {} }
  const request = { proto: PROTOCOL_VERSION, schema: SCHEMA_VERSION, client, person: who.session.person.id, epoch: null, now: time, measured: true, cursors: {}, mutations: [mutation] }
  const answer = (await (await who.post('/api/sync', request)).json()) as { acks: { status: string }[] }
  return answer.acks[0]!.status
}
const ask = async (who: Person, space: string, rows: string, before?: string) => {
  const query = new URLSearchParams({ space, rows, ...(before ? { before } : {}) })
  return who.request(`/api/history?${query}`)
}
const told = async (who: Person, space: string, rows: string, before?: string) => HistoryAnswer.parse(await (await ask(who, space, rows, before)).json())

describe.each(engines)('the history of rows on $name', (engine) => {
  let [an, bo, eve]: Person[] = []
  let space: string
  beforeEach(async () => {
    time = NOON
    server = await startTestServer({ engine, now: () => time })
    ;[an, bo, eve] = [await server.signIn('an@x.example'), await server.signIn('bo@x.example'), await server.signIn('eve@x.example')]
    for (const person of [an, bo]) await person!.post('/api/team/join', { nis: '31006' })
    await eve!.post('/api/team/join', { nis: '31042' })
    space = `team:${((await (await an!.request('/api/session')).json()) as Person['session']).teams[0]!.id}`
  })

  test('tells who wrote what and when, newest first, also what lost', async () => {
    await write(an!, 'aaaaaaaaaa', space, 'focus-kiezen', { status: 'inProgress' })
    time += MINUTE_MS
    await write(bo!, 'bbbbbbbbbb', space, 'focus-kiezen', { status: 'done' })
    time -= MINUTE_MS / 2
    expect(await write(an!, 'aaaaaaaaaa', space, 'focus-kiezen', { status: 'notApplicable' })).toBe('superseded')
    const { versions, more } = await told(an!, space, 'taskProgress:focus-kiezen')
    expect(versions.map(({ value, person, status }) => [value, person, status])).toEqual([
      ['done', bo!.session.person.id, 'applied'],
      ['notApplicable', an!.session.person.id, 'superseded'],
      ['inProgress', an!.session.person.id, 'applied'],
    ])
    expect(versions.map(({ at }) => at)).toEqual([NOON + MINUTE_MS, NOON + MINUTE_MS / 2, NOON])
    expect(more).toBe(false)
  })

  test('puts typing together per stretch, and keeps what was there before much went out', async () => {
    const text = openText()
    const type = async (who: Person, client: string, at: number, removed: number, inserted: string) => {
      text.splice({ at, removed, inserted })
      const { value, settle } = text.unsettled()!
      settle()
      await write(who, client, space, 'focus-kiezen', { note: { y: value.y } satisfies TextValue })
    }
    await type(an!, 'aaaaaaaaaa', 0, 0, 'Eerst ')
    time += 1_000
    await type(an!, 'aaaaaaaaaa', 6, 0, 'bellen met de jeugddienst.')
    time += 1_000
    await type(an!, 'aaaaaaaaaa', 0, 32, 'Weg.')
    time += 11 * MINUTE_MS
    await type(an!, 'aaaaaaaaaa', 4, 0, ' Later.')
    time += 1_000
    await type(bo!, 'bbbbbbbbbb', 11, 0, ' En Bo.')
    const { versions } = await told(bo!, space, 'taskProgress:focus-kiezen')
    expect(versions.map(({ value }) => value)).toEqual(['Weg. Later. En Bo.', 'Weg. Later.', 'Weg.', 'Eerst bellen met de jeugddienst.'])
  })

  test('is told of several rows at once, in pages', async () => {
    for (let i = 0; i < MAX_VERSIONS + 3; i += 1) {
      time += 1_000
      await write(an!, 'aaaaaaaaaa', space, i % 2 ? 'focus-kiezen' : 'werkgroep-starten', { status: i % 3 ? 'inProgress' : 'done' })
    }
    const rows = 'taskProgress:focus-kiezen,taskProgress:werkgroep-starten'
    const first = await told(an!, space, rows)
    expect([first.versions.length, first.more]).toEqual([MAX_VERSIONS, true])
    const second = await told(an!, space, rows, first.versions.at(-1)!.id)
    expect([second.versions.length, second.more]).toEqual([3, false])
    expect(new Set([...first.versions, ...second.versions].map(({ id }) => id)).size).toBe(MAX_VERSIONS + 3)
    expect((await told(an!, space, 'taskProgress:focus-kiezen')).versions.every(({ row }) => row === 'focus-kiezen')).toBe(true)
  })

  test('is of nobody outside the space, and refuses what has no form', async () => {
    await write(an!, 'aaaaaaaaaa', space, 'focus-kiezen', { status: 'done' })
    expect((await ask(eve!, space, 'taskProgress:focus-kiezen')).status).toBe(404)
    expect((await ask(bo!, `person:${an!.session.person.id}`, 'taskProgress:focus-kiezen')).status).toBe(404)
    expect((await server.request(`/api/history?space=${space}&rows=taskProgress:focus-kiezen`)).status).toBe(401)
    for (const rows of ['', 'taskProgress', 'taskProgress:a b', 'geheim:x', Array.from({ length: 101 }, (_, i) => `taskProgress:t${i}`).join(',')]) expect((await ask(an!, space, rows)).status).toBe(400)
  })

  test('tells the lead, and nobody else, what a member sent after leaving', async () => {
    await write(an!, 'aaaaaaaaaa', space, 'focus-kiezen', { status: 'done' })
    await bo!.request(`/api/team/members/${bo!.session.person.id}?team=${space.slice(5)}`, { method: 'DELETE' })
    time += MINUTE_MS
    expect(await write(bo!, 'bbbbbbbbbb', space, 'focus-kiezen', { status: 'inProgress' })).toBe('parked')
    expect(await write(eve!, 'eeeeeeeeee', space, 'focus-kiezen', { status: 'inProgress' })).toBe('parked')
    await write(bo!, 'bbbbbbbbbb', space, 'focus-kiezen', { status: 'geen status' })
    const { versions } = await told(an!, space, 'taskProgress:focus-kiezen')
    expect(versions.map(({ value, person, status }) => [value, person, status])).toEqual([
      ['inProgress', bo!.session.person.id, 'parked'],
      ['done', an!.session.person.id, 'applied'],
    ])
    await bo!.post('/api/team/join', { nis: '31006' })
    expect((await told(bo!, space, 'taskProgress:focus-kiezen')).versions.map(({ status }) => status)).toEqual(['applied'])
  })
})
