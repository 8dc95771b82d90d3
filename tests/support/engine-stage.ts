/** Devices with the whole engine: tabs, timers and a wire that the test holds in its hand. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, vi } from 'vitest'
import { OpstapDatabase } from '../../src/client/db/database.ts'
import { createClient, type Client } from '../../src/client/sync/client.ts'
import type { Result } from '../../src/client/sync/environment.ts'
import { wordsOf, type SyncStatus } from '../../src/client/sync/status.ts'
import type { SyncAnswer } from '../../src/protocol/sync.ts'
import type { SyncRequest } from '../../src/protocol/sync-request.ts'
import { VirtualBrowser } from './virtual-browser.ts'
import type { World } from './world.ts'

export type Wire = (request: SyncRequest) => Promise<Result<SyncAnswer>>

/** Waits for an event, not for time: the limit only ends a test that would never end. */
export const until = <T>(condition: () => T | Promise<T>) => vi.waitFor(condition, { timeout: 15_000, interval: 10 })

const offline: Wire = async () => ({ kind: 'offline' })
const signInNeeded: Wire = async () => ({ kind: 'problem', status: 401, code: 'sign_in_needed', message: 'Meld je aan om verder te gaan.' })

export type EngineStage = ReturnType<typeof engineStage>

export function engineStage(world: World) {
  const clients: Client[] = []
  const requests: SyncRequest[] = []
  /** The server as it answers a device that carries this person's cookie. */
  const cookieOf =
    (person: string): Wire =>
    async (request) =>
      request.person === person ? { kind: 'ok', value: await world.serve(person, request) } : signInNeeded(request)
  const stage = {
    /** What the network does from now on. */
    wire: cookieOf('an'),
    online: cookieOf('an'),
    cookieOf,
    offline,
    signInNeeded,
    /** Every request that left, the oldest first. */
    requests,
    /** A browser; given another one, a tab of it. */
    browser: (other?: VirtualBrowser) =>
      new VirtualBrowser(
        world,
        {
          sync: (request, signal) => {
            requests.push(request)
            return unlessAborted(signal, stage.wire(request))
          },
        },
        other,
      ),
    /** Opens the app; two on one factory are two tabs of one device. */
    open(on: VirtualBrowser, factory = new IDBFactory()) {
      const db = new OpstapDatabase('opstap', { indexedDB: factory, IDBKeyRange })
      const client = createClient(db, on.environment())
      clients.push(client)
      let words = ''
      client.status.subscribe((status: SyncStatus) => (words = wordsOf(status)))
      return { client, says: (expected: string) => until(() => expect(words).toBe(expected)) }
    },
    close() {
      for (const client of clients.splice(0)) client.stop()
    },
  }
  return stage
}

/** As a browser: a request that is broken off never had an answer. */
const unlessAborted = (signal: AbortSignal, answer: Promise<Result<SyncAnswer>>) =>
  new Promise<Result<SyncAnswer>>((resolve, reject) => {
    const abort = () => resolve({ kind: 'offline' })
    signal.addEventListener('abort', abort, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
