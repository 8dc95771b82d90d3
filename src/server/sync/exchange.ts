/** One round trip of a device: what it wrote goes in, what others wrote comes out (SYNC, rules 2-8). */
import { v7 as uuidv7 } from 'uuid'
import { sql, type Transaction } from 'kysely'
import { Stamp, type SpaceId } from '../../domain/ids.ts'
import type { Access } from '../../domain/access.ts'
import { refuse } from '../../domain/refusals.ts'
import type { SessionView } from '../../domain/session.ts'
import { Mutation, type SyncRequest } from '../../protocol/sync-request.ts'
import type { Ack, SyncAnswer } from '../../protocol/sync.ts'
import type { Tables } from '../db/tables.ts'
import { applyChanges, hashOf, rowKey, stamped, type Incoming, type Outcome, type SyncPort } from './apply.ts'
import { readPages } from './pages.ts'
import { limitParked, onlyOnDevice } from './parked-room.ts'
import { keyOf, knownMutations, logMutations, type Known, type LoggedMutation, type RowKey } from './row-store.ts'

type Pushed = { acks: Ack[]; resend: RowKey[]; own: Map<string, number>; heads: Map<SpaceId, number>; outcomes: readonly Outcome[]; newClient: boolean }

/**
 * Applies what the device sent and answers with everything it may see and does not have yet. `stored` hears what became of
 * changes that are new to the server, after they were committed and before the answer is read; it never throws.
 */
export async function exchange(
  port: SyncPort,
  session: SessionView,
  access: readonly Access[],
  request: SyncRequest,
  stored: (outcomes: readonly Outcome[]) => Promise<void> = async () => {},
): Promise<SyncAnswer> {
  const pushed = request.mutations.length > 0 ? await push(port, session, access, request) : nothingPushed()
  for (const [space, head] of pushed.heads) port.pokes.publish(space, head)
  if (pushed.outcomes.length > 0) await stored(pushed.outcomes)
  const visible = access.map(({ space }) => space)
  const sameHistory = request.epoch === port.epoch
  const { pages, ahead } = await readPages(port.db, visible, sameHistory ? request.cursors : {}, pushed)
  return {
    epoch: port.epoch,
    now: port.now(),
    session,
    acks: pushed.acks,
    pages,
    visible,
    ...((request.epoch !== null && !sameHistory) || ahead ? { resync: true } : {}),
    ...(pushed.newClient ? { newClient: true } : {}),
  }
}

const nothingPushed = (): Pushed => ({ acks: [], resend: [], own: new Map(), heads: new Map(), outcomes: [], newClient: false })

async function push(port: SyncPort, session: SessionView, access: readonly Access[], request: SyncRequest): Promise<Pushed> {
  const { wellFormed, malformed } = sort(request)
  const roles = new Map(access.map(({ space, role }) => [space, role]))
  const person = session.person.id
  return port.db.transaction().execute(async (trx) => {
    const now = port.now()
    const after = await claimClient(trx, request.client, person, now)
    const known = await knownMutations(trx, request.client, wellFormed.map(({ id }) => id), wellFormed.map(({ n }) => n))
    const { fresh, repeated, again, copied } = tellApart(wellFormed, known)
    const stamps = stamped(fresh.map(({ mutation }) => mutation), { skewMs: now - request.now, serverNow: now, measured: request.measured, after })
    const incoming: Incoming[] = fresh.map((item, i) => ({ ...item, ...stamps[i]! }))
    const author = { person, roleIn: (space: SpaceId) => roles.get(space) ?? null }
    const { outcomes, heads } = await applyChanges(trx, incoming, author, now)
    await rememberLast(trx, request.client, incoming)
    const parkedAcks = await park(trx, malformed, request, person, now)
    return {
      acks: [...repeated, ...outcomes.map(ackOf), ...parkedAcks],
      resend: [...again, ...outcomes.filter(({ differs }) => differs).map(({ mutation }) => mutation)].filter(({ space }) => roles.has(space)).map(rowKey),
      own: ownRows(outcomes, request.epoch === port.epoch ? request.cursors : {}),
      heads,
      outcomes,
      newClient: copied,
    }
  })
}

function sort({ mutations, client }: SyncRequest): { wellFormed: Mutation[]; malformed: unknown[] } {
  const wellFormed: Mutation[] = []
  const malformed: unknown[] = []
  for (const raw of mutations) {
    const parsed = Mutation.safeParse(raw)
    if (parsed.success && parsed.data.client === client) wellFormed.push(parsed.data)
    else malformed.push(raw)
  }
  return { wellFormed: wellFormed.sort((a, b) => a.n - b.n), malformed }
}

/** Notes whose device this is and holds it, so that two requests of one device follow each other. Returns its last stamp. */
async function claimClient(trx: Transaction<Tables>, client: string, person: string, now: number): Promise<Stamp | null> {
  const { rows } = await sql<{ last_hlc: string | null }>`
    insert into sync_client (id, person, seen_at) values (${client}, ${person}, ${now})
    on conflict (id) do update set person = excluded.person, seen_at = excluded.seen_at returning last_hlc`.execute(trx)
  return rows[0]?.last_hlc ? Stamp.parse(rows[0].last_hlc) : null
}

async function rememberLast(trx: Transaction<Tables>, client: string, incoming: readonly Incoming[]): Promise<void> {
  const last = incoming.reduce((max, { hlc }) => (hlc > max ? hlc : max), '')
  if (last === '') return
  await sql`update sync_client set last_hlc = greatest(coalesce(last_hlc, '') collate "C", ${last}) where id = ${client}`.execute(trx)
}

type Fresh = { mutation: Mutation; logId: string; n: number | null }

/**
 * A change is known by its id. The same id or the same number with other contents comes from a copy of the device:
 * both are kept, and the copy is told to take a new client id (SYNC, rule 4).
 */
function tellApart(batch: readonly Mutation[], known: readonly Known[]): { fresh: Fresh[]; repeated: Ack[]; again: Mutation[]; copied: boolean } {
  const byId = new Map(known.map((entry) => [entry.id, entry]))
  const byNumber = new Map(known.filter(({ client }) => client === batch[0]?.client).map((entry) => [entry.n, entry]))
  const fresh: Fresh[] = []
  const repeated: Ack[] = []
  /** The rows of these go back: until now the device showed the change as it wrote it, on top of whatever it fetched since. */
  const again: Mutation[] = []
  let copied = false
  const inBatch = new Set<string>()
  for (const mutation of batch) {
    const same = byId.get(mutation.id)
    if ((same && same.hash === hashOf(mutation)) || inBatch.has(mutation.id)) {
      again.push(mutation)
      if (same) repeated.push({ id: mutation.id, status: same.status, seq: same.seq, ...(same.reason ? { reason: refuse(same.reason as never) } : {}) })
      continue
    }
    inBatch.add(mutation.id)
    const numberTaken = byNumber.has(mutation.n)
    copied ||= numberTaken || same !== undefined
    fresh.push({ mutation, logId: same ? uuidv7() : mutation.id, n: numberTaken ? null : mutation.n })
  }
  return { fresh, repeated, again, copied }
}

const ackOf = ({ mutation, status, seq, reason }: Outcome): Ack => ({ id: mutation.id, status, seq, ...(reason ? { reason } : {}) })

/**
 * The rows that now hold exactly what this device shows, with their number: they need not travel back. A device shows that
 * only when it had the row as it was before (its cursor is past it) and every change of it was taken as sent.
 */
function ownRows(outcomes: readonly Outcome[], cursors: Readonly<Record<string, number>>): Map<string, number> {
  const own = new Map<string, number>()
  const others = new Set<string>()
  for (const { mutation, seq, differs, before } of outcomes) {
    const key = keyOf(rowKey(mutation))
    if (differs || seq === null || before > (cursors[mutation.space] ?? 0)) others.add(key)
    else own.set(key, seq)
  }
  for (const key of others) own.delete(key)
  return own
}

/** Stores what is no change at all under the id it gave, so that the device's queue can go on. */
async function park(trx: Transaction<Tables>, malformed: readonly unknown[], { client }: SyncRequest, person: string, now: number): Promise<Ack[]> {
  const acks: Ack[] = []
  for (const raw of malformed) {
    const given = (raw as { id?: unknown } | null)?.id
    const id = typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : uuidv7()
    const entry: LoggedMutation = { id, client, n: null, hash: '', person, space: '', collection: '', row: '', payload: JSON.stringify(raw) ?? 'null', hlc: '', status: 'parked', reason: 'invalid_value', seq: null }
    const known = await sql`select 1 from sync_mutation where id = ${id}`.execute(trx)
    const unkept = known.rows.length === 0 ? await limitParked(trx, [entry]) : new Set()
    if (known.rows.length === 0) await logMutations(trx, [entry], now)
    acks.push({ id, status: 'parked', seq: null, reason: unkept.has(id) ? onlyOnDevice(refuse('invalid_value')) : refuse('invalid_value') })
  }
  return acks
}
