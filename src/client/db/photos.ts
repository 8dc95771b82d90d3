/** Photos of this device that are not on the server yet, and those that wait for a place. */
import type { SharedPhoto } from '../../domain/shared-photos.ts'
import type { LocalPhoto, OpstapDatabase } from './database.ts'
import { personOf, refusedBy } from './photo-count.ts'

/** Those that this person took here and the server does not have, the oldest first. */
export async function waitingPhotos(db: OpstapDatabase): Promise<LocalPhoto[]> {
  const person = await personOf(db)
  return person ? db.photos.where('[author+waits]').equals([person, 1]).sortBy('at') : []
}

/** Also those that the server did not take: this device has the only copy. */
export async function unsentPhotos(db: OpstapDatabase): Promise<LocalPhoto[]> {
  const person = await personOf(db)
  const refused = person ? await refusedBy(db, person).toArray() : []
  return [...(await waitingPhotos(db)), ...refused].sort((a, b) => a.at - b.at)
}

/** Of everybody on this device. */
export const everyonesUnsentPhotos = (db: OpstapDatabase) => db.photos.where('waits').equals(1).or('refused').above('')

/** Those that came from the gallery for this person, or when nobody was signed in; the oldest first. */
export const sharedPhotos = async (db: OpstapDatabase): Promise<SharedPhoto[]> => sharedWith(db, await personOf(db)).sortBy('id')

/** How many, without reading them. */
export const countShared = async (db: OpstapDatabase): Promise<number> => sharedWith(db, await personOf(db)).count()

const sharedWith = ({ shared }: OpstapDatabase, person = '') => shared.where('author').anyOf('', person)

/** Of someone who leaves this device. */
export async function forgetPhotos(db: OpstapDatabase, person: string): Promise<void> {
  await db.photos.filter(({ author }) => author === person).delete()
  await db.shared.where('author').equals(person).delete()
}
