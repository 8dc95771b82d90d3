/**
 * A small world for sync tests: the real device code on its own database, the real server code on a real engine, and
 * between them a wire that the test holds in its hand. Time is what the test says it is.
 */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import * as Y from 'yjs'
import type { Collection, TextValue } from '../../src/domain/collection.ts'
import { accessIn, type Access } from '../../src/domain/access.ts'
import type { PersonId, SpaceId } from '../../src/domain/ids.ts'
import type { SessionView } from '../../src/domain/session.ts'
import { SyncRequest } from '../../src/protocol/sync-request.ts'
import { SyncAnswer } from '../../src/protocol/sync.ts'
import { fromBase64, toBase64 } from '../../src/protocol/text.ts'
import { OpstapDatabase } from '../../src/client/db/database.ts'
import { rowsOf } from '../../src/client/db/rows.ts'
import { adopt } from '../../src/client/sync/adopt.ts'
import type { Environment } from '../../src/client/sync/environment.ts'
import { gather, take } from '../../src/client/sync/exchange.ts'
import { dossierSpace } from '../../src/client/sync/identity.ts'
import { startWriting, type Written } from '../../src/client/sync/mutate.ts'
import { withText } from '../../src/client/sync/text-tools.ts'
import { exchange } from '../../src/server/sync/exchange.ts'
import { createPokes } from '../../src/server/sync/pokes.ts'
import type { Tables } from '../../src/server/db/tables.ts'

/** Where the wire may fail in one round trip. */
export type Fault = 'none' | 'lost-request' | 'lost-answer' | 'delivered-twice'

export type Device = Awaited<ReturnType<World['device']>>

export class World {
  /** The true time, ms since 1970; the server's clock shows it. */
  time = Date.UTC(2026, 10, 21, 9)
  epoch = 'epoch-1'
  readonly teams = new Map<string, { id: string; nis: string; name: string; members: Map<string, 'member' | 'lead'> }>()
  /** The people of the helpdesk. */
  readonly desk = new Set<string>()
  readonly pokes = createPokes()
  private random = 1
  private names = 0

  constructor(readonly db: Kysely<Tables>) {}

  /** Empties the sync tables between two runs on one engine. */
  async clear(): Promise<void> {
    await sql`truncate sync_space, sync_row, sync_mutation, sync_client cascade`.execute(this.db)
  }

  team(id: string, members: Record<string, 'member' | 'lead'>): void {
    this.teams.set(id, { id, nis: '31006', name: id, members: new Map(Object.entries(members)) })
  }

  session(person: string): SessionView {
    const teams = [...this.teams.values()].flatMap(({ members, ...team }) => {
      const role = members.get(person)
      return role ? [{ ...team, role }] : []
    })
    return { person: { id: person as PersonId, email: `${person}@demo.example`, name: person }, roles: this.desk.has(person) ? ['desk'] : [], teams, requests: [] }
  }

  access(person: string): Access[] {
    return accessIn(this.session(person), [...this.teams.keys()])
  }

  /** The server's side of one request of this person, through JSON as on the wire. */
  async serve(person: string, request: unknown): Promise<SyncAnswer> {
    const parsed = SyncRequest.parse(JSON.parse(JSON.stringify(request)))
    const port = { db: this.db, now: () => this.time, epoch: this.epoch, pokes: this.pokes }
    return SyncAnswer.parse(JSON.parse(JSON.stringify(await exchange(port, this.session(person), this.access(person), parsed))))
  }

  /** A new device, or one on the storage of before; `skew` is how far its clock is ahead of the true time, in ms. */
  async device(skew = 0, factory = new IDBFactory(), name = `device-${(this.names += 1)}`) {
    const world = this
    const clock = { skew }
    const open = () => new OpstapDatabase(name, { indexedDB: factory, IDBKeyRange })
    let db = open()
    const env = {
      now: () => world.time + clock.skew,
      random: (count: number) => Uint8Array.from({ length: count }, () => world.chance()),
    }
    return {
      clock,
      env,
      get db() {
        return db
      },
      /** Closes the app and opens it again on the same storage. */
      restart: async () => {
        db.close()
        db = open()
        await db.open()
      },
      signIn: async (person: string) => {
        const session = world.session(person)
        await withText((text) =>
          db.transaction('rw', db.rows, db.outbox, db.meta, async () => {
            await db.write('session', session)
            await adopt(db, env, session, text)
          }),
        )
      },
      write: (definition: Collection<any>, row: string, set: Record<string, unknown>, into?: SpaceId): Promise<Written> => startWriting(db, env)({ definition, row, set, into }),
      /** Types `text` at the end of a long text, as an editor would: the smallest change of the state it has. */
      type: async (definition: Collection<any>, row: string, field: string, text: string): Promise<Written> => {
        const space = dossierSpace(await db.read('session'))
        const current = (await db.rows.get([space, definition.name, row]))?.values[field] as TextValue | undefined
        return startWriting(db, env)({ definition, row, set: { [field]: typed(current, text) } })
      },
      /** One round trip with a fault of the wire; resolves to whether there is more to fetch. */
      roundTrip: async (fault: Fault = 'none'): Promise<boolean> => {
        const outgoing = await gather(db, env as Environment)
        if (!outgoing) return false
        const person = (await db.read('session'))!.person.id
        const sentAt = env.now()
        if (fault === 'lost-request') return false
        let answer = await world.serve(person, outgoing.request)
        if (fault === 'delivered-twice') answer = await world.serve(person, outgoing.request)
        if (fault === 'lost-answer') return false
        const { more } = await take(db, env as Environment, answer, sentAt, async () => true)
        return more || outgoing.total > outgoing.request.mutations.length
      },
      /** Round trips until there is nothing left to send or fetch. */
      async sync(): Promise<void> {
        for (let trips = 0; trips < 200; trips += 1) if (!(await this.roundTrip())) return
        throw new Error('the device never came to rest')
      },
      /** What the screen would show of a collection in the dossier: id → values. */
      shows: async (definition: Collection<any>): Promise<Record<string, Record<string, unknown>>> => {
        const rows = await rowsOf(db, dossierSpace(await db.read('session')), definition)
        return Object.fromEntries(rows.map(({ id, values }) => [id, plain(values)]))
      },
    }
  }

  private chance(): number {
    this.random = (Math.imul(this.random, 1664525) + 1013904223) >>> 0
    return this.random >>> 24
  }
}

/** Texts as plain text, so that two devices can be compared. */
export function plain(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, isText(value) ? value.t : value]))
}

const isText = (value: unknown): value is TextValue => typeof value === 'object' && value !== null && 'y' in value

export function typed(current: TextValue | undefined, text: string): TextValue {
  const doc = new Y.Doc()
  if (current) Y.applyUpdate(doc, fromBase64(current.y))
  const before = Y.encodeStateVector(doc)
  const shared = doc.getText('t')
  shared.insert(shared.length, text)
  return { y: toBase64(Y.encodeStateAsUpdate(doc, before)), t: shared.toString() }
}
