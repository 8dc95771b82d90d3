/** Who someone is, and so what they may see and do: read anew at each request. */
import { sql, type Kysely } from 'kysely'
import { accessIn, type Access } from '../../domain/access.ts'
import { PersonId } from '../../domain/ids.ts'
import type { SessionView } from '../../domain/session.ts'
import type { Tables } from '../db/tables.ts'
import type { ServerPort } from '../port.ts'

/** As `accessIn`, with the teams that are there now. Only the helpdesk costs a statement more. */
export async function accessOf(db: Kysely<Tables>, view: SessionView): Promise<Access[]> {
  const teams = view.roles.includes('desk') ? await db.selectFrom('organization').select('id').orderBy('id').execute() : []
  return accessIn(view, teams.map(({ id }) => id))
}

/** The people of the helpdesk, by name. */
export const deskPeople = (db: Kysely<Tables>): Promise<{ id: string; name: string; email: string }[]> =>
  db.selectFrom('person_role').innerJoin('user', 'user.id', 'person_role.person').select(['user.id', 'user.name', 'user.email']).where('role', '=', 'desk').orderBy('user.name').execute()

type Row = {
  email: string
  name: string
  roles: SessionView['roles']
  teams: SessionView['teams']
  labs: NonNullable<SessionView['labs']>
  calls: NonNullable<SessionView['calls']>
  requests: { id: string; nis: string }[]
}

/** How long teams still reach a call that was closed: what they wrote without a connection then arrives. In ms. */
const AFTER_CLOSING_MS = 60 * 86_400_000

/** Who someone is, in which teams and with which requests; null when the account is gone. One statement (two for the helpdesk): it precedes every sync. */
export async function sessionViewOf({ db, municipalities, now }: Pick<ServerPort, 'db' | 'municipalities' | 'now'>, person: PersonId): Promise<SessionView | null> {
  const { rows } = await sql<Row>`
    select email, name,
      coalesce((select json_agg(role order by role) from person_role where person = account.id), '[]') as roles,
      coalesce((
        select json_agg(json_build_object('id', team.id, 'nis', team.slug, 'name', team.name, 'role', member.role) order by team.name)
        from member join organization team on team.id = member."organizationId" where member."userId" = account.id), '[]') as teams,
      coalesce((
        select json_agg(json_build_object('id', lab, 'role', role, 'teams', teams) order by lab, role) from (
          select guide.lab, 'facilitator' as role, coalesce((
            select json_agg(team order by team) from (
              select team from lab_team where lab = guide.lab union select team from lab_candidate where lab = guide.lab) as seen), '[]') as teams
          from lab_facilitator guide join person_role on person_role.person = guide.person and person_role.role = 'facilitator'
          where guide.person = account.id
          union all
          select lab_team.lab, 'participant' as role, json_agg(lab_team.team order by lab_team.team) as teams
          from lab_team join member on member."organizationId" = lab_team.team
          where member."userId" = account.id and lab_team.left_at is null group by lab_team.lab) as places), '[]') as labs,
      coalesce((
        select json_agg(json_build_object(
          'lab', call.lab, 'template', lab.template, 'title', call.title, 'lastDay', last_day, 'places', places, 'closed', closed_at is not null) order by call.lab)
        from lab_call call join lab on lab.id = call.lab
        where exists (
            select from lab_facilitator guide join person_role on person_role.person = guide.person and person_role.role = 'facilitator'
            where guide.lab = call.lab and guide.person = account.id)
          or exists (
            select from member where "userId" = account.id and (
              closed_at is null or closed_at > ${now() - AFTER_CLOSING_MS}
              or exists (select from lab_candidate where lab_candidate.lab = call.lab and team = "organizationId")))), '[]') as calls,
      coalesce((
        select json_agg(json_build_object('id', id, 'nis', nis) order by asked_at)
        from join_request where person = account.id and status = 'pending'), '[]') as requests
    from "user" account where id = ${person}`.execute(db)
  const [row] = rows
  if (!row) return null
  const { email, name, roles, teams, labs, calls, requests } = row
  const desk = roles.includes('desk') ? (await deskPeople(db)).map((one) => ({ id: PersonId.parse(one.id), name: shownName(one) })) : undefined
  return {
    person: { id: person, email, name },
    roles,
    teams,
    labs,
    calls,
    ...(desk ? { desk } : {}),
    requests: requests.map(({ id, nis }) => ({ id, nis, name: municipalities.get(nis)?.name ?? nis })),
  }
}

/** As others see someone who may not have given a name yet. */
export const shownName = ({ name, email }: { name: string; email: string }): string => (name || email.split('@')[0]!).slice(0, 200)
