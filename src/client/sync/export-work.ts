/** A person's unsent work as a file that can be kept anywhere and read back (import-work.ts). */
import type { LocalPhoto, OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { everyonesUnsentPhotos } from '../db/photos.ts'
import { authorOf } from './identity.ts'
import { asSaved, type SavedPhoto } from './work-photos.ts'

/** `photos`: with their bytes; left out where there are none. `photosLeft`: how many did not fit. */
export type WorkFile = { opstap: 'unsent-work'; version: 1; savedAt: string; entries: OutboxEntry[]; photos?: SavedPhoto[]; photosLeft?: number }

export function workFile(entries: OutboxEntry[], now: number, photos: readonly LocalPhoto[] = []): WorkFile {
  const file: WorkFile = { opstap: 'unsent-work', version: 1, savedAt: new Date(now).toISOString(), entries }
  if (photos.length === 0) return file
  const { photos: saved, left } = asSaved(photos)
  return { ...file, photos: saved, ...(left > 0 ? { photosLeft: left } : {}) }
}

/** Of the person who works here now; what someone else left on this device stays sealed. */
export const unsentWork = (db: OpstapDatabase, now: number): Promise<WorkFile> => workOf(db, now, true)

/** What other people left on this device unsent. Only each of them can read it back. */
export const sealedWork = (db: OpstapDatabase, now: number): Promise<WorkFile> => workOf(db, now, false)

async function workOf(db: OpstapDatabase, now: number, own: boolean): Promise<WorkFile> {
  const person = authorOf(await db.read('session'))
  const wanted = ({ author }: { author: string | null }) => (author === person) === own
  const entries = await db.outbox.where('state').anyOf('waiting', 'sent', 'parked').sortBy('n')
  const photos = await everyonesUnsentPhotos(db).filter(wanted).sortBy('at')
  return workFile(entries.filter(wanted), now, photos)
}

/** What to say once it is offered; a photo that did not fit is not in it. */
export function savedWords({ photosLeft = 0 }: WorkFile, whose = 'Je onverstuurde werk'): string {
  const left = photosLeft === 1 ? ' Eén foto paste er niet meer in. Ze staat alleen op dit toestel.' : ` ${photosLeft} foto’s pasten er niet meer in. Ze staan alleen op dit toestel.`
  return `${whose} staat in een bestand.${photosLeft > 0 ? left : ''}`
}
