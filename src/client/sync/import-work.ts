/** Reads a file of unsent work (export-work.ts) back into the outbox; twice, or on two devices, it still counts once. */
import * as z from 'zod/mini'
import { later, momentOf } from '../../domain/clock.ts'
import { Stamp, ClientId, MutationId, PersonId, SpaceId } from '../../domain/ids.ts'
import { collectionNamed } from '../../domain/collections.ts'
import { LOCAL_SPACE, personSpace } from '../../domain/spaces.ts'
import { upcast } from '../../domain/upcast.ts'
import type { SessionView } from '../../domain/session.ts'
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'
import type { WorkFile } from './export-work.ts'
import { authorOf, spaceFor } from './identity.ts'
import { isQuota } from './mutate.ts'
import { layAgain } from './overlay.ts'
import { withText, type TextTools } from './text-tools.ts'
import { readSaved } from './work-photos.ts'

const Entry = z.object({
  id: MutationId,
  client: ClientId,
  n: z.int().check(z.positive()),
  schema: z.int(),
  at: z.number(),
  hlc: Stamp,
  space: z.union([SpaceId, z.literal(LOCAL_SPACE)]),
  collection: z.string(),
  row: z.string().check(z.minLength(1), z.maxLength(300)),
  set: z.record(z.string(), z.unknown()),
  base: z.record(z.string(), Stamp),
  author: z.nullable(PersonId),
  state: z.enum(['waiting', 'sent', 'parked']),
  reason: z.optional(z.object({ code: z.string(), message: z.string() })),
})
const File = z.object({ opstap: z.literal('unsent-work'), version: z.literal(1), savedAt: z.string(), entries: z.array(Entry), photos: z.optional(z.array(z.unknown())) })
/** As it was read: whether each photo is whole is only looked at when it is taken back. */
type ReadWork = Pick<WorkFile, 'entries'> & { photos?: readonly unknown[] }

/** null for anything that is not such a file. */
export function readWorkFile(text: string): ReadWork | null {
  try {
    const parsed = File.safeParse(JSON.parse(text))
    return parsed.success ? (parsed.data as ReadWork) : null
  } catch {
    return null
  }
}

export type TakenBack = {
  taken: number
  /** Was on this device already. */
  known: number
  /** Written by someone else than the person who works here now. */
  foreign: number
  /** Photos that this device did not have. */
  photos: number
  /** Photos that are not what they were. */
  damaged: number
  /** Photos for which this device has no room now. */
  noRoom: number
}

/** The entries keep id, number and stamp, so that the server knows the ones it took before. All texts come back, or none; photos after them, one by one. */
export async function takeBack(db: OpstapDatabase, { entries, photos = [] }: ReadWork): Promise<TakenBack> {
  const result = await takeEntriesBack(db, entries)
  for (const photo of photos) result[await takePhotoBack(db, photo)] += 1
  return result
}

async function takePhotoBack(db: OpstapDatabase, saved: unknown): Promise<keyof TakenBack> {
  const photo = await readSaved(saved)
  if (!photo) return 'damaged'
  if (photo.author !== authorOf(await db.read('session'))) return 'foreign'
  if (await db.photos.get([photo.space, photo.id])) return 'known'
  try {
    await db.photos.add({ ...photo, waits: 1 })
    return 'photos'
  } catch (error) {
    if (isQuota(error)) return 'noRoom'
    throw error
  }
}

function takeEntriesBack(db: OpstapDatabase, entries: readonly OutboxEntry[]): Promise<TakenBack> {
  return withText((text) =>
    db.transaction('rw', db.rows, db.outbox, db.meta, async () => {
      const session = await db.read('session')
      const result: TakenBack = { taken: 0, known: 0, foreign: 0, photos: 0, damaged: 0, noRoom: 0 }
      for (const entry of [...entries].sort((a, b) => a.n - b.n)) {
        const own = asOwn(entry, session)
        if (!own) result.foreign += 1
        else if (await db.outbox.get(entry.id)) result.known += 1
        else {
          await put(db, own, text)
          result.taken += 1
        }
      }
      return result
    }),
  )
}

/** Work without an author is of whoever brings the file; work of someone stays of that person. */
function asOwn(entry: OutboxEntry, session: SessionView | undefined): OutboxEntry | null {
  if (entry.author !== null) return entry.author === authorOf(session) ? entry : null
  if (!session || entry.space !== LOCAL_SPACE) return { ...entry, space: LOCAL_SPACE }
  const definition = collectionNamed(upcast(entry).collection)
  return { ...entry, author: session.person.id, space: definition ? spaceFor(definition, session) : personSpace(session.person.id) }
}

async function put(db: OpstapDatabase, entry: OutboxEntry, text: TextTools): Promise<void> {
  await db.outbox.add(entry)
  await db.write('clock', later((await db.read('clock')) ?? { ms: 0, counter: 0 }, momentOf(entry.hlc)))
  if (entry.state === 'parked') return
  await layAgain(db, entry, text.merge)
}
