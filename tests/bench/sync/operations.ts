/** What is measured: each run does one piece of work with one engine, checks what came of it, and gives its times in ms. */
import { idOf, rowAt, rowsFrom, TASKS, type Row } from './rows.ts'
import type { Browser, Durability, OpenDevice } from './devices.ts'
import type { Engine } from './engines.ts'
import type { Stored } from './servers/server.ts'

export type Figures = Record<string, number>
export type Sizes = { inserted: number; changed: number; pulls: number[]; drained: number }
export type Run = (engine: Engine, browser: Browser, sizes: Sizes, durability: Durability) => Promise<Figures>

function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what)
}

async function withDevice<T>(engine: Engine, browser: Browser, stored: Stored, durability: Durability, work: (device: OpenDevice) => Promise<T>): Promise<T> {
  const device = await browser.device(engine, stored, { durability })
  try {
    return await work(device)
  } finally {
    await device.close()
  }
}

const UPDATES = 50
const QUERIES = 50

/** A day without a network: rows that were there, many new ones, some changed; then everything goes out. */
export const offlineWork: Run = async (engine, browser, { inserted, changed }, durability) => {
  const stored = await engine.server.place(rowsFrom(0, changed))
  return withDevice(engine, browser, stored, durability, async (device) => {
    await device.do('connect', 'once')
    await device.do('disconnect')
    const bulkInsert = await device.do<number>('insert', changed, inserted)
    const singleUpdate = await device.do<number>('updates', UPDATES)
    await device.do('change', UPDATES, changed - UPDATES, { title: 'Gewijzigd zonder verbinding' })
    const indexedQuery = await device.do<number>('queries', QUERIES, (inserted + changed) / TASKS)
    const push = await device.do<number>('connect', 'push')
    const rows = await stored.rows()
    demand(rows.size === inserted + changed, `${engine.name}: the server has ${rows.size} rows instead of ${inserted + changed}`)
    demand(rows.get(idOf(changed - 1))?.title === 'Gewijzigd zonder verbinding', `${engine.name}: the server misses a change`)
    demand(rows.get(idOf(changed))?.url === rowAt(changed).url, `${engine.name}: the server misses a row`)
    return { bulkInsert, singleUpdate, indexedQuery, push5200: push }
  })
}

/** New rows since a device was last there. */
const NEWS = 500

export const firstPull: Run = async (engine, browser, { pulls }, durability) => {
  const count = pulls[0]!
  const stored = await engine.server.place(rowsFrom(0, count))
  return withDevice(engine, browser, stored, durability, async (device) => {
    const initialPull2k = await device.do<number>('pull', count)
    await device.do('disconnect')
    await stored.add(rowsFrom(count, NEWS))
    const resumedPull = await device.do<number>('pull', count + NEWS)
    return { initialPull2k, resumedPull }
  })
}

/** Pulls of stores that are filled once and only read. */
export function largePull(name: string, index: number): Run {
  const stores = new Map<string, Promise<Stored>>()
  return async (engine, browser, { pulls }, durability) => {
    const count = pulls[index]!
    if (!stores.has(engine.name)) stores.set(engine.name, engine.server.place(rowsFrom(0, count)))
    const stored = await stores.get(engine.name)!
    return withDevice(engine, browser, stored, durability, async (device) => ({ [name]: await device.do<number>('pull', count) }))
  }
}

export const drained: Run = async (engine, browser, { drained: count }, durability) => {
  const stored = await engine.server.place()
  return withDevice(engine, browser, stored, durability, async (device) => {
    for (let i = 0; i < count; i += 1) await device.do('insert', i, 1)
    const drain400 = await device.do<number>('connect', 'live')
    const { size } = await stored.rows()
    demand(size === count, `${engine.name}: the server has ${size} of ${count} drained writes`)
    return { drain400 }
  })
}

const LIVE_EDITS = 20

/** From the write on one device until another one shows it; the median of some edits. */
export const live: Run = async (engine, browser, _sizes, durability) => {
  const stored = await engine.server.place(rowsFrom(0, LIVE_EDITS))
  const first = await browser.device(engine, stored, { durability, host: 'localhost' })
  const second = await browser.device(engine, stored, { durability, host: 'tweede.localhost' })
  try {
    for (const device of [first, second]) await device.do('connect', 'live')
    const samples: number[] = []
    for (let i = 0; i < LIVE_EDITS; i += 1) {
      const shown = second.do<number>('watchFor', i, `Live ${i}`)
      const written = await first.do<number>('writeAt', i, `Live ${i}`)
      samples.push((await shown) - written)
    }
    return { liveAtoB: samples.toSorted((a, b) => a - b)[LIVE_EDITS / 2]! }
  } finally {
    await first.close()
    await second.close()
  }
}

export const TYPED = 3_000
/** At five characters a second, saved within 0.8 s. */
const PER_SAVE = 4

const sentence = 'We spraken af dat de dienst toerisme de folder in klare taal herwerkt en dat de adviesraad hem naleest. '
const longText = sentence.repeat(Math.ceil(TYPED / sentence.length)).slice(0, TYPED)

export const typing: Run = async (engine, browser, _sizes, durability) => {
  const stored = await engine.server.place()
  return withDevice(engine, browser, stored, durability, async (device) => {
    await device.do('connect', 'live')
    const before = engine.server.bytes()
    const missing = await device.do<number>('type', longText, PER_SAVE)
    demand(missing === 0 || !engine.name.startsWith('opstap'), `${engine.name}: ${missing} typed characters are gone`)
    return { typing3000Bytes: engine.server.bytes() - before, typing3000Missing: missing }
  })
}

const CONTESTED = 100

/** Two devices change different fields of the same rows offline: what of it is where afterwards. */
export async function valuesLost(engine: Engine, browser: Browser): Promise<{ lost: number; hidden: number }> {
  const stored = await engine.server.place(rowsFrom(0, CONTESTED))
  const first = await browser.device(engine, stored, { host: 'localhost' })
  const second = await browser.device(engine, stored, { host: 'tweede.localhost' })
  try {
    const changes: [OpenDevice, Partial<Row>][] = [
      [first, { title: 'Van het eerste toestel' }],
      [second, { url: 'https://www.gemeente.example/van-het-tweede-toestel' }],
    ]
    for (const [device, set] of changes) {
      await device.do('connect', 'once')
      await device.do('disconnect')
      await device.do('change', 0, CONTESTED, set)
    }
    // Each once, and the first again, so that it hears of what the second sent.
    for (const device of [first, second, first]) {
      await device.do('connect', 'once')
      await device.do('disconnect')
    }
    const shown = [await stored.rows(), ...(await Promise.all([first, second].map(async (device) => new Map((await device.do<Row[]>('rows')).map((row) => [row.id, row])))))]
    const kept = (await Promise.all([first, second].map((device) => device.do<Partial<Row>[][]>('kept', 0, CONTESTED))))
    let [lost, hidden] = [0, 0]
    for (const [, set] of changes) {
      for (const [field, value] of Object.entries(set) as [keyof Row, string][]) {
        for (let i = 0; i < CONTESTED; i += 1) {
          if (shown.every((rows) => rows.get(idOf(i))?.[field] === value)) continue
          if (kept.some((of) => of[i]!.some((side) => side[field] === value))) hidden += 1
          else lost += 1
        }
      }
    }
    return { lost, hidden }
  } finally {
    await first.close()
    await second.close()
  }
}
