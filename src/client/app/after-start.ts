/** What can wait until the first screen stands: content of a new version, the service worker, offers. */
import { importPack } from '../db/pack-import.ts'
import type { Client } from '../sync/client.ts'
import { hasUncommitted } from '../ui/uncommitted.ts'
import { declineInstall, isInstalled, isIos, offerOf, storedInstallFacts } from './install.ts'
import { installEvent, onInstallEvent } from './install-event.ts'
import type { useShellState } from './shell-state.ts'
import { followBrowserUpdates } from './update.ts'
import { recordVisit } from './visits.ts'

type ShellState = ReturnType<typeof useShellState>

/** What the offers in the frame do when the person answers. */
export type Answers = { update: () => void; declineInstall: () => void }

/** `client` is null when the device's database could not be opened. */
export function afterStart(client: Client | null, state: ShellState): Answers {
  const updates = import.meta.env.PROD ? followBrowserUpdates(hasUncommitted, () => (state.updateReady = true)) : null
  if (client) {
    keepContentFresh(client)
    void recordVisit(client.db, client.env.now()).then(() => considerInstalling(client, state))
  }
  return {
    update: () => updates?.take(),
    declineInstall: () => {
      state.install = null
      if (client) void declineInstall(client.db)
    },
  }
}

/** Asks for the content of this version; on a first start without a connection, again when the network may be back. */
function keepContentFresh({ db, env }: Client): void {
  let stop: (() => void) | undefined
  const load = async () => {
    const { kind } = await importPack(db, loadPackFile)
    if (kind !== 'unavailable') stop?.()
    else stop ??= env.onWake(() => void load())
  }
  void load()
}

async function loadPackFile(file: string): Promise<unknown> {
  const response = await fetch(`/pack/${file}`)
  if (!response.ok) throw new Error(`pack/${file}: ${response.status}`)
  return response.json()
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
