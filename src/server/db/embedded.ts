/**
 * The embedded database: PGlite in the data folder.
 *
 * Held together by four measures. A lock, since it has none. A stale `postmaster.pid` is removed under that lock, since a
 * kill during opening leaves one that blocks every later start. The first start happens in a process of its own and in a
 * folder that gets its name when it is whole: it needs 800 MB (the running database 230 MB) and takes seconds in which it
 * may be killed. And a mark of a clean stop, since PGlite never calls fsync: without it the last writes may be gone.
 */
import { execFile } from 'node:child_process'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { StartProblem } from '../config.ts'
import type { Database } from './database.ts'
import { raiseEpoch } from './epoch.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate } from './migrate.ts'
import type { Tables } from './tables.ts'

/** Memory for pages: 16 MB instead of 128, which PGlite would touch at once. */
const SMALL = ['-c', 'shared_buffers=16MB', '-c', 'wal_buffers=1MB']

/** A Kysely handle over one PGlite; `folder` null keeps everything in memory (tests). */
export async function openPGlite(folder: string | null): Promise<Kysely<Tables>> {
  const pglite = new PGlite({
    ...(folder === null ? {} : { dataDir: folder }),
    startParams: [...PGlite.defaultStartParams, ...SMALL],
    parsers: { 20: Number },
  })
  await pglite.waitReady
  return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
}

/** Opens the database of a data folder, migrated. Throws a StartProblem when the folder is locked or unusable. */
export async function openEmbedded(dataDir: string): Promise<Database> {
  makeFolder(dataDir)
  const lock = await lockFolder(dataDir)
  try {
    const folder = join(dataDir, 'pglite')
    const clean = join(dataDir, 'clean-stop')
    const fresh = !existsSync(folder)
    if (fresh) await initialise(folder)
    rmSync(join(folder, 'postmaster.pid'), { force: true })
    const wasClean = fresh || existsSync(clean)
    rmSync(clean, { force: true })
    const db = await openPGlite(folder)
    await migrate(db)
    if (!wasClean) await raiseEpoch(db)
    return {
      db,
      engine: 'pglite',
      connectionString: null,
      async close() {
        await db.destroy()
        flush(folder)
        writeFileSync(clean, '')
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
  } catch (error) {
    throw new StartProblem(`de gegevensmap ${dataDir} kan niet gemaakt worden (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** Onto the disk itself, which PGlite never asks for: only then is a stop clean, also when the power fails right after it. */
function flush(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = openSync(join(entry.parentPath, entry.name), 'r+')
    fsyncSync(file)
    closeSync(file)
  }
}

/** The program of the process that makes a new database folder. */
const INITIALISE = `
const [, library, folder] = process.argv
const { PGlite } = await import(library)
const pglite = new PGlite({ dataDir: folder })
await pglite.waitReady
await pglite.close()
`

async function initialise(folder: string): Promise<void> {
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  const library = pathToFileURL(createRequire(import.meta.url).resolve('@electric-sql/pglite')).href
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', INITIALISE, library, resolve(draft)], { env: {} })
  renameSync(draft, folder)
}
