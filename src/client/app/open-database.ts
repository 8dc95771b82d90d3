/** Opens the device's database, or says why it cannot be used. Nothing is ever wiped. */
import { DATABASE_VERSION, openProblem, type OpenProblem, type OpstapDatabase } from '../db/database.ts'

/** The browser's number from which a database is a newer app's: Dexie multiplies by ten, and uses the room between for repairs. */
const NEWER_FROM = (DATABASE_VERSION + 1) * 10

/**
 * Dexie opens a database of a newer app too, and adds the tables it misses. What that app keeps there is not this one's to
 * read or to change, so the version is looked up first; a browser that cannot list its databases tells it after opening.
 */
export async function openDatabase(db: OpstapDatabase, factory: Partial<Pick<IDBFactory, 'databases'>> = indexedDB): Promise<OpenProblem | null> {
  try {
    const existing = (await factory.databases?.()) ?? []
    if (existing.some(({ name, version }) => name === db.name && (version ?? 0) >= NEWER_FROM)) return newer()
    await db.open()
    if (db.backendDB().version < NEWER_FROM) return null
    db.close()
    return newer()
  } catch (error) {
    return openProblem(error)
  }
}

const newer = () => openProblem({ name: 'VersionError' })
