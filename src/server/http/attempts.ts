/** Limits on how often something is tried, counted in the database so that they hold over all processes. */
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** Counts one attempt in the window that is open for `key`; false when there were `max` already. */
export async function attempt(db: Kysely<Tables>, key: string, max: number, seconds: number, now: number): Promise<boolean> {
  const windowStart = now - seconds * 1_000
  const { rows } = await sql<{ count: number }>`
    insert into attempt (key, count, since) values (${key}, 1, ${now})
    on conflict (key) do update set
      count = case when attempt.since <= ${windowStart} then 1 else attempt.count + 1 end,
      since = case when attempt.since <= ${windowStart} then ${now} else attempt.since end
    returning count`.execute(db)
  return rows[0]!.count <= max
}
