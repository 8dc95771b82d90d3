/** The rows of labs as the server holds them, read outside of sync. */
import { sql, type Kysely } from 'kysely'
import type { LabRow } from '../../domain/lab-news.ts'
import type { SpaceId } from '../../domain/ids.ts'
import { entrySpace, labSpace, teamSpace } from '../../domain/spaces.ts'
import type { Tables } from '../db/tables.ts'
import { parseRow } from '../sync/row-store.ts'

/** The rows of these collections in a space; `start`: only those of which the id begins so. */
export async function labRows(db: Kysely<Tables>, space: SpaceId, collections: readonly string[], start = ''): Promise<LabRow[]> {
  const { rows } = await sql<Parameters<typeof parseRow>[0]>`
    select space, collection, id, row_values, stamps, authors, seq from sync_row
    where space = ${space} and collection = any(${[...collections]}::text[]) ${start === '' ? sql`` : sql`and starts_with(id, ${start})`}`.execute(db)
  return rows.map(parseRow).map(({ collection, id, row }) => ({ collection, id, ...row }))
}

/** What one team has to do with one lab. */
export type TeamInLab = { lab: LabRow[]; entry: LabRow[]; drafts: LabRow[] }

export async function teamInLab(db: Kysely<Tables>, lab: string, team: string): Promise<TeamInLab> {
  return {
    lab: await labRows(db, labSpace(lab), ['lab', 'labSession', 'labAssignment', 'announcement']),
    entry: await labRows(db, entrySpace(lab, team), ['submission', 'feedback', 'extension']),
    drafts: await labRows(db, teamSpace(team), ['assignmentAnswer', 'assignmentRow'], `${lab}--`),
  }
}
