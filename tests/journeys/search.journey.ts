import { axe, axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { readyForOffline, writeNote } from './steps.ts'

test.describe('searching', () => {
  test('finds as one types, by keyboard alone, and comes back to the same finds', async ({ page }) => {
    await page.goto('/')
    // A page that is opened anew, as from what was painted beforehand, does not take the focus.
    await expect(page.locator('.painted')).toHaveCount(0)
    await page.getByRole('navigation', { name: 'Hoofdmenu' }).getByRole('link', { name: 'Zoeken' }).click()
    await expect(page).toHaveTitle('Zoeken – Opstap')
    await expect(page.getByRole('searchbox')).toBeFocused()
    await expect(page.getByRole('heading', { name: 'Vragen die collega’s stellen' })).toBeVisible()
    await axeInEveryShape(page)

    await page.keyboard.type('schepen overtu')
    const first = page.locator('.hit').first()
    await expect(first.locator('mark').first()).toBeVisible()
    await expect(page.getByRole('status')).toHaveText(/\d+ resultaten voor schepen overtu/)
    await axeInEveryShape(page)

    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/zoeken\?q=schepen\+overtu$/)
    const title = await first.locator('.hit-title').textContent()
    await first.getByRole('link').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title!)
    await page.goBack()
    await expect(page.getByRole('searchbox')).toHaveValue('schepen overtu')
    await expect(first.locator('.hit-title')).toHaveText(title!)
  })

  test('keeps a reload where it was, without taking the focus', async ({ page }) => {
    await page.goto('/zoeken?q=drempels')
    await expect(page.locator('.hit').first()).toContainText('Welke drempels ervaren besturen?')
    await page.reload()
    await expect(page.locator('.hit').first()).toContainText('Welke drempels ervaren besturen?')
    await expect(page.getByRole('searchbox')).not.toBeFocused()
  })

  test('filters by kind, opens a word of the glossary in place, and says it when there is nothing', async ({ page }) => {
    await page.goto('/zoeken?q=drempels')
    await page.getByRole('group', { name: 'Toon enkel' }).getByRole('button', { name: /^Cijfers/ }).click()
    await expect(page.locator('.hit-kind-words').filter({ hasNotText: 'Cijfer' })).toHaveCount(0)
    await expect(page).toHaveURL(/soort=cijfer/)

    await page.goto('/zoeken?q=Regierol')
    const term = page.getByRole('button', { name: 'Regierol', exact: true })
    await expect(term).toHaveAttribute('aria-expanded', 'true')
    await axe(page)
    await term.click()
    await expect(term).toHaveAttribute('aria-expanded', 'false')

    await page.getByRole('searchbox').fill('omxtaxnxer')
    await expect(page.getByRole('heading', { name: 'Niets gevonden voor ‘omxtaxnxer’' })).toBeVisible()
    await axeInEveryShape(page)
    await page.getByRole('link', { name: 'omstaander', exact: true }).click()
    await expect(page.locator('.hit').first()).toContainText('Omstaander')

    await page.getByRole('searchbox').fill('borsbeek')
    await expect(page.locator('.hit')).toContainText('Borsbeek hoort sinds de fusies van 2025 bij Antwerpen.')
  })

  test('works without a network, own notes included, also the first time it is opened', async ({ page, context }) => {
    await page.goto('/')
    await readyForOffline(page)
    const online = await offline(context)
    await page.goto('/starten/mat-overtuigen')
    await writeNote(page, 'De kwartelslag <b>bespreken</b> met de directeur.')
    await page.goto('/zoeken')
    await page.getByRole('searchbox').fill('kwartelslag')
    await expect(page.locator('.hit')).toHaveCount(1)
    await expect(page.locator('.hit-text')).toHaveText('De kwartelslag <b>bespreken</b> met de directeur.')
    await expect(page.locator('.hit-text mark')).toHaveText('kwartelslag')
    await page.getByRole('searchbox').fill('toegankelijkhied')
    await expect(page.locator('.hit').first()).toContainText('toegankelijkheid', { ignoreCase: true })
    await page.locator('.hit').getByRole('link').first().click()
    await expect(page.getByRole('searchbox')).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await online()
  })

  test('fits on the narrowest phone', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 })
    for (const address of ['/zoeken', '/zoeken?q=toegankelijkheidsambtenaar', '/zoeken?q=gelijkekansenbeleid', '/zoeken?q=xylofoon']) {
      await page.goto(address)
      await expect(page.locator('.hit, .empty, .search-start').first()).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(320)
    }
  })
})
