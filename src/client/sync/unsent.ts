/** What the server has not taken yet of one person, found by its index: costs as much as is asked for, however much waits. */
import type { PersonId } from '../../domain/ids.ts'
import { LOCAL_SPACE } from '../../domain/spaces.ts'
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'

const states = ['waiting', 'sent'] as const

const inState = (db: OpstapDatabase, state: OutboxEntry['state'], author: PersonId) => db.outbox.where('[state+author+n]').between([state, author], [state, author, []])
/** Without an account nothing leaves the local space; an index holds no null. */
const unowned = (db: OpstapDatabase) => db.outbox.where('[space+collection+row]').between([LOCAL_SPACE], [LOCAL_SPACE, []])

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
