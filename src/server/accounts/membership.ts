/** Who is in which team. Every change happens under a lock of the team, so that two at once cannot break its rules. */
import { randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { teamSpace } from '../../domain/spaces.ts'
import { PersonId } from '../../domain/ids.ts'
import type { Tables } from '../db/tables.ts'
import { deskPeople, shownName } from './access.ts'
import type { ServerPort } from '../port.ts'
import { writeAsServer, type ServerChange } from '../sync/server-write.ts'

export type TeamRole = 'lead' | 'member'
export type Team = { id: string; nis: string; name: string }

type MembershipPort = Pick<ServerPort, 'db' | 'now' | 'epoch' | 'pokes' | 'accessChanges'>

export const roleIn = async (db: Kysely<Tables>, team: string, person: string): Promise<TeamRole | null> =>
  (await db.selectFrom('member').select('role').where('organizationId', '=', team).where('userId', '=', person).executeTakeFirst())?.role ?? null

export const teamOf = (db: Kysely<Tables>, nis: string): Promise<Team | undefined> =>
  db.selectFrom('organization').select(['id', 'slug as nis', 'name']).where('slug', '=', nis).executeTakeFirst()

/** The team of a municipality; made when its first person joins. */
export async function lockedTeam(trx: Transaction<Tables>, { nis, name }: { nis: string; name: string }, now: number): Promise<Team & { made: boolean }> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('organization')
    .values({ id: randomUUID(), slug: nis, name, createdAt: new Date(now), logo: null, metadata: null })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst()
  const team = await trx.selectFrom('organization').select(['id', 'slug as nis', 'name']).where('slug', '=', nis).forUpdate().executeTakeFirstOrThrow()
  return { ...team, made: numInsertedOrUpdatedRows === 1n }
}

export type Admission = {
  /** What the person becomes when the team has a lead already; without one anybody becomes lead. */
  role?: TeamRole
  /** The request that is granted, and by whom. Without it every open request of the person for this team is. */
  request?: { id: string; by: string }
}

/** Takes a person into the team of a municipality; who was in it stays what they were. null when the request was answered already. */
export async function admit(port: MembershipPort, municipality: { nis: string; name: string }, person: PersonId, { role = 'member', request }: Admission = {}): Promise<Team | null> {
  const team = await port.db.transaction().execute(async (trx) => {
    const team = await lockedTeam(trx, municipality, port.now())
    const granted = await grant(trx, team.nis, person, port.now(), request)
    if (request && granted === 0) return null
    const led = await trx.selectFrom('member').select('id').where('organizationId', '=', team.id).where('role', '=', 'lead').executeTakeFirst()
    await trx
      .insertInto('member')
      .values({ id: randomUUID(), organizationId: team.id, userId: person, role: led ? role : 'lead', createdAt: new Date(port.now()) })
      .onConflict((conflict) => conflict.columns(['organizationId', 'userId']).doNothing())
      .execute()
    return team
  })
  if (!team) return null
  await spread(port, team.id, person)
  // The helpdesk sees what a team asks from its first question on.
  if (team.made) for (const { id } of await deskPeople(port.db)) port.accessChanges.announce(PersonId.parse(id))
  return { id: team.id, nis: team.nis, name: team.name }
}

async function grant(trx: Transaction<Tables>, nis: string, person: string, now: number, request?: { id: string; by: string }): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('join_request')
    .set({ status: 'approved', decided_by: request?.by ?? null, decided_at: now })
    .where('person', '=', person)
    .where('nis', '=', nis)
    .where('status', '=', 'pending')
    .$if(request !== undefined, (query) => query.where('id', '=', request!.id))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export type MemberChange = 'done' | 'no_member' | 'last_lead'

/** Gives a member another role. A team with members keeps a lead. */
export function changeRole(port: MembershipPort, team: string, person: PersonId, role: TeamRole): Promise<MemberChange> {
  return change(port, team, person, async (trx, others) => {
    if (role !== 'lead' && !others.includes('lead')) return 'last_lead'
    await trx.updateTable('member').set({ role }).where('organizationId', '=', team).where('userId', '=', person).execute()
    return 'done'
  })
}

/** Takes a member out of the team. The last lead goes only when nobody else remains. */
export function dismiss(port: MembershipPort, team: string, person: PersonId): Promise<MemberChange> {
  return change(port, team, person, async (trx, others) => {
    if (others.length > 0 && !others.includes('lead')) return 'last_lead'
    await trx.deleteFrom('member').where('organizationId', '=', team).where('userId', '=', person).execute()
    return 'done'
  })
}

async function change(
  port: MembershipPort,
  team: string,
  person: PersonId,
  apply: (trx: Transaction<Tables>, othersRoles: TeamRole[]) => Promise<MemberChange>,
): Promise<MemberChange> {
  const outcome = await port.db.transaction().execute(async (trx) => {
    await trx.selectFrom('organization').select('id').where('id', '=', team).forUpdate().executeTakeFirst()
    const members = await trx.selectFrom('member').select(['userId', 'role']).where('organizationId', '=', team).execute()
    if (!members.some(({ userId }) => userId === person)) return 'no_member'
    return apply(trx, members.filter(({ userId }) => userId !== person).map(({ role }) => role))
  })
  if (outcome === 'done') await spread(port, team, person)
  return outcome
}

/** Tells the devices: the team's member rows by sync, and the stream of the one whose access changed. */
async function spread(port: MembershipPort, team: string, person: PersonId): Promise<void> {
  await writeMembers(port, team)
  port.accessChanges.announce(person)
}

/**
 * Makes the `member` rows of the team's space tell what the accounts tell; writes only what differs. Run after each
 * change, and at start for every team, since a process may stop between the two writes.
 */
export async function writeMembers(port: MembershipPort, team: string): Promise<void> {
  // Once more after writing: another process may have changed the accounts between the reading and the writing.
  for (let round = 0; round < 5; round++) {
    const changes = await outdatedMembers(port.db, team)
    if (changes.length === 0) return
    await writeAsServer(port, changes)
  }
}

async function outdatedMembers(db: Kysely<Tables>, team: string): Promise<ServerChange[]> {
  const space = teamSpace(team)
  const members = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['user.id', 'user.name', 'user.email', 'member.role'])
    .where('organizationId', '=', team)
    .execute()
  const written = await db.selectFrom('sync_row').select(['id', 'row_values']).where('space', '=', space).where('collection', '=', 'member').execute()
  const known = new Map(written.map(({ id, row_values }) => [id, JSON.parse(row_values) as Record<string, unknown>]))
  const wanted = new Map<string, Record<string, unknown>>(
    members.map(({ id, name, email, role }) => [id, { name: shownName({ name, email }), role, left: false }]),
  )
  for (const id of known.keys()) if (!wanted.has(id)) wanted.set(id, { left: true })
  return [...wanted].flatMap(([row, values]) => {
    const set = Object.fromEntries(Object.entries(values).filter(([field, value]) => known.get(row)?.[field] !== value))
    return Object.keys(set).length > 0 ? [{ space, collection: 'member', row, set }] : []
  })
}

export async function writeAllMembers(port: MembershipPort): Promise<void> {
  for (const { id } of await port.db.selectFrom('organization').select('id').execute()) await writeMembers(port, id)
}

/** Every team of a person, for when the name changes. */
export async function writeMemberEverywhere(port: MembershipPort, person: PersonId): Promise<void> {
  for (const { organizationId } of await port.db.selectFrom('member').select('organizationId').where('userId', '=', person).execute())
    await writeMembers(port, organizationId)
}

export const leadsOf = (db: Kysely<Tables>, team: string) =>
  db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['user.id', 'user.email'])
    .where('organizationId', '=', team)
    .where('role', '=', 'lead')
    .execute()

export const isAdmin = async (db: Kysely<Tables>, person: string): Promise<boolean> =>
  (await db.selectFrom('person_role').select('role').where('person', '=', person).where('role', '=', 'admin').executeTakeFirst()) !== undefined

