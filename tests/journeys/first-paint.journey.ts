import { expect, offline, test } from '../support/journey.ts'
import { readyForOffline } from './steps.ts'

const pages = [
  { path: '/', title: 'Vandaag – Opstap', words: 'Begin met deze taak' },
  { path: '/starten', title: 'Starten – Opstap', words: 'Bespreek met je leidinggevende wat je opdracht is' },
  { path: '/starten/focus-kiezen', title: /thema.s voor het eerste jaar – Opstap$/, words: 'Zo pak je het aan' },
  { path: '/instrumenten/lio-vlaanderen', title: /^Lio\.Vlaanderen.* – Opstap$/, words: 'Gebruik dit als' },
  { path: '/zoeken', title: 'Zoeken – Opstap', words: 'Vragen die collega’s stellen' },
]

test.describe('before the first script has run', () => {
  test.use({ javaScriptEnabled: false })

  for (const { path, title, words } of pages) {
    test(`${path} can be read, and takes nothing that would be lost`, async ({ page }) => {
      const told: string[] = []
      page.on('console', (message) => void (message.type() === 'error' && told.push(message.text())))
      await page.goto(path)
      // Such as a style that the content policy refuses.
      expect(told).toEqual([])
      await expect(page.locator('link[rel=stylesheet]:not([disabled])')).toHaveCount(1)
      await expect(page).toHaveTitle(title)
      await expect(page.locator('h1')).toHaveCount(1)
      await expect(page.getByText(words).filter({ visible: true })).not.toHaveCount(0)
      await expect(page.locator('textarea, input, select, button').and(page.locator(':enabled'))).toHaveCount(0)
    })
  }

  test('a page says nothing of work that it does not know', async ({ page }) => {
    await page.goto('/starten')
    for (const words of ['0 van 57 afgerond', 'Nog niet begonnen', 'Alleen op dit toestel', 'Je eerste stap']) await expect(page.getByText(words).first(), words).toBeHidden()
  })

  test('one page leads to the next', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Begin met deze taak' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Bespreek met je leidinggevende wat je opdracht is' })).toBeVisible()
  })
})

test('the app takes the place of what was painted, with the work of this device', async ({ page, context }) => {
  await page.goto('/starten/opdracht-bespreken')
  await page.getByRole('radio', { name: 'Ja', exact: true }).check()
  await expect(page.getByText(/^Bewaard op dit toestel om/).first()).toBeVisible()
  await readyForOffline(page)
  const online = await offline(context)
  await page.goto('/starten')
  await expect(page.getByText('1 van 57 afgerond')).toBeVisible()
  await expect(page.locator('.painted')).toHaveCount(0)
  await expect(page.locator('h1')).toHaveCount(1)
  await online()
})
