/** Labs that ask for teams, and the teams that put themselves forward: the facilitators see what such a team enters. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table lab_call (
    lab text not null primary key references lab (id) on delete cascade,
    title text not null,
    last_day text,
    places integer,
    closed_at bigint
  )`,
  `create table lab_candidate (
    lab text not null references lab (id) on delete cascade,
    team text not null references "organization" ("id") on delete cascade,
    since bigint not null,
    primary key (lab, team)
  )`,
  `create index lab_candidate_team on lab_candidate (team)`,
]
