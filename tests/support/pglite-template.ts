/**
 * The data folder of an embedded database with every migration applied, as one file. A first start of PGlite takes seconds,
 * loading this half a second; it is made again when a migration or PGlite itself changes.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { migrate } from '../../src/server/db/migrate.ts'
import type { Tables } from '../../src/server/db/tables.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, 'node_modules/.cache/opstap-pglite')

/** As the server opens it: small, and bigint as a number. */
export const pgliteOptions: PGliteOptions = {
  startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'wal_buffers=1MB'],
  parsers: { 20: Number },
}

/** @returns the file's path */
export async function pgliteTemplate(): Promise<string> {
  const file = join(cache, `pglite-${fingerprint()}.tar`)
  if (existsSync(file)) return file
  const pglite = await PGlite.create(pgliteOptions)
  await migrate(new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }))
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  mkdirSync(cache, { recursive: true })
  dropOld()
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, Buffer.from(await dump.arrayBuffer()))
  renameSync(draft, file)
  return file
}

const DAY_MS = 86_400_000

/** Those of an earlier day; one of today may be in use by another run. */
function dropOld(): void {
  for (const file of readdirSync(cache).map((name) => join(cache, name))) if (Date.now() - statSync(file).mtimeMs > DAY_MS) rmSync(file, { force: true })
}

function fingerprint(): string {
  const migrations = join(root, 'src/server/db/migrations')
  const files = [...readdirSync(migrations).toSorted().map((name) => join(migrations, name)), join(root, 'src/server/db/migrate.ts')]
  const hash = createHash('sha256').update(readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json')))
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}
