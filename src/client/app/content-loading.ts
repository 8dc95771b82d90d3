/** Brings the content of this version onto the device. */
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

async function loadPackFile(file: string): Promise<unknown> {
  const response = await fetch(`/pack/${file}`)
  if (!response.ok) throw new Error(`pack/${file}: ${response.status}`)
  return response.json()
}
