/** What the server has not taken yet of one person, found by its index: costs as much as is asked for, however much waits. */
import type { PersonId } from '../../domain/ids.ts'
import { LOCAL_SPACE } from '../../domain/spaces.ts'
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'

const states = ['waiting', 'sent'] as const

/** Of everybody. */
export const unsent = (db: OpstapDatabase) => db.outbox.where('state').anyOf(states)

/** An index holds no null: nobody's entries are not found by it, and are in the local space. */
export const inState = (db: OpstapDatabase, state: OutboxEntry['state'], author: PersonId | null) => db.outbox.where('[state+author+n]').between([state, author ?? ''], [state, author ?? '', []])

/** What was written without an account. */
export const unowned = (db: OpstapDatabase) => db.outbox.where('[space+collection+row]').between([LOCAL_SPACE], [LOCAL_SPACE, []])

/** All of one row, whoever wrote them, in the order of writing. */
export const entriesOf = (db: OpstapDatabase, { space, collection, row }: Pick<OutboxEntry, 'space' | 'collection' | 'row'>) =>
  db.outbox.where('[space+collection+row]').equals([space, collection, row]).sortBy('n')

/** At most `limit`, the oldest first. */
export async function oldestUnsent(db: OpstapDatabase, author: PersonId, limit: number): Promise<OutboxEntry[]> {
  const lists = await Promise.all(states.map((state) => inState(db, state, author).limit(limit).toArray()))
  return lists.flat().sort((a, b) => a.n - b.n).slice(0, limit)
}

export async function countUnsent(db: OpstapDatabase, author: PersonId | null): Promise<number> {
  if (author === null) return unowned(db).count()
  const counts = await Promise.all(states.map((state) => inState(db, state, author).count()))
  return counts.reduce((sum, count) => sum + count, 0)
}
