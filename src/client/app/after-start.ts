/** What can wait until the first screen stands: the service worker, offers. */
import type { Client } from '../sync/client.ts'
import { isSessionLeft } from '../features/account/left-session.ts'
import { hasUncommitted } from '../ui/uncommitted.ts'
import { watchDevice } from './device-notices.ts'
import { declineInstall, isInstalled, isIos, offerOf, storedInstallFacts } from './install.ts'
import { installEvent, onInstallEvent } from './install-event.ts'
import type { useShellState } from './shell-state.ts'
import { followBrowserUpdates } from './update.ts'
import { recordVisit } from './visits.ts'

type ShellState = ReturnType<typeof useShellState>

/** What the offers in the frame do when the person answers. */
export type Answers = { update: () => void; declineInstall: () => void }

/** `client` is null when the device's database could not be opened; `content` settles when the content was looked for. */
export function afterStart(client: Client | null, state: ShellState, content: Promise<unknown> | null): Answers {
  // After the content: the first visit has the line for itself, and an app that opens without a network has something to show.
  const updates = import.meta.env.PROD ? Promise.resolve(content).then(() => followBrowserUpdates(hasUncommitted, () => (state.updateReady = true))) : null
  if (client) void recordVisit(client.db, client.env.now()).then(() => considerInstalling(client, state))
  if (client) void endLeftSession(client)
  if (client) watchDevice(client, state)
  if (client) void import('../sync/photos.ts').then(({ sendPhotos }) => sendPhotos(client), console.error)
  if (client && 'setAppBadge' in navigator) void import('./app-badge.ts').then(({ followBadge }) => followBadge(client, navigator), console.error)
  return {
    update: () => void updates?.then((following) => following?.take()),
    declineInstall: () => {
      state.install = null
      if (client) void declineInstall(client.db)
    },
  }
}

/** After signing out without a connection. */
async function endLeftSession(client: Client): Promise<void> {
  if (await isSessionLeft(client.db)) await (await import('../features/account/actions.ts')).endLeftSession(client)
}

/** Looks again when the sync status changes (a first task was saved, the last one was sent) and when the browser offers it. */
function considerInstalling(client: Client, state: ShellState): void {
  const consider = async () => {
    const stored = await storedInstallFacts(client.db, (await client.unsent()).length)
    state.install = offerOf({ ...stored, installed: isInstalled(), event: installEvent(), ios: isIos() })
  }
  onInstallEvent(() => void consider())
  client.status.subscribe(() => void consider())
}
