import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { migrations } from '../../src/server/db/migrate.ts'
import { engines } from './database.ts'

describe.each(engines)('a test database on $name', ({ name, open }) => {
  test('has every migration', async () => {
    const { db, close } = await open()
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
    expect(rows.map((row) => row.name)).toEqual(Object.keys(migrations).toSorted())
    await close()
  })

  test('gives a bigint as a number: of a column, of count(*) and of what it returns', async () => {
    const { db, close } = await open()
    await db.insertInto('sync_space').values({ id: 'team:a', head: 2 ** 40 }).execute()
    const row = await db
      .selectFrom('sync_space')
      .select(({ fn }) => ['head', fn.countAll<number>().over().as('count')])
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ head: 2 ** 40, count: 1 })
    const updated = await db.updateTable('sync_space').set(({ eb }) => ({ head: eb('head', '+', 2) })).returning('head').executeTakeFirstOrThrow()
    expect(updated).toEqual({ head: 2 ** 40 + 2 })
    await close()
  })

  test('starts empty, also after another one was used and closed', async () => {
    for (const _ of [1, 2]) {
      const { db, close } = await open()
      expect(await db.selectFrom('sync_space').selectAll().execute()).toEqual([])
      expect(await db.selectFrom('sync_meta').selectAll().execute()).toEqual([])
      await db.insertInto('sync_space').values({ id: 'team:a' }).execute()
      await db.insertInto('sync_meta').values({ key: 'epoch', value: 'x' }).execute()
      await close()
    }
  })

  test('is not another one that is open at the same time', async () => {
    const [one, other] = await Promise.all([open(), open()])
    await one.db.insertInto('sync_space').values({ id: 'team:a' }).execute()
    expect(await other.db.selectFrom('sync_space').selectAll().execute()).toEqual([])
    await Promise.all([one.close(), other.close()])
  })

  test('is the engine that it says', async () => {
    const { db, connectionString, close } = await open()
    const { rows } = await sql<{ version: string }>`select version()`.execute(db)
    expect(rows[0]?.version).toMatch(name === 'pglite' ? /emscripten|wasm|clang/i : /x86_64|aarch64|linux|darwin|windows/i)
    expect(connectionString === null).toBe(name === 'pglite')
    await close()
  })
})

test('no migration brings rows of its own: emptying a database brings it back to its first state', async () => {
  const { db, close } = await engines[1]!.open()
  const { rows } = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not like 'kysely_migration%'`.execute(db)
  expect(rows.length).toBeGreaterThan(4)
  for (const { name } of rows) expect((await sql`select 1 from ${sql.raw(name)}`.execute(db)).rows, name).toEqual([])
  await close()
})
