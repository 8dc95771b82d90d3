/** How many photos of this person the server does not have; the chip of every page asks for it. */
import type { OpstapDatabase } from './database.ts'

/** `refused`: the server did not take them. */
export type PhotoCount = { waiting: number; refused: number }

export const personOf = async (db: OpstapDatabase) => (await db.read('session'))?.person.id

export const refusedBy = (db: OpstapDatabase, person: string) => db.photos.where('refused').above('').and(({ author }) => author === person)

/** Without reading the photos that wait. */
export async function countPhotos(db: OpstapDatabase): Promise<PhotoCount> {
  const person = await personOf(db)
  return person ? { waiting: await db.photos.where('[author+waits]').equals([person, 1]).count(), refused: await refusedBy(db, person).count() } : { waiting: 0, refused: 0 }
}
