/** The environment of a real browser. */
import type { Environment, Transport } from './environment.ts'

const network = async () => (await import('./transport.ts')).browserTransport

/** Fetched with the engine, not with the first screen. */
const transport: Transport = {
  sync: async (request, signal) => (await network()).sync(request, signal),
  session: async () => (await network()).session(),
  listen: (poke) => {
    const listening = network().then(({ listen }) => listen(poke))
    return () => void listening.then((end) => end())
  },
}

export const browserEnvironment = (): Environment => ({
  now: () => Date.now(),
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
  transport,
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
