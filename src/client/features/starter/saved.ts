import { computed, type ComputedRef } from 'vue'
import type { CollectionName } from '../../../domain/collections.ts'
import type { Client } from '../../sync/client.ts'
import { nothingSaved, savedInDossier, type Saved } from '../../sync/saved.ts'
import { useObservable } from '../../ui/useObservable.ts'

/** Where the changes of these rows are now, for beside their fields. */
export function useSaved(client: Client, collection: CollectionName, rows: () => readonly string[] | Promise<readonly string[]>, field?: string): ComputedRef<Saved> {
  const { value } = useObservable(() => savedInDossier(client, collection, rows, field))
  return computed(() => value.value ?? nothingSaved)
}
