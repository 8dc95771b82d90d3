/** Merges a batch of changes into the rows, in one transaction: the only place where the server writes people's work. */
import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { refuse, type Refusal, type RefusalCode } from '../../domain/refusals.ts'
import { check } from '../../domain/check.ts'
import type { Role } from '../../domain/collection.ts'
import { collectionNamed } from '../../domain/collections.ts'
import { clientOf, correctStamps } from '../../domain/clock.ts'
import type { Stamp, SpaceId } from '../../domain/ids.ts'
import { kindOf } from '../../domain/spaces.ts'
import { emptyRow, type Row } from '../../domain/row.ts'
import { equal, merge, type Conflict, type Merged } from '../../domain/merge.ts'
import { upcast } from '../../domain/upcast.ts'
import type { Mutation } from '../../protocol/sync-request.ts'
import { MAX_MUTATION_BYTES } from '../../protocol/sync.ts'
import { mergeText } from '../../protocol/text.ts'
import type { Tables } from '../db/tables.ts'
import { limitParked, onlyOnDevice } from './parked-room.ts'
import { POKE_CHANNEL, type Pokes } from './pokes.ts'
import { advance, keyOf, loadRows, lockSpaces, logMutations, saveRows, type LoggedMutation, type RowKey, type StoredRow } from './row-store.ts'

/** One change on its way in. `logId` and `n` differ from the mutation's own where a copied device reused them. */
export type Incoming = { mutation: Mutation; logId: string; n: number | null; hlc: Stamp; shifted: boolean }

export type Outcome = {
  mutation: Mutation
  status: 'applied' | 'superseded' | 'parked'
  seq: number | null
  reason?: Refusal
  /** The device that wrote it shows something else than what the server now has. */
  differs: boolean
  /** The row's number before this batch; 0 for a new row. */
  before: number
}

export type Author = { person: string | null; roleIn: (space: SpaceId) => Role | 'server' | null }

type Touched = StoredRow & { changed: boolean }

/**
 * Judges, merges, stores and logs `incoming` (in the order of writing). A change that cannot be applied is parked with its
 * reason; nothing throws because of what a change contains. Returns what became of each and the new head of each space.
 */
export async function applyChanges(
  trx: Transaction<Tables>,
  incoming: readonly Incoming[],
  author: Author,
  now: number,
): Promise<{ outcomes: Outcome[]; heads: Map<SpaceId, number> }> {
  const judged = incoming.map((item) => judge(item, author))
  const accepted = judged.filter(({ refusal }) => !refusal).map(({ read }) => read)
  const heads = await lockSpaces(trx, accepted.map(({ space }) => space))
  const rows: Map<string, Touched> = new Map()
  for (const [key, stored] of await loadRows(trx, accepted.map(rowKey))) rows.set(key, { ...stored, changed: false })

  const outcomes: Outcome[] = []
  const logged: LoggedMutation[] = []
  for (const { item, read, refusal } of judged) {
    const outcome = refusal ? parked(read, refusal) : applyOne(item, read, author.person, rows, now)
    outcomes.push(outcome)
    logged.push(logEntry(item, outcome, author.person))
  }

  const moved = number(rows, heads)
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'parked') continue
    outcome.seq = rows.get(keyOf(rowKey(outcome.mutation)))?.seq ?? null
    logged[index]!.seq = outcome.seq
  }
  await saveRows(trx, [...rows.values()].filter(({ changed }) => changed))
  const unkept = await limitParked(trx, logged)
  for (const [index, outcome] of outcomes.entries()) if (outcome.reason && unkept.has(logged[index]!.id)) outcome.reason = onlyOnDevice(outcome.reason)
  await logMutations(trx, logged, now)
  await advance(trx, moved, POKE_CHANNEL)
  return { outcomes, heads: moved }
}

export const rowKey = ({ space, collection, row }: Mutation): RowKey => ({ space, collection, id: row })

/** The content of a change without its stamp, for telling a repeated change from a copied device's other one. */
export const hashOf = ({ space, collection, row, set }: Mutation): string =>
  createHash('sha256').update(JSON.stringify([space, collection, row, set])).digest('base64url').slice(0, 22)

/** The stamps of a batch as the server takes them. */
export function stamped(
  batch: readonly Mutation[],
  clock: { skewMs: number; serverNow: number; measured: boolean; after: Stamp | null },
): { hlc: Stamp; shifted: boolean }[] {
  return correctStamps(batch, clock).map((hlc, i) => ({ hlc, shifted: hlc !== batch[i]!.hlc }))
}

/** `read`: the change in the form of this version, whichever app wrote it. */
type Judged = { item: Incoming; read: Mutation; refusal: RefusalCode | null }

function judge(item: Incoming, author: Author): Judged {
  const { mutation } = item
  if (JSON.stringify(mutation.set).length > MAX_MUTATION_BYTES) return { item, read: mutation, refusal: 'too_large' }
  try {
    const read = upcast(mutation)
    return { item, read, refusal: check(read, kindOf(read.space), author.roleIn(read.space)) }
  } catch {
    return { item, read: mutation, refusal: 'invalid_value' }
  }
}

const parked = (mutation: Mutation, code: RefusalCode): Outcome => ({ mutation, status: 'parked', seq: null, reason: refuse(code), differs: true, before: 0 })

function applyOne({ mutation: sent, hlc, shifted }: Incoming, mutation: Mutation, person: string | null, rows: Map<string, Touched>, now: number): Outcome {
  const key = keyOf(rowKey(mutation))
  const current = rows.get(key)
  const definition = collectionNamed(mutation.collection)
  if (definition?.immutable && current && alters(current.row, mutation.set)) return parked(mutation, 'forbidden')
  let merged: Merged
  try {
    merged = merge(definition, current?.row, { set: mutation.set, base: mutation.base, hlc, person }, mergeText)
  } catch {
    return parked(mutation, 'invalid_value')
  }
  const before = current?.seq ?? 0
  const arrived = definition?.arrival !== undefined && noteArrival(definition.arrival, merged, hlc, now)
  rows.set(key, { ...rowKey(mutation), seq: before, row: merged.row, changed: merged.changed || (current?.changed ?? false) })
  for (const found of merged.conflicts) addConflict(mutation, found, rows)
  // Written back for another (after a restore, or into a team): the device shows who wrote it, the server who sent it.
  const forAnother = clientOf(hlc) !== mutation.client
  const differs = shifted || arrived || sent !== mutation || forAnother || !merged.verbatim
  return { mutation, status: merged.changed ? 'applied' : 'superseded', seq: null, differs, before }
}

const alters = ({ values }: Row, set: Record<string, unknown>): boolean => Object.entries(set).some(([field, value]) => !equal(values[field], value))

/** The server's own time, on a row that has none yet. */
function noteArrival(field: string, { row }: Merged, hlc: Stamp, now: number): boolean {
  if (field in row.values) return false
  row.values[field] = new Date(now).toISOString()
  row.stamps[field] = hlc
  row.by[field] = null
  return true
}

/** A conflict is a row of its own in the same space, so that every device of the team can show and settle it. */
function addConflict(mutation: Mutation, { unit, winner, loser }: Conflict, rows: Map<string, Touched>): void {
  const key: RowKey = { space: mutation.space, collection: 'conflict', id: `${mutation.collection}:${mutation.row}:${unit}:${loser.stamp}` }
  if (rows.has(keyOf(key))) return
  const values = { collection: mutation.collection, row: mutation.row, unit, winner, loser }
  const stamp = winner.stamp > loser.stamp ? winner.stamp : loser.stamp
  const stamps = Object.fromEntries(Object.keys(values).map((field) => [field, stamp]))
  rows.set(keyOf(key), { ...key, seq: 0, row: { ...emptyRow(), values, stamps }, changed: true })
}

/** Gives each changed row the next number of its space. */
function number(rows: Map<string, Touched>, heads: ReadonlyMap<SpaceId, number>): Map<SpaceId, number> {
  const moved = new Map<SpaceId, number>()
  for (const row of rows.values()) {
    if (!row.changed) continue
    row.seq = (moved.get(row.space) ?? heads.get(row.space)!) + 1
    moved.set(row.space, row.seq)
  }
  return moved
}

/** Under the row where it landed, with contents and hash as they were sent: a repeat is known after every update of the server. */
function logEntry({ mutation, logId, n, hlc }: Incoming, outcome: Outcome, person: string | null): LoggedMutation {
  const { set, base, at, schema } = mutation
  const { space, collection, row } = outcome.mutation
  return {
    id: logId,
    client: mutation.client,
    n,
    hash: hashOf(mutation),
    person,
    space,
    collection,
    row,
    payload: JSON.stringify({ set, base, at, schema }),
    hlc,
    status: outcome.status,
    reason: outcome.reason?.code ?? null,
    seq: null,
  }
}

export type SyncPort = { db: Kysely<Tables>; now: () => number; epoch: string; pokes: Pokes }
