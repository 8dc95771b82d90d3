/** Brings the content of this version onto the device. */
import { loadPackFile } from '../db/pack-file.ts'
import { importPack } from '../db/pack-import.ts'
import type { Client } from '../sync/client.ts'

/** On a first start without a connection it tries again when the network may be back. */
export function keepContentFresh({ db, env }: Client): void {
  let stop: (() => void) | undefined
  const load = async () => {
    const { kind } = await importPack(db, loadPackFile)
    if (kind !== 'unavailable') stop?.()
    else stop ??= env.onWake(() => void load())
  }
  void load()
}
