/** A browser that was off: from the start of the navigation until the first rows are there; and what the store weighs on the disk. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addressOf, openBrowser } from './devices.ts'
import type { Engine } from './engines.ts'
import { rowsFrom, TASKS } from './rows.ts'
import type { Stored } from './servers/server.ts'

type Filled = { engine: Engine; profile: string; stored: Stored }

const DATABASE = 'koude-start'

export type ColdStarts = {
  /** Starts the browser anew and gives the milliseconds. */
  start: (engine: Engine) => Promise<number>
  /** Bytes of the browser's databases, with the browser stopped. */
  diskBytes: (engine: Engine) => number
  remove: () => void
}

/** Gives each engine a browser profile with these many rows in it. */
export async function prepareColdStarts(engines: readonly Engine[], count: number): Promise<ColdStarts> {
  const filled = new Map<string, Filled>()
  for (const engine of engines) {
    const profile = mkdtempSync(join(tmpdir(), 'opstap-bench-cold-'))
    const stored = await engine.server.place(rowsFrom(0, count))
    const browser = await openBrowser(profile)
    const device = await browser.device(engine, stored, { database: DATABASE })
    await device.do('pull', count)
    await device.do('disconnect')
    await browser.close()
    filled.set(engine.name, { engine, profile, stored })
  }
  return {
    async start(engine) {
      const { profile, stored } = filled.get(engine.name)!
      const browser = await openBrowser(profile)
      try {
        const page = await browser.page(addressOf(engine, 'localhost', { durability: 'relaxed', cold: JSON.stringify({ database: DATABASE, place: stored.place }) }))
        const handle = await page.waitForFunction(() => (globalThis as unknown as { coldStart?: { ms: number; found: number } }).coldStart)
        const { ms, found } = (await handle.jsonValue())!
        if (found !== count / TASKS) throw new Error(`${engine.name}: after a cold start ${found} rows were found instead of ${count / TASKS}`)
        return ms
      } finally {
        await browser.close()
      }
    },
    diskBytes: (engine) => bytesIn(join(filled.get(engine.name)!.profile, 'Default', 'IndexedDB')),
    remove() {
      for (const { profile } of filled.values()) rmSync(profile, { recursive: true, force: true })
    },
  }
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
