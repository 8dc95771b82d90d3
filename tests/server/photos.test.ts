import { createHash } from 'node:crypto'
import { existsSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stampOf } from '../../src/domain/clock.ts'
import type { ClientId } from '../../src/domain/ids.ts'
import { MAX_PHOTO_BYTES } from '../../src/domain/photos.ts'
import type { SessionView } from '../../src/domain/session.ts'
import { SyncAnswer } from '../../src/protocol/sync.ts'
import { createApp } from '../../src/server/app.ts'
import { sweepPhotos } from '../../src/server/photos/kept-photos.ts'
import { engines } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

type Person = Awaited<ReturnType<TestServer['signIn']>>

const LAB = 'labvanvlaand'
/** Begins as a JPEG does; what follows is noise that does not repeat. */
const photo = Uint8Array.from({ length: 90_000 }, (_, at) => ([0xff, 0xd8, 0xff][at] ?? (at * 31 + (at >> 7)) & 0xff))
const nameOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const name = nameOf(photo)

let server: TestServer
afterEach(() => server.close())

async function inTeam(email: string, nis: string): Promise<Person & { team: string }> {
  const person = await server.signIn(email)
  const view = (await (await person.post('/api/team/join', { nis })).json()) as SessionView
  return { ...person, team: view.teams[0]!.id }
}

const metadata = (of: Record<string, string>) => Object.entries(of).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
const tus = { 'tus-resumable': '1.0.0' }

const begin = (person: Person, space: string, { bytes = photo, sha256 = nameOf(bytes) } = {}) =>
  person.request('/api/uploads', { method: 'POST', headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata({ sha256, space }) } })
const goOn = (person: Person, address: string, from: number, part: Uint8Array) =>
  person.request(address, { method: 'PATCH', headers: { ...tus, 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' }, body: new Uint8Array(part) })
const whereIs = async (person: Person, address: string) => (await person.request(address, { method: 'HEAD', headers: tus })).headers.get('upload-offset')
const send = async (person: Person, space: string, bytes = photo) => goOn(person, (await begin(person, space, { bytes })).headers.get('location')!, 0, bytes)
const see = (person: Person, space: string, of = name) => person.request(`/api/photos/${of}?space=${encodeURIComponent(space)}`)

let numbers = 0
async function write(person: Person, change: { space: string; collection: string; row: string; set: Record<string, unknown> }): Promise<void> {
  const client = person.session.person.id.toLowerCase().replace(/[^a-z0-9]/g, '').padEnd(10, '0').slice(0, 10) as ClientId
  const now = Date.now()
  numbers += 1
  const mutation = { id: uuidv7(), client, n: numbers, schema: 1, at: now, hlc: stampOf({ ms: now, counter: numbers }, client), base: {}, ...change }
  const answer = await person.post('/api/sync', { proto: 1, schema: 1, client, person: person.session.person.id, epoch: null, now, measured: true, cursors: {}, mutations: [mutation] })
  expect(SyncAnswer.parse(await answer.json()).acks.map(({ status }) => status)).toEqual(['applied'])
}
/** The draft of Damme names the photo. */
const put = (person: Person & { team: string }, of = name) =>
  write(person, { space: `team:${person.team}`, collection: 'assignmentRow', row: `${LAB}--observatie--fotos--${uuidv7()}`, set: { order: 1, 'value.file': of } })

describe.each(engines)('photos on $name', (engine) => {
  beforeEach(async () => {
    numbers = 0
    server = await startTestServer({ engine })
  })

  test('arrive in parts, also over a restart of the server, and are seen by the team alone', async () => {
    const an = await inTeam('an@x.example', '31006')
    const bo = await inTeam('bo@x.example', '31042')
    const space = `team:${an.team}`
    await put(an)
    expect((await see(an, space)).status).toBe(404)
    const made = await begin(an, space)
    expect(made.status).toBe(201)
    const address = made.headers.get('location')!
    const cut = Math.round(photo.length * 0.6)
    expect((await goOn(an, address, 0, photo.subarray(0, cut))).status).toBe(204)
    // Another process on the same folder knows how far it is.
    const again = createApp(server.port)
    const cookie = [...an.jar].map(([key, value]) => `${key}=${value}`).join('; ')
    const told = await again.request(new URL(address, server.port.config.publicUrl).href, { method: 'HEAD', headers: { ...tus, cookie } })
    expect(told.headers.get('upload-offset')).toBe(String(cut))
    expect((await goOn(an, address, cut, photo.subarray(cut))).status).toBe(204)

    const seen = await see(an, space)
    expect(seen.headers.get('content-type')).toBe('image/jpeg')
    expect(seen.headers.get('x-content-type-options')).toBe('nosniff')
    expect(seen.headers.get('cache-control')).toMatch(/^private/)
    expect(nameOf(new Uint8Array(await seen.arrayBuffer()))).toBe(name)
    expect((await see(bo, space)).status).toBe(404)
    expect((await see(bo, `team:${bo.team}`)).status).toBe(404)
    expect((await server.request(`/api/photos/${name}?space=${space}`)).status).toBe(401)
    expect(readdirSync(join(server.port.config.dataDir, 'uploads'))).toEqual([])
  })

  test('are shown to a facilitator once they are sent in, and not before', async () => {
    const an = await inTeam('an@x.example', '31006')
    const bart = await server.signIn('bart@x.example')
    await server.db.insertInto('person_role').values({ person: bart.session.person.id, role: 'facilitator' }).execute()
    await bart.post('/api/labs', { id: LAB, template: 'leerlabo-genderbeleid', title: 'Ons labo' })
    await bart.post(`/api/labs/${LAB}/teams`, { nis: '31006' })
    await put(an)
    await send(an, `team:${an.team}`)
    const entry = `entry:${LAB}:${an.team}`
    for (const space of [`team:${an.team}`, entry]) expect((await see(bart, space)).status).toBe(404)
    const snapshot = { version: 1, title: 'Observatie', fields: [{ id: 'fotos', kind: 'photo', label: 'Foto’s' }], answers: { fotos: [{ file: name, alt: 'Een bank' }] } }
    await write(an, { space: entry, collection: 'submission', row: uuidv7(), set: { assignment: 'observatie', snapshot, from: 'An' } })
    expect((await see(bart, entry)).status).toBe(200)
    expect((await see(bart, `team:${an.team}`)).status).toBe(404)
  })

  test('of which the bytes are others, or that are no photo, are kept nowhere', async () => {
    const an = await inTeam('an@x.example', '31006')
    const space = `team:${an.team}`
    const broken = photo.slice()
    broken[40_000] = (broken[40_000]! + 1) & 0xff
    const { headers } = await begin(an, space)
    expect((await goOn(an, headers.get('location')!, 0, broken)).status).toBe(422)
    const page = new TextEncoder().encode('<script>alert(1)</script>')
    expect((await send(an, space, page)).status).toBe(422)
    for (const of of [photo, page]) {
      await put(an, nameOf(of))
      expect((await see(an, space, nameOf(of))).status).toBe(404)
    }
    expect(existsSync(join(server.port.config.dataDir, 'photos', name))).toBe(false)
  })

  test('are taken from members of the team alone, by who began, and within their size', async () => {
    const an = await inTeam('an@x.example', '31006')
    const bo = await inTeam('bo@x.example', '31042')
    const space = `team:${an.team}`
    expect((await begin(bo, space)).status).toBe(403)
    expect((await begin(an, `person:${an.session.person.id}`)).status).toBe(403)
    expect((await begin(an, 'nergens')).status).toBe(400)
    expect((await begin(an, space, { sha256: '../../etc/passwd' })).status).toBe(400)
    expect((await server.request('/api/uploads', { method: 'POST', headers: { ...tus, 'upload-length': '10', origin: 'http://localhost:3000' } })).status).toBe(401)
    expect((await an.request('/api/uploads', { method: 'POST', headers: { ...tus, 'upload-length': String(MAX_PHOTO_BYTES + 1), 'upload-metadata': metadata({ sha256: name, space }) } })).status).toBe(413)
    const address = (await begin(an, space)).headers.get('location')!
    expect(await whereIs(an, address)).toBe('0')
    expect((await goOn(bo, address, 0, photo)).status).toBe(404)
    expect(await whereIs(bo, address)).toBeNull()
    // What lies half on the disk is for nobody to read or take away.
    for (const method of ['GET', 'DELETE']) expect((await an.request(address, { method, headers: tus })).status).toBe(405)
    const { headers } = await an.request(address, { method: 'HEAD', headers: tus })
    expect([...headers.keys()].filter((each) => each.startsWith('access-control-'))).toEqual([])
  })

  test('leave the disk when nothing has named them for a long time', async () => {
    const an = await inTeam('an@x.example', '31006')
    const space = `team:${an.team}`
    await put(an)
    await send(an, space)
    const stray = photo.subarray(0, 50_000)
    await send(an, space, stray)
    const folder = join(server.port.config.dataDir, 'photos')
    const long = new Date(Date.now() - 41 * 86_400_000)
    await sweepPhotos(server.port)
    expect(readdirSync(folder)).toHaveLength(2)
    for (const file of readdirSync(folder)) utimesSync(join(folder, file), long, long)
    await sweepPhotos(server.port)
    expect(readdirSync(folder)).toEqual([name])
    expect((await see(an, space)).status).toBe(200)
  })
})
