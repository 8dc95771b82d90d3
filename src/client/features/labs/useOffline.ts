import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'
import type { Client } from '../../sync/client.ts'
import type { SyncStatus } from '../../sync/status.ts'
import { useObservable } from '../../ui/useObservable.ts'

/** A change that is just being offered waits a moment too; after this long there is no connection. In milliseconds. */
const PATIENCE_MS = 2_500

/** Whether what is sent now waits on the device: no network, or changes that stay waiting. */
export function useOffline(client: Client): Readonly<Ref<boolean>> {
  const { value: status } = useObservable<SyncStatus>(() => client.status)
  const network = ref(!navigator.onLine)
  const stuck = ref(false)
  let cancel: (() => void) | undefined
  const note = () => (network.value = !navigator.onLine)
  addEventListener('online', note)
  addEventListener('offline', note)
  const offline = ref(network.value)
  const tell = () => (offline.value = network.value || stuck.value)
  watch(network, tell)
  watch(status, (now) => {
    cancel?.()
    const waits = now?.kind === 'waiting' || now?.kind === 'signIn'
    if (waits) cancel = client.env.after(PATIENCE_MS, () => ((stuck.value = true), tell()))
    else {
      stuck.value = false
      tell()
    }
  })
  onScopeDispose(() => {
    cancel?.()
    removeEventListener('online', note)
    removeEventListener('offline', note)
  })
  return readonly(offline)
}
