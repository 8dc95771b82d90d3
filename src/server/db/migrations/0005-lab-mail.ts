/** What leaves a lab for a mailbox or a calendar: who was told of what, the mails that did it, and the addresses of calendars. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // One line for each thing and each person: whatever is written here is never told to that person again.
  `create table lab_notice (
    person text not null references "user" ("id") on delete cascade,
    about text not null,
    kind text not null check (kind in ('feedback', 'announcement', 'date')),
    lab text not null references lab (id) on delete cascade,
    team text not null references "organization" ("id") on delete cascade,
    item text not null,
    found_at bigint not null,
    -- null: waits for a mail; empty: never goes into one
    mail text,
    primary key (person, about)
  )`,
  `create index lab_notice_waiting on lab_notice (person, found_at) where mail is null`,
  `create index lab_notice_mail on lab_notice (mail) where mail <> ''`,
  `create table lab_mail (
    id text not null primary key,
    person text not null references "user" ("id") on delete cascade,
    made_at bigint not null,
    tries integer not null default 0,
    -- null: on its way, sent or given up
    next_try bigint,
    sent_at bigint
  )`,
  `create index lab_mail_next on lab_mail (next_try) where next_try is not null`,
  `create table lab_calendar (
    lab text not null references lab (id) on delete cascade,
    person text not null references "user" ("id") on delete cascade,
    token text not null unique,
    made_at bigint not null,
    primary key (lab, person)
  )`,
]
