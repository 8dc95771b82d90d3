/** What was searched for on this device. It never leaves it. */
import { live, type Observable } from '../../db/live.ts'
import type { OpstapDatabase } from '../../db/database.ts'

const CHOICE = 'recentSearches'
const MOST = 6

export const recentSearches = (db: OpstapDatabase): Observable<string[]> => live(async () => read((await db.read('choices'))?.[CHOICE]))

/** Puts it first; what was searched longest ago falls out. */
export const rememberSearch = (db: OpstapDatabase, typed: string): Promise<void> =>
  change(db, (searches) => [typed, ...searches.filter((other) => other.toLowerCase() !== typed.toLowerCase())].slice(0, MOST))

export const forgetSearches = (db: OpstapDatabase): Promise<void> => change(db, () => [])

async function change(db: OpstapDatabase, next: (searches: string[]) => string[]): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const choices = (await db.read('choices')) ?? {}
    await db.write('choices', { ...choices, [CHOICE]: JSON.stringify(next(read(choices[CHOICE]))) })
  })
}

function read(stored: string | undefined): string[] {
  try {
    const parsed: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(parsed) ? parsed.filter((search) => typeof search === 'string') : []
  } catch {
    return []
  }
}
