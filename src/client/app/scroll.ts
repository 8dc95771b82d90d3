/** Where the page stands after navigation: at the heading asked for, where one was before, else at the top. */
import type { RouterScrollBehavior } from 'vue-router'

/** How long to wait for a page to become as tall as it was; in milliseconds. */
const PATIENCE_MS = 1_000

export const scrollTo: RouterScrollBehavior = async (to, from, saved) => {
  if (saved) {
    await tallEnough(saved.top)
    return saved
  }
  if (to.hash) {
    const id = decodeURIComponent(to.hash.slice(1))
    await appears(() => document.getElementById(id) !== null)
    const element = document.getElementById(id)
    return element ? { el: element, top: scrollPadding() } : undefined
  }
  return to.path === from.path ? undefined : { left: 0, top: 0 }
}

const tallEnough = (top: number) => appears(() => document.documentElement.scrollHeight - innerHeight >= top)

/** vue-router scrolls by itself and does not know of the room that the sticky header takes. */
const scrollPadding = () => parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0

/** Screens fill from the device's store a moment after they appear. */
function appears(there: () => boolean): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  return new Promise((resolve) => {
    const look = () => {
      if (there() || performance.now() > until) resolve()
      else requestAnimationFrame(look)
    }
    look()
  })
}
