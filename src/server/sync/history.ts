/** Reads the append-only log of some rows for people: every value they ever held, who wrote it and when. */
import { sql, type Kysely } from 'kysely'
import { check } from '../../domain/check.ts'
import { momentOf } from '../../domain/clock.ts'
import { versionsOf, type LoggedChange, type ReadText, type Version } from '../../domain/history.ts'
import type { SpaceId, Stamp } from '../../domain/ids.ts'
import { kindOf } from '../../domain/spaces.ts'
import { openText } from '../../protocol/text.ts'
import type { Tables } from '../db/tables.ts'

export type HistoryRow = { collection: string; row: string }

type Logged = { id: string; person: string | null; collection: string; row: string; payload: string; hlc: string; received_at: number; status: LoggedChange['status'] }

/** Newest first. `afterLeaving`: also what someone sent after leaving the team, which was kept but not applied (SYNC, rule 8). */
export async function readHistory(db: Kysely<Tables>, space: SpaceId, rows: readonly HistoryRow[], { afterLeaving }: { afterLeaving: boolean }): Promise<Version[]> {
  const { rows: logged } = await sql<Logged>`
    select m.id, m.person, m.collection, m.row, m.payload, m.hlc, m.received_at, m.status
    from unnest(${rows.map(({ collection }) => collection)}::text[], ${rows.map(({ row }) => row)}::text[]) as wanted (collection, row)
    join sync_mutation m on m.space = ${space} and m.collection = wanted.collection and m.row = wanted.row
    where m.payload <> '' and (m.status <> 'parked' or (${afterLeaving} and m.reason = 'forbidden' and exists (
      select 1 from sync_row r where r.space = ${space} and r.collection = 'member' and r.id = m.person)))
    order by m.received_at, m.hlc, m.id`.execute(db)
  return versionsOf(logged.map(asChange).filter((change) => change.status !== 'parked' || wouldFit(change, space)), textReader)
}

const asChange = ({ hlc, received_at, payload, ...logged }: Logged): LoggedChange => ({
  ...logged,
  set: (JSON.parse(payload) as { set: Record<string, unknown> }).set,
  at: momentOf(hlc as Stamp).ms,
  receivedAt: Number(received_at),
})

/** What was never judged may hold anything; only what could be put back is told. */
const wouldFit = ({ collection, row, set }: LoggedChange, space: SpaceId): boolean => check({ collection, row, set }, kindOf(space), 'server') === null

function textReader(): ReadText {
  const text = openText()
  return (update) => {
    text.receive(update, [])
    return text.read()
  }
}
