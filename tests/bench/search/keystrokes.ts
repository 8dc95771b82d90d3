/** Typing questions letter by letter on a slow phone, with all content and a thousand notes of one's own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { linkRow, putRows } from '../page/device-store.ts'
import { type Measured, openPhone, percentile, readyForOffline, slowDown } from '../page/measure.ts'

const NOTES = 1_000
/** In the last note only, so that one sees when all are there. */
const MARKER = 'kwartelslag'
const WARM_UP = 12
const BAR_MS = 16

/** As people type them: whole questions, single words, the beginning of a compound, a slip, something that is not there. */
const questions = [
  'schepen overtuigen',
  'geen tijd',
  'wat als de subsidie stopt',
  'toegankelijkhied',
  'kleine gemeente partners',
  'hoeveel gemeenten hebben een actieplan',
  'regenboogvlag',
  'samenwerking met de school',
  'gesprek met inwoners over drempels',
  'intersectionalitiet',
  'ervaringsdeskundige',
  'overdracht aan mijn opvolger',
  'xylofoon',
]

/** Sentences of the content itself, so that notes share its words. */
async function writeNotes(page: Page): Promise<void> {
  const sentences = await page.evaluate(async () => {
    const open = indexedDB.open('opstap')
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      open.addEventListener('success', () => resolve(open.result))
      open.addEventListener('error', () => reject(open.error))
    })
    const all = db.transaction('items').objectStore('items').getAll()
    await new Promise((resolve) => all.addEventListener('success', resolve))
    db.close()
    const texts = (all.result as { sections?: { html: string }[] }[]).flatMap(({ sections = [] }) => sections.flatMap(({ html }) => html.replace(/<[^>]+>/g, ' ').split(/(?<=[.?!])\s+/)))
    return texts.map((text) => text.trim()).filter((text) => text.length > 40)
  })
  const words = (at: number) => [0, 1, 2].map((more) => sentences[(at * 7 + more * 13) % sentences.length]).join(' ')
  await putRows(page, Array.from({ length: NOTES }, (_, at) => linkRow(at, `taak-${at % 60}`, `${at === NOTES - 1 ? `${MARKER} ` : ''}${words(at)}`.slice(0, 200))))
}

type Keystroke = { work: number; drawn: number }

/**
 * `work`: what the page does for one letter, from the event until the results stand in the page with their style and place.
 * `drawn`: from the finger until the frame that shows them; a screen of 60 Hz alone takes up to 16.7 ms of it.
 */
async function watchKeystrokes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Keystroke[] = []
    Object.assign(globalThis, { keystrokes: seen })
    let begun = 0
    addEventListener('input', () => (begun = performance.now()), { capture: true })
    // The app's own listener ran, and with it all it put off to the end of its task: the page now holds the results.
    addEventListener('input', (event) => {
      document.body.getBoundingClientRect()
      const work = performance.now() - begun
      requestAnimationFrame(() => setTimeout(() => seen.push({ work, drawn: performance.now() - event.timeStamp })))
    })
  })
}

async function typeAll(page: Page): Promise<number> {
  const field = page.getByRole('searchbox')
  let letters = 0
  for (const question of questions) {
    await field.fill('')
    for (const letter of question) {
      await page.keyboard.type(letter)
      letters += 1
      await page.waitForFunction((count) => (globalThis as unknown as { keystrokes: unknown[] }).keystrokes.length >= count, letters + questions.indexOf(question) + 1)
    }
  }
  return letters
}

/** From the tap on the menu until the first question is answered, on a device that has everything but just started. */
async function measureOpening(page: Page): Promise<number> {
  await page.goto(new URL('/starten', page.url()).href)
  // In what was painted beforehand the link would open the page anew.
  await page.locator('#app:not(.painted) nav a[href="/zoeken"]').first().waitFor()
  return page.evaluate(async () => {
    const begun = performance.now()
    document.querySelector<HTMLElement>('nav a[href="/zoeken"]')!.click()
    const find = (selector: string) =>
      new Promise<HTMLElement>((resolve) => {
        const look = () => {
          const found = document.querySelector<HTMLElement>(selector)
          if (found) resolve(found)
          else requestAnimationFrame(look)
        }
        look()
      })
    const field = (await find('input[type=search]')) as HTMLInputElement
    field.value = 'drempels'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await find('.hit')
    return performance.now() - begun
  })
}

export async function measureSearch(url: string): Promise<Measured[]> {
  const profile = mkdtempSync(join(tmpdir(), 'opstap-search-'))
  const context = await openPhone(profile)
  try {
    const page = await context.newPage()
    await page.goto(`${url}/zoeken`)
    await readyForOffline(page)
    await page.goto(`${url}/zoeken?q=drempels`)
    await page.locator('.hit').first().waitFor()
    await writeNotes(page)
    await page.goto(`${url}/zoeken?q=${MARKER}`)
    await page.locator('.hit mark', { hasText: MARKER }).waitFor()
    await slowDown(page)
    await watchKeystrokes(page)
    await typeAll(page)
    const all = await page.evaluate(() => (globalThis as unknown as { keystrokes: Keystroke[] }).keystrokes)
    const samples = all.slice(WARM_UP)
    const opening = await measureOpening(page)
    return [
      { what: `search: one letter with ${NOTES} notes, p95`, value: percentile(samples.map(({ work }) => work), 0.95), unit: 'ms', bar: { kind: 'most', value: BAR_MS } },
      { what: `search: one letter with ${NOTES} notes, median`, value: percentile(samples.map(({ work }) => work), 0.5), unit: 'ms' },
      { what: `search: one letter with ${NOTES} notes, slowest of ${samples.length}`, value: Math.max(...samples.map(({ work }) => work)), unit: 'ms' },
      { what: 'search: from the finger to the frame, p95', value: percentile(samples.map(({ drawn }) => drawn), 0.95), unit: 'ms' },
      { what: 'search: from the menu to the first answer', value: opening, unit: 'ms' },
    ]
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}
