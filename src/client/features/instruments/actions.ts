/** Everything a person does with a guide. Each action resolves after the device's store committed, or says why it did not. */
import { bookmarkId, pathOfPlace, placeOf, type ReadingPlace } from '../../../domain/reading.ts'
import { isDeleted } from '../../../domain/row.ts'
import { rowOf, type Read } from '../../db/rows.ts'
import type { Answering } from '../../forms/open-form.ts'
import type { Client } from '../../sync/client.ts'
import { dossierSpace, ownSpace } from '../../sync/identity.ts'
import type { Written } from '../../sync/mutate.ts'

const spaces = { filledWorksheet: dossierSpace, guideUse: dossierSpace, bookmark: ownSpace } as const

/** Also brings back what was taken away before. */
async function write(client: Client, collection: keyof typeof spaces, id: string, set: Answering): Promise<Written> {
  const row = await client.db.rows.get([spaces[collection](await client.db.read('session')), collection, id])
  return client.write(collection, id, row && isDeleted(row) ? { ...set, deleted: false } : set)
}

const moment = (client: Client): string => new Date(client.env.now()).toISOString()

export const answer = (client: Client, sheet: string, set: Answering): Promise<Written> => write(client, 'filledWorksheet', sheet, set)

export const setUse = (client: Client, guide: string, set: { since?: string; score?: number | null }): Promise<Written> => write(client, 'guideUse', guide, set)

export const removeUse = (client: Client, guide: string): Promise<Written> => client.write('guideUse', guide, { deleted: true })

export const restoreUse = (client: Client, guide: string): Promise<Written> => client.write('guideUse', guide, { deleted: false })

export const addBookmark = (client: Client, guide: string, section: string): Promise<Written> => write(client, 'bookmark', bookmarkId(guide, section), { at: moment(client) })

export const removeBookmark = (client: Client, guide: string, section: string): Promise<Written> => client.write('bookmark', bookmarkId(guide, section), { deleted: true })

export type Earlier = { place: ReadingPlace | null; version: number | undefined }

/** Where the person was in the guide at an earlier visit, and what they saw of it; this visit is noted from now on. */
export async function beginVisit(client: Client, guide: { id: string; version: number }): Promise<Earlier> {
  const row: Read<'position'> | undefined = await rowOf(client.db, ownSpace(await client.db.read('session')), 'position', guide.id)
  const place = row ? placeOf(row.values) : null
  await rememberPlace(client, guide, place)
  return { place, version: row?.values.version }
}

/** So that another visit, here or on another device, goes on there. */
export const rememberPlace = (client: Client, { id, version }: { id: string; version: number }, place: ReadingPlace | null): Promise<Written> =>
  client.write('position', id, { path: place ? pathOfPlace(id, place.section) : `/instrumenten/${id}`, offset: place?.offset ?? 0, at: moment(client), version })
