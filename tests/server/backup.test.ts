import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql, type Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demonstrate } from '../../src/server/accounts/demonstration.ts'
import { readEpoch } from '../../src/server/db/epoch.ts'
import { tableNames, type Tables } from '../../src/server/db/tables.ts'
import { backUp } from '../../src/server/ops/backup.ts'
import { restore } from '../../src/server/ops/restore.ts'
import { engines, type TestDatabase, type TestEngine } from '../support/database.ts'
import { startTestServer } from '../support/server.ts'

let folder: string
const opened: TestDatabase[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opstap-backup-'))
})
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(engine: TestEngine): Promise<TestDatabase> {
  const database = await engine.open()
  opened.push(database)
  return database
}

const asDatabase = ({ db, connectionString, close }: TestDatabase) => ({ db, connectionString, close, engine: connectionString === null ? ('pglite' as const) : ('postgresql' as const) })

async function contents(db: Kysely<Tables>): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const table of tableNames) all[table] = (await sql`select t::text from ${sql.table(table)} t order by 1`.execute(db)).rows
  // Differs on purpose: the history is another one after a restore.
  all['sync_meta'] = all['sync_meta']!.filter((row) => !(row as { t: string }).t.startsWith('(epoch'))
  return all
}

/** People, teams, work, and text that is hard to carry: NUL, a half surrogate, quotes, a backslash. */
async function fill(database: TestDatabase): Promise<void> {
  const server = await startTestServer({ database })
  await demonstrate(server.port)
  await server.signIn('nieuw@damme.example')
  await database.db.insertInto('sync_space').values({ id: 'person:x', head: 2 ** 50 }).execute()
  await database.db
    .insertInto('sync_row')
    .values({ space: 'person:x', collection: 'c', id: 'r', row_values: JSON.stringify({ a: '\u0000 \ud800 "\\\n{}', b: 'NULL' }), stamps: '{}', authors: '{}', seq: 2 ** 50 })
    .execute()
  await server.close()
}

const pairs = engines.flatMap((from) => engines.map((to) => ({ from, to, name: `${from.name} → ${to.name}` })))

describe.each(pairs)('a backup, $name', ({ from, to }) => {
  test('brings everything back, over what is there, with a new epoch', async () => {
    const [source, target] = [await open(from), await open(to)]
    await fill(source)
    const before = await contents(source.db)
    expect(before['sync_row']!.length).toBeGreaterThan(8)
    const rows = await backUp(source.db, join(folder, 'a.gz'), Date.now())
    await target.db.insertInto('user').values({ id: 'old', name: '', email: 'old@x.example', emailVerified: true, image: null }).execute()
    expect(await restore(asDatabase(target), join(folder, 'a.gz'))).toBe(rows)
    expect(await contents(target.db)).toEqual(before)
    expect(await readEpoch(target.db)).not.toBe(await readEpoch(source.db))
  })
})

describe.each(engines)('on $name', (engine) => {
  test('covers every table there is, and leaves those of others alone', async () => {
    const database = await open(engine)
    const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`.execute(database.db)
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...tableNames].toSorted())
    await sql`create table of_another_program (id int)`.execute(database.db)
    await sql`insert into of_another_program values (7)`.execute(database.db)
    await backUp(database.db, join(folder, 'a.gz'), Date.now())
    await restore(asDatabase(database), join(folder, 'a.gz'))
    expect((await sql`select * from of_another_program`.execute(database.db)).rows).toEqual([{ id: 7 }])
    await sql`drop table of_another_program`.execute(database.db)
  })

  test('a damaged, cut off or foreign file changes nothing and says so', async () => {
    const source = await open(engine)
    await fill(source)
    const good = join(folder, 'good.gz')
    await backUp(source.db, good, Date.now())
    const before = await contents(source.db)
    const epoch = await readEpoch(source.db)
    const lines = gunzipSync(readFileSync(good)).toString().trimEnd().split('\n')
    const bad: Record<string, Buffer> = {
      'cut.gz': readFileSync(good).subarray(0, 400),
      'no-end.gz': gzipSync(lines.slice(0, -1).join('\n')),
      'one-less.gz': gzipSync([...lines.slice(0, 2), ...lines.slice(3)].join('\n')),
      'text.gz': Buffer.from('hello'),
      'other.gz': gzipSync('{"some":"json"}\n'),
      'newer.gz': gzipSync([lines[0]!.replace(/"migration":"[^"]+"/, '"migration":"9999-later"'), ...lines.slice(1)].join('\n')),
      'injection.gz': gzipSync([lines[0], JSON.stringify({ table: 'user"; drop table "user', columns: [], rows: [] }), JSON.stringify({ end: true, rows: 0 })].join('\n')),
    }
    for (const [name, bytes] of Object.entries(bad)) {
      writeFileSync(join(folder, name), bytes)
      await expect(restore(asDatabase(source), join(folder, name)), name).rejects.toThrow(/geen volledige back-up|nieuwere versie/)
    }
    await expect(restore(asDatabase(source), join(folder, 'absent.gz'))).rejects.toThrow('bestaat niet')
    expect(await contents(source.db)).toEqual(before)
    expect(await readEpoch(source.db)).toBe(epoch)
  })

  test('a restore that fails halfway leaves everything as it was', async () => {
    const source = await open(engine)
    await fill(source)
    const good = join(folder, 'good.gz')
    await backUp(source.db, good, Date.now())
    const before = await contents(source.db)
    // A row twice: well formed, but the last table refuses it.
    const lines = gunzipSync(readFileSync(good)).toString().trimEnd().split('\n')
    const block = JSON.parse(lines.find((line) => line.startsWith('{"table":"verification"') || line.startsWith('{"table":"user"'))!)
    const total = JSON.parse(lines.at(-1)!).rows + block.rows.length
    writeFileSync(join(folder, 'twice.gz'), gzipSync([...lines.slice(0, -1), JSON.stringify(block), JSON.stringify({ end: true, rows: total })].join('\n')))
    await expect(restore(asDatabase(source), join(folder, 'twice.gz'))).rejects.toThrow(/duplicate key/)
    expect(await contents(source.db)).toEqual(before)
  })

  test('the file is for its owner alone, and one that exists is never replaced', async () => {
    const source = await open(engine)
    const file = join(folder, 'a.gz')
    await backUp(source.db, file, Date.now())
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const bytes = readFileSync(file)
    await expect(backUp(source.db, file, Date.now())).rejects.toThrow('bestaat al')
    expect(readFileSync(file)).toEqual(bytes)
    await expect(backUp(source.db, join(folder, 'no/such/folder.gz'), Date.now())).rejects.toThrow('kan niet geschreven worden')
  })
})
