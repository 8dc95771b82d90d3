/** Reads and writes of the sync tables, each one statement for a whole batch. */
import { sql, type Transaction } from 'kysely'
import { emptyRow, type Row } from '../../domain/row.ts'
import type { SpaceId } from '../../domain/ids.ts'
import type { Tables } from '../db/tables.ts'

export type RowKey = { space: SpaceId; collection: string; id: string }
export type StoredRow = RowKey & { row: Row; seq: number }
/** As it was read, with about as many bytes as it takes on the wire. */
export type ReadRow = StoredRow & { bytes: number }

export const keyOf = ({ space, collection, id }: RowKey): string => `${space}\n${collection}\n${id}`

type Columns = { space: string; collection: string; id: string; row_values: string; stamps: string; authors: string; seq: number }

/** Of a row on the wire, the names and signs around its contents. */
const FRAME_BYTES = 80

export const parseRow = (columns: Columns): ReadRow => ({
  bytes: columns.row_values.length + columns.stamps.length + columns.authors.length + columns.collection.length + columns.id.length + FRAME_BYTES,
  space: columns.space as SpaceId,
  collection: columns.collection,
  id: columns.id,
  row: { ...emptyRow(), values: JSON.parse(columns.row_values), stamps: JSON.parse(columns.stamps), by: JSON.parse(columns.authors) },
  seq: Number(columns.seq),
})

/** Creates the spaces that are new and locks all of them in the order of their names; returns each head. */
export async function lockSpaces(trx: Transaction<Tables>, spaces: readonly SpaceId[]): Promise<Map<SpaceId, number>> {
  const names = [...new Set(spaces)].sort()
  if (names.length === 0) return new Map()
  const lock = () => sql<{ id: SpaceId; head: number }>`
    select id, head from sync_space where id = any(${names}::text[]) order by id for update`.execute(trx)
  let { rows } = await lock()
  if (rows.length < names.length) {
    await sql`insert into sync_space (id) select unnest(${names}::text[]) on conflict do nothing`.execute(trx)
    rows = (await lock()).rows
  }
  return new Map(rows.map(({ id, head }) => [id, Number(head)]))
}

export async function loadRows(trx: Transaction<Tables>, keys: readonly RowKey[]): Promise<Map<string, ReadRow>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<Columns>`
    select r.space, r.collection, r.id, r.row_values, r.stamps, r.authors, r.seq
    from unnest(${keys.map((k) => k.space)}::text[], ${keys.map((k) => k.collection)}::text[], ${keys.map((k) => k.id)}::text[])
      as wanted (space, collection, id)
    join sync_row r on r.space = wanted.space and r.collection = wanted.collection and r.id = wanted.id`.execute(trx)
  return new Map(rows.map(parseRow).map((stored) => [keyOf(stored), stored]))
}

export async function saveRows(trx: Transaction<Tables>, rows: readonly StoredRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into sync_row (space, collection, id, row_values, stamps, authors, seq)
    select * from unnest(
      ${rows.map((r) => r.space)}::text[], ${rows.map((r) => r.collection)}::text[], ${rows.map((r) => r.id)}::text[],
      ${rows.map((r) => JSON.stringify(r.row.values))}::text[], ${rows.map((r) => JSON.stringify(r.row.stamps))}::text[],
      ${rows.map((r) => JSON.stringify(r.row.by))}::text[], ${rows.map((r) => r.seq)}::bigint[])
    on conflict (space, collection, id) do update
      set row_values = excluded.row_values, stamps = excluded.stamps, authors = excluded.authors, seq = excluded.seq`.execute(trx)
}

/** Sets the heads and tells the other processes of the server in the same transaction. */
export async function advance(trx: Transaction<Tables>, heads: ReadonlyMap<SpaceId, number>, channel: string): Promise<void> {
  if (heads.size === 0) return
  await sql`
    with moved as (
      update sync_space set head = wanted.head
      from unnest(${[...heads.keys()]}::text[], ${[...heads.values()]}::bigint[]) as wanted (id, head)
      where sync_space.id = wanted.id returning sync_space.id, sync_space.head)
    select pg_notify(${channel}, id || ' ' || head) from moved`.execute(trx)
}

export type LoggedMutation = {
  id: string
  client: string
  n: number | null
  hash: string
  person: string | null
  space: string
  collection: string
  row: string
  payload: string
  hlc: string
  status: 'applied' | 'superseded' | 'parked'
  reason: string | null
  seq: number | null
}

/** Appends to the history. */
export async function logMutations(trx: Transaction<Tables>, entries: readonly LoggedMutation[], receivedAt: number): Promise<void> {
  if (entries.length === 0) return
  const column = <K extends keyof LoggedMutation>(name: K) => entries.map((entry) => entry[name])
  await sql`
    insert into sync_mutation (id, client, n, hash, person, space, collection, row, payload, hlc, status, reason, seq, received_at)
    select logged.*, ${receivedAt}::bigint from unnest(
      ${column('id')}::text[], ${column('client')}::text[], ${column('n')}::bigint[], ${column('hash')}::text[],
      ${column('person')}::text[], ${column('space')}::text[], ${column('collection')}::text[], ${column('row')}::text[],
      ${column('payload')}::text[], ${column('hlc')}::text[], ${column('status')}::text[], ${column('reason')}::text[],
      ${column('seq')}::bigint[]) as logged`.execute(trx)
}

export type Known = Pick<LoggedMutation, 'id' | 'client' | 'n' | 'hash' | 'status' | 'reason' | 'seq'>

/** What the history already holds of these ids or of these numbers of one client. */
export async function knownMutations(trx: Transaction<Tables>, client: string, ids: readonly string[], numbers: readonly number[]): Promise<Known[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Known>`
    select id, client, n, hash, status, reason, seq from sync_mutation where id = any(${ids}::text[])
    union
    select id, client, n, hash, status, reason, seq from sync_mutation where client = ${client} and n = any(${numbers}::bigint[])`.execute(trx)
  return rows.map((known) => ({ ...known, n: known.n === null ? null : Number(known.n), seq: known.seq === null ? null : Number(known.seq) }))
}
