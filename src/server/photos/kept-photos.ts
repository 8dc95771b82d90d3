/**
 * Photos on the disk of the server, named by their contents. They arrive in parts (tus) in `uploads`, and lie in `photos` once
 * they are whole and what they say they are. Several processes share one folder.
 */
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { SpaceId } from '../../domain/ids.ts'
import { PHOTO_NAME, photoType, type PhotoType } from '../../domain/photos.ts'
import type { ServerPort } from '../port.ts'

const DAY_MS = 86_400_000
/** A device sends the work of this long again after a restore (client/sync/exchange.ts), and then wants its photos to be there. */
const KEEP_UNNAMED_MS = 40 * DAY_MS

type Place = Pick<ServerPort['config'], 'dataDir'>

export const uploadsFolder = ({ dataDir }: Place): string => join(dataDir, 'uploads')
const photosFolder = ({ dataDir }: Place): string => join(dataDir, 'photos')

/** Takes a file in under its name. False, and nothing kept, where its bytes are others or no photo. Resolves after they are on the disk. */
export async function keepPhoto(place: Place, from: string, name: string): Promise<boolean> {
  const bytes = await readFile(from)
  if (photoType(bytes) === null || createHash('sha256').update(bytes).digest('hex') !== name) return false
  const folder = photosFolder(place)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `${name}.${process.pid}.part`)
  await copyFile(from, draft, constants.COPYFILE_FICLONE)
  const handle = await open(draft, 'r+')
  await handle.sync()
  await handle.close()
  await rename(draft, join(folder, name))
  return true
}

export async function readPhoto(place: Place, name: string): Promise<{ bytes: Buffer; type: PhotoType } | null> {
  const bytes = await readFile(join(photosFolder(place), name)).catch(() => null)
  const type = bytes && photoType(bytes)
  return bytes && type ? { bytes, type } : null
}

/** Whether something in this space names the photo: who sees the space then sees the photo. */
export async function isNamedIn({ db }: Pick<ServerPort, 'db'>, space: SpaceId, name: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from sync_row where space = ${space} and collection in ('assignmentRow', 'submission', 'sharedWork') and position(${name} in row_values) > 0 limit 1`.execute(db)
  return rows.length > 0
}

/** Removes photos that nothing has named for a long time, and uploads that nobody went on with. */
export async function sweepPhotos({ db, config, now }: Pick<ServerPort, 'db' | 'config' | 'now'>): Promise<void> {
  for (const folder of [photosFolder(config), uploadsFolder(config)]) {
    for (const name of await readdir(folder).catch(() => [])) {
      const file = join(folder, name)
      const age = now() - ((await stat(file).catch(() => null))?.mtimeMs ?? now())
      if (age > KEEP_UNNAMED_MS && !(PHOTO_NAME.test(name) && (await isNamed(db, name)))) await rm(file, { force: true })
    }
  }
}

async function isNamed(db: ServerPort['db'], name: string): Promise<boolean> {
  const { rows } = await sql`select 1 from sync_row where collection in ('assignmentRow', 'submission') and position(${name} in row_values) > 0 limit 1`.execute(db)
  return rows.length > 0
}
