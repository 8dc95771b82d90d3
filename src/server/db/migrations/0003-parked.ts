/** Parked changes are few among very many: what they take up per person and per space is found without reading the history. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index sync_mutation_parked_person on sync_mutation (person) where status = 'parked'`.execute(db)
  await sql`create index sync_mutation_parked_space on sync_mutation (space) where status = 'parked'`.execute(db)
}
