/** When this device was here before; decides what is new, and when installing is worth an offer. */
import type { OpstapDatabase } from '../db/database.ts'

/** After this long away, coming back is a new visit; in milliseconds. */
const PAUSE_MS = 30 * 60_000

export async function recordVisit(db: OpstapDatabase, now: number): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const visits = await db.read('visits')
    if (visits && now - visits.current < PAUSE_MS) return
    await db.write('visits', { previous: visits?.current ?? null, current: now })
  })
}
