/** One round trip: offer what waits, take in what came. Everything the answer brings lands in one transaction. */
import { fieldOf, type TextValue } from '../../domain/collection.ts'
import { collectionNamed, SCHEMA_VERSION } from '../../domain/collections.ts'
import { clientOf, later, momentOf, stampOf, type Moment } from '../../domain/clock.ts'
import { LOCAL_SPACE } from '../../domain/spaces.ts'
import type { SpaceId } from '../../domain/ids.ts'
import { equal } from '../../domain/merge.ts'
import type { Mutation, SyncRequest } from '../../protocol/sync-request.ts'
import { MAX_MUTATIONS, MAX_REQUEST_BYTES, PROTOCOL_VERSION, type Page, type SyncAnswer } from '../../protocol/sync.ts'
import type { Meta, OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { selectRows } from '../db/rows.ts'
import { adopt, copyRow } from './adopt.ts'
import type { Environment } from './environment.ts'
import { laidOver, layAgain, pendingByRow, rowKey } from './overlay.ts'
import { newClientId, takePen } from './pen.ts'
import { countUnsent, oldestUnsent, unsent } from './unsent.ts'
import { withText, type TextTools } from './text-tools.ts'

/** How long acknowledged changes stay, to be sent again when the server lost its newest history. */
const KEEP_ACKED_MS = 30 * 24 * 3600_000
const TOLERANCE_MS = 60_000

export type Outgoing = { request: SyncRequest; total: number }

/** Gathers the next batch and marks it as offered; null when nobody is signed in on this device. */
export async function gather(db: OpstapDatabase, env: Environment, limit = MAX_MUTATIONS): Promise<Outgoing | null> {
  return db.transaction('rw', db.outbox, db.cursors, db.meta, async () => {
    const pen = await takePen(db, env)
    const { session, epoch = null, offset } = pen.known
    await pen.put()
    if (!session) return null
    const oldest = await oldestUnsent(db, session.person.id, limit)
    const batch: Mutation[] = []
    let bytes = 2_000
    for (const entry of oldest) {
      const mutation = toWire(entry)
      bytes += JSON.stringify(mutation).length
      if (batch.length > 0 && (bytes > MAX_REQUEST_BYTES * 0.9 || mutation.client !== batch[0]!.client)) break
      batch.push(mutation)
    }
    await db.outbox.bulkPut(oldest.slice(0, batch.length).filter(({ state }) => state === 'waiting').map((entry) => ({ ...entry, state: 'sent' })))
    const cursors = Object.fromEntries((await db.cursors.toArray()).map(({ space, next }) => [space, next]))
    const request: SyncRequest = {
      proto: PROTOCOL_VERSION,
      schema: SCHEMA_VERSION,
      client: batch[0]?.client ?? pen.client,
      person: session.person.id,
      epoch,
      now: env.now(),
      measured: offset !== undefined,
      cursors,
      mutations: batch,
    }
    return { request, total: await countUnsent(db, session.person.id) }
  })
}

/** The plain text of a text stays home: the server reads it from the merged state. */
function toWire({ author: _author, state: _state, ackedAt: _ackedAt, reason: _reason, ...mutation }: OutboxEntry): Mutation {
  const definition = collectionNamed(mutation.collection)
  const set = Object.entries(mutation.set).map(([field, value]) => [field, definition && fieldOf(definition, field)?.merge === 'text' ? { y: (value as TextValue).y } : value])
  return { ...mutation, set: Object.fromEntries(set) }
}

export type Taken = { more: boolean }

/**
 * Stores an answer: acknowledgements, rows, cursors, session, all or nothing. `mine` is asked inside the transaction whether
 * this tab may still write; false leaves everything as it was. `sentAt`: null when the answer lay waiting, so that it tells
 * nothing of the clock.
 */
export async function take(db: OpstapDatabase, env: Environment, answer: SyncAnswer, sentAt: number | null, mine: () => Promise<boolean>): Promise<Taken> {
  const receivedAt = env.now()
  return withText((text) =>
    db.transaction('rw', [db.rows, db.outbox, db.cursors, db.meta, db.photos], async () => {
      const session = await db.read('session')
      if (!(await mine()) || session?.person.id !== answer.session.person.id) return { more: false }
      // First, so that what this very answer acknowledges is not sent once more: it is in the new history.
      if (answer.resync) await startAgain(db, answer.now)
      const { told, unseen } = await acknowledge(db, answer)
      if (answer.newClient) await renameClient(db, env)
      await dropLost(db, answer.visible, told)
      await storeRows(db, answer.pages, text, unseen)
      await healStale(db, env, answer, text)
      await note(db, 'session', answer.session)
      await note(db, 'expired', false)
      await note(db, 'epoch', answer.epoch)
      await db.write('syncedAt', receivedAt)
      await adopt(db, env, answer.session, text)
      await setClock(db, answer, sentAt, receivedAt)
      return { more: answer.pages.some(({ more }) => more) || answer.resync === true || unseen }
    }),
  )
}

/** Writes only what is new, so that nobody who watches the value is woken by an answer that brings nothing. */
async function note<K extends keyof Meta>(db: OpstapDatabase, key: K, value: Meta[K]): Promise<void> {
  if (!equal(await db.read(key), value)) await db.write(key, value)
}

/**
 * `told`: the spaces in which the acknowledged changes were written. `unseen`: the server took one that this device does not
 * show. The person deleted it here while it was under way, or its row had left the device with the access to its space.
 */
async function acknowledge(db: OpstapDatabase, { acks, now }: SyncAnswer): Promise<{ told: SpaceId[]; unseen: boolean }> {
  const entries = await db.outbox.bulkGet(acks.map(({ id }) => id as OutboxEntry['id']))
  const changed = entries.flatMap((entry, i): OutboxEntry[] => {
    const { status, reason } = acks[i]!
    if (!entry) return []
    return [status === 'parked' ? { ...entry, state: 'parked', ...(reason ? { reason } : {}) } : { ...entry, state: 'acked', ackedAt: now }]
  })
  await db.outbox.bulkPut(changed)
  const shown = await db.rows.bulkGet(changed.map(({ space, collection, row }): [SpaceId, string, string] => [space, collection, row]))
  const unseen = acks.some(({ status }, i) => status !== 'parked' && !entries[i]) || changed.some(({ state }, i) => state === 'acked' && !shown[i])
  return { told: changed.map(({ space }) => space), unseen }
}

/**
 * `unseen`: a row that the server now has did not travel back, since this device is taken to show it. Then the cursors
 * stay, and the next answer brings it.
 */
async function storeRows(db: OpstapDatabase, pages: readonly Page[], text: TextTools, unseen: boolean): Promise<void> {
  // Mostly an answer brings nothing but what was sent: then there is no need to look through what waits.
  const news = pages.some(({ rows, gone }) => rows.length > 0 || gone.length > 0)
  const pending: Awaited<ReturnType<typeof pendingByRow>> = news ? await pendingByRow(db) : new Map()
  let clock: Moment = (await db.read('clock')) ?? { ms: 0, counter: 0 }
  for (const { space, rows, gone, next } of pages) {
    if (rows.length > 0) await db.rows.bulkPut(
      rows.map(({ collection, id, ...row }) => {
        for (const stamp of Object.values(row.stamps)) clock = later(clock, momentOf(stamp))
        return laidOver([space, collection, id], row, pending.get(rowKey(space, collection, id)) ?? [], text.merge)!
      }),
    )
    for (const [collection, id] of gone) {
      const left = laidOver([space, collection, id], undefined, pending.get(rowKey(space, collection, id)) ?? [], text.merge)
      if (left) await db.rows.put(left)
      else await db.rows.delete([space, collection, id])
    }
    if (!unseen) await db.cursors.put({ space, next })
  }
  await note(db, 'clock', clock)
}

/**
 * Rows of spaces that are no longer visible leave the device; unsent changes stay in the outbox. Besides the spaces that
 * were fetched it looks at `told`: in one that was lost before the first fetch there is only what was written here.
 */
async function dropLost(db: OpstapDatabase, visible: readonly SpaceId[], told: readonly SpaceId[]): Promise<void> {
  const known = (await db.cursors.toArray()).map(({ space }) => space)
  for (const space of new Set([...known, ...told])) {
    if (space === LOCAL_SPACE || visible.includes(space)) continue
    await selectRows(db, space).delete()
    await db.cursors.delete(space)
  }
  await dropPhotos(db, visible)
}

/** A photo goes with its space, unless the server does not have it or unsent work names it. */
async function dropPhotos(db: OpstapDatabase, visible: readonly SpaceId[]): Promise<void> {
  const away = ((await db.photos.toCollection().primaryKeys()) as [SpaceId, string][]).filter(([space]) => !visible.includes(space))
  if (away.length === 0) return
  const words = JSON.stringify((await db.outbox.where('state').anyOf('waiting', 'sent', 'parked').toArray()).map(({ set }) => set))
  const unnamed = away.filter(([, id]) => !words.includes(id))
  await db.photos.where('[space+id]').anyOf(unnamed).and(({ waits, refused }) => waits === 0 && refused === undefined).delete()
}

/** The server lost its newest history: forget the cursors, send the work of the last 30 days again, and check what it misses. */
async function startAgain(db: OpstapDatabase, now: number): Promise<void> {
  await db.cursors.toCollection().modify({ next: 0 })
  await db.rows.toCollection().modify((row) => {
    if (row.space !== LOCAL_SPACE) row.stale = 1
  })
  await db.outbox
    .where('state')
    .equals('acked')
    .and(({ ackedAt }) => (ackedAt ?? 0) > now - KEEP_ACKED_MS)
    .modify((entry) => {
      entry.state = 'sent'
      delete entry.ackedAt
    })
}

/** After a complete new pull: rows that the server does not have any more are written to it again. */
async function healStale(db: OpstapDatabase, env: Environment, { pages, visible, session }: SyncAnswer, text: TextTools): Promise<void> {
  const incomplete = new Set(pages.filter(({ more }) => more).map(({ space }) => space))
  const stale = await db.rows.where('stale').equals(1).toArray()
  const client = await db.read('client')
  for (const row of stale) {
    if (incomplete.has(row.space) || !visible.includes(row.space)) continue
    const definition = collectionNamed(row.collection)
    const { stale: _stale, ...fresh } = row
    // What bears this device's stamp the server now hears from its person, whoever wrote it back the time before.
    for (const [unit, stamp] of Object.entries(fresh.stamps)) if (clientOf(stamp) === client) fresh.by[unit] = session.person.id
    await db.rows.put(fresh)
    // In which this person could have written nothing: the server or its author brings it back.
    if (definition && !(await copyRow(db, env, definition, fresh, row.space, session, text))) await db.rows.delete([row.space, row.collection, row.id])
  }
}

/** Another device has this one's id: what was not offered yet goes on under a new one. */
async function renameClient(db: OpstapDatabase, env: Environment): Promise<void> {
  await db.write('client', newClientId(env.random))
  await db.write('n', 0)
  const pen = await takePen(db, env)
  const { client } = pen
  for (const entry of await db.outbox.where('state').equals('waiting').sortBy('n')) {
    const hlc = stampOf(momentOf(entry.hlc), client)
    await db.outbox.put({ ...entry, client, n: pen.number(), hlc })
    // The row shows the change with its stamp, and does not travel back when it is taken as sent.
    await db.rows.where('[space+collection+id]').equals([entry.space, entry.collection, entry.row]).modify(({ stamps }) => {
      for (const [unit, stamp] of Object.entries(stamps)) if (stamp === entry.hlc) stamps[unit] = hlc
    })
  }
  await pen.put()
}

/** Keeps the measured offset, and lets go of a future that a wrong clock once gave out. */
async function setClock(db: OpstapDatabase, { now }: SyncAnswer, sentAt: number | null, receivedAt: number): Promise<void> {
  if (sentAt !== null && receivedAt >= sentAt && receivedAt - sentAt < 10_000) await db.write('offset', Math.round(now - (sentAt + receivedAt) / 2))
  const clock = await db.read('clock')
  const left = await unsent(db).count()
  if (clock && left === 0 && clock.ms > now + TOLERANCE_MS) await db.write('clock', { ms: now, counter: 0 })
}

/** Forgets changes that have been safe on the server for longer than they may be needed. */
export async function forgetOld(db: OpstapDatabase, now: number): Promise<void> {
  await withText((text) =>
    db.transaction('rw', db.rows, db.outbox, db.meta, async () => {
      const old = await db.outbox.where('state').equals('acked').and(({ ackedAt }) => (ackedAt ?? 0) < now - KEEP_ACKED_MS).toArray()
      const rows = await db.rows.bulkGet(old.map(({ space, collection, row }): [SpaceId, string, string] => [space, collection, row]))
      const resting = new Map(old.flatMap((entry, i) => (rows[i]?.beneath?.on.includes(entry.id) ? [[rowKey(entry.space, entry.collection, entry.row), entry]] : [])))
      for (const entry of resting.values()) await layAgain(db, entry, text.merge)
      await db.outbox.bulkDelete(old.map(({ id }) => id))
    }),
  )
}

