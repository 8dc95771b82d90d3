/** Who is in which learning lab: what spaces someone may see follows from it. Everything else of a lab travels by sync. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table lab (id text not null primary key, template text not null, title text not null, made_at bigint not null)`,
  `create table lab_facilitator (
    lab text not null references lab (id) on delete cascade,
    person text not null references "user" ("id") on delete cascade,
    primary key (lab, person)
  )`,
  `create index lab_facilitator_person on lab_facilitator (person)`,
  // A team that left keeps its line: what it sent in stays readable for the facilitators.
  `create table lab_team (
    lab text not null references lab (id) on delete cascade,
    team text not null references "organization" ("id") on delete cascade,
    joined_at bigint not null,
    left_at bigint,
    primary key (lab, team)
  )`,
  `create index lab_team_team on lab_team (team)`,
]
