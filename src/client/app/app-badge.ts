/** The number on the icon of the installed app. */
import { live } from '../db/live.ts'
import type { Client } from '../sync/client.ts'
import { countWaiting } from '../sync/waiting.ts'

type Badge = Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>

/** Follows what waits for the person, as long as the app runs; when it is closed the last number stays. */
export function followBadge({ db, env }: Pick<Client, 'db' | 'env'>, badge: Badge): void {
  let shown: number | undefined
  live(() => countWaiting(db, env.now())).subscribe((count) => {
    if (count === shown) return
    shown = count
    // A browser may have it and still refuse, for an app that is not installed.
    void (count > 0 ? badge.setAppBadge(count) : badge.clearAppBadge()).catch(() => undefined)
  }, (error) => console.error(error))
}
