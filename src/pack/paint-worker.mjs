// @ts-check
/** Paints pages in a thread of its own: the app's screens find a store in memory and a phone's width, and leave nothing behind. */
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'

/** @type {{ painter: string, pack: string, paths: string[] }} */
const { painter, pack, paths } = workerData
// A phone; what is wider rearranges itself by style.
Object.assign(globalThis, { matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }) })
const { paintPages } = await import(painter)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(await paintPages(async (/** @type {string} */ file) => JSON.parse(readFileSync(join(pack, file), 'utf8')), paths))
process.exit()
