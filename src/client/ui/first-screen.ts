/** Whether what is on the screen still waits for the device's store, so that the first screen is shown when it is whole. */
let waiting = 0

/** Something on the screen waits from now on; call the answer, once or more, when it no longer does. */
export function beginWaiting(): () => void {
  let ended = false
  waiting += 1
  return () => {
    if (!ended) waiting -= 1
    ended = true
  }
}

/** How long what was painted beforehand may stand for a screen that does not come, in milliseconds. */
const PATIENCE_MS = 4_000

let seen = Promise.resolve()

/** Resolves when the screen stands in the page, so that it has a size; at once in an app that is running. */
export const whenSeen = (): Promise<void> => seen

/**
 * Resolves when nothing waits any more, or patience is over. What came may itself begin to wait: so it looks twice. Call the
 * answer when the screen stands in the page.
 */
export async function firstScreen(): Promise<() => void> {
  let tell!: () => void
  seen = new Promise((resolve) => (tell = resolve))
  const until = performance.now() + PATIENCE_MS
  for (let quiet = 0; quiet < 2 && performance.now() < until; quiet = waiting > 0 ? 0 : quiet + 1) await new Promise((resolve) => setTimeout(resolve))
  return tell
}
