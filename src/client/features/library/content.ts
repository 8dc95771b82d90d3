/** How the screens of knowledge read what lies on this device. */
import { inject, type Ref } from 'vue'
import type { OpstapDatabase } from '../../db/database.ts'
import { live } from '../../db/live.ts'
import { clientKey, type Client } from '../../sync/client.ts'
import { useObservable } from '../../ui/useObservable.ts'

/** `content`: undefined as long as it is not read, or not all of it is on this device. */
export type Reading<T> = { client: Client; content: Readonly<Ref<T | undefined>>; error: Readonly<Ref<unknown>> }

/** `shards`: the parts of the pack that the screen cannot do without; left out, it waits for the whole. */
export function useContent<T>(read: (db: OpstapDatabase) => Promise<T>, ...shards: string[]): Reading<T> {
  const client = inject(clientKey)!
  const { value, error } = useObservable(() => live(async () => ((await isThere(client.db, shards)) ? await read(client.db) : undefined)))
  return { client, content: value, error }
}

/** A first import comes shard by shard, and has no version until the last one. */
async function isThere(db: OpstapDatabase, shards: readonly string[]): Promise<boolean> {
  const pack = await db.read('pack')
  if (!pack) return false
  return pack.version !== '' || (shards.length > 0 && shards.every((name) => name in pack.shards))
}
