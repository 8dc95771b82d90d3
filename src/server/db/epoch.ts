/** The epoch names one history of the server: a device that knows another one sends its recent work again (SYNC, rule 7). */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** The PostgreSQL channel on which the processes of a server hear that the epoch changed. */
export const EPOCH_CHANNEL = 'opstap_epoch'

const KEY = 'epoch'

/** The epoch of this database; made at its first use. */
export async function readEpoch(db: Kysely<Tables>): Promise<string> {
  await db
    .insertInto('sync_meta')
    .values({ key: KEY, value: randomUUID() })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  return (await db.selectFrom('sync_meta').select('value').where('key', '=', KEY).executeTakeFirstOrThrow()).value
}

/** Starts a new history: after a restore, or when the embedded database may have lost its last writes. */
export async function raiseEpoch(db: Kysely<Tables>): Promise<string> {
  const value = randomUUID()
  await db
    .insertInto('sync_meta')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
  return value
}
