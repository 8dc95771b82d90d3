/** Photos of this device that are not on the server yet. */
import type { LocalPhoto, OpstapDatabase } from './database.ts'

/** Those that this person took here and the server does not have, the oldest first. */
export async function waitingPhotos(db: OpstapDatabase): Promise<LocalPhoto[]> {
  const person = (await db.read('session'))?.person.id
  return (await db.photos.where('waits').equals(1).sortBy('at')).filter(({ author }) => author === person)
}

/** Of someone who leaves this device. */
export const forgetPhotos = async (db: OpstapDatabase, person: string): Promise<void> => void (await db.photos.filter(({ author }) => author === person).delete())
