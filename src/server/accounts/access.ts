/** Who someone is, and so what they may see and do: read anew at each request. */
import { sql, type Kysely } from 'kysely'
import { accessIn, type Access } from '../../domain/access.ts'
import type { PersonId } from '../../domain/ids.ts'
import type { SessionView } from '../../domain/session.ts'
import type { Tables } from '../db/tables.ts'
import type { Municipalities } from './municipalities.ts'

/** As `accessIn`, for someone of whom only the id is at hand. */
export async function accessOf(db: Kysely<Tables>, person: PersonId): Promise<Access[]> {
  const view = await sessionViewOf(db, new Map(), person)
  return view ? accessIn(view) : []
}

type Row = {
  email: string
  name: string
  roles: SessionView['roles']
  teams: SessionView['teams']
  labs: NonNullable<SessionView['labs']>
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
        select json_agg(json_build_object('id', lab, 'role', role, 'teams', teams) order by lab, role) from (
          select guide.lab, 'facilitator' as role, coalesce((select json_agg(team order by team) from lab_team where lab = guide.lab), '[]') as teams
          from lab_facilitator guide join person_role on person_role.person = guide.person and person_role.role = 'facilitator'
          where guide.person = account.id
          union all
          select lab_team.lab, 'participant' as role, json_agg(lab_team.team order by lab_team.team) as teams
          from lab_team join member on member."organizationId" = lab_team.team
          where member."userId" = account.id and lab_team.left_at is null group by lab_team.lab) as places), '[]') as labs,
      coalesce((
        select json_agg(json_build_object('id', id, 'nis', nis) order by asked_at)
        from join_request where person = account.id and status = 'pending'), '[]') as requests
    from "user" account where id = ${person}`.execute(db)
  const [row] = rows
  if (!row) return null
  const { email, name, roles, teams, labs, requests } = row
  return { person: { id: person, email, name }, roles, teams, labs, requests: requests.map(({ id, nis }) => ({ id, nis, name: municipalities.get(nis)?.name ?? nis })) }
}
