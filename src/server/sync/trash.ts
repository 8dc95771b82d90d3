/**
 * Empties the trash: what was deleted a year ago goes for good, together with its history (SYNC, rule 9). What stays is the
 * mark that it was deleted, so that a device that comes back after longer still learns it, and of each change the id and
 * hash by which a repeat is known.
 */
import { sql, type Transaction } from 'kysely'
import { momentOf } from '../../domain/clock.ts'
import type { SpaceId, Stamp } from '../../domain/ids.ts'
import { DELETED, isDeleted, type Row } from '../../domain/row.ts'
import type { Tables } from '../db/tables.ts'
import type { SyncPort } from './apply.ts'
import { POKE_CHANNEL } from './pokes.ts'
import { advance, loadRows, lockSpaces, saveRows, type RowKey, type StoredRow } from './row-store.ts'

const TRASH_MS = 365 * 86_400_000
/** Rows in one transaction, so that people who work in the space meanwhile hardly wait. */
const AT_ONCE = 200

/** Returns how many rows were emptied. */
export async function emptyTrash({ db, pokes }: Pick<SyncPort, 'db' | 'pokes'>, now: number): Promise<number> {
  // Of the row's own mark: in a text that someone typed its quotes would be escaped.
  const { rows: found } = await sql<RowKey & { stamps: string }>`
    select space, collection, id, stamps from sync_row
    where row_values like ${`%"${DELETED}":true%`} and row_values <> ${EMPTIED} order by space`.execute(db)
  const old = found.filter(({ stamps }) => isOld((JSON.parse(stamps) as Row['stamps'])[DELETED], now))
  let emptied = 0
  for (let from = 0, to = 0; from < old.length; from = to) {
    const { space } = old[from]!
    while (to < old.length && to < from + AT_ONCE && old[to]!.space === space) to += 1
    const done = await db.transaction().execute((trx) => emptyRows(trx, space, old.slice(from, to), now))
    if (done.count > 0) pokes.publish(space, done.head)
    emptied += done.count
  }
  return emptied
}

const EMPTIED = JSON.stringify({ [DELETED]: true })
const isOld = (deleted: Stamp | undefined, now: number): boolean => deleted !== undefined && momentOf(deleted).ms < now - TRASH_MS

async function emptyRows(trx: Transaction<Tables>, space: SpaceId, keys: readonly RowKey[], now: number): Promise<{ count: number; head: number }> {
  const head = (await lockSpaces(trx, [space])).get(space)!
  // Someone may have brought one back between the search and the lock.
  const gone = [...(await loadRows(trx, keys)).values()].filter(({ row }) => isDeleted(row) && isOld(row.stamps[DELETED], now))
  if (gone.length === 0) return { count: 0, head }
  const emptied = [...gone.map((stored) => ({ ...stored, row: bare(stored.row) })), ...(await settledOver(trx, space, gone))]
  const numbered = emptied.map((stored, i): StoredRow => ({ ...stored, seq: head + 1 + i }))
  await saveRows(trx, numbered)
  await forgetHistory(trx, gone)
  const last = head + numbered.length
  await advance(trx, new Map([[space, last]]), POKE_CHANNEL)
  return { count: gone.length, head: last }
}

const bare = ({ stamps, by }: Row): Row => ({ values: { [DELETED]: true }, stamps: { [DELETED]: stamps[DELETED]! }, by: { [DELETED]: by[DELETED] ?? null } })

/** What was parked is not in the row and stays: the server may hold the only copy. */
async function forgetHistory(trx: Transaction<Tables>, rows: readonly StoredRow[]): Promise<void> {
  const column = (name: 'space' | 'collection' | 'id') => rows.map((row) => row[name])
  await sql`
    update sync_mutation m set payload = '' from unnest(${column('space')}::text[], ${column('collection')}::text[], ${column('id')}::text[])
      as gone (space, collection, row)
    where m.space = gone.space and m.collection = gone.collection and m.row = gone.row and m.status <> 'parked'`.execute(trx)
}

/** Settled choices about these rows, without the two values; an open one still waits for a person. */
async function settledOver(trx: Transaction<Tables>, space: SpaceId, rows: readonly RowKey[]): Promise<StoredRow[]> {
  const { rows: found } = await sql<{ id: string }>`
    select distinct r.id from sync_row r join unnest(${rows.map(({ collection, id }) => `${collection}:${id}:`)}::text[]) as gone (start) on starts_with(r.id, gone.start)
    where r.space = ${space} and r.collection = 'conflict'`.execute(trx)
  const conflicts = await loadRows(trx, found.map(({ id }) => ({ space, collection: 'conflict', id })))
  return [...conflicts.values()].flatMap((stored) => {
    const { winner: _winner, loser: _loser, ...values } = stored.row.values
    return values['settledAt'] ? [{ ...stored, row: { ...stored.row, values } }] : []
  })
}
