/** The environment of a real browser. */
import type { Environment } from './environment.ts'
import { browserTransport } from './transport.ts'

export const browserEnvironment = (): Environment => ({
  now: () => Date.now(),
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
  transport: browserTransport,
  onWake: (wake) => {
    const visible = () => document.visibilityState === 'visible' && wake()
    addEventListener('online', wake)
    document.addEventListener('visibilitychange', visible)
    return () => {
      removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', visible)
    }
  },
  locks: 'locks' in navigator ? navigator.locks : null,
})
