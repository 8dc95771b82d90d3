/** The epoch names one history of the server: a device that knows another one sends its recent work again (SYNC, rule 7). */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** The PostgreSQL channel on which the processes of a server hear that the epoch changed. */
export const EPOCH_CHANNEL = 'opstap_epoch'

const KEY = 'epoch'
/** ms since 1970. */
const SINCE = 'epoch_since'

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
export async function raiseEpoch(db: Kysely<Tables>, now = Date.now()): Promise<string> {
  const value = randomUUID()
  for (const entry of [{ key: KEY, value }, { key: SINCE, value: String(now) }]) {
    await db
      .insertInto('sync_meta')
      .values(entry)
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: entry.value }))
      .execute()
  }
  return value
}

/** When this history began; 0 for the first one. What was written before it and arrives after it was here before. */
export async function epochSince(db: Kysely<Tables>): Promise<number> {
  const found = await db.selectFrom('sync_meta').select('value').where('key', '=', SINCE).executeTakeFirst()
  return Number(found?.value ?? 0)
}
