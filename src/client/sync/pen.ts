/** The device's hand in one transaction: who it is, its clock and its count, read once and put back once. */
import { stampOf, tick, type Moment } from '../../domain/clock.ts'
import type { ClientId, Stamp } from '../../domain/ids.ts'
import type { Meta, OpstapDatabase } from '../db/database.ts'
import type { Environment } from './environment.ts'

export type Clockwork = Pick<Environment, 'now' | 'random'>

export type Pen = {
  client: ClientId
  /** Server's clock − own clock in ms, as far as measured. */
  offset: number
  /** The next stamp of this device, and its wall clock at that moment. */
  stamp: () => { hlc: Stamp; at: number }
  /** The number of the next mutation. */
  number: () => number
  /** Keeps what was given out, so that a clock that goes back never gives an earlier stamp. */
  put: () => Promise<void>
}

export const newClientId = (random: Environment['random']): ClientId =>
  Array.from(random(10), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('') as ClientId

/** Runs inside the caller's transaction over `meta`; nothing else there may change client, clock or count until `put`. */
export async function takePen(db: OpstapDatabase, clock: Clockwork): Promise<Pen> {
  const [client = newClientId(clock.random), last = { ms: 0, counter: 0 }, offset = 0, count = 0] = (await readAll(db, ['client', 'clock', 'offset', 'n'])) as [ClientId?, Moment?, number?, number?]
  let [moment, n] = [last, count]
  return {
    client,
    offset,
    stamp: () => {
      const at = clock.now()
      moment = tick(moment, at + offset)
      return { hlc: stampOf(moment, client), at }
    },
    number: () => (n += 1),
    put: async () => {
      if (n === count && moment === last) return
      await db.meta.bulkPut([
        { key: 'client', value: client },
        { key: 'clock', value: moment },
        { key: 'n', value: n },
      ])
    },
  }
}

const readAll = async (db: OpstapDatabase, keys: (keyof Meta)[]) => (await db.meta.bulkGet(keys)).map((record) => record?.value)

export async function nextNumber(db: OpstapDatabase): Promise<number> {
  const n = ((await db.read('n')) ?? 0) + 1
  await db.write('n', n)
  return n
}
