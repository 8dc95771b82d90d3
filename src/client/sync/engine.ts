/** When a device talks to the server, and what it makes of silence (SYNC, rules 12-13). */
import type { OpstapDatabase } from '../db/database.ts'
import { live } from '../db/live.ts'
import type { Environment } from './environment.ts'
import { forgetOld, gather, take } from './exchange.ts'
import { seekLeadership, type Leadership } from './leadership.ts'
import { reindex } from './reindex.ts'
import type { SyncFacts } from './status.ts'
import type { Result } from './environment.ts'
import type { SyncAnswer } from '../../protocol/sync.ts'
import type { SyncRequest } from '../../protocol/sync-request.ts'

const EVERY_MS = 60_000
const FIRST_RETRY_MS = 2_000
const LAST_RETRY_MS = 300_000
const DAY_MS = 86_400_000

export type Engine = {
  /** Asks for a round trip as soon as possible; several asks while one is under way become one. */
  request: () => void
  /** Resolves when no round trip is under way or asked for. */
  settled: () => Promise<void>
  stop: () => void
}

export function startEngine(db: OpstapDatabase, env: Environment, tab: string, report: (last: SyncFacts['last']) => void): Engine {
  let running: Promise<void> | undefined
  let asked = false
  let forgottenAt = 0
  let failures = 0
  let limit: number | undefined
  let cancelRetry: (() => void) | undefined
  let stopListening: (() => void) | undefined
  const aborter = new AbortController()

  const leadership: Leadership = seekLeadership(db, env, tab, () => request())

  function request(): void {
    asked = true
    if (!running && !aborter.signal.aborted) running = run().finally(() => (running = undefined))
  }

  async function run(): Promise<void> {
    while (asked && !aborter.signal.aborted) {
      asked = false
      cancelRetry?.()
      if (!(await leadership.isMine())) return
      const again = await roundTrip().catch(reportFault)
      if (again) asked = true
    }
    schedule()
  }

  function reportFault(error: unknown): boolean {
    // A fault of the device's own store: say so and try again later, the outbox is untouched.
    console.error(error)
    failures += 1
    report({ kind: 'offline' })
    return false
  }

  function schedule(): void {
    cancelRetry?.()
    const backoff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1))
    const jitter = 0.75 + (env.random(1)[0]! / 255) * 0.5
    cancelRetry = env.after(failures > 0 ? backoff * jitter : EVERY_MS, request)
  }

  /** True when there is more to do at once. */
  async function roundTrip(): Promise<boolean> {
    const outgoing = await gather(db, env, limit)
    if (!outgoing) {
      stopListening?.()
      stopListening = undefined
      report({ kind: 'none' })
      return false
    }
    const { request: body, total } = outgoing
    if (total > 0) report({ kind: 'busy', done: 0, total })
    const sentAt = env.now()
    const result = await env.transport.sync(body, aborter.signal)
    if (result.kind !== 'ok') return unanswered(result, body)
    const { more } = await take(db, env, result.value, sentAt, leadership.isMine)
    failures = 0
    limit = undefined
    report({ kind: 'ok' })
    forget(result.value.now)
    listen()
    return more || total > body.mutations.length
  }

  /** Once a day, by the server's clock: that of the device may be years ahead. */
  function forget(now: number): void {
    if (now - forgottenAt < DAY_MS) return
    forgottenAt = now
    forgetOld(db, now).catch(reportFault)
  }

  async function unanswered(result: Exclude<Result<SyncAnswer>, { kind: 'ok' }>, { person, mutations }: SyncRequest): Promise<boolean> {
    if (result.kind === 'problem' && result.status === 401) {
      // By now someone else may have signed in: then this says nothing about them.
      if ((await db.read('session'))?.person.id !== person) return true
      await db.write('expired', true)
      report({ kind: 'signInNeeded' })
      return false
    }
    if (result.kind === 'problem' && result.status === 413 && mutations.length > 1) {
      limit = Math.ceil(mutations.length / 2)
      return true
    }
    failures += 1
    if (result.kind === 'problem' && result.status !== 429) {
      report({ kind: 'refused' })
      return false
    }
    report({ kind: 'offline' })
    return false
  }

  function listen(): void {
    stopListening ??= env.transport.listen(request)
  }

  const stopWake = env.onWake(() => {
    failures = 0
    request()
  })
  // Every tab's writes end in the same outbox; the leading tab sees them here.
  const waiting = live(() => db.outbox.where('state').equals('waiting').count()).subscribe({
    next: (count) => {
      if (count > 0) request()
    },
    error: reportFault,
  })
  let person: string | undefined
  const session = live(() => db.read('session')).subscribe({
    next: (now) => {
      if (now?.person.id === person) return
      person = now?.person.id
      request()
    },
    error: reportFault,
  })
  reindex(db).catch(reportFault)

  return {
    request,
    settled: async () => {
      while (running) await running
    },
    stop: () => {
      aborter.abort()
      cancelRetry?.()
      stopListening?.()
      stopWake()
      waiting.unsubscribe()
      session.unsubscribe()
      leadership.stop()
    },
  }
}
