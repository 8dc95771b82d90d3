/** A phone that was off, without a network: from the tap on the icon until the path can be used, beside an empty app on the same run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../../support/app.ts'
import { startEmptyApp } from './empty-app.ts'
import { type Measured, median, openPhone, readyForOffline, slowDown } from './measure.ts'

type Visited = { profile: string; url: string; usable: string }

/** Opens it once with a network, so that everything is kept. */
async function visit(url: string, usable: string): Promise<Visited> {
  const profile = mkdtempSync(join(tmpdir(), 'opstap-cold-'))
  const context = await openPhone(profile)
  const page = await context.newPage()
  await page.goto(url)
  await readyForOffline(page)
  await page.reload()
  await page.locator(usable).first().waitFor()
  await context.close()
  return { profile, url, usable }
}

/** Milliseconds from the start of the navigation until the frame that shows it, in a browser that just started. */
async function start({ profile, url, usable }: Visited): Promise<number> {
  const context = await openPhone(profile)
  try {
    const page = await context.newPage()
    await page.addInitScript((selector) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector(selector)) return
        observer.disconnect()
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => performance.mark('usable'))
          port1.start()
          port2.postMessage(null)
        })
      })
      observer.observe(document, { childList: true, subtree: true })
    }, usable)
    await slowDown(page)
    await page.goto(url)
    const usableAt = await page.waitForFunction(() => performance.getEntriesByName('usable')[0]?.startTime)
    return Number(await usableAt.jsonValue())
  } finally {
    await context.close()
  }
}

/** Stops the app's server: what is measured needs none. */
export async function measureColdStart(app: App, runs: number): Promise<Measured[]> {
  const empty = await startEmptyApp()
  const visited: Visited[] = []
  try {
    const own = await visit(`${app.url}/starten`, 'main a[href^="/starten/"]')
    visited.push(own)
    const bare = await visit(`${empty.url}/`, 'main h1')
    visited.push(bare)
    await Promise.all([app.stop(), empty.stop()])
    const [ownTimes, bareTimes]: [number[], number[]] = [[], []]
    // In turns, so that what else the computer does falls on both.
    for (let turn = 0; turn < runs; turn += 1) {
      ownTimes.push(await start(own))
      bareTimes.push(await start(bare))
    }
    return [
      { what: 'cold offline start to usable path, against an empty Vue app', value: median(ownTimes) / median(bareTimes), unit: '×', bar: { kind: 'most', value: 1.25 } },
      { what: 'cold offline start to usable path, median', value: median(ownTimes), unit: 'ms' },
      { what: 'the same of the empty Vue app, median', value: median(bareTimes), unit: 'ms' },
    ]
  } finally {
    empty.remove()
    for (const { profile } of visited) rmSync(profile, { recursive: true, force: true })
  }
}
