/**
 * Photos that someone shares from the gallery of the device: the address of the manifest's `share_target`. They lie on the disk of
 * this device before the app opens with the question where they belong. Runs in the service worker, without the app's own store:
 * that would weigh on every page it opens.
 */
import { MAX_SOURCE_BYTES } from '../../domain/photos.ts'
import { SHARE_PATH, type SharedPhoto } from '../../domain/shared-photos.ts'

/** So many wait at most: an address that takes files is open to every page of the web. */
const MOST_WAITING = 60

/** Answers with the screen where one chooses; `geweigerd` tells it how many did not fit, `mislukt` that none could be kept. */
export async function receiveShared(request: Request): Promise<Response> {
  const told = await keepAll(request).then((refused) => (refused > 0 ? `?geweigerd=${refused}` : ''), () => '?mislukt=1')
  return Response.redirect(new URL(SHARE_PATH + told, request.url), 303)
}

async function keepAll(request: Request): Promise<number> {
  const files = (await request.formData()).getAll('photos').filter((each): each is File => typeof each !== 'string' && each.size > 0)
  const database = await openDatabase()
  try {
    let refused = 0
    for (const file of files) if (!(await keep(database, file))) refused += 1
    return refused
  } finally {
    database.close()
  }
}

/** As the app made it. Where there is none, or an older one, none is made here: its shape is the app's. */
const openDatabase = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open('opstap')
    asked.onupgradeneeded = () => asked.transaction!.abort()
    asked.onerror = () => reject(asked.error)
    asked.onsuccess = () => {
      const database = asked.result
      database.onversionchange = () => database.close()
      if (database.objectStoreNames.contains('shared')) return resolve(database)
      database.close()
      reject(new Error('the app has not made a place for shared photos yet'))
    }
  })

/** False for one that is too large, that has no room, or that is one too many. Resolves after the bytes are on the disk. */
async function keep(database: IDBDatabase, file: File): Promise<boolean> {
  if (file.size > MAX_SOURCE_BYTES) return false
  const bytes = await file.arrayBuffer().catch(() => null)
  if (!bytes) return false
  return new Promise((resolve) => {
    const writing = database.transaction(['shared', 'meta'], 'readwrite', { durability: 'strict' })
    let kept = false
    writing.oncomplete = () => resolve(kept)
    writing.onabort = () => resolve(false)
    const store = writing.objectStore('shared')
    const count = store.count()
    const session = writing.objectStore('meta').get('session')
    session.onsuccess = () => {
      if (count.result >= MOST_WAITING) return
      const author = (session.result as { value?: { person?: { id?: SharedPhoto['author'] } } } | undefined)?.value?.person?.id ?? ''
      store.add({ name: file.name, type: file.type, bytes, author, at: Date.now() } satisfies Omit<SharedPhoto, 'id'>)
      kept = true
    }
  })
}
