/** A text that is kept on this device until it went where it should: closing the page or the connection loses nothing. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { useUncommitted } from './uncommitted.ts'

const PAUSE_MS = 400

type Store = { read: () => Promise<string | undefined>; keep: (text: string) => Promise<void>; forget: () => Promise<void> }

export type KeptText = {
  text: Ref<string>
  /** It arrived, or the person gave it up. */
  forget: () => Promise<void>
}

export function useKeptText(store: Store, initial = ''): KeptText {
  const text = ref(initial)
  const pending = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let given = text.value
  useUncommitted(pending)

  const keep = async () => {
    clearTimeout(timer)
    if (!pending.value) return
    await store.keep(text.value).catch((error: unknown) => console.error(error))
    pending.value = false
  }
  watch(text, (now) => {
    if (now === given) return
    given = now
    pending.value = true
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), PAUSE_MS)
  })
  void store.read().then((kept) => {
    if (kept === undefined || pending.value) return
    given = kept
    text.value = kept
  })
  const hidden = () => void (document.visibilityState === 'hidden' && keep())
  document.addEventListener('visibilitychange', hidden)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', hidden)
    void keep()
  })

  return {
    text,
    forget: async () => {
      clearTimeout(timer)
      pending.value = false
      given = text.value
      await store.forget()
    },
  }
}
