/**
 * What a reload would interrupt: text on its way into the device's store, a file on its way to the server. An update
 * waits until nothing of the kind is left.
 */
import { onScopeDispose, watch, type WatchSource } from 'vue'

let open = 0
let waiting: (() => void)[] = []

/** True while something is not yet where it is safe. */
export const hasUncommitted = (): boolean => open > 0

/** Resolves when nothing of the kind is left; never where it cannot be kept. */
export const whenCommitted = (): Promise<void> => (open === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)))

/** Marks the beginning of such a stretch; call what it returns, once, at the end. */
export function beginUncommitted(): () => void {
  let ended = false
  open += 1
  return () => {
    if (ended) return
    ended = true
    open -= 1
    if (open > 0) return
    for (const resolve of waiting) resolve()
    waiting = []
  }
}

/** The same, for as long as `pending` is true and the component lives. */
export function useUncommitted(pending: WatchSource<boolean>): void {
  let end: (() => void) | undefined
  const follow = (now: boolean) => {
    if (now) end ??= beginUncommitted()
    else {
      end?.()
      end = undefined
    }
  }
  watch(pending, follow, { immediate: true, flush: 'sync' })
  onScopeDispose(() => follow(false))
}
