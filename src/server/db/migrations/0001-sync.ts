/**
 * The tables of sync. Values are JSON kept as text: what people type may hold characters (NUL, half surrogates) that
 * PostgreSQL's own JSON types refuse, and nothing typed may be refused.
 */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sync_space (
      id text primary key,
      head bigint not null default 0
    )`.execute(db)
  await sql`
    create table sync_row (
      space text not null references sync_space (id),
      collection text not null,
      id text not null,
      row_values text not null,
      stamps text not null,
      authors text not null,
      seq bigint not null,
      primary key (space, collection, id)
    )`.execute(db)
  await sql`create unique index sync_row_seq on sync_row (space, seq)`.execute(db)
  // The append-only history: every change that ever arrived, also the ones that lost or could not be applied.
  await sql`
    create table sync_mutation (
      id text primary key,
      client text not null,
      -- null where the number was already taken by a copy of the device, or the change was malformed
      n bigint,
      hash text not null,
      person text,
      space text not null,
      collection text not null,
      row text not null,
      payload text not null,
      hlc text not null,
      received_at bigint not null,
      status text not null check (status in ('applied', 'superseded', 'parked')),
      reason text,
      seq bigint,
      unique (client, n)
    )`.execute(db)
  await sql`create index sync_mutation_row on sync_mutation (space, collection, row, received_at)`.execute(db)
  // A device's own stream of changes: whose it is and the last stamp taken from it.
  await sql`
    create table sync_client (
      id text primary key,
      person text not null,
      last_hlc text,
      seen_at bigint not null
    )`.execute(db)
  await sql`create table sync_meta (key text primary key, value text not null)`.execute(db)
}
