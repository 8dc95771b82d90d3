/**
 * A new version waits until the person wants it, and never interrupts: not while text is on its way into the store, not
 * while a file is on its way to the server. When one tab takes it, all tabs follow, each as soon as it is free.
 */

import { Workbox } from 'workbox-window'

/** As far as this needs `Workbox` of workbox-window. */
export type Registration = {
  addEventListener(type: 'waiting', listener: () => void): void
  register(): Promise<unknown>
  update(): Promise<void>
  messageSkipWaiting(): void
}

export type UpdateOptions = {
  /** A reload now would interrupt something. */
  busy: () => boolean
  /** A new version is ready and nothing would be interrupted: tell the person. */
  onReady: () => void
  reload: () => void
  /** Calls back when another service worker takes over this page. */
  onTakeover: (takeover: () => void) => void
  /** A service worker was in charge when the page loaded; without one the first takeover is no update. */
  controlled: boolean
  /** Calls back every hour and when the page becomes visible. */
  onOccasion: (check: () => void) => void
  /** Runs `task` after `ms`. */
  after: (ms: number, task: () => void) => void
}

export type Updates = {
  /** Takes the new version as soon as nothing is interrupted. */
  take: () => void
}

/** How often a busy page is asked again; in milliseconds. */
const ASK_AGAIN_MS = 500

export function followUpdates(registration: Registration, options: UpdateOptions): Updates {
  const whenFree = (task: () => void): void => {
    if (options.busy()) options.after(ASK_AGAIN_MS, () => whenFree(task))
    else task()
  }
  let first = !options.controlled
  let reloading = false
  options.onTakeover(() => {
    if (first) {
      first = false
      return
    }
    if (reloading) return
    reloading = true
    whenFree(options.reload)
  })
  registration.addEventListener('waiting', () => whenFree(options.onReady))
  options.onOccasion(() => {
    // Without a connection the check fails; the next occasion comes.
    registration.update().catch(() => undefined)
  })
  // A browser may refuse service workers (a private window); the app then works online.
  registration.register().catch((error: unknown) => console.warn(error))
  return { take: () => whenFree(() => registration.messageSkipWaiting()) }
}

const HOUR_MS = 3_600_000

/** The same in a real browser; null where there are no service workers. */
export function followBrowserUpdates(busy: () => boolean, onReady: () => void): Updates | null {
  if (!('serviceWorker' in navigator)) return null
  return followUpdates(new Workbox('/service-worker.js'), {
    busy,
    onReady,
    reload: () => location.reload(),
    // Where the browser wiped it there is none any more, and nothing to reload for.
    onTakeover: (takeover) => navigator.serviceWorker.addEventListener('controllerchange', () => navigator.serviceWorker.controller && takeover()),
    controlled: navigator.serviceWorker.controller !== null,
    onOccasion: (check) => {
      setInterval(check, HOUR_MS)
      document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && check())
    },
    after: (ms, task) => void setTimeout(task, ms),
  })
}
