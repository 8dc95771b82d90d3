/** What is odd about this device, and worth saying once: its storage was wiped, its clock is off. */
import type { OpstapDatabase } from '../db/database.ts'
import { live } from '../db/live.ts'
import type { Client } from '../sync/client.ts'
import { CLOCK_OFF_MS } from '../sync/clock-off.ts'
import type { DeviceNotice, useShellState } from './shell-state.ts'

/** In the device's choices. */
const ASKED = 'sessionAsked'
const CLOCK_SEEN = 'clockSeen'

export function watchDevice(client: Client, state: ReturnType<typeof useShellState>): void {
  const look = () => void noticeEviction(client).then((notice) => notice && (state.device = notice), report)
  look()
  addEventListener('online', look)
  live(() => client.db.read('offset')).subscribe({
    next: (offset) => void noticeClock(client.db, offset ?? 0).then((notice) => {
      if (notice || state.device?.kind === 'clock') state.device = notice
    }, report),
    error: report,
  })
}

const report = (error: unknown) => console.error(error)

/**
 * A new device has no session, in its store nor with the server. Where the server still knows one, the store was wiped: the
 * cookie outlives it. Asked once in the life of a store. What waits on the server comes back; work that someone began here
 * meanwhile is not given to an account without asking.
 */
export async function noticeEviction(client: Client): Promise<DeviceNotice | null> {
  const choices = (await client.db.read('choices')) ?? {}
  if (choices[ASKED] || choices['endSession']) return null
  if ((await client.db.read('session')) !== undefined) {
    await setChoice(client.db, ASKED, 'yes')
    return null
  }
  const { currentSession, hasSession } = await import('../sync/account-requests.ts')
  const known = await hasSession()
  if (known.kind !== 'ok') return null
  const answer = known.value.session ? await currentSession() : null
  if (answer?.kind === 'offline') return null
  await setChoice(client.db, ASKED, 'yes')
  if (answer?.kind !== 'ok' || (await client.db.read('session')) !== undefined) return null
  // Only where a screen was opened: that is nobody's work.
  const back = (await client.unsent()).every(({ collection }) => collection === 'position')
  if (back) await client.signedIn(answer.value)
  return { kind: 'evicted', back }
}

async function noticeClock(db: OpstapDatabase, offset: number): Promise<DeviceNotice | null> {
  if (Math.abs(offset) < CLOCK_OFF_MS) return null
  const seen = (await db.read('choices'))?.[CLOCK_SEEN]
  return seen !== undefined && Math.abs(Number(seen) - offset) < CLOCK_OFF_MS ? null : { kind: 'clock', offset }
}

export const clockSeen = (db: OpstapDatabase, offset: number): Promise<void> => setChoice(db, CLOCK_SEEN, String(offset))

async function setChoice(db: OpstapDatabase, key: string, value: string): Promise<void> {
  await db.transaction('rw', db.meta, async () => db.write('choices', { ...(await db.read('choices')), [key]: value }))
}
