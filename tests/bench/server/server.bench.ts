/**
 * `npm run bench:server`: what the server bears, on both databases, each in a process of its own with real sockets, loaded by
 * this process on the same computer: pushes, pulls, pokes, memory, growth and the minute after a newsletter. Builds if needed.
 * `-- --json FILE` also writes the figures; `-- --quick` does less of everything; `-- --only postgresql` one database;
 * `-- --parts push,growth,…` only these. Ends with exit code 1 when a bar is not reached.
 */
import { fork } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { SyncAnswer } from '../../../src/protocol/sync.ts'
import ensureBuilt, { root } from '../../support/built.ts'
import { startCluster } from '../../support/cluster.ts'
import { holds, type Measured, percentile, shown } from '../page/measure.ts'
import { type Device, Network } from './devices.ts'
import { CONNECTED, PEOPLE, personOf, TEAM } from './people.ts'
import { BATCH, Pusher } from './pusher.ts'

const { values } = parseArgs({ options: { json: { type: 'string' }, quick: { type: 'boolean', default: false }, only: { type: 'string' }, parts: { type: 'string' } } })
const parts = new Set(values.parts?.split(',') ?? ['push', 'pull', 'pokes', 'newsletter', 'growth'])
const quick = values.quick
const LOAD_MS = quick ? 2_000 : 8_000
const MOST_ROWS = quick ? 10_000 : 1_000_000
const MINUTE_MS = quick ? 5_000 : 60_000
const VISITORS = quick ? 150 : PEOPLE
const SENDERS = 8

type Cookie = { name: string; value: string }
type Serving = { port: number; cookies: Cookie[]; ask: <T = void>(what: string, ...values: unknown[]) => Promise<T>; stop: () => Promise<void> }

/** Starts serve.ts with its garbage collector at hand. */
async function serve(databaseUrl: string): Promise<Serving> {
  const child = fork(join(import.meta.dirname, 'serve.ts'), [databaseUrl, join(root, 'dist/client')], { execArgv: ['--import', 'tsx', '--expose-gc'] })
  const last = () => void child.kill('SIGKILL')
  process.once('exit', last)
  const waiting = new Map<number, { resolve: (value: any) => void; reject: (error: Error) => void }>()
  const answerTo = <T>(id: number) => new Promise<T>((resolve, reject) => waiting.set(id, { resolve, reject }))
  child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => (error === undefined ? waiting.get(id)!.resolve(value) : waiting.get(id)!.reject(new Error(error))))
  child.on('exit', (code) => waiting.forEach(({ reject }) => reject(new Error(`the server ended (${code})`))))
  const { port, cookies } = await answerTo<Pick<Serving, 'port' | 'cookies'>>(0)
  let questions = 0
  const ask = <T>(what: string, ...asked: unknown[]) => {
    questions += 1
    child.send({ id: questions, what, values: asked })
    return answerTo<T>(questions)
  }
  return {
    port,
    cookies,
    ask,
    async stop() {
      await ask('stop')
      process.off('exit', last)
    },
  }
}

async function sync(device: Device, pusher: Pusher, batch?: number): Promise<{ applied: number; answer: SyncAnswer; ms: number }> {
  const { status, body, ms } = await device.fetch('/api/sync', pusher.request(batch))
  if (status !== 200) throw new Error(`sync: ${status} ${body}`)
  const answer = JSON.parse(body) as SyncAnswer
  return { applied: pusher.took(answer), answer, ms }
}

/** So many devices at once, each sending its next batch as soon as the last was answered. Mutations a second. */
async function pushFor(network: Network, { cookies }: Serving, spaces: number, spaceOf: (i: number) => string): Promise<number> {
  const senders = Array.from({ length: spaces }, (_, i) => ({ device: network.device(cookies[i]!), pusher: new Pusher(personOf(i), spaceOf(i)) }))
  // Everybody begins with what is there: only then does an answer bring no more than what is new. And the server has pushed
  // before: what it loads for its first push is no part of its speed.
  for (const { device, pusher } of senders) while ((await sync(device, pusher)).answer.pages.some(({ more }) => more));
  const started = performance.now()
  let [applied, next] = [0, 0]
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      while (performance.now() - started < LOAD_MS) {
        const free = senders.splice(next++ % senders.length, 1)[0] ?? senders.shift()!
        const { applied: taken } = await sync(free.device, free.pusher)
        // Not before the wait: the others count meanwhile.
        applied += taken
        senders.push(free)
      }
    }),
  )
  return (applied / (performance.now() - started)) * 1_000
}

async function pushes(serving: Serving, network: Network, bar: boolean): Promise<Measured[]> {
  const own = (i: number) => `person:${personOf(i)}`
  return [
    { what: `mutations a second in batches of ${BATCH} over 200 spaces, by HTTP`, value: await pushFor(network, serving, 200, own), unit: '/s', ...(bar ? { bar: { kind: 'least' as const, value: 10_000 } } : {}) },
    { what: `the same without sockets: the exchange with its database`, value: await serving.ask<number>('drive', SENDERS, LOAD_MS), unit: '/s' },
    { what: `mutations a second by ${SENDERS} devices in one busy space, each getting all of the others`, value: await pushFor(network, serving, SENDERS, () => `team:${TEAM}`), unit: '/s' },
  ]
}

/** Everything in the busy space, by a new device, page by page. */
async function pulls(serving: Serving, network: Network): Promise<Measured[]> {
  const device = network.device(serving.cookies[PEOPLE - 1]!)
  const pusher = new Pusher(personOf(PEOPLE - 1), `team:${TEAM}`)
  const writer = { device: network.device(serving.cookies[0]!), pusher: new Pusher(personOf(0), `team:${TEAM}`) }
  for (let i = 0; i < 50; i += 1) await sync(writer.device, writer.pusher)
  const started = performance.now()
  let [rows, more] = [0, true]
  while (more) {
    const { answer } = await sync(device, pusher, 0)
    rows += answer.pages.reduce((sum, page) => sum + page.rows.length, 0)
    more = answer.pages.some((page) => page.more)
  }
  const seconds = (performance.now() - started) / 1_000
  const idle: number[] = []
  for (let i = 0; i < 200; i += 1) idle.push((await sync(device, pusher, 0)).ms)
  return [
    { what: `rows a second to one new device (${rows} rows)`, value: rows / seconds, unit: '/s' },
    { what: 'sync that brings nothing, median', value: percentile(idle, 0.5), unit: 'ms' },
  ]
}

/** Longer than this nothing takes that still works. */
const PATIENCE_MS = 60_000

/** Fails with what is the matter instead of waiting for ever. */
async function inTime<T>(work: Promise<T>, matter: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`after ${PATIENCE_MS / 1_000} s ${matter()}`)), PATIENCE_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function pokes(serving: Serving, network: Network): Promise<Measured[]> {
  const heard: number[] = []
  let head = Infinity
  let wrote = 0
  let everyone = () => {}
  // What a server takes once, for its first streams, is not what a device costs.
  const first = await Promise.all(Array.from({ length: 100 }, (_, i) => network.device(serving.cookies[i]!).listen(() => {})))
  for (const end of first) end()
  const before = await serving.ask<number>('memory')
  const ends: (() => void)[] = []
  const listening = async (i: number) => {
    const device = network.device(serving.cookies[i]!)
    ends.push(
      await device.listen((told, at) => {
        if (told < head) return
        heard.push(at - wrote)
        if (heard.length % CONNECTED === 0) everyone()
      }),
    )
  }
  for (let i = 0; i < CONNECTED; i += 50) await Promise.all(Array.from({ length: 50 }, (_, j) => listening(i + j)))
  const after = await serving.ask<number>('memory')
  const writer = { device: network.device(serving.cookies[PEOPLE - 1]!), pusher: new Pusher(personOf(PEOPLE - 1), `team:${TEAM}`) }
  while ((await sync(writer.device, writer.pusher, 0)).answer.pages.some(({ more }) => more));
  for (let i = 0; i < (quick ? 3 : 10); i += 1) {
    const earlier = heard.length
    const all = new Promise<void>((resolve) => (everyone = resolve))
    head = 0
    wrote = performance.now()
    await sync(writer.device, writer.pusher, 1)
    await inTime(all, () => `of ${CONNECTED} connected devices ${heard.length - earlier} were poked`)
    head = Infinity
  }
  for (const end of ends) end()
  return [
    { what: `a write until each of ${CONNECTED} connected devices was poked, p95`, value: percentile(heard, 0.95), unit: 'ms', bar: { kind: 'most', value: 250 } },
    { what: 'memory of an idle connected device', value: (after - before) / CONNECTED / 1_000, unit: 'kB', bar: { kind: 'most', value: 60 } },
  ]
}

/** What the page asks for by itself, and what its service worker keeps. */
function filesOfAVisit(): string[] {
  const read = (name: string) => readFileSync(join(root, 'dist/client', name), 'utf8')
  const asked = [...read('index.html').matchAll(/\b(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!)
  const kept = [...read('service-worker.js').matchAll(/\burl["']?\s*:\s*["'`]([^"'`]+\.\w+)["'`]/g)].map(([, path]) => `/${path}`)
  return [...new Set(['/', ...asked, '/service-worker.js', ...kept])]
}

/** Everybody opens the app for the first time within a minute: the page, all it keeps, the own work and the stream of pokes. */
async function newsletter(serving: Serving, network: Network): Promise<Measured[]> {
  const files = filesOfAVisit()
  const times: number[] = []
  let errors = 0
  const visit = async (i: number) => {
    const device = network.device(serving.cookies[i]!)
    const get = async (path: string) => {
      const { status, ms } = await device.fetch(path)
      times.push(ms)
      if (status !== 200) errors += 1
    }
    try {
      const [page, ...rest] = files
      await get(page!)
      // As many at once as a browser opens to one server.
      await Promise.all(Array.from({ length: 6 }, async () => {
        for (let path = rest.shift(); path !== undefined; path = rest.shift()) await get(path)
      }))
      const pusher = new Pusher(personOf(i), `person:${personOf(i)}`)
      times.push((await sync(device, pusher, 1)).ms)
      const end = await device.listen(() => {})
      setTimeout(end, MINUTE_MS).unref()
    } catch (error) {
      errors += 1
      console.error(error)
    }
  }
  const started = performance.now()
  await Promise.all(
    Array.from({ length: VISITORS }, async (_, i) => {
      // Spread evenly by a fixed rule, so that every run is the same minute.
      await new Promise((resolve) => setTimeout(resolve, ((i * 0.618_034) % 1) * MINUTE_MS - (performance.now() - started)))
      await visit(i)
    }),
  )
  return [
    { what: `${VISITORS} first visits in ${MINUTE_MS / 1_000} s, ${files.length} files each: errors`, value: errors, unit: '', bar: { kind: 'most', value: 0 } },
    { what: 'the same, p99 of every request', value: percentile(times, 0.99), unit: 'ms', bar: { kind: 'most', value: 1_000 } },
    { what: 'the same, median', value: percentile(times, 0.5), unit: 'ms' },
  ]
}

/** Twenty changes and back, while others' spaces grow. The order of sizes is fixed: a table only grows. */
async function growth(serving: Serving, network: Network): Promise<Measured[]> {
  const device = network.device(serving.cookies[300]!)
  const pusher = new Pusher(personOf(300), `person:${personOf(300)}`)
  while ((await sync(device, pusher, 0)).answer.pages.some(({ more }) => more));
  const measured: Measured[] = []
  let rows = 0
  for (let size = 100; size <= MOST_ROWS; size *= 10) {
    await serving.ask('grow', rows, size)
    rows = size
    const times: number[] = []
    for (let i = 0; i < 160; i += 1) {
      const { ms } = await sync(device, pusher)
      if (i >= 60) times.push(ms)
    }
    measured.push({ what: `a sync of ${BATCH} changes with ${size} rows in other spaces, median`, value: percentile(times, 0.5), unit: 'ms' })
  }
  const [first, last] = [measured[0]!, measured.at(-1)!]
  return [...measured, { what: `the last against the first`, value: last.value / first.value, unit: '×', bar: { kind: 'most', value: 1.25 } }]
}

ensureBuilt()
console.log(`${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'} · the server and this load share them`)
const all: Record<string, Measured[]> = {}
for (const engine of ['postgresql', 'pglite'] as const) {
  if (values.only && values.only !== engine) continue
  const cluster = engine === 'postgresql' ? await startCluster(['max_connections=100']) : undefined
  const serving = await serve(cluster?.url ?? '')
  const network = new Network(serving.port)
  const measured: Measured[] = (all[engine] = [])
  const add = (rows: Measured[]) => {
    measured.push(...rows)
    for (const row of rows) console.log(shown(row))
  }
  console.log(`\n${engine}`)
  if (parts.has('growth')) add(await growth(serving, network))
  if (parts.has('pokes')) add(await pokes(serving, network))
  if (parts.has('newsletter')) add(await newsletter(serving, network))
  if (parts.has('push')) add(await pushes(serving, network, engine === 'postgresql'))
  if (parts.has('pull')) add(await pulls(serving, network))
  network.close()
  await serving.stop()
  await cluster?.stop()
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`)
process.exit(Object.values(all).flat().every(holds) ? 0 : 1)
