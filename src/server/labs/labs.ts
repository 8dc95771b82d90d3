/** Which labs there are, who facilitates them and which teams take part. What people write in a lab travels by sync. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { PersonId } from '../../domain/ids.ts'
import { labSpace, reviewSpace } from '../../domain/spaces.ts'
import { lockedTeam } from '../accounts/membership.ts'
import type { Tables } from '../db/tables.ts'
import type { ServerPort } from '../port.ts'
import { writeAsServer, type ServerChange } from '../sync/server-write.ts'
import { writeShared } from './shared-work.ts'

export type LabPort = Pick<ServerPort, 'db' | 'now' | 'epoch' | 'pokes' | 'accessChanges'>

export type NewLab = { id: string; template: string; title: string }

/** Makes a lab that this person facilitates. Asked again with the same id by the same person it is there already; false where the id is another's. */
export async function makeLab(port: LabPort, { id, template, title }: NewLab, person: PersonId): Promise<boolean> {
  await port.db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('lab')
      .values({ id, template, title, made_at: port.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows) await trx.insertInto('lab_facilitator').values({ lab: id, person }).execute()
  })
  if (!(await facilitates(port.db, id, person))) return false
  await writeLab(port, id)
  port.accessChanges.announce(person)
  return true
}

/** Someone who lost the role facilitates nothing any more. */
export const facilitates = async (db: Kysely<Tables>, lab: string, person: string): Promise<boolean> =>
  (await db
    .selectFrom('lab_facilitator')
    .innerJoin('person_role', 'person_role.person', 'lab_facilitator.person')
    .select('lab_facilitator.lab')
    .where('lab_facilitator.lab', '=', lab)
    .where('lab_facilitator.person', '=', person)
    .where('person_role.role', '=', 'facilitator')
    .executeTakeFirst()) !== undefined

/** Takes the team of a municipality into the lab, also before anybody of it has an account; a team that left comes back. */
export async function invite(port: LabPort, lab: string, municipality: { nis: string; name: string }): Promise<string> {
  const team = await port.db.transaction().execute(async (trx) => {
    const { id } = await lockedTeam(trx, municipality, port.now())
    await trx
      .insertInto('lab_team')
      .values({ lab, team: id, joined_at: port.now(), left_at: null })
      .onConflict((conflict) => conflict.columns(['lab', 'team']).doUpdateSet({ left_at: null }))
      .execute()
    return id
  })
  await spread(port, lab, team)
  return team
}

/** Takes a team out. What it sent in stays with the facilitators; what it did not send stays on its devices and in its own space. */
export async function takeOut(port: LabPort, lab: string, team: string): Promise<boolean> {
  const { numUpdatedRows } = await port.db.updateTable('lab_team').set({ left_at: port.now() }).where('lab', '=', lab).where('team', '=', team).where('left_at', 'is', null).executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await spread(port, lab, team)
  return true
}

/** Tells everyone whose access changed. */
async function spread(port: LabPort, lab: string, team: string): Promise<void> {
  await writeLab(port, lab)
  await writeShared(port, lab, team)
  const { rows } = await sql<{ person: PersonId }>`
    select "userId" as person from member where "organizationId" = ${team} union select person from lab_facilitator where lab = ${lab}`.execute(port.db)
  for (const { person } of rows) port.accessChanges.announce(person)
}

/** Makes the rows of the lab's spaces tell what the tables tell; writes only what differs. Run after each change, and at start for every lab. */
export async function writeLab(port: LabPort, lab: string): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const changes = await outdated(port.db, lab)
    if (changes.length === 0) return
    await writeAsServer(port, changes)
  }
}

export async function writeAllLabs(port: LabPort): Promise<void> {
  for (const { id } of await port.db.selectFrom('lab').select('id').execute()) await writeLab(port, id)
}

async function outdated(db: Kysely<Tables> | Transaction<Tables>, lab: string): Promise<ServerChange[]> {
  const space = labSpace(lab)
  const made = await db.selectFrom('lab').select(['template', 'title']).where('id', '=', lab).executeTakeFirst()
  if (!made) return []
  const teams = await db
    .selectFrom('lab_team')
    .innerJoin('organization', 'organization.id', 'lab_team.team')
    .select(['organization.id', 'organization.name', 'organization.slug as nis', 'lab_team.left_at'])
    .where('lab_team.lab', '=', lab)
    .execute()
  const candidates = await db
    .selectFrom('lab_candidate')
    .innerJoin('organization', 'organization.id', 'lab_candidate.team')
    .select(['organization.id', 'organization.name', 'organization.slug as nis'])
    .where('lab_candidate.lab', '=', lab)
    .execute()
  const written = await db
    .selectFrom('sync_row')
    .select(['collection', 'id', 'row_values'])
    .where('space', 'in', [space, reviewSpace(lab)])
    .where('collection', 'in', ['lab', 'labTeam', 'labCandidate'])
    .execute()
  const known = (collection: string, id: string) => JSON.parse(written.find((row) => row.collection === collection && row.id === id)?.row_values ?? '{}') as Record<string, unknown>
  // The title is the facilitators' own after the first time.
  const wanted = [
    { space, collection: 'lab', row: lab, values: { template: made.template, title: known('lab', lab)['title'] ?? made.title } },
    ...teams.map(({ id, name, nis, left_at }) => ({ space, collection: 'labTeam', row: id, values: { name: name.slice(0, 200), nis, left: left_at !== null } })),
    ...candidates.map(({ id, name, nis }) => ({ space: reviewSpace(lab), collection: 'labCandidate', row: id, values: { name: name.slice(0, 200), nis } })),
  ]
  return wanted.flatMap(({ space: into, collection, row, values }) => {
    const set = Object.fromEntries(Object.entries(values).filter(([field, value]) => known(collection, row)[field] !== value))
    return Object.keys(set).length > 0 ? [{ space: into, collection, row, set }] : []
  })
}
