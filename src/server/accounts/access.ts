/** What someone may see and do: one rule for push, pull and pokes. */
import type { Kysely } from 'kysely'
import { personSpace, teamSpace, type PersonId } from '../../domain/ids.ts'
import type { SessionView } from '../../protocol/sync.ts'
import type { Tables } from '../db/tables.ts'
import type { Access } from '../sync/exchange.ts'
import type { Municipalities } from './municipalities.ts'

/** The own space, and every team's with the role in it. */
export function accessIn(view: SessionView): Access[] {
  const own: Access = { space: personSpace(view.person.id), role: 'owner' }
  return [own, ...view.teams.map(({ id, role }): Access => ({ space: teamSpace(id), role }))]
}

/** As `accessIn`, for someone of whom only the id is at hand. */
export async function accessOf(db: Kysely<Tables>, person: PersonId): Promise<Access[]> {
  const teams = await db.selectFrom('member').select(['organizationId', 'role']).where('userId', '=', person).orderBy('organizationId').execute()
  return [{ space: personSpace(person), role: 'owner' }, ...teams.map(({ organizationId, role }): Access => ({ space: teamSpace(organizationId), role }))]
}

/** Who someone is, in which teams and with which requests; null when the account is gone. */
export async function sessionViewOf(db: Kysely<Tables>, municipalities: Municipalities, person: PersonId): Promise<SessionView | null> {
  const account = await db.selectFrom('user').select(['email', 'name']).where('id', '=', person).executeTakeFirst()
  if (!account) return null
  const roles = await db.selectFrom('person_role').select('role').where('person', '=', person).orderBy('role').execute()
  const teams = await db
    .selectFrom('member')
    .innerJoin('organization', 'organization.id', 'member.organizationId')
    .select(['organization.id', 'organization.slug as nis', 'organization.name', 'member.role'])
    .where('member.userId', '=', person)
    .orderBy('organization.name')
    .execute()
  const requests = await db
    .selectFrom('join_request')
    .select(['id', 'nis'])
    .where('person', '=', person)
    .where('status', '=', 'pending')
    .orderBy('asked_at')
    .execute()
  return {
    person: { id: person, ...account },
    roles: roles.map(({ role }) => role),
    teams,
    requests: requests.map(({ id, nis }) => ({ id, nis, name: municipalities.get(nis)?.name ?? nis })),
  }
}
