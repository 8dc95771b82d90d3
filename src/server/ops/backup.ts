/** Writes everything in the database to one file: one moment in time, also while people go on working. */
import { createWriteStream, existsSync, openSync, fsyncSync, closeSync, renameSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sql, type Kysely, type Transaction } from 'kysely'
import { StartProblem } from '../config.ts'
import { migrations } from '../db/migrate.ts'
import { tableNames, type Tables } from '../db/tables.ts'
import type { Block, Heading } from './dump-format.ts'

const ROWS_A_BLOCK = 500

/** Returns the number of rows. The file appears when it is whole; one that is there already is never replaced. */
export async function backUp(db: Kysely<Tables>, file: string, now: number): Promise<number> {
  if (existsSync(file)) throw new StartProblem(`${file} bestaat al`)
  const draft = `${file}.part`
  let rows = 0
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((trx) => pipeline(Readable.from(lines(trx, now, (count) => (rows += count))), createGzip(), createWriteStream(draft, { mode: 0o600 })))
    flush(draft)
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOSPC') throw new StartProblem(`${file} kan niet geschreven worden (${code})`)
    throw error
  }
  return rows
}

/** Onto the disk itself: a backup that only lives in memory is none. */
function flush(file: string): void {
  const descriptor = openSync(file, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

async function* lines(trx: Transaction<Tables>, now: number, counted: (rows: number) => void): AsyncGenerator<string> {
  const heading: Heading = { opstap: 'backup', format: 1, takenAt: new Date(now).toISOString(), migration: Object.keys(migrations).at(-1)! }
  yield `${JSON.stringify(heading)}\n`
  let total = 0
  for (const table of tableNames) {
    for await (const block of blocksOf(trx, table)) {
      total += block.rows.length
      counted(block.rows.length)
      yield `${JSON.stringify(block)}\n`
    }
  }
  yield `${JSON.stringify({ end: true, rows: total })}\n`
}

async function* blocksOf(trx: Transaction<Tables>, table: string): AsyncGenerator<Block> {
  const { rows: columns } = await sql<{ name: string; type: string }>`
    select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${`public."${table}"`}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(trx)
  const values = sql.join(columns.map(({ name }) => sql`${sql.ref(name)}::text`))
  await sql`declare dumped no scroll cursor for select array[${values}] as row from ${sql.table(table)}`.execute(trx)
  for (;;) {
    const { rows } = await sql<{ row: (string | null)[] }>`fetch ${sql.lit(ROWS_A_BLOCK)} from dumped`.execute(trx)
    if (rows.length === 0) break
    yield { table, columns, rows: rows.map(({ row }) => row) }
  }
  await sql`close dumped`.execute(trx)
}
