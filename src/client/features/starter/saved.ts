import { computed, type ComputedRef } from 'vue'
import type { Collection } from '../../../domain/collection.ts'
import type { Client } from '../../sync/client.ts'
import { nothingSaved, savedOf, type Saved } from '../../sync/saved.ts'
import { useObservable } from '../../ui/useObservable.ts'

/** Where the changes of these rows are now, for beside their fields. */
export function useSaved(client: Client, collection: Collection<any>, rows: () => readonly string[] | Promise<readonly string[]>, field?: string): ComputedRef<Saved> {
  const { value } = useObservable(() => savedOf(client, collection, rows, field))
  return computed(() => value.value ?? nothingSaved)
}
