/** The codes on their way out: posted, and at hand for the sign-in page on a developer's own computer. */
import { codeLetter } from './letters.ts'
import type { Postbox } from './mail.ts'

export type Codes = {
  /** Starts to look out for the code of an address; the returned function tells the one that was sent since. */
  watch(email: string): () => string | undefined
  send(email: string, code: string): void
}

export function createCodes(postbox: Postbox): Codes {
  const watched = new Map<string, { code?: string }>()
  return {
    watch(email) {
      const slot: { code?: string } = {}
      watched.set(email, slot)
      return () => {
        if (watched.get(email) === slot) watched.delete(email)
        return slot.code
      }
    },
    send(email, code) {
      const slot = watched.get(email)
      if (slot) slot.code = code
      postbox.post(codeLetter(email, code))
    },
  }
}
