import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stampOf } from '../../src/domain/clock.ts'
import type { ClientId } from '../../src/domain/ids.ts'
import type { SessionView } from '../../src/domain/session.ts'
import { engines } from '../support/database.ts'
import { startTestServer, testLabContent, type TestServer } from '../support/server.ts'

type Person = Awaited<ReturnType<TestServer['signIn']>>
type Change = { space: string; collection: string; row: string; set: Record<string, unknown> }

const LAB = 'labvanvlaand'
const OTHER = 'labvanelders'
const snapshot = { version: 1, title: 'Persona', fields: [{ id: 'wie', kind: 'shortText', label: 'Wie?' }], answers: { wie: 'Zonnebloem' } }

describe.each(engines)('the calendar of a lab on $name', (engine) => {
  let server: TestServer
  let time: number
  let numbers = 0
  let bart: Person, an: Person, cas: Person
  let damme: string

  beforeEach(async () => {
    time = Date.UTC(2026, 10, 23, 9)
    numbers = 0
    server = await startTestServer({ engine, now: () => time })
    bart = await server.signIn('bart@x.example')
    await server.db.insertInto('person_role').values({ person: bart.session.person.id, role: 'facilitator' }).execute()
    an = await server.signIn('an@x.example')
    damme = ((await (await an.post('/api/team/join', { nis: '31006' })).json()) as SessionView).teams[0]!.id
    cas = await server.signIn('cas@x.example')
    await cas.post('/api/team/join', { nis: '31042' })
    for (const id of [LAB, OTHER]) await bart.post('/api/labs', { id, template: 'leerlabo-genderbeleid', title: 'Ons labo, samen' })
    await bart.post(`/api/labs/${LAB}/teams`, { nis: '31006' })
    await write(bart, session('start', '2026-12-01T08:30:00.000Z', 'Stadhuis'), date('persona', '2026-12-08T16:00:00.000Z'), date('reis', '2026-12-15T16:00:00.000Z'))
  })
  afterEach(() => server.close())

  const session = (row: string, at: string | null, place: string | null = null): Change => ({ space: `lab:${LAB}`, collection: 'labSession', row, set: { at, place } })
  const date = (row: string, due: string): Change => ({ space: `lab:${LAB}`, collection: 'labAssignment', row, set: { due } })
  async function write(person: Person, ...changes: Change[]): Promise<void> {
    const client = person.session.person.id.toLowerCase().replace(/[^a-z0-9]/g, '').padEnd(10, '0').slice(0, 10) as ClientId
    const mutations = changes.map((change) => {
      numbers += 1
      return { id: uuidv7(), client, n: numbers, schema: 1, at: time, hlc: stampOf({ ms: time, counter: numbers }, client), base: {}, ...change }
    })
    const answer = await person.post('/api/sync', { proto: 1, schema: 1, client, person: person.session.person.id, epoch: null, now: time, measured: true, cursors: {}, mutations })
    expect(((await answer.json()) as { acks: { status: string }[] }).acks.map(({ status }) => status)).toEqual(changes.map(() => 'applied'))
  }
  const addressFor = async (person: Person, { renew = false, lab = LAB } = {}) => {
    const answer = await person.post(`/api/labs/${lab}/calendar`, { renew })
    return answer.status === 200 ? ((await answer.json()) as { address: string }).address : answer.status
  }
  /** As a calendar program asks: without a cookie. */
  const fetched = (address: string | number, headers: Record<string, string> = {}) => server.request(new URL(String(address)).pathname, { headers })
  const linesOf = async (address: string | number) => (await (await fetched(address)).text()).replaceAll('\r\n ', '').split('\r\n')
  const valuesOf = (lines: string[], name: string) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1))
  const events = (lines: string[]) =>
    lines.join('\n').split('BEGIN:VEVENT\n').slice(1).map((event) => Object.fromEntries(event.split('\n').map((line) => [line.split(/[:;]/)[0]!, line.slice(line.indexOf(':') + 1)]).toReversed()) as Record<string, string>)

  test('is given to a calendar without a session: the sessions, and what the team still has to send', async () => {
    const address = await addressFor(an)
    expect(address).toMatch(new RegExp(`^http://localhost:3000/api/labs/${LAB}/calendar/[\\w-]{32}\\.ics$`))
    expect(await addressFor(an)).toBe(address)
    const answer = await fetched(address)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(['content-type', 'cache-control', 'x-robots-tag', 'content-disposition', 'set-cookie'].map((name) => [name, answer.headers.get(name)]))).toEqual({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, max-age=900',
      'x-robots-tag': 'noindex, nofollow',
      'content-disposition': `inline; filename="${LAB}.ics"`,
      'set-cookie': null,
    })
    const text = await answer.text()
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    const lines = await linesOf(address)
    expect(lines).toEqual(expect.arrayContaining(['X-WR-CALNAME:Ons labo\\, samen', 'REFRESH-INTERVAL;VALUE=DURATION:PT4H', 'TZID:Europe/Brussels', 'DTSTART;TZID=Europe/Brussels:20261201T093000', 'DTEND;TZID=Europe/Brussels:20261201T113000']))
    expect(events(lines)).toMatchObject([
      { UID: `${LAB}-start@opstap`, SUMMARY: 'Waar staan we? (Ons labo\\, samen)', LOCATION: 'Stadhuis', TRIGGER: '-P1D' },
      { UID: `${LAB}-opdracht-persona@opstap`, SUMMARY: 'Inleveren: Maak één mens (Ons labo\\, samen)', TRANSP: 'TRANSPARENT', TRIGGER: '-P1D' },
      { UID: `${LAB}-opdracht-reis@opstap` },
    ])
    expect(lines).toContain('DTEND;TZID=Europe/Brussels:20261208T170000')
    expect(lines.find((line) => line.startsWith('DESCRIPTION:Elkaar kennen.'))).toContain(`http://localhost:3000/leerlabo/${LAB}`)
  })

  test('keeps the number of what did not change and raises that of what did', async () => {
    const address = await addressFor(an)
    const before = events(await linesOf(address))
    time += 60_000
    await write(bart, session('start', '2026-12-02T08:30:00.000Z'), { space: `entry:${LAB}:${damme}`, collection: 'extension', row: 'reis', set: { due: '2026-12-20T16:00:00.000Z' } })
    const after = events(await linesOf(address))
    expect(after.map(({ UID }) => UID)).toEqual(before.map(({ UID }) => UID))
    expect(after.map(({ SEQUENCE }, i) => Number(SEQUENCE) - Number(before[i]!['SEQUENCE']))).toEqual([60, 0, 60])
    expect(after.map(({ DTSTART }) => DTSTART)).toEqual(['20261202T093000', '20261208T163000', '20261220T163000'])
    time += 60_000
    await write(bart, session('start', null))
    expect(valuesOf(await linesOf(address), 'UID')).toEqual([`${LAB}-opdracht-persona@opstap`, `${LAB}-opdracht-reis@opstap`])
    await write(an, { space: `entry:${LAB}:${damme}`, collection: 'submission', row: uuidv7(), set: { assignment: 'persona', snapshot, from: 'An' } })
    expect(valuesOf(await linesOf(address), 'UID')).toEqual([`${LAB}-opdracht-reis@opstap`])
  })

  test('is the same for the same dates, and then does not travel again', async () => {
    const address = await addressFor(an)
    const first = await fetched(address)
    const etag = first.headers.get('etag')!
    time += 3_600_000
    expect((await fetched(address)).headers.get('etag')).toBe(etag)
    const again = await fetched(address, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await write(bart, session('start', '2026-12-03T08:30:00.000Z'))
    expect((await fetched(address, { 'if-none-match': etag })).status).toBe(200)
  })

  test('of a facilitator has the sessions alone', async () => {
    const address = await addressFor(bart)
    expect(valuesOf(await linesOf(address), 'UID')).toEqual([`${LAB}-start@opstap`])
    expect(address).not.toBe(await addressFor(an))
  })

  test('is of one person and one lab, and of nobody else', async () => {
    const address = String(await addressFor(an))
    expect(await addressFor(cas)).toBe(404)
    expect(await addressFor(an, { lab: OTHER })).toBe(404)
    expect((await server.request(`/api/labs/${LAB}/calendar`, { method: 'POST', json: { renew: false }, headers: { origin: 'http://localhost:3000' } })).status).toBe(401)
    await bart.post(`/api/labs/${OTHER}/teams`, { nis: '31006' })
    for (const wrong of [address.replace(LAB, OTHER), address.replace(/[\w-]{32}\.ics$/, `${'a'.repeat(32)}.ics`)]) expect((await fetched(wrong)).status).toBe(404)
    for (const odd of [address.replace('.ics', ''), address.replace('.ics', '.json'), `${address}.ics`]) expect((await fetched(odd)).status).toBe(400)
  })

  test('stops under the old address when there is a new one', async () => {
    const old = await addressFor(an)
    const renewed = await addressFor(an, { renew: true })
    expect(renewed).not.toBe(old)
    expect([(await fetched(old)).status, (await fetched(renewed)).status]).toEqual([404, 200])
  })

  test('stops when the person leaves the team, the team the lab, or the account is deleted, and goes on when they are back', async () => {
    const address = await addressFor(an)
    await bart.request(`/api/labs/${LAB}/teams/${damme}`, { method: 'DELETE' })
    const gone = await fetched(address)
    expect([gone.status, await gone.text()]).toEqual([404, expect.not.stringContaining('Stadhuis')])
    await bart.post(`/api/labs/${LAB}/teams`, { nis: '31006' })
    expect((await fetched(address)).status).toBe(200)
    await an.request(`/api/team/members/${an.session.person.id}?team=${damme}`, { method: 'DELETE' })
    expect((await fetched(address)).status).toBe(404)
    await an.post('/api/team/join', { nis: '31006' })
    expect((await fetched(address)).status).toBe(200)
    await an.request('/api/account', { method: 'DELETE' })
    expect((await fetched(address)).status).toBe(404)
    expect(await server.db.selectFrom('lab_calendar').selectAll().execute()).toEqual([])
  })

  test('of a template that this version does not know is not empty but unavailable, so that a calendar keeps what it has', async () => {
    const address = await addressFor(an)
    server.port.labContent = { ...testLabContent, templates: new Map() }
    expect((await fetched(address)).status).toBe(503)
  })
})
