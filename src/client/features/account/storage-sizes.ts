/** What Opstap keeps on this device, in bytes per kind. As text, so about what the browser needs for it. */
import type { OpstapDatabase } from '../../db/database.ts'

export type Sizes = { own: number; photos: number; guides: number; texts: number; app: number | null }

export async function readSizes(db: OpstapDatabase, stores: Pick<CacheStorage, 'keys' | 'open'> | null): Promise<Sizes> {
  const sizes: Sizes = { own: 0, photos: 0, guides: 0, texts: 0, app: stores ? await cached(stores) : null }
  await db.rows.each((row) => void (sizes.own += bytes(row)))
  await db.outbox.each((entry) => void (sizes.own += bytes(entry)))
  for (const photos of [db.photos, db.shared]) await photos.each((photo: { bytes: ArrayBuffer }) => void (sizes.photos += photo.bytes.byteLength))
  await db.items.each((item) => void (sizes[item.kind === 'guide' ? 'guides' : 'texts'] += bytes(item)))
  return sizes
}

const encoder = new TextEncoder()
const bytes = (value: unknown): number => encoder.encode(JSON.stringify(value)).length

async function cached(stores: Pick<CacheStorage, 'keys' | 'open'>): Promise<number> {
  let sum = 0
  for (const name of await stores.keys()) {
    for (const answer of await (await stores.open(name)).matchAll()) sum += (await answer.blob()).size
  }
  return sum
}
