/** Reads unsent work out of a database that the app itself cannot open: a newer one, or one that is broken in part. */
import type { OutboxEntry } from './database.ts'

/** Every entry of the outbox that can still be read, in whatever version; an empty list when nothing can. Changes nothing. */
export async function rescueOutbox(name = 'opstap', factory: IDBFactory = indexedDB): Promise<OutboxEntry[]> {
  const existing = typeof factory.databases === 'function' ? await factory.databases() : [{ name }]
  if (!existing.some((database) => database.name === name)) return []
  const database = await settle(factory.open(name))
  try {
    if (!database.objectStoreNames.contains('outbox')) return []
    const all = await settle(database.transaction('outbox').objectStore('outbox').getAll())
    return (all as OutboxEntry[]).filter(({ state }) => state !== 'acked')
  } finally {
    database.close()
  }
}

const settle = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
