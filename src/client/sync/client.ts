/** The device's side of sync as one value that the app composes once and the screens use. */
import { live, type Observable } from '../db/live.ts'
import type { InjectionKey } from 'vue'
import type { Collection } from '../../domain/collection.ts'
import type { Handle } from '../../domain/collections.ts'
import { LOCAL_SPACE } from '../../domain/spaces.ts'
import type { SpaceId } from '../../domain/ids.ts'
import type { SessionView } from '../../domain/session.ts'
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { rowsOf } from '../db/rows.ts'
import type { Engine } from './engine.ts'
import type { Environment } from './environment.ts'
import { authorOf, dossierSpace, spaceFor } from './identity.ts'
import type { Write, Written } from './mutate.ts'
import { statusOf, type SyncFacts, type SyncStatus } from './status.ts'
import { withText } from './text-tools.ts'
import { countUnsent, inState, unsent } from './unsent.ts'

/** What screens need to know of the person on this device. */
export type Identity = {
  session: SessionView | undefined
  /** The server asked to sign in again; the work goes on meanwhile. */
  expired: boolean
  dossier: SpaceId
}

export type SignOut = { kind: 'done' } | { kind: 'unsent'; count: number }

export type Client = {
  db: OpstapDatabase
  env: Environment
  /** Writes values of a row; see mutate.ts. `into` is for a row of which the space is known, such as a conflict. */
  write: (definition: Handle, row: string, set: Record<string, unknown>, into?: SpaceId) => Promise<Written>
  identity: Observable<Identity>
  status: { subscribe(next: (status: SyncStatus) => void): { unsubscribe(): void } }
  /** Tells whether the device had room for a photo, which is written beside the rows. */
  photoFits: (fits: boolean) => void
  /** Resolves when every write that was asked for so far was kept, or refused. */
  written: () => Promise<void>
  /** Entries of this person that the server has not taken, the oldest first. */
  unsent: () => Promise<OutboxEntry[]>
  spaceOf: (definition: Collection<any>) => Promise<SpaceId>
  signedIn: (session: SessionView) => Promise<void>
  /** Forgets the account on this device. With work that the server did not take it does nothing but say how much, unless `discard`. */
  signOut: (discard?: boolean) => Promise<SignOut>
  engine: Engine
  stop: () => void
}

export const clientKey: InjectionKey<Client> = Symbol('client')

export function createClient(db: OpstapDatabase, env: Environment): Client {
  const listeners = new Set<() => void>()
  let last: SyncFacts['last'] = { kind: 'none' }
  let full = false
  /** Until one fits again: a short text may still find the room that a photo does not. */
  let noPhoto = false
  let writing: ((write: Write) => Promise<Written>) | undefined
  let lastWrite: Promise<unknown> = Promise.resolve()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const tab = Array.from(env.random(8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const engine = engineLater(db, env, tab, (next) => {
    last = next
    changed()
  })

  // Fetched as soon as the first screen stands, so that it is there before someone writes.
  const cancelLoading = env.after(AFTER_FIRST_SCREEN_MS, () => void loadWriting().catch(notLoaded))

  const identity = live(() => readIdentity(db))
  const stored = live(() => readFacts(db))

  return {
    db,
    env,
    engine,
    identity,
    status: statusOver(stored, (facts) => statusOf({ ...facts, full: full || noPhoto, last: facts.expired ? { kind: 'signInNeeded' } : last }), listeners),
    write: async (definition, row, set, into) => {
      const write = loadWriting().then(({ startWriting }) => (writing ??= startWriting(db, env))({ definition, row, set, into }), notLoaded)
      // They are kept in the order in which they were asked for.
      lastWrite = write
      const written = await write
      if ((written.kind === 'full') !== full) {
        full = written.kind === 'full'
        changed()
      }
      return written
    },
    photoFits: (fits) => {
      if (noPhoto === !fits) return
      noPhoto = !fits
      changed()
    },
    written: async () => void (await lastWrite),
    unsent: () => unsentOf(db),
    spaceOf: async (definition) => spaceFor(definition, await db.read('session')),
    signedIn: async (session) => {
      const { adopt, changePerson, unseal } = await import('./adopt.ts')
      await withText((text) =>
        db.transaction('rw', db.rows, db.outbox, db.cursors, db.meta, async () => {
          const before = await db.read('session')
          await changePerson(db, env, session)
          await db.write('session', session)
          await db.write('expired', false)
          if (before?.person.id !== session.person.id) await unseal(db, text)
          await adopt(db, env, session, text)
        }),
      )
      engine.request()
    },
    signOut: (discard = false) => signOut(db, discard),
    stop: () => {
      cancelLoading()
      engine.stop()
    },
  }
}

const loadWriting = () => import('./mutate.ts')

/** This part of the app did not arrive; the next write asks for it again. */
function notLoaded(error: unknown): Written {
  console.error(error)
  return { kind: 'failed' }
}

/** What the first screen does not need leaves it the line for so long. */
const AFTER_FIRST_SCREEN_MS = 1_000

/** The first screen needs the store, not the network: the engine comes after it, or as soon as someone asks for it. */
function engineLater(db: OpstapDatabase, env: Environment, tab: string, report: (last: SyncFacts['last']) => void): Engine {
  let stopped = false
  let started: Promise<Engine | undefined> | undefined
  const start = () => (started ??= import('./engine.ts').then(({ startEngine }) => (stopped ? undefined : startEngine(db, env, tab, report))))
  const cancel = env.after(AFTER_FIRST_SCREEN_MS, () => void start().catch(notLoaded))
  return {
    request: () => void start().then((engine) => engine?.request(), notLoaded),
    settled: () => start().then((engine) => engine?.settled()),
    stop: () => {
      stopped = true
      cancel()
      void started?.then((engine) => engine?.stop())
    },
  }
}

async function readIdentity(db: OpstapDatabase): Promise<Identity> {
  const session = await db.read('session')
  return { session, expired: (await db.read('expired')) ?? false, dossier: dossierSpace(session) }
}

async function unsentOf(db: OpstapDatabase): Promise<OutboxEntry[]> {
  const author = authorOf(await db.read('session'))
  const entries = await unsent(db).sortBy('n')
  return entries.filter((entry) => entry.author === author)
}

type StoredFacts = Pick<SyncFacts, 'signedIn' | 'unsent' | 'parked' | 'conflicts'> & { expired: boolean }

async function readFacts(db: OpstapDatabase): Promise<StoredFacts> {
  const { session, expired, dossier } = await readIdentity(db)
  const author = authorOf(session)
  const conflicts = dossier === LOCAL_SPACE ? [] : await rowsOf(db, dossier, 'conflict')
  return {
    signedIn: session !== undefined,
    expired,
    unsent: await countUnsent(db, author),
    parked: await inState(db, 'parked', author).count(),
    conflicts: conflicts.filter(({ values }) => !values.settledAt).length,
  }
}

/** Joins what the database says with what the last round trip came to. */
function statusOver(stored: Observable<StoredFacts>, derive: (facts: StoredFacts) => SyncStatus, listeners: Set<() => void>): Client['status'] {
  return {
    subscribe(next) {
      let facts: StoredFacts | undefined
      const emit = () => facts && next(derive(facts))
      const subscription = stored.subscribe((value) => {
        facts = value
        emit()
      })
      listeners.add(emit)
      return {
        unsubscribe() {
          listeners.delete(emit)
          subscription.unsubscribe()
        },
      }
    },
  }
}

async function signOut(db: OpstapDatabase, discard: boolean): Promise<SignOut> {
  return db.transaction('rw', db.rows, db.outbox, db.cursors, db.meta, async (): Promise<SignOut> => {
    const author = authorOf(await db.read('session'))
    const count = (await countUnsent(db, author)) + (await inState(db, 'parked', author).count())
    if (count > 0 && !discard) return { kind: 'unsent', count }
    await db.outbox.filter((entry) => entry.author === author).delete()
    await db.rows.filter(({ space }) => space !== LOCAL_SPACE).delete()
    await db.cursors.clear()
    await db.meta.bulkDelete(['session', 'expired', 'epoch'])
    return { kind: 'done' }
  })
}
