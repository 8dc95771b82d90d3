/** A guide on a slow phone without a network: from the tap in the list until its text and its outline can be read. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Measured, median, openPhone, readyForOffline, slowDown } from './measure.ts'

/** The two longest. */
const GUIDES = ['lio-vlaanderen', 'thuisgevoel-in-vlaanderen']
const BAR_MS = 300

/** Milliseconds from the tap until after the frame that shows it. */
async function openGuide(page: Page, guide: string): Promise<number> {
  await page.locator(`main a[href="/instrumenten/${guide}"]`).first().waitFor()
  return page.evaluate(async (id) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    await frame()
    const begun = performance.now()
    document.querySelector<HTMLElement>(`main a[href="/instrumenten/${id}"]`)!.click()
    while (!document.querySelector('[data-chapter] .prose') || !document.querySelector('.tabs')) await new Promise(requestAnimationFrame)
    await frame()
    return performance.now() - begun
  }, guide)
}

export async function measureGuideOffline(url: string, runs: number): Promise<Measured[]> {
  const profile = mkdtempSync(join(tmpdir(), 'opstap-guide-'))
  const context = await openPhone(profile)
  try {
    const page = await context.newPage()
    await page.goto(url)
    await readyForOffline(page)
    await context.setOffline(true)
    await slowDown(page)
    const [first, again]: [number[], number[]] = [[], []]
    for (let turn = 0; turn < runs; turn += 1) {
      for (const [at, guide] of GUIDES.entries()) {
        // The first of a start also loads the code of the screen.
        if (at === 0) await page.goto(`${url}/instrumenten`)
        else await page.goBack()
        ;(at === 0 ? first : again).push(await openGuide(page, guide))
      }
    }
    return [
      { what: 'a guide opens offline, the first since the start', value: median(first), unit: 'ms', bar: { kind: 'most', value: BAR_MS } },
      { what: 'a guide opens offline, the next', value: median(again), unit: 'ms', bar: { kind: 'most', value: BAR_MS } },
      { what: `a guide opens offline, slowest of ${first.length + again.length}`, value: Math.max(...first, ...again), unit: 'ms' },
    ]
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}
