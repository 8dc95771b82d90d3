/** From a finger on an answer until the page shows it, after the device's store committed; with a store of ten thousand rows. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { linkRow, putRows } from './device-store.ts'
import { type Measured, openPhone, percentile, slowDown } from './measure.ts'

const ROWS = 10_000
const WARM_UP = 6
const SAMPLES = 60
/** A person reads the next line before ticking it; meanwhile the store gets on with the tick before. */
const PAUSE_MS = 700

/** As earlier work on other tasks would leave them. */
const rows = () => Array.from({ length: ROWS }, (_, at) => linkRow(at, `andere-taak-${at % 50}`, `Bewijs ${at}`))

/** Milliseconds between the click and the frame in which the status beside the title says `words`. */
function untilShown(page: Page, words: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        let clicked = 0
        addEventListener('click', (event) => (clicked = event.timeStamp), { capture: true, once: true })
        const observer = new MutationObserver(() => {
          if (!document.querySelector('.task-facts')?.textContent?.includes(wanted)) return
          observer.disconnect()
          requestAnimationFrame(() => {
            // The first task after the frame's own work: by then it was drawn.
            const { port1, port2 } = new MessageChannel()
            port1.addEventListener('message', () => resolve(performance.now() - clicked))
            port1.start()
            port2.postMessage(null)
          })
        })
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
      }),
    words,
  )
}

export async function measureTick(url: string, task: string): Promise<Measured[]> {
  const profile = mkdtempSync(join(tmpdir(), 'opstap-tick-'))
  const context = await openPhone(profile)
  try {
    const page = await context.newPage()
    await page.goto(url + task)
    await page.getByRole('group', { name: 'Heb je deze taak afgerond?' }).waitFor()
    await putRows(page, rows())
    await page.reload()
    const done = page.getByRole('group', { name: 'Heb je deze taak afgerond?' }).getByRole('radio', { name: 'Ja' })
    const busy = page.getByRole('group', { name: 'Status' }).getByRole('radio', { name: 'Bezig' })
    await done.waitFor()
    await slowDown(page)
    /** `pause`: how long after a tick was drawn the next one comes, in milliseconds. */
    const ticks = async (pause: number): Promise<number[]> => {
      const samples: number[] = []
      for (let turn = 0; turn < WARM_UP + SAMPLES; turn += 1) {
        const [radio, words] = turn % 2 === 0 ? [done, 'Afgerond'] : [busy, 'Bezig']
        await radio.scrollIntoViewIfNeeded()
        await page.waitForTimeout(pause)
        const shown = untilShown(page, words)
        await radio.click()
        samples.push(await shown)
      }
      return samples.slice(WARM_UP)
    }
    const [paced, atOnce] = [await ticks(PAUSE_MS), await ticks(0)]
    return [
      { what: `tick to drawn with ${ROWS} rows, p95`, value: percentile(paced, 0.95), unit: 'ms', bar: { kind: 'most', value: 50 } },
      { what: `tick to drawn with ${ROWS} rows, median`, value: percentile(paced, 0.5), unit: 'ms' },
      { what: 'the same, each tick as soon as the one before was drawn, p95', value: percentile(atOnce, 0.95), unit: 'ms' },
      { what: 'the same, median', value: percentile(atOnce, 0.5), unit: 'ms' },
    ]
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}
