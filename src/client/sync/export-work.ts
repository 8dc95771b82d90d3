/** A person's unsent work as a file that can be kept anywhere and read back (import-work.ts). */
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { authorOf } from './identity.ts'

export type WorkFile = { opstap: 'unsent-work'; version: 1; savedAt: string; entries: OutboxEntry[] }

export const workFile = (entries: OutboxEntry[], now: number): WorkFile => ({ opstap: 'unsent-work', version: 1, savedAt: new Date(now).toISOString(), entries })

/** Of the person who works here now; what someone else left on this device stays sealed. */
export async function unsentWork(db: OpstapDatabase, now: number): Promise<WorkFile> {
  const author = authorOf(await db.read('session'))
  const entries = await db.outbox.where('state').anyOf('waiting', 'sent', 'parked').sortBy('n')
  return workFile(entries.filter((entry) => entry.author === author), now)
}

/** What other people left on this device unsent. Only each of them can read it back. */
export async function sealedWork(db: OpstapDatabase, now: number): Promise<WorkFile> {
  const author = authorOf(await db.read('session'))
  const entries = await db.outbox.where('state').anyOf('waiting', 'sent', 'parked').sortBy('n')
  return workFile(entries.filter((entry) => entry.author !== author), now)
}
