/**
 * Knows when everything that was set going has come to rest, without sleeping: what fake-indexeddb and Dexie put off runs
 * through `setImmediate` and `setTimeout(…, 0)`, which are counted here. Chance is seeded, so that a history plays the same twice.
 */
import { webcrypto } from 'node:crypto'

const immediate = globalThis.setImmediate
const timeout = globalThis.setTimeout
let outstanding = 0

const counted = (task: (...args: unknown[]) => void, ...args: unknown[]) => {
  outstanding += 1
  return immediate(() => {
    outstanding -= 1
    task(...args)
  })
}

let state = 1
/** The next history begins with the same chance as every other. */
export const resetChance = () => void (state = 1)

export function install(): void {
  globalThis.setImmediate = counted as unknown as typeof setImmediate
  globalThis.setTimeout = ((task: () => void, ms = 0, ...args: unknown[]) => (ms > 0 ? timeout(task, ms, ...args) : counted(task, ...args))) as unknown as typeof setTimeout
  // Tabs live in one process: they hear of each other's writes without it.
  Reflect.deleteProperty(globalThis, 'BroadcastChannel')
  Object.defineProperty(webcrypto, 'getRandomValues', {
    value: <T extends ArrayBufferView>(array: T): T => {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
      for (let i = 0; i < bytes.length; i += 1) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        bytes[i] = state >>> 24
      }
      return array
    },
  })
}

/** Resolves when nothing that was put off is left. Work of the database driver does not count: it is awaited by who asked. */
export async function idle(): Promise<void> {
  let quiet = 0
  while (quiet < 2) {
    await new Promise<void>((resolve) => immediate(resolve))
    quiet = outstanding === 0 ? quiet + 1 : 0
  }
}
