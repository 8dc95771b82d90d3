import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { engines } from '../support/database.ts'

const postgresql = engines.find(({ name }) => name === 'postgresql')!

describe('a connection with PostgreSQL that breaks', () => {
  it('between two statements of a transaction fails that transaction and not the process', async () => {
    const { db, close } = await postgresql.open()
    const broken = db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(db)
      // Only after its end has come in, as when a database is stopped while a request is thinking.
      while ((await sql`select 1 from pg_stat_activity where pid = ${rows[0]!.pid}`.execute(db)).rows.length > 0);
      await sql`select 1`.execute(trx)
    })
    await expect(broken).rejects.toThrow(/connection/i)
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
    await close()
  })
})
