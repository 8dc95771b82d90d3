/** Unsent work as a file, before an account leaves this device. */
import type { Client } from '../../sync/client.ts'
import { unsentWork } from '../../sync/export-work.ts'
import { announce } from '../../ui/announce.ts'
import { saveFile } from '../../ui/saveFile.ts'

export async function saveUnsent({ db, env }: Client): Promise<void> {
  const file = await unsentWork(db, env.now())
  saveFile(`opstap-onverstuurd-werk-${file.savedAt.slice(0, 10)}.json`, JSON.stringify(file, null, 2))
  announce('Je onverstuurde werk staat in een bestand.')
}

/** Above the question what to do with it. */
export const unsentTitle = (count: number): string => (count === 1 ? '1 wijziging is nog niet op de server' : `${count} wijzigingen zijn nog niet op de server`)
