/** The photo itself, from wherever this person has it. */
import type { SpaceId } from '../../domain/ids.ts'
import { photoType } from '../../domain/photos.ts'
import type { OpstapDatabase } from '../db/database.ts'

/** Where the server gives a photo to who sees the space that names it. */
export const photoAddress = (space: SpaceId, file: string): string => `/api/photos/${file}?${new URLSearchParams({ space })}`

/** What is being made does not wait longer for one photo; in milliseconds. */
const PATIENCE_MS = 15_000

/** Of this device, else of the server; null when neither gives it now. */
export async function photoBytes({ photos }: Pick<OpstapDatabase, 'photos'>, space: SpaceId, file: string): Promise<Uint8Array | null> {
  const here = await photos.where('id').equals(file).first()
  if (here) return new Uint8Array(here.bytes)
  try {
    const answer = await fetch(photoAddress(space, file), { signal: AbortSignal.timeout(PATIENCE_MS) })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    // A page of a captive portal is no photo.
    return answer.ok && photoType(bytes) !== null ? bytes : null
  } catch {
    return null
  }
}
