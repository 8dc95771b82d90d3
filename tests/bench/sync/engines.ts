/** The engines side by side: each its page, its server and how it was set. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../../src/server/db/embedded.ts'
import { openPostgres } from '../../../src/server/db/postgres.ts'
import { startCluster } from '../../support/cluster.ts'
import { buildPage } from './pages.ts'
import { versionOf } from './peers.ts'
import { startOpstapServer } from './servers/opstap.ts'
import { startRxdbServer } from './servers/rxdb.ts'
import type { BenchServer } from './servers/server.ts'

export type EngineName = 'opstap' | 'opstapPostgresql' | 'rxdb' | 'pouchdb'

export type Engine = {
  name: EngineName
  /** As the table and the report say it. */
  setting: string
  server: BenchServer
  bundleGzip: number
}

export type Engines = { engines: Engine[]; stop: () => Promise<void> }

export async function startEngines(): Promise<Engines> {
  const [opstap, rxdb, pouchdb] = [await buildPage('opstap.ts'), await buildPage('rxdb.mjs'), await buildPage('pouchdb.mjs')]
  const dataDir = mkdtempSync(join(tmpdir(), 'opstap-bench-'))
  const cluster = await startCluster([])
  // Loaded by name, since it needs packages that `npm ci` of the app does not bring.
  const { startPouchdbServer } = (await import('./servers/pouchdb.mjs')) as { startPouchdbServer: (folder: string) => Promise<BenchServer> }
  const engines: Engine[] = [
    {
      name: 'opstap',
      setting: 'as the app composes it (merge, schemas, history on both sides); server on PGlite',
      server: await startOpstapServer(opstap.folder, await openEmbedded(dataDir)),
      bundleGzip: opstap.gzipBytes,
    },
    {
      name: 'opstapPostgresql',
      setting: 'the same; server on PostgreSQL with its own defaults (fsync on)',
      server: await startOpstapServer(opstap.folder, await openPostgres(cluster.url)),
      bundleGzip: opstap.gzipBytes,
    },
    {
      name: 'rxdb',
      setting: `RxDB ${versionOf('rxdb')}, Dexie storage; no dev mode, no validation, multiInstance off, eventReduce on, push in 500, pull in 1,000; own push/pull/stream handlers over rows in memory`,
      server: await startRxdbServer(rxdb.folder),
      bundleGzip: rxdb.gzipBytes,
    },
    {
      name: 'pouchdb',
      setting: `PouchDB ${versionOf('pouchdb-core')}, indexeddb adapter, pouchdb-find; one-way where one way is enough, batch_size 1,000, batches_limit 10; express-pouchdb in memory (minimumForPouchDB)`,
      server: await startPouchdbServer(pouchdb.folder),
      bundleGzip: pouchdb.gzipBytes,
    },
  ]
  return {
    engines,
    async stop() {
      for (const { server } of engines) await server.stop()
      await cluster.stop()
      for (const page of [opstap, rxdb, pouchdb]) page.remove()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
