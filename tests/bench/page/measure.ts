/** What all page benches share: the browser, statistics and one row of the table. */
import { chromium, type BrowserContext, type CDPSession, type Page } from '@playwright/test'
import { ensureBrowser, launchFlags } from '../../support/browser.mjs'
import { phone } from '../../support/journey.ts'

export type Measured = { what: string; value: number; unit: string; bar?: { kind: 'most' | 'least'; value: number } }

export const holds = ({ value, bar }: Measured): boolean => !bar || (bar.kind === 'most' ? value <= bar.value : value >= bar.value)

/** One line of the table. */
export function shown({ what, value, unit, bar }: Measured): string {
  const number = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 0)
  const against = bar ? `${bar.kind === 'most' ? '≤' : '≥'} ${bar.value}` : ''
  return `${holds({ what, value, unit, bar }) ? (bar ? 'ok  ' : '    ') : 'MISS'} ${what.padEnd(62)} ${number.padStart(8)} ${unit.padEnd(2)} ${against}`
}

/** The value below which this share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
export const median = (samples: readonly number[]): number => percentile(samples, 0.5)

/** A phone with its own profile on the disk, so that it can be switched off and on again. */
export async function openPhone(profile: string, extraFlags: string[] = []): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await ensureBrowser(),
    args: [...launchFlags, ...extraFlags],
    viewport: phone,
    hasTouch: true,
    isMobile: true,
    locale: 'nl-BE',
    timezoneId: 'Europe/Brussels',
  })
  // tsx names functions by a helper of its own, which functions that travel to the page miss there.
  await context.addInitScript('globalThis.__name = (named) => named')
  return context
}

/** Four times slower than this computer: about a cheap phone of some years ago. */
export async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  return session
}

/** Resolves when the service worker holds everything. */
export async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state !== 'activated') await new Promise((resolve) => active?.addEventListener('statechange', resolve, { once: true }))
  })
}
