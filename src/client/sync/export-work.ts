/** A person's unsent work as a file that can be kept anywhere and read back. */
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'

export type WorkFile = { opstap: 'unsent-work'; version: 1; savedAt: string; entries: OutboxEntry[] }

export async function unsentWork(db: OpstapDatabase, now: number): Promise<WorkFile> {
  const entries = await db.outbox.where('state').anyOf('waiting', 'sent', 'parked').sortBy('n')
  return { opstap: 'unsent-work', version: 1, savedAt: new Date(now).toISOString(), entries }
}

