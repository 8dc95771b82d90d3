/** The work itself, the same for every engine; runs in the page. Times are in milliseconds. */
import { idOf, rowsFrom, TASKS, type Row } from '../rows.ts'
import type { Device, Direction, Place } from './device.ts'

const parameters = new URLSearchParams(location.search)

/** Every transaction of every engine gets the same promise of the browser: `strict` is on the disk when it says so. */
function demandDurability(durability: IDBTransactionDurability): void {
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    return transaction.call(this, stores, mode, { ...options, durability })
  }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const middle = (samples: number[]): number => samples.sort((a, b) => a - b)[Math.floor(samples.length / 2)]!

export function offer(create: () => Device): void {
  const durability = parameters.get('durability') as IDBTransactionDurability | null
  if (durability) demandDurability(durability)
  const device = create()
  const work = {
    open: (database: string, place: Place) => device.open(database, place),
    insert: (start: number, count: number) => {
      const rows = rowsFrom(start, count)
      return timed(() => device.insert(rows))
    },
    /** The median of updates one after the other, each committed before the next. */
    async updates(count: number) {
      const samples: number[] = []
      for (let i = 0; i < count; i += 1) samples.push(await timed(() => device.update(idOf(i), { title: `Gewijzigd ${i}` })))
      return middle(samples)
    },
    /** Updates of rows from `start`; not measured by itself. */
    async change(start: number, count: number, set: Partial<Row>) {
      for (let i = start; i < start + count; i += 1) await device.update(idOf(i), set)
    },
    /** The median of queries for different tasks, each checked. */
    async queries(count: number, expected: number) {
      const samples: number[] = []
      for (let i = 0; i < count; i += 1) {
        let found = 0
        samples.push(await timed(async () => (found = await device.countOfTask(`taak-${i % TASKS}`))))
        if (found !== expected) throw new Error(`the query found ${found} rows instead of ${expected}`)
      }
      return middle(samples)
    },
    rows: () => device.rows(),
    connect: (direction: Direction) => timed(() => device.connect(direction)),
    async pull(expected: number) {
      const ms = await timed(() => device.connect('pull'))
      const { length } = await device.rows()
      if (length !== expected) throw new Error(`the device has ${length} rows instead of ${expected}`)
      return ms
    },
    disconnect: () => device.disconnect(),
    sent: () => device.sent(),
    /** Resolves with the moment, in ms since 1970, at which this device shows `title` on a row. */
    watchFor: (i: number, title: string) =>
      new Promise<number>((resolve) => {
        const end = device.watch(idOf(i), (row) => {
          if (row?.title !== title) return
          queueMicrotask(() => end())
          resolve(performance.timeOrigin + performance.now())
        })
      }),
    /** Writes and gives the moment before it, in ms since 1970. */
    async writeAt(i: number, title: string) {
      const at = performance.timeOrigin + performance.now()
      await device.update(idOf(i), { title })
      return at
    },
    /** Gives how many of the typed characters the device does not show afterwards. */
    async type(text: string, perSave: number) {
      for (let at = 0; at < text.length; at += perSave) await device.type(text.slice(at, at + perSave))
      return text.length - (await device.typed()).length
    },
    kept: async (from: number, count: number) => {
      const kept: Partial<Row>[][] = []
      for (let i = from; i < from + count; i += 1) kept.push(await device.kept(idOf(i)))
      return kept
    },
  }
  Object.assign(globalThis, { work })
  const cold = parameters.get('cold')
  if (cold) void startCold(device, cold)
}

/** From the start of the navigation until the first rows are there to be drawn. */
async function startCold(device: Device, cold: string): Promise<void> {
  const { database, place } = JSON.parse(cold) as { database: string; place: Place }
  await device.open(database, place)
  const found = await device.countOfTask('taak-7')
  Object.assign(globalThis, { coldStart: { ms: performance.now(), found } })
}
