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

/** Opens and migrates. Throws a StartProblem without the password when the server does not answer. */
export async function openPostgres(connectionString: string, connections = 10): Promise<Database> {
  const pool = new pg.Pool({ connectionString, max: connections, types, connectionTimeoutMillis: 10_000, keepAlive: true })
  // A connection that breaks while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {})
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await reach(pool, connectionString)
  await migrate(db)
  return { db, engine: 'postgresql', connectionString, close: () => db.destroy() }
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
