/** The device's hand in one transaction: who it is, its clock and its count, read once and put back once. */
import { stampOf, tick } from '../../domain/clock.ts'
import type { ClientId, Stamp } from '../../domain/ids.ts'
import type { Meta, OpstapDatabase } from '../db/database.ts'
import type { Environment } from './environment.ts'

export type Clockwork = Pick<Environment, 'now' | 'random'>

export type Pen = {
  /** What the device knew of itself when the pen was taken. */
  known: Readonly<Partial<Meta>>
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

/**
 * Runs inside the caller's transaction over `meta`; nothing else there may change client, clock or count until `put`.
 * Reads the whole small table: one question to the browser's database instead of one for each value.
 */
export async function takePen(db: OpstapDatabase, clock: Clockwork): Promise<Pen> {
  const known = Object.fromEntries((await db.meta.toArray()).map(({ key, value }) => [key, value])) as Partial<Meta>
  const { client = newClientId(clock.random), offset = 0 } = known
  let { clock: moment = { ms: 0, counter: 0 }, n = 0 } = known
  return {
    known,
    client,
    offset,
    stamp: () => {
      const at = clock.now()
      moment = tick(moment, at + offset)
      return { hlc: stampOf(moment, client), at }
    },
    number: () => (n += 1),
    put: async () => {
      await db.meta.bulkPut([
        { key: 'client', value: client },
        { key: 'clock', value: moment },
        { key: 'n', value: n },
      ])
    },
  }
}
