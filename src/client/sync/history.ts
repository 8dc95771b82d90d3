/** The history of rows: the server's, and as far as this device knows it by itself. */
import { momentOf } from '../../domain/clock.ts'
import type { TextValue } from '../../domain/collection.ts'
import { versionsOf, type LoggedChange, type Version } from '../../domain/history.ts'
import type { SpaceId } from '../../domain/ids.ts'
import { HistoryAnswer, MAX_HISTORY_ROWS } from '../../protocol/history.ts'
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'
import type { Result } from './environment.ts'
import { authorOf } from './identity.ts'
import { request } from './transport.ts'

export type HistoryRow = { collection: string; row: string }

/** Newest first; `before` is the id of the last version one has. Of very many rows the first ones are told. */
export function askHistory(space: SpaceId, rows: readonly HistoryRow[], before?: string): Promise<Result<HistoryAnswer>> {
  const names = rows.slice(0, MAX_HISTORY_ROWS).map(({ collection, row }) => `${collection}:${row}`)
  const query = new URLSearchParams({ space, rows: names.join(','), ...(before ? { before } : {}) })
  return request(HistoryAnswer, `/api/history?${query}`)
}

/** The own changes on this device, newest first: what waits, and what the server took in the last 30 days. */
export async function ownHistory(db: OpstapDatabase, space: SpaceId, rows: readonly HistoryRow[], { unsentOnly }: { unsentOnly: boolean }): Promise<Version[]> {
  const author = authorOf(await db.read('session'))
  const entries = await db.outbox.where('[space+collection+row]').anyOf(rows.map(({ collection, row }) => [space, collection, row])).sortBy('n')
  const own = entries.filter((entry) => entry.author === author && entry.state !== 'parked' && !(unsentOnly && entry.state === 'acked'))
  // A text on the device says itself how it read after the change.
  return versionsOf(own.map(asChange), () => (update: TextValue) => update.t ?? '')
}

const asChange = ({ id, collection, row, set, author, hlc, ackedAt }: OutboxEntry): LoggedChange => ({
  id,
  collection,
  row,
  set,
  person: author,
  at: momentOf(hlc).ms,
  receivedAt: ackedAt ?? null,
  status: 'applied',
})
