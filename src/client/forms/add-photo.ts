/** The one road of a picture into a form, from the camera, the gallery or what was shared: made small, kept, and named in a row. */
import type { SpaceId } from '../../domain/ids.ts'
import { keepPhoto } from '../sync/photos.ts'
import { problemOf } from '../sync/saved.ts'
import { addRow, type OpenForm, type TableRow } from './open-form.ts'
import { takePhoto } from './take-photo.ts'

/** `known`: the question has this very photo already. `full`: the device has no room, so the next ones will not fit either. */
export type Added = { kind: 'added' } | { kind: 'known' } | { kind: 'refused'; words: string } | { kind: 'full' }

/** Where the question for photos is, and what it holds now. */
export type PhotoPlace = { form: Pick<OpenForm, 'client' | 'kept'>; space: SpaceId; sheet: string; question: string; rows: readonly TableRow[] }

/** Resolves after the bytes and the row are on the disk. */
export async function addPhoto({ form, space, sheet, question, rows }: PhotoPlace, file: File): Promise<Added> {
  const photo = await takePhoto(file)
  if (photo.kind === 'refused') return photo
  if (rows.some(({ answers }) => answers['value.file'] === photo.id)) return { kind: 'known' }
  const { db } = form.client
  const place: [SpaceId, string] = [space, photo.id]
  const before = await db.photos.where('[space+id]').equals(place).count()
  const keeping = await keepPhoto(form.client, space, { id: photo.id, bytes: photo.bytes, type: photo.type })
  if (keeping !== 'kept') return keeping === 'full' ? { kind: 'full' } : { kind: 'refused', words: `“${file.name}” kon niet bewaard worden. Probeer opnieuw.` }
  const { written } = await addRow(form, sheet, question, rows, { 'value.file': photo.id })
  if (written.kind === 'written') return { kind: 'added' }
  // Bytes that nothing names would stay on this device unseen.
  if (before === 0) await db.photos.delete(place)
  return written.kind === 'full' ? { kind: 'full' } : { kind: 'refused', words: problemOf(written)! }
}
