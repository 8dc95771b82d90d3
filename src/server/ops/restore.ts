/** Puts a backup back in place of everything that is there: all of it or nothing. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { sql, type Kysely, type Transaction } from 'kysely'
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration'
import * as z from 'zod/mini'
import { StartProblem } from '../config.ts'
import type { Database } from '../db/database.ts'
import { EPOCH_CHANNEL, raiseEpoch } from '../db/epoch.ts'
import { migrations } from '../db/migrate.ts'
import { notify } from '../db/relay.ts'
import { tableNames, type Tables } from '../db/tables.ts'
import { tellNothing } from '../labs/lab-notices.ts'
import { Block, Ending, Heading } from './dump-format.ts'

/**
 * Returns the number of rows. The file is read to its end before anything is touched. The history on the server is another
 * one afterwards, so the epoch is raised and devices send their recent work again. Mails that the backup still meant to send
 * have gone out since. `now`: ms since 1970.
 */
export async function restore(database: Database, file: string, now = Date.now()): Promise<number> {
  const { heading, tables, rows } = await inspect(file)
  await database.db.transaction().execute(async (trx) => {
    await rebuild(trx, heading.migration)
    for (const table of inOrder(tables, await dependencies(trx)))
      for await (const entry of entries(file)) if ('table' in entry && entry.table === table) await insert(trx, entry)
    await toLatest(trx)
    await raiseEpoch(trx, now)
    await tellNothing(trx, now)
  })
  await notify(database, EPOCH_CHANNEL, '')
  return rows
}

type Entry = Heading | Block | z.infer<typeof Ending>

/** Every line, checked. Throws a StartProblem on a file that is no backup or is damaged. */
async function* entries(file: string): AsyncGenerator<Entry> {
  const broken = () => new StartProblem(`${file} is geen volledige back-up van Opstap`)
  const source = createReadStream(file)
  const plain = source.pipe(createGunzip())
  source.on('error', (error) => plain.destroy(error))
  try {
    let first = true
    for await (const line of createInterface({ input: plain, crlfDelay: Infinity })) {
      const parsed = z.safeParse(first ? Heading : z.union([Block, Ending]), JSON.parse(line))
      if (!parsed.success) throw broken()
      first = false
      yield parsed.data
    }
  } catch (error) {
    if (error instanceof StartProblem) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new StartProblem(`${file} bestaat niet`)
    throw broken()
  }
}

async function inspect(file: string): Promise<{ heading: Heading; tables: Set<string>; rows: number }> {
  let heading: Heading | undefined
  let promised: number | undefined
  let rows = 0
  const tables = new Set<string>()
  for await (const entry of entries(file)) {
    if ('opstap' in entry) heading = entry
    else if ('end' in entry) promised = entry.rows
    else {
      tables.add(entry.table)
      rows += entry.rows.length
      if (entry.rows.some((row) => row.length !== entry.columns.length)) throw new StartProblem(`${file} is geen volledige back-up van Opstap`)
    }
  }
  if (!heading || promised !== rows) throw new StartProblem(`${file} is geen volledige back-up van Opstap`)
  if (!(heading.migration in migrations)) throw new StartProblem(`${file} komt van een nieuwere versie van Opstap`)
  return { heading, tables, rows }
}

const migrator = (trx: Transaction<Tables>) => new Migrator({ db: trx, provider: { getMigrations: async () => migrations } })

/** Empties the database and brings it to the form in which the backup was taken. */
async function rebuild(trx: Transaction<Tables>, migration: string): Promise<void> {
  const own = [...tableNames, DEFAULT_MIGRATION_TABLE, DEFAULT_MIGRATION_LOCK_TABLE]
  await sql`drop table if exists ${sql.join(own.map((name) => sql.table(name)))} cascade`.execute(trx)
  const { error } = await migrator(trx).migrateTo(migration)
  if (error) throw error
}

async function toLatest(trx: Transaction<Tables>): Promise<void> {
  const { error } = await migrator(trx).migrateToLatest()
  if (error) throw error
}

/** Which table refers to which. */
async function dependencies(db: Kysely<Tables>): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ from: string; to: string }>`
    select child.relname as "from", parent.relname as "to" from pg_constraint
    join pg_class child on child.oid = conrelid join pg_class parent on parent.oid = confrelid where contype = 'f'`.execute(db)
  const needs = new Map<string, string[]>()
  for (const { from, to } of rows) needs.set(from, [...(needs.get(from) ?? []), to])
  return needs
}

/** What is referred to comes first. */
function inOrder(tables: ReadonlySet<string>, needs: ReadonlyMap<string, string[]>): string[] {
  const ordered: string[] = []
  const visit = (table: string) => {
    if (ordered.includes(table)) return
    for (const needed of needs.get(table) ?? []) if (needed !== table) visit(needed)
    ordered.push(table)
  }
  for (const table of tables) visit(table)
  return ordered
}

async function insert(trx: Transaction<Tables>, { table, columns, rows }: Block): Promise<void> {
  const lists = columns.map((_, i) => sql`${rows.map((row) => row[i])}::text[]`)
  const names = columns.map(({ name }) => sql.ref(name))
  const values = columns.map(({ name, type }) => sql`${sql.ref(name)}::${sql.raw(type)}`)
  await sql`insert into ${sql.table(table)} (${sql.join(names)})
    select ${sql.join(values)} from unnest(${sql.join(lists)}) as given (${sql.join(names)})`.execute(trx)
}
