/** Where a person's change is now: on this device, on the server, or refused. Read from the outbox, never guessed. */
import type { Collection } from '../../domain/collection.ts'
import type { CollectionName } from '../../domain/collections.ts'
import type { SpaceId } from '../../domain/ids.ts'
import { refuse } from '../../domain/refusals.ts'
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { live, type Observable } from '../db/live.ts'
import type { Client } from './client.ts'
import { dossierOf } from './identity.ts'
import type { Written } from './mutate.ts'

/** Times in ms since 1970. */
export type Saved = { savedAt: number | null; safeAt: number | null; failed: string | undefined }

export const nothingSaved: Saved = { savedAt: null, safeAt: null, failed: undefined }

/** The changes of these rows, in whatever state. */
const entriesOf = (db: OpstapDatabase, space: SpaceId, collection: string, rows: readonly string[]): Promise<OutboxEntry[]> =>
  db.outbox
    .where('[space+collection+row]')
    .anyOf(rows.map((row) => [space, collection, row]))
    .toArray()

/** The same for all rows of which the id begins so. */
export const entriesStarting = (db: OpstapDatabase, space: SpaceId, collection: string, start: string): Promise<OutboxEntry[]> =>
  db.outbox.where('[space+collection+row]').between([space, collection, start], [space, collection, `${start}\uffff`]).toArray()

/** What became of the changes of these rows, or of one field of them. */
export async function readSaved(db: OpstapDatabase, space: SpaceId, collection: string, rows: readonly string[], field?: string): Promise<Saved> {
  return savedFrom(await entriesOf(db, space, collection, rows), field === undefined ? undefined : [field])
}

/** What became of these changes, as far as they are about one of `fields`. */
export function savedFrom(entries: readonly OutboxEntry[], fields?: readonly string[]): Saved {
  const about = entries.filter(({ set }) => fields === undefined || fields.some((field) => field in set))
  const last = about.sort((a, b) => b.n - a.n)[0]
  if (!last) return nothingSaved
  if (last.state === 'parked') return { ...nothingSaved, failed: `De server kon dit niet verwerken. ${last.reason?.message ?? ''}`.trim() }
  const unsent = about.filter(({ state }) => state === 'waiting' || state === 'sent')
  if (unsent.length > 0) return { ...nothingSaved, savedAt: Math.max(...unsent.map(({ at }) => at)) }
  return { ...nothingSaved, safeAt: Math.max(...about.map(({ ackedAt }) => ackedAt ?? 0)) }
}

/** The same, live, for rows of the dossier. */
export const savedInDossier = (client: Client, collection: CollectionName, rows: () => readonly string[] | Promise<readonly string[]>, field?: string): Observable<Saved> =>
  live(async () => readSaved(client.db, await dossierOf(client.db), collection, await rows(), field))

/** The same, live, for rows in the space where the collection belongs. */
export const savedOf = (client: Client, collection: Collection<any>, rows: () => readonly string[] | Promise<readonly string[]>, field?: string): Observable<Saved> =>
  live(async () => readSaved(client.db, await client.spaceOf(collection), collection.name, await rows(), field))

/** Why it was not saved, for beside the field; undefined when it was. */
export function problemOf(written: Written): string | undefined {
  switch (written.kind) {
    case 'written':
      return undefined
    case 'full':
      return 'Niet bewaard: dit toestel heeft geen plaats meer. Maak plaats vrij en probeer opnieuw.'
    case 'failed':
      return 'Niet bewaard: er ging iets mis op dit toestel. Probeer opnieuw.'
    case 'refused':
      return `Niet bewaard. ${refuse(written.refusal).message}`
  }
}
