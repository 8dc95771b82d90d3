/** The real process: its start, its stops (good and bad), and every reason not to start. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest'
import { SyncAnswer } from '../../src/protocol/sync.ts'
import { openEmbedded } from '../../src/server/db/embedded.ts'
import { engines } from '../support/database.ts'
import { productionEnv } from '../support/server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string
let client: string
const running = new Set<ChildProcess>()

/** Built as `npm run build` does, beside the real one: starts faster than from source, and it is what people run. */
const built = join(root, 'dist', 'server-under-test')

beforeAll(async () => {
  await build({ root, configFile: false, logLevel: 'warn', publicDir: false, build: { ssr: join(root, 'src/server/main.ts'), outDir: built, emptyOutDir: true, target: 'node20' } })
  folder = mkdtempSync(join(tmpdir(), 'opstap-process-'))
  client = join(folder, 'client')
  writePack(client)
  // A first start takes seconds and is tried in data-folder.test.ts; here each server begins with a copy of an empty database.
  await (await openEmbedded(join(folder, 'empty'))).close()
  for (const name of ['data', 'backed-up', 'restored']) cpSync(join(folder, 'empty'), join(folder, name), { recursive: true })
})
afterEach(async () => {
  for (const child of running) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})
afterAll(() => {
  for (const made of [folder, built]) rmSync(made, { recursive: true, force: true })
})

/** A built client as far as the server reads it: a page and the municipalities. */
function writePack(folder: string): void {
  const hash = '0123456789abcdef'
  const file = `municipalities.${hash}.json`
  const items = [['31006', 'Damme', 'OVO002039'], ['31042', 'Zuienkerke', 'OVO002294']].map(([nis, name, ovo]) => ({ kind: 'municipality', id: `nis-${nis}`, nis, name, ovo }))
  const index = { version: hash, shards: [{ name: 'municipalities', file, kinds: ['municipality'] }, { name: 'later', file: 'later.json', kinds: ['a-later-kind'] }] }
  mkdirSync(join(folder, 'pack'), { recursive: true })
  writeFileSync(join(folder, 'pack', 'index.json'), JSON.stringify(index))
  writeFileSync(join(folder, 'pack', file), JSON.stringify({ name: 'municipalities', items: [...items, { kind: 'a-later-kind' }] }))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Opstap</title>')
}

function start(env: Record<string, string> = {}, words: string[] = []) {
  const child = spawn(process.execPath, [join(built, 'main.js'), ...words], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: join(folder, 'data'), CLIENT_DIR: client, ...env },
  })
  running.add(child)
  const told = { out: '', err: '' }
  child.stdout.on('data', (text) => (told.out += text))
  child.stderr.on('data', (text) => (told.err += text))
  const exit = once(child, 'exit').then(([code, signal]) => {
    running.delete(child)
    return { code: code as number | null, signal, ...told }
  })
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /^Opstap luistert op (http:\/\/\S+)$/m.exec(told.out)
      if (found) resolve(found[1]!)
    })
    void exit.then(({ out, err }) => reject(new Error(`no start: ${out}${err}`)))
  })
  address.catch(() => {})
  return { child, exit, address, told }
}

/** Signs in on the developer's own computer, where the code is in the answer; returns the cookie. */
async function signIn(address: string, email: string) {
  const post = (path: string, body: object) => fetch(address + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  const { code } = (await (await post('/api/sign-in/code', { email })).json()) as { code: string }
  const answer = await post('/api/sign-in', { email, code })
  expect(answer.status).toBe(200)
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
  return { cookie, session: (await answer.json()) as SyncAnswer['session'] }
}

async function sync(address: string, { cookie, session }: Awaited<ReturnType<typeof signIn>>): Promise<SyncAnswer> {
  const body = { proto: 1, schema: 1, client: 'abcdefghij', person: session.person.id, epoch: null, now: Date.now(), measured: false, cursors: {}, mutations: [] }
  const answer = await fetch(`${address}/api/sync`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', cookie } })
  return SyncAnswer.parse(await answer.json())
}

test('starts on both loopback addresses, keeps its data over every kind of stop, and raises the epoch after a kill', async () => {
  const first = start()
  const address = await first.address
  expect(address).toMatch(/^http:\/\/localhost:\d+$/)
  const port = new URL(address).port
  for (const host of ['127.0.0.1', '[::1]']) expect(await (await fetch(`http://${host}:${port}/api/health`)).json()).toMatchObject({ status: 'ok', database: 'pglite' })
  expect(await (await fetch(`${address}/starten`)).text()).toContain('<title>Opstap</title>')

  // The demonstration: people, their work, and their mail in files.
  const lead = await signIn(address, 'lead@demo.example')
  expect(lead.session).toMatchObject({ person: { name: 'Lien Maes' }, teams: [{ nis: '31006', name: 'Damme', role: 'lead' }] })
  expect((await signIn(address, 'admin@demo.example')).session.roles).toEqual(['admin'])
  await vi.waitFor(() => {
    const mails = readdirSync(join(folder, 'data', 'mail'))
    expect(mails.every((name) => name.endsWith('.eml'))).toBe(true)
    expect(mails.map((name) => readFileSync(join(folder, 'data', 'mail', name), 'utf8')).join()).toContain('To: lead@demo.example')
  }, 10_000)
  expect(statSync(join(folder, 'data', 'secret')).mode & 0o777).toBe(0o600)
  const before = await sync(address, lead)
  expect(before.pages.flatMap(({ rows }) => rows).filter(({ collection }) => collection === 'taskProgress').length).toBeGreaterThan(3)

  // A second one on the same folder, and one on the same port.
  const second = await start().exit
  expect(second).toMatchObject({ code: 1, out: '' })
  expect(second.err).toMatch(/^Opstap start niet: de gegevensmap \S+ is in gebruik door een andere Opstap \(proces \d+\)\.\n$/)
  const third = await start({ PORT: port, DATA_DIR: join(folder, 'other') }).exit
  expect(third).toMatchObject({ code: 1, out: '', err: `Opstap start niet: poort ${port} is al in gebruik. Kies een andere met PORT.\n` })
  expect(existsSync(join(folder, 'other'))).toBe(false)

  // Killed in the middle of work.
  first.child.kill('SIGKILL')
  await first.exit
  const again = start()
  const afterKill = await sync(await again.address, lead)
  expect(afterKill.epoch).not.toBe(before.epoch)
  expect(afterKill.pages).toEqual(before.pages)

  // Stopped in good order, with an open event stream and a request on a connection that is kept alive.
  const stream = await fetch(`${await again.address}/api/events`, { headers: { cookie: lead.cookie } })
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  again.child.kill('SIGTERM')
  const ended = await again.exit
  expect(ended).toMatchObject({ code: 0, err: '' })
  expect(await stream.text()).toContain('retry:')
  const last = start()
  const afterStop = await sync(await last.address, lead)
  expect(afterStop.epoch).toBe(afterKill.epoch)
  expect(afterStop.pages).toEqual(before.pages)
  last.child.kill('SIGINT')
  expect((await last.exit).code).toBe(0)
}, 180_000)

test('backup and restore are commands; the epoch is another one afterwards', async () => {
  const env = { DATA_DIR: join(folder, 'backed-up') }
  const server = start(env)
  const person = await signIn(await server.address, 'member@demo.example')
  const before = await sync(await server.address, person)
  const file = join(folder, 'backup.gz')
  expect(await start(env, ['backup', file]).exit).toMatchObject({ code: 1, err: expect.stringMatching(/^backup is niet gelukt: de gegevensmap \S+ is in gebruik/) })
  server.child.kill('SIGTERM')
  await server.exit
  expect(await start(env, ['backup', file]).exit).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Back-up bewaard in \S+ \(\d+ rijen\)\.\n$/) })
  const fresh = { DATA_DIR: join(folder, 'restored') }
  expect(await start(fresh, ['restore', file]).exit).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Back-up teruggezet/) })
  const restored = start({ ...fresh, SECRET: readFileSync(join(folder, 'backed-up', 'secret'), 'utf8') })
  const after = await sync(await restored.address, person)
  expect(after.pages).toEqual(before.pages)
  expect(after.epoch).not.toBe(before.epoch)
  restored.child.kill('SIGTERM')
  await restored.exit
  for (const words of [['backup'], ['restore', 'a', 'b'], ['dance', 'a']]) expect(await start(env, words).exit).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^\w+ is niet gelukt: [^\n]+\n$/) })
}, 180_000)

test('production demands its settings, and holds nothing of the demonstration', async () => {
  expect(await start({ NODE_ENV: 'production' }).exit).toMatchObject({ code: 1, out: '', err: 'Opstap start niet: in productie moet je SECRET, PUBLIC_URL en SMTP_URL instellen.\n' })
  expect(await start({ PORT: 'tachtig' }).exit).toMatchObject({ code: 1, out: '', err: 'Opstap start niet: PORT moet een poortnummer van 0 tot 65535 zijn.\n' })
  expect(await start({ ...productionEnv, CLIENT_DIR: join(folder, 'nothing') }).exit).toMatchObject({ code: 1, err: expect.stringContaining('npm run build') })
  const database = await engines[1]!.open()
  const server = start({ ...productionEnv, HOST: '127.0.0.1', DATABASE_URL: database.connectionString! })
  const address = await server.address
  expect(await (await fetch(`${address}/api/health`)).json()).toMatchObject({ status: 'ok', database: 'postgresql' })
  const asked = await fetch(`${address}/api/sign-in/code`, { method: 'POST', body: '{"email":"lead@demo.example"}', headers: { 'content-type': 'application/json' } })
  expect(await asked.json()).toEqual({ ok: true })
  expect(await database.db.selectFrom('user').selectAll().execute()).toEqual([])
  server.child.kill('SIGTERM')
  const { out, code } = await server.exit
  expect(code).toBe(0)
  const lines = out.trimEnd().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
  expect(lines).toContainEqual(expect.objectContaining({ event: 'request', route: '/api/health', status: 200 }))
  expect(lines).toContainEqual(expect.objectContaining({ event: 'mail-failed' }))
  expect(out).not.toContain('demo.example')
  await database.close()
}, 60_000)

test('a database that does not answer is told in one line without its password', async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  const { code, out, err } = await start({ DATABASE_URL: `postgresql://opstap:geheim-wachtwoord@127.0.0.1:${port}/opstap` }).exit
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toBe(`Opstap start niet: de databank van DATABASE_URL (127.0.0.1:${port}/opstap) is niet bereikbaar (ECONNREFUSED).\n`)
  const wrong = new URL(inject('postgresqlUrl'))
  wrong.password = 'fout-wachtwoord'
  wrong.pathname = 'no_such_database'
  const refused = await start({ DATABASE_URL: wrong.href }).exit
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(/^Opstap start niet: de databank van DATABASE_URL \(127\.0\.0\.1:\d+\/no_such_database\) is niet bereikbaar \(\w+\)\.\n$/)
  expect(refused.err).not.toContain('fout-wachtwoord')
}, 60_000)

test('two processes on one PostgreSQL migrate once, hear each other and share limits', async () => {
  const database = await engines[1]!.open()
  // As on the very first start: nothing is there.
  await sql`drop schema public cascade`.execute(database.db)
  await sql`create schema public`.execute(database.db)
  const env = { DATABASE_URL: database.connectionString!, SECRET: productionEnv.SECRET }
  const [one, two] = [start(env), start({ ...env, DATA_DIR: join(folder, 'two') })]
  const [a, b] = [await one.address, await two.address]
  const lead = await signIn(a, 'lead@demo.example')
  const onOther = await sync(b, lead)
  expect(onOther.session.teams).toMatchObject([{ nis: '31006' }])
  expect(onOther.pages.flatMap(({ rows }) => rows).filter(({ collection, id }) => collection === 'taskProgress' && id === 'opdracht-bespreken')).toHaveLength(1)

  // A poke crosses, and so does a change of access.
  const stranger = await signIn(b, 'nieuw@damme.example')
  const events = await fetch(`${b}/api/events`, { headers: { cookie: stranger.cookie } })
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toContain('retry:')
  const joined = await fetch(`${a}/api/team/join`, { method: 'POST', body: '{"nis":"31042"}', headers: { 'content-type': 'application/json', cookie: stranger.cookie } })
  const team = ((await joined.json()) as SyncAnswer['session']).teams[0]!.id
  expect((await reader.read()).value).toContain(`"space":"team:${team}"`)
  await reader.cancel()
  for (const { child, exit } of [one, two]) {
    child.kill('SIGTERM')
    expect((await exit).code).toBe(0)
  }
  await database.close()
}, 60_000)

