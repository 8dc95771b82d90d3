/** Unsent work as a file, before an account leaves this device. */
import type { Client } from '../../sync/client.ts'
import { savedWords, unsentWork } from '../../sync/export-work.ts'
import { announce } from '../../ui/announce.ts'
import { saveFile } from '../../ui/saveFile.ts'

/** What to say of it: what did not fit is not in it. */
export async function saveUnsent({ db, env }: Client): Promise<string> {
  const file = await unsentWork(db, env.now())
  saveFile(`opstap-onverstuurd-werk-${file.savedAt.slice(0, 10)}.json`, JSON.stringify(file, null, 2))
  announce(savedWords(file))
  return savedWords(file)
}

/** Above the question what to do with it. */
export const unsentTitle = (count: number): string => (count === 1 ? '1 wijziging is nog niet op de server' : `${count} wijzigingen zijn nog niet op de server`)
