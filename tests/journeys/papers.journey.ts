/** What one takes along from a lab: a submission and a cohort as Word, the board as a table, and paper. All of it without a connection. */
import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import { axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { unzipped } from '../support/zip.ts'
import { file, jpeg, picker } from './pictures.ts'
import { chipSays, deviceOf, fillStoryboard, openAssignment, readyForOffline, typeIn } from './steps.ts'

const LAB = 'demolabgende'

async function downloaded(page: Page, name: string): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return download
}
const documentIn = async (download: Download) => unzipped(readFileSync(await download.path())).get('word/document.xml')!

/** What is to be seen on paper: no bars, no buttons, black on white, photos as wide as high as they are. */
async function looksLikePaper(page: Page): Promise<void> {
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'))
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  for (const selector of ['.shell-header', '.shell-nav', '.shell-footer', '.page-back', '.button', 'textarea']) for (const part of await page.locator(selector).all()) await expect(part).toBeHidden()
  const colours = await page.locator('h1').evaluate((title) => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(title).color])
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
  for (const image of await page.locator('.photo-small img').all()) {
    const { shape, whole } = await image.evaluate((photo: HTMLImageElement) => ({ shape: photo.width / photo.height, whole: photo.naturalWidth / photo.naturalHeight }))
    expect(shape).toBeCloseTo(whole, 1)
  }
  await page.emulateMedia({ media: null, colorScheme: null })
  await page.evaluate(() => delete document.documentElement.dataset['theme'])
}

test('a submission and a cohort are taken along as documents, and printed', async ({ page, context }) => {
  test.setTimeout(240_000)
  await openAssignment(page, 'lead@demo.example', 'storyboard')
  await readyForOffline(page)
  await picker(page).setInputFiles([file('hoog.jpg', await jpeg(page, { width: 600, height: 900 }))])
  await typeIn(page, 'Wat staat er op de foto?', 'Het eerste beeld & de "poort"')
  await fillStoryboard(page)
  await chipSays(page, 'Alles verstuurd')
  const online = await offline(context)
  await page.getByRole('button', { name: 'Kijk je antwoorden na' }).click()
  await page.getByRole('button', { name: 'Zet klaar om te versturen' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Klaar om te versturen' })).toBeVisible()
  await axeInEveryShape(page)
  await looksLikePaper(page)
  const word = await downloaded(page, 'Bewaar als Word')
  expect(word.suggestedFilename()).toMatch(/^inzending-[0-9A-Z]{4}-[0-9A-Z]{4}\.docx$/)
  const paper = await documentIn(word)
  for (const words of ['Damme', 'Sporten met opvang', 'Aan de schoolpoort', 'Wacht op verzending', 'nog niet']) expect(paper).toContain(words)
  expect(paper).toContain('descr="Het eerste beeld &amp; de &quot;poort&quot;"')
  expect(paper.match(/<w:pStyle w:val="Heading2"\/>/g)).toHaveLength(5)
  await online()
  await chipSays(page, 'Alles verstuurd')

  const guide = await deviceOf(page, 'facilitator@demo.example')
  await guide.goto(`/begeleiding/${LAB}`)
  await expect(guide.getByRole('heading', { level: 2, name: 'Neem mee' })).toBeVisible({ timeout: 20_000 })
  await guide.getByRole('link', { name: 'Vertel het idee in zes beelden' }).first().click()
  await expect(guide.getByText('Sporten met opvang')).toBeVisible({ timeout: 20_000 })
  await guide.getByRole('button', { name: /Bekijk groot/ }).scrollIntoViewIfNeeded()
  await expect.poll(() => guide.locator('.photo-small img').evaluate((image: HTMLImageElement) => image.naturalHeight)).toBe(900)
  await looksLikePaper(guide)
  expect(await documentIn(await downloaded(guide, 'Bewaar als Word'))).toContain('<wp:docPr ')
  await readyForOffline(guide)
  await guide.goto(`/begeleiding/${LAB}`)
  await expect(guide.getByRole('heading', { level: 2, name: 'Damme' })).toBeVisible()
  await axeInEveryShape(guide)
  await offline(guide.context())
  const table = readFileSync(await (await downloaded(guide, 'Bewaar het overzicht als csv')).path(), 'utf8')
  const lines = table.slice(1).trimEnd().split('\r\n').map((line) => line.split(';'))
  expect(table.charCodeAt(0)).toBe(0xfeff)
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([10]))
  const sent = lines.filter(([team, , , state]) => team === 'Damme' && state === 'Verstuurd')
  expect(sent.map(([, nis, title, , , , late]) => ({ nis, title, late }))).toEqual([{ nis: '31006', title: 'Vertel het idee in zes beelden', late: 'nee' }])
  await guide.getByLabel('Welke inzendingen?').selectOption({ label: 'Alle, per gemeente' })
  const cohort = await documentIn(await downloaded(guide, 'Bewaar de inzendingen als Word'))
  for (const words of ['Sporten met opvang', 'Zuienkerke', 'wie kent deze meisjes nu al']) expect(cohort).toContain(words)
  await guide.context().close()
})
