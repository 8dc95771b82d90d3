/** Brings a database to the newest form. Forward only; safe when two processes start at once (Kysely holds a lock). */
import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import * as sync from './migrations/0001-sync.ts'
import * as accounts from './migrations/0002-accounts.ts'
import * as parked from './migrations/0003-parked.ts'
import * as labs from './migrations/0004-labs.ts'
import * as labMail from './migrations/0005-lab-mail.ts'
import * as calls from './migrations/0006-calls.ts'
import type { Tables } from './tables.ts'

/** Named and ordered for ever; a released one is never changed. Imported by name so that the build takes them along. */
export const migrations: Record<string, Migration> = {
  '0001-sync': sync,
  '0002-accounts': accounts,
  '0003-parked': parked,
  '0004-labs': labs,
  '0005-lab-mail': labMail,
  '0006-calls': calls,
}

export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
