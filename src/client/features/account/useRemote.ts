/** What only the server knows, for a screen that also works without it. */
import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import type { Result } from '../../sync/environment.ts'

export type Remote<T> = {
  /** The last answer; stays when a later question fails. */
  value: Readonly<Ref<T | undefined>>
  state: Readonly<Ref<'loading' | 'ok' | 'offline' | 'problem'>>
  message: Readonly<Ref<string>>
  load: () => Promise<void>
}

/** Asks now, again when the browser comes online, and whenever `load` is called. */
export function useRemote<T>(question: () => Promise<Result<T>>): Remote<T> {
  const value = shallowRef<T>()
  const state = ref<'loading' | 'ok' | 'offline' | 'problem'>('loading')
  const message = ref('')
  let latest = 0

  async function load(): Promise<void> {
    const turn = (latest += 1)
    const result = await question()
    if (turn !== latest) return
    if (result.kind === 'ok') value.value = result.value
    state.value = result.kind
    message.value = result.kind === 'problem' ? result.message : ''
  }

  const again = () => void load()
  addEventListener('online', again)
  onScopeDispose(() => removeEventListener('online', again))
  void load()
  return { value, state, message, load }
}
