/** Devices in one Chromium: each a page with a database of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { ensureBrowser, launchFlags } from '../../support/browser.mjs'
import type { Engine } from './engines.ts'
import type { Stored } from './servers/server.ts'

export type Durability = 'relaxed' | 'strict'

/** One device: calls of `work` in its page. */
export type OpenDevice = {
  do: <T = void>(what: string, ...values: unknown[]) => Promise<T>
  close: () => Promise<void>
}

export type Browser = {
  /** `host` tells devices of one engine apart that must not share a store: any name under `localhost`. */
  device: (engine: Engine, stored: Stored, options?: { durability?: Durability; host?: string; database?: string }) => Promise<OpenDevice>
  page: (address: string) => Promise<Page>
  version: () => string
  close: () => Promise<void>
}

let databases = 0

export const addressOf = ({ server }: Engine, host: string, parameters: Record<string, string>) => `http://${host}:${server.port}/?${new URLSearchParams(parameters)}`

/** With its profile on the disk, as on a phone: a private window would keep its databases in memory. */
export async function openBrowser(profile: string): Promise<Browser> {
  const context: BrowserContext = await chromium.launchPersistentContext(profile, { executablePath: await ensureBrowser(), args: launchFlags })
  const [blank] = context.pages()
  await blank?.close()
  return {
    async device(engine, { place, cookies }, { durability = 'relaxed', host = 'localhost', database = `bench-${(databases += 1)}` } = {}) {
      const address = addressOf(engine, host, { durability })
      await context.clearCookies({ domain: host })
      await context.addCookies(cookies.map((cookie) => ({ ...cookie, domain: host, path: '/' })))
      const page = await context.newPage()
      page.on('pageerror', (error) => console.error(`${engine.name}: ${error.message}`))
      await page.goto(address)
      const call = <T>(what: string, ...values: unknown[]) =>
        page.evaluate(([name, args]) => (globalThis as unknown as { work: Record<string, (...values: unknown[]) => Promise<T>> }).work[name]!(...args), [what, values] as const)
      await call('open', database, place)
      return {
        do: call,
        async close() {
          await page.close()
        },
      }
    },
    async page(address) {
      const page = await context.newPage()
      await page.goto(address)
      return page
    },
    version: () => `Chromium ${context.browser()?.version() ?? ''}`.trim(),
    close: () => context.close(),
  }
}

/** A browser with a new profile that goes when it closes. */
export async function freshBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'opstap-bench-profile-'))
  const browser = await openBrowser(profile)
  return {
    ...browser,
    async close() {
      await browser.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
