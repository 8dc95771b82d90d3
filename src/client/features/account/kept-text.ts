/** A text that only the server can take, kept on this device until it did: closing the page or the connection loses nothing. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { OpstapDatabase } from '../../db/database.ts'
import { useUncommitted } from '../../ui/uncommitted.ts'

const PAUSE_MS = 400
const keyOf = (person: string, name: string) => `draft:${person}:${name}`

export type KeptText = {
  text: Ref<string>
  /** The server has it, or the person gave it up. */
  forget: () => Promise<void>
}

export function useKeptText(db: OpstapDatabase, person: string, name: string, initial = ''): KeptText {
  const key = keyOf(person, name)
  const text = ref(initial)
  const pending = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let given = text.value
  useUncommitted(pending)

  const keep = async () => {
    clearTimeout(timer)
    if (!pending.value) return
    await change(db, (choices) => ({ ...choices, [key]: text.value })).catch((error: unknown) => console.error(error))
    pending.value = false
  }
  watch(text, (now) => {
    if (now === given) return
    given = now
    pending.value = true
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), PAUSE_MS)
  })
  void db.read('choices').then((choices) => {
    const kept = choices?.[key]
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
      await change(db, ({ [key]: _kept, ...others }) => others)
    },
  }
}

export const forgetDrafts = (db: OpstapDatabase, person: string): Promise<void> =>
  change(db, (choices) => Object.fromEntries(Object.entries(choices).filter(([key]) => !key.startsWith(keyOf(person, '')))))

async function change(db: OpstapDatabase, make: (choices: Record<string, string>) => Record<string, string>): Promise<void> {
  await db.transaction('rw', db.meta, async () => db.write('choices', make((await db.read('choices')) ?? {})))
}
