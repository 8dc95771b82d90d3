/** What a device does not have yet: rows after its cursor, per space it may see, in bounded pages. */
import { sql, type Kysely } from 'kysely'
import type { SpaceId } from '../../domain/ids.ts'
import type { Page, WireRow } from '../../protocol/sync.ts'
import type { Tables } from '../db/tables.ts'
import { keyOf, loadRows, parseRow, type ReadRow, type RowKey, type StoredRow } from './row-store.ts'

/** Rows and bytes of one answer, over all spaces; the rest follows in the next one. */
const MAX_ROWS = 3_000
const MAX_BYTES = 900_000

type Wanted = { space: SpaceId; cursor: number }
type Pushed = {
  /** Rows that the device must get whatever its cursor, because it shows something else. */
  resend: readonly RowKey[]
  /** Rows that the device itself just wrote and shows as they are: key → number. */
  own: ReadonlyMap<string, number>
}

/** `ahead`: a cursor lies after the server's head, so the device knows another history and starts again. */
export async function readPages(
  db: Kysely<Tables>,
  visible: readonly SpaceId[],
  cursors: Readonly<Record<string, number>>,
  pushed: Pushed,
): Promise<{ pages: Page[]; ahead: boolean }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const heads = await sql<{ id: SpaceId; head: number }>`
        select id, head from sync_space where id = any(${[...visible]}::text[])`.execute(trx)
      const headOf = new Map(heads.rows.map(({ id, head }) => [id, Number(head)]))
      const asked = (space: SpaceId) => cursors[space] ?? 0
      const ahead = visible.some((space) => asked(space) > (headOf.get(space) ?? 0))
      const wanted: Wanted[] = visible
        .map((space) => ({ space, cursor: ahead ? 0 : asked(space) }))
        .filter(({ space, cursor }) => (headOf.get(space) ?? 0) > cursor)
      const rows = wanted.length > 0 ? await rowsAfter(trx, wanted) : []
      const resend = await loadRows(trx, pushed.resend)
      return { pages: toPages(wanted, rows, headOf, pushed, resend), ahead }
    })
}

/** Per space what fits in one answer, and the row after it: the database leaves out what would not be sent. */
async function rowsAfter(db: Kysely<Tables>, wanted: readonly Wanted[]): Promise<ReadRow[]> {
  const { rows } = await sql<Parameters<typeof parseRow>[0]>`
    select r.space, r.collection, r.id, r.row_values, r.stamps, r.authors, r.seq
    from unnest(${wanted.map((w) => w.space)}::text[], ${wanted.map((w) => w.cursor)}::bigint[]) as w (space, cursor)
    cross join lateral (
      select *, sum(length(row_values) + length(stamps) + length(authors)) over (order by seq rows between unbounded preceding and 1 preceding) as before
      from (
        select space, collection, id, row_values, stamps, authors, seq from sync_row
        where space = w.space and seq > w.cursor order by seq limit ${MAX_ROWS + 1}) first) r
    where r.before is null or r.before <= ${MAX_BYTES}
    order by r.space, r.seq`.execute(db)
  return rows.map(parseRow)
}

function toPages(
  wanted: readonly Wanted[],
  rows: readonly ReadRow[],
  headOf: ReadonlyMap<SpaceId, number>,
  pushed: Pushed,
  resend: ReadonlyMap<string, ReadRow>,
): Page[] {
  let [roomRows, roomBytes] = [MAX_ROWS, MAX_BYTES]
  const pages = new Map<SpaceId, Page>()
  const sent = new Set<string>()
  for (const { space, cursor } of wanted) {
    const page: Page = { space, rows: [], gone: [], next: cursor, more: false }
    for (const stored of rows) {
      if (stored.space !== space) continue
      const own = pushed.own.get(keyOf(stored)) === stored.seq
      const wire = own ? null : toWire(stored)
      const bytes = wire ? stored.bytes : 0
      if (roomRows <= 0 || (roomBytes < bytes && sent.size > 0)) {
        page.more = true
        break
      }
      page.next = stored.seq
      if (!wire) continue
      page.rows.push(wire)
      sent.add(keyOf(stored))
      roomRows -= 1
      roomBytes -= bytes
    }
    if (!page.more) page.next = Math.max(page.next, headOf.get(space) ?? 0)
    pages.set(space, page)
  }
  for (const key of pushed.resend) {
    if (sent.has(keyOf(key))) continue
    const page: Page = pages.get(key.space) ?? { space: key.space, rows: [], gone: [], next: headOf.get(key.space) ?? 0, more: false }
    const stored = resend.get(keyOf(key))
    if (stored) page.rows.push(toWire(stored))
    else page.gone.push([key.collection, key.id])
    pages.set(key.space, page)
  }
  return [...pages.values()]
}

const toWire = ({ collection, id, row }: StoredRow): WireRow => ({ collection, id, values: row.values, stamps: row.stamps, by: row.by })
