/** The server's database with faults: the real engine, of which a connection is lost or held at any statement. */
import { openAsBlob } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, sql, type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, type TransactionSettings } from 'kysely'
import pg from 'pg'
import { dialectOf, openPostgres } from '../../../src/server/db/postgres.ts'
import type { Tables } from '../../../src/server/db/tables.ts'
import { pgliteOptions } from '../../support/pglite-template.ts'

/** What happens to the statements of one request, counted from 1; `begin` and `commit` are statements too. */
export type StatementFaults = {
  count: number
  /** The connection is lost before or after this statement, or the first commit. */
  lostAt?: { statement: number | 'commit'; after: boolean }
  lost?: boolean
  /** The request is held at this statement until `resume`. */
  heldAt?: number
  held?: () => void
  resume?: Promise<void>
}

/** The faults of the request whose connections are opened from now on. The wire serves one request at a time. */
let current: StatementFaults | undefined
export const nextRequest = (faults: StatementFaults | undefined): void => void (current = faults)

type Connection = DatabaseConnection & { inner: DatabaseConnection; inTransaction: boolean; lost: boolean; faults: StatementFaults | undefined }

export type SimulatedDatabase = {
  db: Kysely<Tables>
  /** Resolves to whether some statement waits for a lock that another holds. */
  someoneWaits: () => Promise<boolean>
  close: () => Promise<void>
}

class FaultyDriver implements Driver {
  private known = new WeakMap<DatabaseConnection, Connection>()

  constructor(
    private readonly inner: Driver,
    /** Ends the connection in the database itself; null where there is none to end. */
    private readonly cut: ((connection: Connection) => Promise<void>) | null,
  ) {}

  init = () => this.inner.init()
  destroy = () => this.inner.destroy()

  async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await this.inner.acquireConnection()
    const wrapped = this.known.get(inner) ?? this.wrap(inner)
    this.known.set(inner, wrapped)
    wrapped.inTransaction = wrapped.lost = false
    wrapped.faults = current
    return wrapped
  }

  releaseConnection = (connection: DatabaseConnection) => this.inner.releaseConnection((connection as Connection).inner)

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.statement(connection as Connection, async () => {
      await this.inner.beginTransaction((connection as Connection).inner, settings)
      ;(connection as Connection).inTransaction = true
    })
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.statement(
      connection as Connection,
      async () => {
        await this.inner.commitTransaction((connection as Connection).inner)
        ;(connection as Connection).inTransaction = false
      },
      true,
    )
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // Undone already when the connection went.
    if (!(connection as Connection).lost || this.cut) await this.inner.rollbackTransaction((connection as Connection).inner)
  }

  private wrap(inner: DatabaseConnection): Connection {
    const wrapped: Connection = {
      inner,
      inTransaction: false,
      lost: false,
      faults: undefined,
      executeQuery: <R>(query: CompiledQuery) => this.statement(wrapped, () => inner.executeQuery<R>(query)),
      streamQuery: () => {
        throw new Error('the server streams nothing')
      },
    }
    return wrapped
  }

  private async statement<T>(connection: Connection, run: () => Promise<T>, commits = false): Promise<T> {
    const { faults } = connection
    if (!faults) return run()
    faults.count += 1
    if (faults.heldAt === faults.count) {
      faults.held?.()
      await faults.resume
    }
    if (connection.lost && !this.cut) throw gone()
    const lose = async () => {
      faults.lost = connection.lost = true
      if (this.cut) await this.cut(connection)
      else if (connection.inTransaction) await this.inner.rollbackTransaction(connection.inner)
    }
    const due = !faults.lost && (faults.lostAt?.statement === faults.count || (commits && faults.lostAt?.statement === 'commit'))
    const here = due ? faults.lostAt : undefined
    if (here && !here.after) {
      await lose()
      if (!this.cut) throw gone()
    }
    const result = await run()
    if (here?.after) await lose()
    if (here) throw gone()
    return result
  }
}

const gone = () => new Error('Connection terminated unexpectedly')

const faulty = (dialect: Dialect, cut: ((connection: Connection) => Promise<void>) | null): Dialect => ({
  createAdapter: () => dialect.createAdapter(),
  createDriver: () => new FaultyDriver(dialect.createDriver(), cut),
  createIntrospector: (db) => dialect.createIntrospector(db),
  createQueryCompiler: () => dialect.createQueryCompiler(),
})

/** In one process a lost connection can only be imitated: the transaction is undone and every statement after it fails. */
export async function openPGlite(template: string): Promise<SimulatedDatabase> {
  const pglite = await PGlite.create({ ...pgliteOptions, loadDataDir: await openAsBlob(template) })
  const dialect = new PGliteDialect({ pglite })
  const db = new Kysely<Tables>({ dialect: faulty(dialect, null) })
  return { db, someoneWaits: async () => true, close: () => pglite.close() }
}

/** A database of its own in the cluster of `url`. A lost connection is one that PostgreSQL itself ended. */
export async function openPostgresql(url: string): Promise<SimulatedDatabase> {
  const name = `simulation_${process.pid}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const own = new URL(url)
  own.pathname = name
  await (await openPostgres(own.href)).close()
  const cut = async ({ inner }: Connection) => {
    const { rows } = await inner.executeQuery<{ pid: number }>(sql<{ pid: number }>`select pg_backend_pid() as pid`.compile(db))
    await admin.query('select pg_terminate_backend($1)', [rows[0]!.pid])
  }
  const { dialect, pool } = dialectOf(own.href)
  const db = new Kysely<Tables>({ dialect: faulty(dialect, cut) })
  return {
    db,
    someoneWaits: async () => {
      const { rows } = await admin.query(`select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`, [name])
      return rows.length > 0
    },
    close: async () => {
      await pool.end()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
