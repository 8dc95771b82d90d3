/** What several processes on one PostgreSQL tell each other: by its own notifications, so nothing more is needed. */
import { sql } from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'

const AGAIN_MS = 1_000

/** Tells the other processes. The embedded database has none. A failure costs a delay of a minute, never data. */
export async function notify({ db, connectionString }: Database, channel: string, payload: string): Promise<void> {
  if (connectionString === null) return
  await sql`select pg_notify(${channel}, ${payload})`.execute(db).catch(() => {})
}

/**
 * Listens on a connection of its own and connects again when it breaks. `reconnected` runs after a gap, in which
 * notifications may have been missed. Returns the function that ends it.
 */
export async function listen(
  connectionString: string,
  handlers: Record<string, (payload: string) => void>,
  reconnected: () => void,
): Promise<() => Promise<void>> {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let ended = false
  const connect = async () => {
    const fresh = new pg.Client({ connectionString, keepAlive: true })
    fresh.on('error', () => {})
    fresh.on('end', () => {
      if (!ended && fresh === client) again()
    })
    fresh.on('notification', ({ channel, payload }) => handlers[channel]?.(payload ?? ''))
    await fresh.connect()
    client = fresh
    for (const channel of Object.keys(handlers)) await fresh.query(`listen ${channel}`)
  }
  const again = () => {
    timer = setTimeout(() => void connect().then(reconnected, again), AGAIN_MS)
    timer.unref()
  }
  await connect()
  return async () => {
    ended = true
    clearTimeout(timer)
    await client?.end()
  }
}
