/** A fresh, migrated database of either engine for a test. */
import { randomBytes } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, sql } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import type { Database, Engine } from '../../src/server/db/database.ts'
import { openPostgres } from '../../src/server/db/postgres.ts'
import type { Tables } from '../../src/server/db/tables.ts'
import { pgliteOptions } from './pglite-template.ts'

export type TestDatabase = Database
export type TestEngine = { name: Engine; open(): Promise<TestDatabase> }

/** `describe.each(engines)('… on $name', ({ open }) => …)`: what holds on one must hold on the other. */
export const engines: TestEngine[] = [
  { name: 'pglite', open: openPGlite },
  { name: 'postgresql', open: openPostgresql },
]

/** Emptied databases of this worker, ready for the next test: emptying takes milliseconds, loading half a second. */
const emptied: PGlite[] = []

async function openPGlite(): Promise<Database> {
  const pglite = emptied.pop() ?? (await PGlite.create({ ...pgliteOptions, loadDataDir: await openAsBlob(inject('pgliteTemplate')) }))
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  return {
    db,
    engine: 'pglite',
    connectionString: null,
    async close() {
      await empty(db)
      emptied.push(pglite)
    },
  }
}

/** Deleting is fast while a table is small; truncating also gives its pages back. */
const SMALL_BYTES = 256 * 1024

/** Brings a database back to its first state. Migrations bring no rows of their own (database.test.ts holds them to that). */
async function empty(db: Kysely<Tables>): Promise<void> {
  const { rows: used } = await sql<{ name: string; bytes: number }>`
    select quote_ident(relname) as name, pg_relation_size(oid) as bytes from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0 and relname not like 'kysely_migration%'`.execute(db)
  await db.connection().execute(async (connection) => {
    // Without the checks of references the order does not matter; in the end nothing is left that could refer.
    await sql`set session_replication_role = replica`.execute(connection)
    for (const { name, bytes } of used) {
      await (bytes > SMALL_BYTES ? sql`truncate ${sql.raw(name)} cascade` : sql`delete from ${sql.raw(name)}`).execute(connection)
    }
    await sql`set session_replication_role = origin`.execute(connection)
    // Else PGlite sets an alarm to write its statistics, and an alarm set under a test's own far future rings for ever.
    await sql`select pg_stat_force_next_flush()`.execute(connection)
  })
}

const TEMPLATE = 'opstap_template'
/** Any number; the same for all workers, so that one makes the template and the others wait for it. */
const TEMPLATE_LOCK = 20_261_121

async function openPostgresql(): Promise<Database> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE])
    if (rowCount === 0) await makeTemplate(client)
    await client.query(`create database ${name} template ${TEMPLATE}`)
  })
  const { db, connectionString, close } = await openPostgres(urlOf(name))
  return {
    db,
    engine: 'postgresql',
    connectionString,
    async close() {
      await close()
      await administer((client) => client.query(`drop database ${name} with (force)`))
    },
  }
}

/** Migrated under another name: whoever sees the template sees it whole. */
async function makeTemplate(client: pg.Client): Promise<void> {
  const draft = `${TEMPLATE}_draft`
  await client.query(`drop database if exists ${draft} with (force)`)
  await client.query(`create database ${draft}`)
  await (await openPostgres(urlOf(draft))).close()
  await client.query(`alter database ${draft} rename to ${TEMPLATE}`)
}

function urlOf(database: string): string {
  const url = new URL(inject('postgresqlUrl'))
  url.pathname = database
  return url.href
}

async function administer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresqlUrl') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
