import { gzipSync, brotliDecompressSync, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { collections, SCHEMA_VERSION } from '../../src/domain/collections.ts'
import { problems, type ProblemCode } from '../../src/protocol/problem.ts'
import { MAX_REQUEST_BYTES, SyncAnswer } from '../../src/protocol/sync.ts'
import { tableNames } from '../../src/server/db/tables.ts'
import { routes } from '../../src/server/http/routes.ts'
import { engines } from '../support/database.ts'
import { productionEnv, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
afterEach(() => server.close())

type Person = Awaited<ReturnType<TestServer['signIn']>>
const syncRequest = ({ session }: Person, client = 'abcdefghij') => ({ proto: 1, schema: SCHEMA_VERSION, client, person: session.person.id, epoch: null, now: Date.now(), measured: false, cursors: {}, mutations: [] as unknown[] })
const pathOf = (path: string) => path.replace(/:\w+/g, 'x')

async function problemOf(answer: Response): Promise<ProblemCode> {
  const body = (await answer.json()) as { code: ProblemCode; message: string }
  expect(Object.keys(body).toSorted()).toEqual(['code', 'message'])
  expect(problems[body.code].status).toBe(answer.status)
  expect(body.message).toMatch(/^[A-Z].+\.$/)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  return body.code
}

/** Everything stored, to see that a refused request changed nothing. Counters of attempts do not count. */
async function stored(): Promise<string> {
  const all: unknown[] = []
  for (const table of tableNames)
    if (table !== 'attempt') all.push((await sql`select t::text from ${sql.table(table)} t order by 1`.execute(server.db)).rows)
  return JSON.stringify(all)
}

describe('every route', () => {
  beforeEach(async () => {
    server = await startTestServer()
  })

  test.each(routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))('%s: carries the security headers, refuses other methods, and strangers where a session is needed', async (_name, route) => {
    const path = pathOf(route.path)
    const method = route.method.toUpperCase()
    const answer = await server.request(path, { method, ...(route.body ? { json: {} } : {}) })
    for (const [name, value] of Object.entries({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin', 'x-frame-options': 'DENY' }))
      expect(answer.headers.get(name)).toBe(value)
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )
    expect(answer.headers.get('permissions-policy')).toContain('camera=(self)')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    if (route.session) {
      expect(answer.status).toBe(401)
      expect(await problemOf(answer)).toBe('sign_in_needed')
    }
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((other) => !routes.some((one) => one.path === route.path && one.method.toUpperCase() === other))
    for (const other of others) {
      const refusal = await server.request(path, { method: other })
      expect(await problemOf(refusal), other).toBe('method_not_allowed')
      expect(refusal.headers.get('allow')).toContain(method)
    }
  })

  test('that changes something refuses foreign pages before anything else', async () => {
    const here = await server.signIn('an@x.example')
    const before = await stored()
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:3999' },
      { origin: 'https://localhost.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const route of routes.filter(({ method }) => method !== 'get'))
      for (const headers of foreign)
        expect(await problemOf(await here.request(pathOf(route.path), { method: route.method.toUpperCase(), json: {}, headers: { ...headers, 'content-type': 'application/json' } })), route.path).toBe('forbidden')
    expect(await stored()).toBe(before)
    for (const headers of [{ origin: 'http://localhost:3000' }, { origin: 'http://127.0.0.1:3000' }, { origin: 'http://[::1]:3000' }, { 'sec-fetch-site': 'same-origin' }] as Record<string, string>[])
      expect((await here.request('/api/team/join', { method: 'POST', json: { nis: '31006' }, headers: { ...headers, 'content-type': 'application/json' } })).status).toBe(200)
  })

  test('that is not there answers 404 in JSON', async () => {
    for (const path of ['/api', '/api/', '/api/x', '/api/auth/get-session', '/api/auth/organization/create', '/api/auth/sign-in/email-otp', '/api/auth/ok', '/api/auth/callback/gemeente', '/nothing'])
      for (const method of ['GET', 'POST']) expect(await problemOf(await server.request(path, { method })), path).toBe('not_found')
  })
})

test('in production only PUBLIC_URL is the own origin, and HSTS is sent', async () => {
  server = await startTestServer({ env: productionEnv })
  const from = (origin: string) => server.request('/api/sign-in/code', { method: 'POST', json: { email: 'a@x.example' }, headers: { origin, host: 'localhost:3000', 'content-type': 'application/json' } })
  expect((await from('https://opstap.example')).status).toBe(200)
  for (const origin of ['http://opstap.example', 'http://localhost:3000', 'https://opstap.example:8443', 'https://sub.opstap.example']) expect((await from(origin)).status, origin).toBe(403)
  expect((await server.request('/api/health')).headers.get('strict-transport-security')).toBe('max-age=63072000')
})

describe.each(engines)('the body of a request on $name', (engine) => {
  beforeEach(async () => {
    server = await startTestServer({ engine })
  })

  test('is JSON, in a size, plain or gzipped', async () => {
    const here = await server.signIn('an@x.example')
    const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
      here.request('/api/sync', { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers: { 'content-type': 'application/json', ...headers } })
    const good = JSON.stringify(syncRequest(here))
    expect((await send(good)).status).toBe(200)
    expect((await send(good, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200)
    expect((await send(gzipSync(good), { 'content-encoding': 'gzip' })).status).toBe(200)
    const before = await stored()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp', '']) expect(await problemOf(await send(good, { 'content-type': type })), type).toBe('unsupported')
    expect(await problemOf(await send(good, { 'content-encoding': 'br' }))).toBe('unsupported')
    for (const bad of ['', '{', 'null', '[]', '"x"', '{"proto":1}', '\u0000', '{"proto":"1"}']) expect(await problemOf(await send(bad)), bad).toBe('bad_request')
    expect(await problemOf(await send(gzipSync(good).subarray(0, 20), { 'content-encoding': 'gzip' }))).toBe('bad_request')
    expect(await problemOf(await send(good, { 'content-encoding': 'gzip' }))).toBe('bad_request')
    expect(await problemOf(await send(Buffer.from([0x22, 0xff, 0x22])))).toBe('bad_request')
    const huge = JSON.stringify({ ...syncRequest(here), pad: 'x'.repeat(MAX_REQUEST_BYTES) })
    expect(await problemOf(await send(huge))).toBe('too_large')
    expect(await problemOf(await send(gzipSync(huge), { 'content-encoding': 'gzip' }))).toBe('too_large')
    expect(await problemOf(await here.post('/api/team/join', { nis: '31006', pad: 'x'.repeat(20_000) }))).toBe('too_large')
    expect(await stored()).toBe(before)
  })

  test('of an app that is too old is told so', async () => {
    const here = await server.signIn('an@x.example')
    expect(await problemOf(await here.post('/api/sync', { proto: 0, anything: true }))).toBe('update_needed')
  })

  test('whatever it is, never makes the server fail and never changes what is stored', async () => {
    const here = await server.signIn('an@x.example')
    const bo = await server.signIn('bo@x.example')
    await bo.post('/api/team/join', { nis: '31006' })
    const before = await stored()
    const targets = routes.filter(({ method, path }) => method !== 'get' && !['/api/sign-out', '/api/account', '/api/sign-in/code'].includes(path))
    const odd = fc.oneof(fc.jsonValue(), fc.record({ nis: fc.jsonValue(), name: fc.constantFrom(7, '', 'a\u0000b', ' '), team: fc.string(), email: fc.string(), role: fc.string(), code: fc.string(), decision: fc.string(), proto: fc.integer(), mutations: fc.jsonValue() }, { requiredKeys: [] }))
    const part = fc.oneof(fc.webSegment(), fc.constant('%00'), fc.string({ maxLength: 80 }).map(encodeURIComponent))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...targets), odd, part, fc.boolean(), async (route, value, segment, signed) => {
        const path = route.path.replace(/:\w+/g, () => segment || 'x') + (route.query ? `?team=${segment}` : '')
        const answer = await (signed ? here : server).request(path, { method: route.method.toUpperCase(), json: value })
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.status).toBeLessThan(500)
        await problemOf(answer)
      }),
      { numRuns: 150 },
    )
    expect(await stored()).toBe(before)
    expect(server.logged().filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('answers', () => {
  beforeEach(async () => {
    server = await startTestServer()
  })

  test('of some size are compressed as the client asks', async () => {
    const plain = await (await server.request('/api/openapi.json')).text()
    const packed = async (accept: string) => {
      const answer = await server.request('/api/openapi.json', { headers: { 'accept-encoding': accept } })
      expect(answer.headers.get('vary')).toBe('accept-encoding')
      return { encoding: answer.headers.get('content-encoding'), bytes: Buffer.from(await answer.arrayBuffer()) }
    }
    const br = await packed('gzip, deflate, br')
    expect([br.encoding, brotliDecompressSync(br.bytes).toString()]).toEqual(['br', plain])
    const gz = await packed('gzip;q=1.0, br;q=0')
    expect([gz.encoding, gunzipSync(gz.bytes).toString()]).toEqual(['gzip', plain])
    expect((await packed('identity')).encoding).toBeNull()
    expect((await server.request('/api/health', { headers: { 'accept-encoding': 'br' } })).headers.get('content-encoding')).toBeNull()
  })

  test('health tells version and engine; without a database it is 503', async () => {
    const health = await server.request('/api/health')
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok', version: '0.0.0-test', database: 'pglite' }])
    expect((await server.request('/api/ready')).status).toBe(200)
    const execute = vi.spyOn(server.port.db.getExecutor(), 'executeQuery').mockRejectedValue(new Error('gone'))
    const sick = await server.request('/api/health')
    expect([sick.status, await sick.json()]).toEqual([503, { status: 'unavailable', version: '0.0.0-test', database: 'pglite' }])
    expect((await server.request('/api/ready')).status).toBe(503)
    execute.mockRestore()
    server.port.stop()
    expect((await server.request('/api/ready')).status).toBe(503)
  })

  test('metrics count requests by route, never by address or person', async () => {
    const here = await server.signIn('an@x.example')
    await here.request('/api/team/invitations/secret-id', { method: 'DELETE' })
    await here.post('/api/sync', syncRequest(here))
    const text = await (await server.request('/api/metrics')).text()
    expect(text).toContain('opstap_requests_total{route="/api/sign-in",method="POST",status="200"} 1')
    expect(text).toContain('opstap_requests_total{route="/api/team/invitations/:id",method="DELETE",status="404"} 1')
    expect(text).toContain('opstap_sign_ins_total 1')
    expect(text).toMatch(/^opstap_event_streams 0$/m)
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(# TYPE \w+ (counter|gauge)|\w+(\{(\w+="[^"]*",?)+\})? \d+(\.\d+)?)$/)
    expect(text).not.toMatch(/secret-id|x\.example/)
  })

  test('are logged without personal data, with the id that the answer carries', async () => {
    const here = await server.signIn('an@x.example')
    const answer = await here.request(`/api/team/members/${here.session.person.id}?team=secret`, { method: 'DELETE' })
    const lines = server.logged()
    expect(lines.at(-1)).toMatchObject({ level: 'info', event: 'request', route: '/api/team/members/:person', method: 'DELETE', status: 404, id: answer.headers.get('x-request-id'), ms: expect.any(Number) })
    expect(JSON.stringify(lines)).not.toMatch(/x\.example|secret/)
    expect(JSON.stringify(lines)).not.toContain(here.session.person.id)
  })

  test('to a fault of ours are a 500 that tells nothing, and a log line without contents', async () => {
    await server.close()
    server = await startTestServer({ env: productionEnv })
    const here = await server.signIn('an@x.example')
    vi.spyOn(server.port.db, 'selectFrom').mockImplementation(() => {
      throw new Error('value "an@x.example" is wrong')
    })
    const answer = await here.request('/api/team/requests')
    expect(await problemOf(answer)).toBe('internal')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    vi.restoreAllMocks()
    expect(server.logged().find(({ event }) => event === 'fault')).toMatchObject({ level: 'error', fault: 'Error' })
    expect(JSON.stringify(server.logged())).not.toContain('an@x.example')
  })

  test.each([
    [{ code: 'ECONNREFUSED' }, 'unavailable'],
    [{ code: '57P01' }, 'unavailable'],
    [{ message: 'timeout exceeded when trying to connect' }, 'unavailable'],
    [{ code: '23505' }, 'internal'],
  ] as const)('when the database fails with %j are: %s', async (fault, code) => {
    const here = await server.signIn('an@x.example')
    vi.spyOn(server.port.db, 'selectFrom').mockImplementation(() => {
      throw Object.assign(new Error('fault'), fault)
    })
    expect(await problemOf(await here.request('/api/team/requests'))).toBe(code)
    vi.restoreAllMocks()
  })

  test('the OpenAPI document describes every route with its forms', async () => {
    const document = (await (await server.request('/api/openapi.json')).json()) as any
    expect(document.openapi).toBe('3.1.0')
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods as object).map((method) => `${method} ${path}`))
    expect(described.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).toSorted())
    const sync = document.paths['/api/sync'].post
    expect(sync.requestBody.content['application/json'].schema.required).toContain('cursors')
    expect(sync.responses['200'].content['application/json'].schema.properties).toHaveProperty('pages')
    expect(sync.responses['426'].content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Problem' })
    expect(document.paths['/api/team/members/{person}'].delete.parameters.map(({ name, in: place, required }: any) => [name, place, required])).toEqual([['person', 'path', true], ['team', 'query', true]])
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods as any).map((one: any) => one.operationId))
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe.each(engines)('sync over http on $name', (engine) => {
  beforeEach(async () => {
    server = await startTestServer({ engine })
  })

  const uuid = (n: number) => `0197a000-0000-7000-8000-${String(n).padStart(12, '0')}`
  const mutation = (space: string, n: number, client: string) => ({
    id: uuid(n), client, n, schema: SCHEMA_VERSION, at: Date.now(), hlc: `${Date.now().toString(36).padStart(9, '0')}.000.${client}`,
    space, collection: collections.taskProgress.name, row: 'opdracht-bespreken', set: { status: 'done' }, base: {},
  })

  test('brings work to a colleague and to nobody else, and tells who is signed in', async () => {
    const [an, bo, eve] = [await server.signIn('an@x.example'), await server.signIn('bo@x.example'), await server.signIn('eve@x.example')]
    for (const person of [an, bo]) await person.post('/api/team/join', { nis: '31006' })
    await eve.post('/api/team/join', { nis: '31042' })
    const sync = async (who: typeof an, request: object) => SyncAnswer.parse(await (await who.post('/api/sync', request)).json())
    const { session } = await sync(an, syncRequest(an, 'aaaaaaaaaa'))
    const space = `team:${session.teams[0]!.id}`
    const pushed = await sync(an, { ...syncRequest(an, 'aaaaaaaaaa'), mutations: [mutation(space, 1, 'aaaaaaaaaa')] })
    expect(pushed.acks).toMatchObject([{ id: uuid(1), status: 'applied' }])
    const rowsOf = (answer: SyncAnswer) => answer.pages.flatMap(({ rows }) => rows.filter(({ collection }) => collection === 'taskProgress'))
    expect(rowsOf(await sync(bo, syncRequest(bo, 'bbbbbbbbbb')))).toMatchObject([{ id: 'opdracht-bespreken', values: { status: 'done' } }])
    const toEve = await sync(eve, { ...syncRequest(eve, 'eeeeeeeeee'), cursors: { [space]: 0 } })
    expect(rowsOf(toEve)).toEqual([])
    expect(toEve.visible).not.toContain(space)
    const written = await sync(eve, { ...syncRequest(eve, 'eeeeeeeeee'), mutations: [{ ...mutation(space, 2, 'eeeeeeeeee'), set: { status: 'notApplicable' } }] })
    expect(written.acks).toMatchObject([{ status: 'parked', reason: { code: 'forbidden' } }])
    expect(rowsOf(await sync(bo, syncRequest(bo, 'bbbbbbbbbb')))).toMatchObject([{ values: { status: 'done' } }])
  })

  test('that a device meant for someone else, who was signed in before, takes nothing', async () => {
    const [an, bo] = [await server.signIn('an@x.example'), await server.signIn('bo@x.example')]
    const before = await stored()
    const answer = await bo.post('/api/sync', { ...syncRequest(an, 'aaaaaaaaaa'), mutations: [mutation(`person:${an.session.person.id}`, 1, 'aaaaaaaaaa')] })
    expect(await problemOf(answer)).toBe('sign_in_needed')
    expect(await stored()).toBe(before)
  })

  test('acknowledges every change, however odd, and never fails', async () => {
    const an = await server.signIn('an@x.example')
    await an.post('/api/team/join', { nis: '31006' })
    const { session } = (await (await an.post('/api/sync', syncRequest(an, 'aaaaaaaaaa'))).json()) as SyncAnswer
    const spaces = [`person:${session.person.id}`, `team:${session.teams[0]!.id}`, 'team:of-others', 'local:']
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('a\u0000b', '\ud800', "'; drop table x", 'taskProgress', 'evidence', 'position', '__proto__', 'constructor'))
    const value = fc.oneof(fc.jsonValue(), text, fc.record({ y: fc.base64String(), t: text }))
    const part = fc.record({ space: fc.constantFrom(...spaces), collection: fc.oneof(fc.constantFrom('taskProgress', 'evidence', 'position', 'member', 'conflict'), text), row: fc.oneof(fc.constant('opdracht-bespreken'), fc.uuid(), text), set: fc.dictionary(fc.oneof(fc.constantFrom('status', 'note', 'url', 'deleted', 'path', 'at', 'role'), text), value, { maxKeys: 4 }) }, { requiredKeys: [] })
    let n = 10
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(part, fc.jsonValue()), { minLength: 1, maxLength: 6 }), fc.boolean(), async (parts, whole) => {
        const mutations = parts.map((given) => (whole && given !== null && typeof given === 'object' ? { ...mutation(spaces[1]!, (n += 1), 'aaaaaaaaaa'), ...given } : given))
        const answer = await an.post('/api/sync', { ...syncRequest(an, 'aaaaaaaaaa'), mutations })
        expect(answer.status).toBe(200)
        expect(SyncAnswer.parse(await answer.json()).acks).toHaveLength(mutations.length)
      }),
      { numRuns: 100 },
    )
    expect(server.logged().filter(({ level }) => level === 'error')).toEqual([])
  })

  test('is limited for each person by the minute', async () => {
    const here = await server.signIn('an@x.example')
    const other = await server.signIn('bo@x.example')
    const take = vi.spyOn(server.port.syncs, 'take').mockImplementation((key) => key !== here.session.person.id)
    expect(await problemOf(await here.post('/api/sync', syncRequest(here)))).toBe('too_many')
    expect((await other.post('/api/sync', syncRequest(other, 'bbbbbbbbbb'))).status).toBe(200)
    take.mockRestore()
  })
})
