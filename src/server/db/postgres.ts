/** PostgreSQL by connection string. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { StartProblem } from '../config.ts'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import type { Tables } from './tables.ts'

const INT8 = 20

/** As PGlite reads them: a bigint is a number. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => (oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text'))) as typeof pg.types.getTypeParser,
}

/** A pool of connections and how Kysely speaks to it. */
export function dialectOf(connectionString: string, connections = 10): { pool: pg.Pool; dialect: PostgresDialect } {
  const pool = new pg.Pool({ connectionString, max: connections, types, connectionTimeoutMillis: 10_000, keepAlive: true })
  // A connection that breaks, idle or between two statements of a transaction, is replaced at its next use; without
  // listeners of both it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return { pool, dialect: new PostgresDialect({ pool }) }
}

/** Opens and migrates. Throws a StartProblem without the password when the server does not answer. */
export async function openPostgres(connectionString: string, connections = 10): Promise<Database> {
  const { pool, dialect } = dialectOf(connectionString, connections)
  const db = new Kysely<Tables>({ dialect })
  await reach(pool, connectionString)
  await migrate(db)
  return { db, engine: 'postgresql', connectionString, close: () => db.destroy() }
}

/** Of the network, or of a server that is stopping or starting (classes 08 and 57P). */
const unreachable = /^(ECONN[A-Z]+|EHOST[A-Z]+|ENET[A-Z]+|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|08\w{3}|57P\d\d)$/

/** Whether the database could not be asked, as against a question it could not answer. */
export function isUnreachable(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return (typeof code === 'string' && unreachable.test(code)) || /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(String(message))
}

async function reach(pool: pg.Pool, connectionString: string): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    const { hostname, port, pathname } = new URL(connectionString)
    const why = (error as { code?: string }).code ?? 'geen antwoord'
    throw new StartProblem(`de databank van DATABASE_URL (${hostname}:${port || 5432}${pathname}) is niet bereikbaar (${why})`)
  }
}
