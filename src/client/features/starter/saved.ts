/** Where a person's change is now: on this device, on the server, or refused there. Read from the outbox, never guessed. */
import { liveQuery } from 'dexie'
import { computed, type ComputedRef } from 'vue'
import type { Collection } from '../../../domain/collections.ts'
import type { SpaceId } from '../../../domain/ids.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import type { Client } from '../../sync/client.ts'
import { useObservable } from '../../ui/useObservable.ts'

/** Times in ms since 1970. */
export type Saved = { savedAt: number | null; safeAt: number | null; failed: string | undefined }

const nothing: Saved = { savedAt: null, safeAt: null, failed: undefined }

/** What became of the changes of these rows, or of one field of them. */
export async function readSaved(db: OpstapDatabase, space: SpaceId, collection: string, rows: readonly string[], field?: string): Promise<Saved> {
  const entries = await db.outbox
    .where('[space+collection+row]')
    .anyOf(rows.map((row) => [space, collection, row]))
    .toArray()
  const about = entries.filter(({ set }) => field === undefined || field in set)
  const last = about.sort((a, b) => b.n - a.n)[0]
  if (!last) return nothing
  if (last.state === 'parked') return { ...nothing, failed: `De server kon dit niet verwerken. ${last.reason?.message ?? ''}`.trim() }
  const unsent = about.filter(({ state }) => state === 'waiting' || state === 'sent')
  if (unsent.length > 0) return { ...nothing, savedAt: Math.max(...unsent.map(({ at }) => at)) }
  return { ...nothing, safeAt: Math.max(...about.map(({ ackedAt }) => ackedAt ?? 0)) }
}

export function useSaved(client: Client, collection: Collection<any>, rows: () => readonly string[] | Promise<readonly string[]>, field?: string): ComputedRef<Saved> {
  const { value } = useObservable(() => liveQuery(async () => readSaved(client.db, await client.spaceOf(collection), collection.name, await rows(), field)))
  return computed(() => value.value ?? nothing)
}
