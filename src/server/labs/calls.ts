/** Labs that ask for teams. That there is a call decides who may put a team forward; what a team then says travels by sync. */
import { sql } from 'kysely'
import type { PersonId } from '../../domain/ids.ts'
import { labSpace } from '../../domain/spaces.ts'
import type { ServerPort } from '../port.ts'
import { writeLab, type LabPort } from './labs.ts'

export type CallTerms = { lastDay: string | null; places: number | null }

/** Opens the call, or changes and reopens it. Teams hear of it with their next sync. */
export async function openCall(port: LabPort, lab: string, { lastDay, places }: CallTerms): Promise<void> {
  const terms = { title: await titleOf(port, lab), last_day: lastDay, places, closed_at: null }
  await port.db
    .insertInto('lab_call')
    .values({ lab, ...terms })
    .onConflict((conflict) => conflict.column('lab').doUpdateSet(terms))
    .execute()
  await tellFacilitators(port, lab)
}

/** False where there is no open one. What teams wrote before they knew still arrives. */
export async function closeCall(port: LabPort, lab: string): Promise<boolean> {
  const { numUpdatedRows } = await port.db.updateTable('lab_call').set({ closed_at: port.now() }).where('lab', '=', lab).where('closed_at', 'is', null).executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await tellFacilitators(port, lab)
  return true
}

/** As the facilitators call it now. Read here and not in the statement before every sync, since people can type what the database's own JSON refuses. */
async function titleOf({ db }: Pick<ServerPort, 'db'>, lab: string): Promise<string> {
  const made = await db.selectFrom('lab').select('title').where('id', '=', lab).executeTakeFirstOrThrow()
  const row = await db.selectFrom('sync_row').select('row_values').where('space', '=', labSpace(lab)).where('collection', '=', 'lab').where('id', '=', lab).executeTakeFirst()
  const { title } = JSON.parse(row?.row_values ?? '{}') as { title?: unknown }
  return (typeof title === 'string' ? title : made.title).replace(/[\p{Cc}\p{Cs}]/gu, ' ')
}

/** Notes the teams that put themselves forward, so that the facilitators see what they enter. `only`: of these labs. */
export async function noteCandidates(port: LabPort, only?: readonly string[]): Promise<void> {
  const { rows } = await sql<{ lab: string }>`
    insert into lab_candidate (lab, team, since)
    select distinct lab.id, team.id, ${port.now()}::bigint from sync_row said
    join lab on lab.id = split_part(said.space, ':', 2)
    join organization team on team.id = split_part(said.space, ':', 3)
    where said.collection = 'candidacy' ${only ? sql`and lab.id = any(${[...only]}::text[])` : sql``}
    on conflict do nothing returning lab`.execute(port.db)
  for (const lab of new Set(rows.map((row) => row.lab))) {
    await writeLab(port, lab)
    await tellFacilitators(port, lab)
  }
}

async function tellFacilitators({ db, accessChanges }: LabPort, lab: string): Promise<void> {
  for (const { person } of await db.selectFrom('lab_facilitator').select('person').where('lab', '=', lab).execute()) accessChanges.announce(person as PersonId)
}
