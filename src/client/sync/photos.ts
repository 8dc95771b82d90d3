/** Photos on this device: kept here first, and sent after the texts, in parts that go on where they were cut off. */
import type { SpaceId } from '../../domain/ids.ts'
import type { LocalPhoto, OpstapDatabase } from '../db/database.ts'
import { live } from '../db/live.ts'
import { countPhotos } from '../db/photo-count.ts'
import { waitingPhotos } from '../db/photos.ts'
import type { Client } from './client.ts'
import { isQuota } from './mutate.ts'
import { unsent } from './unsent.ts'

export type Kept = 'kept' | 'full' | 'failed'

/** Resolves after the bytes are on the disk. */
export async function keepPhoto({ db, env, photoFits }: Pick<Client, 'db' | 'env' | 'photoFits'>, space: SpaceId, photo: { id: string; bytes: ArrayBuffer; type: string }): Promise<Kept> {
  const author = (await db.read('session'))?.person.id
  if (!author) return 'failed'
  try {
    const there = await db.photos.where('[space+id]').equals([space, photo.id]).count()
    if (there === 0) await db.photos.add({ ...photo, space, author, at: env.now(), waits: 1 })
    photoFits(true)
    return 'kept'
  } catch (error) {
    if (isQuota(error)) {
      photoFits(false)
      return 'full'
    }
    console.error(error)
    return 'failed'
  }
}

const AGAIN_MS = 15_000
const LOCK = 'opstap-photos'

/**
 * Sends what waits whenever no text does, in one tab at a time. What could not be sent is tried again after a while, and as soon
 * as the browser wakes.
 */
export function sendPhotos({ db, env }: Pick<Client, 'db' | 'env'>): () => void {
  let stopped = false
  let busy = false
  let cancel = () => {}
  const look = async (): Promise<void> => {
    if (stopped || busy) return
    busy = true
    cancel()
    try {
      if (await mayStart(db)) {
        const { upload } = await import('./photo-upload.ts')
        const send = async () => {
          for (const photo of await waitingPhotos(db)) if (stopped || !(await mayStart(db)) || !(await upload(db, photo))) break
        }
        await (env.locks ? env.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? send() : undefined)) : send())
      }
      if (!stopped && (await countPhotos(db)).waiting > 0) cancel = env.after(AGAIN_MS, () => void look())
    } catch (error) {
      console.error(error)
      cancel = env.after(AGAIN_MS, () => void look())
    } finally {
      busy = false
    }
  }
  // Again when a text went out, and when another history of the server begins.
  const following = live(async () => [(await countPhotos(db)).waiting, await unsent(db).count(), await db.read('epoch')].join()).subscribe({
    next: () => void markLost(db).then(look, console.error),
    error: (error: unknown) => console.error(error),
  })
  const sleep = env.onWake(() => void look())
  return () => {
    stopped = true
    cancel()
    sleep()
    following.unsubscribe()
  }
}

/** Text goes first: the server takes no photo into account that nothing names. */
const mayStart = async (db: OpstapDatabase): Promise<boolean> => !(await db.read('expired')) && (await unsent(db).count()) === 0 && (await countPhotos(db)).waiting > 0

/** After a restore the server may have lost photos: those of another history are sent once more. */
async function markLost(db: OpstapDatabase): Promise<void> {
  const epoch = await db.read('epoch')
  await db.photos.where('waits').equals(0).and(({ safeIn }) => safeIn !== undefined && safeIn !== epoch).modify({ waits: 1 })
}

/** Offers a photo once more that the server did not take. */
export const retryPhoto = async ({ photos }: Pick<OpstapDatabase, 'photos'>, { space, id }: Pick<LocalPhoto, 'space' | 'id'>): Promise<void> =>
  void (await photos.where('[space+id]').equals([space, id]).modify((photo) => {
    photo.waits = 1
    delete photo.refused
    delete photo.upload
  }))
