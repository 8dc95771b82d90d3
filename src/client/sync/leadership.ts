/**
 * One tab of a device talks to the network. A Web Lock elects it, a lease in the database fences it: a tab that was
 * frozen finds its lease taken and may write nothing of the answer it still waits for (SYNC, rule 12).
 */
import type { OpstapDatabase } from '../db/database.ts'
import type { Environment } from './environment.ts'

const LOCK = 'opstap-sync'
const LEASE_MS = 10_000
/** How often the leader renews and the others look: a frozen leader is replaced after at most the sum of both. */
const RENEW_MS = 4_000

export type Leadership = {
  /** True while this tab may talk to the network; asked in the transaction that stores an answer. */
  isMine: () => Promise<boolean>
  stop: () => void
}

/** Also when it ends later than any lease can: then the clock was set back since, and its end would never come. */
const isOver = (until: number, now: number): boolean => until < now || until > now + LEASE_MS

/** Competes for the lead; `lead` is called each time this tab gets it. */
export function seekLeadership(db: OpstapDatabase, env: Environment, tab: string, lead: () => void): Leadership {
  let stopped = false
  let release: (() => void) | undefined
  let cancelTimer: (() => void) | undefined
  let leading = false

  const renew = () => db.write('lease', { tab, until: env.now() + LEASE_MS })
  const isMine = async () => leading && (await db.read('lease'))?.tab === tab

  const keep = () => {
    cancelTimer = env.after(RENEW_MS, () => {
      if (stopped || !leading) return
      isMine().then(
        (mine) => (mine ? renew().then(keep, keep) : stepDown()),
        () => keep(),
      )
    })
  }
  const letGo = () => {
    leading = false
    release?.()
    release = undefined
  }
  const stepDown = () => {
    letGo()
    if (!stopped) seek()
  }
  /** A store that takes no lease (it is full, or gone) would refuse the next one at once as well. */
  const giveUp = () => {
    letGo()
    cancelTimer?.()
    cancelTimer = env.after(RENEW_MS, () => {
      if (!stopped) seek()
    })
  }
  const begin = async () => {
    leading = true
    await renew()
    keep()
    lead()
  }
  const hold = () =>
    new Promise<void>((resolve) => {
      release = resolve
      if (stopped) resolve()
      else begin().catch(giveUp)
    })
  const request = (options: LockOptions) =>
    env.locks!.request(LOCK, options, hold).catch(() => {
      // The lock was stolen from this tab (it was frozen for too long), or the browser refused it.
      if (leading) stepDown()
    })
  const watch = () => {
    cancelTimer = env.after(RENEW_MS, () => {
      if (stopped || leading) return
      db.read('lease').then(
        (lease) => {
          if (stopped || leading) return
          if (lease && isOver(lease.until, env.now())) void request({ steal: true })
          else watch()
        },
        () => watch(),
      )
    })
  }
  const queue = () => {
    void request({})
    watch()
  }

  const seek = () => {
    if (env.locks) queue()
    else begin().catch(giveUp)
  }

  seek()
  return {
    isMine,
    stop: () => {
      stopped = true
      cancelTimer?.()
      release?.()
    },
  }
}
