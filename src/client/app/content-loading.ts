/** Brings the content onto the device, and what changed in it whenever the app comes to the front or the network is back. */
import { loadPackFile } from '../db/pack-file.ts'
import { importPack } from '../db/pack-import.ts'
import type { Client } from '../sync/client.ts'

/** Resolves after the first try. */
export function keepContentFresh({ db, env }: Client): Promise<void> {
  let running: Promise<void> | undefined
  const load = () =>
    (running ??= importPack(db, loadPackFile).then(() => {
      running = undefined
    }))
  env.onWake(() => void load())
  return load()
}
