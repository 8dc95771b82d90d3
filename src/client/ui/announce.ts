import { readonly, ref } from 'vue'

/** The same words within this time are one status that several places noticed; in milliseconds. */
const ECHO_MS = 3_000

const words = ref('')
let saidAt = Number.NEGATIVE_INFINITY

/** What the one polite live region holds now. */
export const announcement = readonly(words)

/** Says a status once to people who do not see the screen change. */
export function announce(text: string, now = performance.now()): void {
  const plain = text.trim()
  if (plain === '' || (plain === words.value.trimEnd() && now - saidAt < ECHO_MS)) return
  saidAt = now
  // A no-break space at the end makes a repetition a change of the text; without one it would stay unsaid.
  words.value = plain === words.value ? `${plain}\u00a0` : plain
}
