/** One handle to the database, whichever engine is under it. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export type Engine = 'pglite' | 'postgresql'

export type Database = {
  db: Kysely<Tables>
  engine: Engine
  /** null for the embedded engine. */
  connectionString: string | null
  /** Finishes what runs, marks a clean stop and lets the data folder go. */
  close(): Promise<void>
}
