/** Everything outside the program that the engine touches: time, chance, network, locks. Passed in, never a global. */
import type { SessionView } from '../../domain/session.ts'
import type { SyncRequest } from '../../protocol/sync-request.ts'
import type { SyncAnswer } from '../../protocol/sync.ts'

/** The network as values: an answer of our own server, a refusal of it, or no connection with it. */
export type Result<T> = { kind: 'ok'; value: T } | { kind: 'problem'; status: number; code: string; message: string } | { kind: 'offline' }

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
