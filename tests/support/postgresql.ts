/**
 * What every integration run shares: one real PostgreSQL cluster, thrown away afterwards, and the migrated template of
 * the embedded engine. Runs once, in Vitest's own process; tests reach both through `engines` (database.ts).
 */
import type { TestProject } from 'vitest/node'
import { startCluster, type Cluster } from './cluster.ts'
import { pgliteTemplate } from './pglite-template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the cluster's own database, `postgres`; tests make theirs beside it. */
    postgresqlUrl: string
    /** A file: the data folder of an embedded database with every migration applied. */
    pgliteTemplate: string
  }
}

/** Tests lose nothing of worth when the machine dies, so durability may make room for speed. */
const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200']

export const startPostgresql = (): Promise<Cluster> => startCluster(settings)

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgresql()
  try {
    project.provide('postgresqlUrl', url)
    project.provide('pgliteTemplate', await pgliteTemplate())
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}
