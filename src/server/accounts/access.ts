/** What someone may see and do: one rule for push, pull and pokes. */
import { sql, type Kysely } from 'kysely'
import { personSpace, teamSpace } from '../../domain/spaces.ts'
import type { PersonId } from '../../domain/ids.ts'
import type { SessionView } from '../../domain/session.ts'
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

type Row = {
  email: string
  name: string
  roles: SessionView['roles']
  teams: SessionView['teams']
  requests: { id: string; nis: string }[]
}

/** Who someone is, in which teams and with which requests; null when the account is gone. One statement: it precedes every sync. */
export async function sessionViewOf(db: Kysely<Tables>, municipalities: Municipalities, person: PersonId): Promise<SessionView | null> {
  const { rows } = await sql<Row>`
    select email, name,
      coalesce((select json_agg(role order by role) from person_role where person = account.id), '[]') as roles,
      coalesce((
        select json_agg(json_build_object('id', team.id, 'nis', team.slug, 'name', team.name, 'role', member.role) order by team.name)
        from member join organization team on team.id = member."organizationId" where member."userId" = account.id), '[]') as teams,
      coalesce((
        select json_agg(json_build_object('id', id, 'nis', nis) order by asked_at)
        from join_request where person = account.id and status = 'pending'), '[]') as requests
    from "user" account where id = ${person}`.execute(db)
  const [row] = rows
  if (!row) return null
  const { email, name, roles, teams, requests } = row
  return { person: { id: person, email, name }, roles, teams, requests: requests.map(({ id, nis }) => ({ id, nis, name: municipalities.get(nis)?.name ?? nis })) }
}
