/** Everything outside the program that the engine touches: time, chance, network, locks. Passed in, never a global. */
import type { Result } from './transport.ts'
import type { SessionView, SyncAnswer, SyncRequest } from '../../protocol/sync.ts'

export type Transport = {
  sync: (request: SyncRequest, signal: AbortSignal) => Promise<Result<SyncAnswer>>
  session: () => Promise<Result<SessionView>>
  /** Calls `poke` at each poke; returns the function that ends it. */
  listen: (poke: () => void) => () => void
}

export type Environment = {
  /** The device's wall clock, ms since 1970. */
  now: () => number
  /** `count` random bytes. */
  random: (count: number) => Uint8Array
  /** Runs `task` after `ms`; returns the function that cancels it. */
  after: (ms: number, task: () => void) => () => void
  transport: Transport
  /** Calls `wake` when the browser says that the connection may be back or the page is visible again. */
  onWake: (wake: () => void) => () => void
  /** Web Locks, as far as needed; null where the browser has none. */
  locks: Pick<LockManager, 'request'> | null
}
