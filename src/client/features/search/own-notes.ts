/** What the person wrote, as far as search knows it. It stays on the device. A collection with texts joins with one entry. */
import type { CollectionName } from '../../../domain/collections.ts'
import { live, type Observable } from '../../db/live.ts'
import { rowsOf, type Read } from '../../db/rows.ts'
import type { Client } from '../../sync/client.ts'
import { dossierOf } from '../../sync/identity.ts'

/** `about`: the item of content it belongs to, whose title it is shown with. */
export type OwnNote = { id: string; text: string; about: string; to: string }

type Source = { collection: CollectionName; read: (row: Read<any>) => Omit<OwnNote, 'id'> | null }

/** `read` is null for a row without words. */
const source = <C extends CollectionName>(collection: C, read: (row: Read<C>) => Omit<OwnNote, 'id'> | null): Source => ({ collection, read: read as Source['read'] })

const sources: readonly Source[] = [
  source('taskProgress', ({ id, values: { note } }) => (note?.t?.trim() ? { text: note.t, about: id, to: `/starten/${id}` } : null)),
  source('evidence', ({ values: { title, task } }) => (title && task ? { text: title, about: task, to: `/starten/${task}` } : null)),
  source('practiceUse', ({ id, values: { note } }) => (note?.t?.trim() ? { text: note.t, about: id, to: `/praktijken/${id}` } : null)),
]

const PREFIX = 'eigen:'
export const isOwnNote = (id: string): boolean => id.startsWith(PREFIX)

export const ownNotes = (client: Client): Observable<OwnNote[]> =>
  live(async () => (await Promise.all(sources.map((each) => readSource(client, each)))).flat())

async function readSource(client: Client, { collection, read }: Source): Promise<OwnNote[]> {
  const rows = await rowsOf(client.db, await dossierOf(client.db), collection)
  return rows.flatMap((row) => {
    const note = read(row)
    return note ? [{ id: `${PREFIX}${collection}/${row.id}`, ...note }] : []
  })
}
