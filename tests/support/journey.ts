/** What a browser journey starts from: the running app and a phone in someone's hand. */
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'
import { startApp, type App } from './app.ts'

export { expect } from '@playwright/test'

export const phone = { width: 360, height: 740 }
export const desktop = { width: 1280, height: 800 }

/** `app`: one real server for all journeys of a worker. A journey that stops or restarts it starts its own with `startApp`. */
export const test = base.extend<object, { app: App }>({
  app: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const app = await startApp()
      await use(app)
      await app.remove()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ app }, use) => use(app.url),
})

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** No violation on what the page shows now. The findings are told as rule and place. */
export async function axe(page: Page): Promise<void> {
  // Bars that stay in place lie over what scrolls under them; axe would take what is left of a link for all of it.
  const unstick = (position: string) => page.evaluate((value) => document.querySelectorAll<HTMLElement>('.shell-header, .shell-nav, .tabs').forEach(({ style }) => (style.position = value)), position)
  await unstick('static')
  // A button that is on its way from its dark colours to its light ones has the contrast of neither.
  await page.evaluate(() => document.getAnimations().forEach((change) => change.effect?.getComputedTiming().endTime !== Infinity && change.finish()))
  // The page has no frames; without this mode axe opens a page of its own and takes the focus away.
  const { violations, passes } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode(true).analyze()
  await unstick('')
  expect(violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`))).toEqual([])
  expect(passes.length, 'axe looked at something').toBeGreaterThan(5)
}

/** `axe` on this page as a phone and as a desk show it, light and dark; afterwards the page is as before. */
export async function axeInEveryShape(page: Page): Promise<void> {
  const before = page.viewportSize()
  for (const size of [phone, desktop]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme })
      await test.step(`${size.width} px, ${colorScheme}`, () => axe(page))
    }
  }
  if (before) await page.setViewportSize(before)
  await page.emulateMedia({ colorScheme: null })
}

/** Takes this device's network away, of its pages and its service worker; the answer gives it back. */
export async function offline(context: BrowserContext): Promise<() => Promise<void>> {
  await context.setOffline(true)
  return () => context.setOffline(false)
}

/** A second device of the same kind: its own storage, its own session. */
export async function anotherDevice(page: Page): Promise<Page> {
  const browser = page.context().browser()
  if (!browser) throw new Error('this page has no browser of its own')
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin, viewport: phone, locale: 'nl-BE', timezoneId: 'Europe/Brussels' })
  return context.newPage()
}
