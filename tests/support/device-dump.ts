/** A device's whole IndexedDB as JSON, and back: with its own shape, so that no code of today is needed to write what a release of before had. */
export type StoreDump = {
  name: string
  keyPath: string | string[] | null
  autoIncrement: boolean
  indexes: { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[]
  records: unknown[]
}
/** `version`: of IndexedDB itself. */
export type DeviceDump = { version: number; stores: StoreDump[] }

export async function dumpDevice(factory: IDBFactory, name: string): Promise<DeviceDump> {
  const database = await settled(factory.open(name))
  try {
    const stores: StoreDump[] = []
    for (const storeName of database.objectStoreNames) {
      const store = database.transaction(storeName).objectStore(storeName)
      const indexes = [...store.indexNames].map((indexName) => {
        const { keyPath, unique, multiEntry } = store.index(indexName)
        return { name: indexName, keyPath, unique, multiEntry }
      })
      stores.push({ name: storeName, keyPath: store.keyPath, autoIncrement: store.autoIncrement, indexes, records: await settled(store.getAll()) })
    }
    return { version: database.version, stores }
  } finally {
    database.close()
  }
}

/** Makes the database as it was dumped, under `name`. */
export async function loadDevice(factory: IDBFactory, name: string, dump: DeviceDump): Promise<void> {
  const request = factory.open(name, dump.version)
  request.onupgradeneeded = () => {
    for (const { name: storeName, keyPath, autoIncrement, indexes, records } of dump.stores) {
      const store = request.result.createObjectStore(storeName, { keyPath, autoIncrement })
      for (const { name: indexName, keyPath: indexPath, unique, multiEntry } of indexes) store.createIndex(indexName, indexPath, { unique, multiEntry })
      for (const record of records) store.add(record)
    }
  }
  ;(await settled(request)).close()
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
