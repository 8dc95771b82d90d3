/** Whether to offer putting the app on the home screen: only after it was of use, and never again after `Niet nu`. */
import type { OpstapDatabase } from '../db/database.ts'
import type { InstallEvent } from './install-event.ts'

export type InstallOffer = { kind: 'prompt'; event: InstallEvent } | { kind: 'ios' }

export type InstallFacts = {
  installed: boolean
  /** The browser offered to install. */
  event: InstallEvent | null
  ios: boolean
  declined: boolean
  secondVisit: boolean
  savedTask: boolean
  /** Work that is only in this browser. On iOS an installed app starts with an empty store. */
  unsent: number
}

export function offerOf({ installed, event, ios, declined, secondVisit, savedTask, unsent }: InstallFacts): InstallOffer | null {
  if (installed || declined || !(secondVisit || savedTask)) return null
  if (event) return { kind: 'prompt', event }
  return ios && unsent === 0 ? { kind: 'ios' } : null
}

const CHOICE = 'install'

export async function declineInstall(db: OpstapDatabase): Promise<void> {
  await db.transaction('rw', db.meta, async () => db.write('choices', { ...(await db.read('choices')), [CHOICE]: 'notNow' }))
}

/** What the device's store knows of it. */
export async function storedInstallFacts(db: OpstapDatabase, unsent: number): Promise<Pick<InstallFacts, 'declined' | 'secondVisit' | 'savedTask' | 'unsent'>> {
  const [choices, visits, written] = await Promise.all([db.read('choices'), db.read('visits'), db.outbox.limit(1).count()])
  return { declined: choices?.[CHOICE] === 'notNow', secondVisit: typeof visits?.previous === 'number', savedTask: written > 0, unsent }
}

export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true

/** Safari on a phone or tablet: the one browser that installs by hand. */
export const isIos = (): boolean => 'standalone' in navigator && (navigator as { standalone?: boolean }).standalone === false
