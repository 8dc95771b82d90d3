import { startApp } from '../support/app.ts'
import { axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { chipSays, finish, note, readyForOffline, writeNote } from './steps.ts'

test.describe('a newcomer without an account', () => {
  test('sees one clear first step and the whole path', async ({ page }) => {
    await page.goto('/')
    await expect(page).toHaveTitle('Vandaag – Opstap')
    await expect(page.getByRole('heading', { level: 1, name: 'Vandaag' })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Hoofdmenu' })).toBeVisible()
    await chipSays(page, 'Alleen op dit toestel')
    await axeInEveryShape(page)

    await page.getByRole('navigation', { name: 'Hoofdmenu' }).getByRole('link', { name: 'Starten' }).click()
    await expect(page).toHaveTitle('Starten – Opstap')
    await expect(page.locator('main a[href^="/starten/"]').first()).toBeVisible()
    const tasks = await page.locator('main a[href^="/starten/"]').evaluateAll((links) => new Set(links.map((link) => link.getAttribute('href'))).size)
    expect(tasks).toBeGreaterThanOrEqual(48)
    await expect(page.getByText(/0 van \d+ afgerond/).first()).toBeVisible()
    await axeInEveryShape(page)
  })

  test('works through a task, and everything is there after a reload', async ({ page }) => {
    await page.goto('/starten/focus-kiezen')
    await expect(page.getByRole('heading', { level: 2, name: 'Waarom' })).toBeVisible()
    for (const heading of ['Zo pak je het aan', 'Klaar als', 'Tip voor kleine besturen']) await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    await axeInEveryShape(page)

    await writeNote(page, 'Besproken met de schepen.')
    await page.getByRole('button', { name: 'Voeg een link toe' }).click()
    await page.getByRole('button', { name: 'Bewaar de link' }).click()
    await expect(page.getByRole('textbox', { name: 'Adres van de link' })).toHaveAttribute('aria-invalid', 'true')
    await page.getByRole('textbox', { name: 'Adres van de link' }).fill('damme.example/nota')
    await page.getByRole('textbox', { name: /^Naam/ }).fill('Nota voor het college')
    await page.getByRole('button', { name: 'Bewaar de link' }).click()
    await expect(page.getByRole('link', { name: 'Nota voor het college', exact: true })).toHaveAttribute('href', 'https://damme.example/nota')
    await finish(page)
    await expect(page.getByText(/^Afgerond op/)).toBeVisible()
    await axeInEveryShape(page)

    await page.reload()
    await expect(note(page)).toHaveValue('Besproken met de schepen.')
    await expect(page.getByRole('link', { name: 'Nota voor het college', exact: true })).toBeVisible()
    await page.getByRole('button', { name: /^Verwijder: Nota/ }).click()
    await page.getByRole('button', { name: /^Zet terug: Nota/ }).click()
    await expect(page.getByRole('link', { name: 'Nota voor het college', exact: true })).toBeVisible()
    await page.goto('/starten')
    await expect(page.getByText(/1 van \d+ afgerond/).first()).toBeVisible()
  })

  test('goes on without a network: reload, deep link, work', async ({ page, context }) => {
    await page.goto('/')
    await readyForOffline(page)
    const online = await offline(context)
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: 'Vandaag' })).toBeVisible()
    await page.goto('/starten/mat-overtuigen')
    await writeNote(page, 'Zonder wifi geschreven.')
    await page.goto('/starten')
    await page.goto('/starten/mat-overtuigen')
    await expect(note(page)).toHaveValue('Zonder wifi geschreven.')
    await axeInEveryShape(page)
    await online()
  })

  test('goes on when the server is gone', async ({ browser }) => {
    const app = await startApp()
    try {
      const page = await browser.newPage({ baseURL: app.url })
      await page.goto('/')
      await readyForOffline(page)
      await app.kill()
      await page.goto('/starten/focus-kiezen')
      await writeNote(page, 'De server ligt stil.')
      await page.reload()
      await expect(note(page)).toHaveValue('De server ligt stil.')
      await page.close()
    } finally {
      await app.remove()
    }
  })

  test('reads in plain words what is not there', async ({ page }) => {
    await page.goto('/starten/bestaat-niet')
    await expect(page.getByRole('heading', { level: 1, name: /bestaat niet/ })).toBeVisible()
    await axeInEveryShape(page)
    await page.goto('/dit/ook/niet')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await axeInEveryShape(page)
  })
})

/** Every screen a visitor can open; what stands behind them differs only in content. */
const addresses = [
  ...['/', '/starten', '/starten/focus-kiezen', '/wachtrij', '/aanmelden', '/account', '/team', '/toegankelijkheid', '/privacy', '/over'],
  ...['/cijfers', '/cijfers/cijfer-drempels', '/praktijken', '/aanbod', '/themadagen', '/themas/lokaal-genderbeleid', '/zoeken?q=schepen'],
]

test('every address of the app has one h1 and no horizontal scroll at 320 px and at 200 % text', async ({ page }) => {
  for (const path of addresses) {
    for (const [width, size] of [[320, '100%'], [360, '200%']] as const) {
      await page.setViewportSize({ width, height: 740 })
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      await page.evaluate((fontSize) => (document.documentElement.style.fontSize = fontSize), size)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} at ${width} px, ${size}`).toBeLessThanOrEqual(0)
    }
  }
})
