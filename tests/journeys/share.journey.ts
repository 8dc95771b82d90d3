/** The gallery of the device shares photos with the app: as an installed app gets them, by a form at the address of the manifest. */
import type { Page } from '@playwright/test'
import { axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { jpeg, leaveRoom, shown } from './pictures.ts'
import { chipSays, readyForOffline, signIn } from './steps.ts'

type Shared = { name: string; base64: string; type?: string }
const share = async (page: Page, ...files: Shared[]): Promise<void> => {
  await page.evaluate((given) => {
    const form = document.createElement('form')
    Object.assign(form, { method: 'post', action: '/delen', enctype: 'multipart/form-data' })
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', name: 'photos', multiple: true })
    const transfer = new DataTransfer()
    for (const { name, base64, type } of given) transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type: type ?? 'image/jpeg' }))
    input.files = transfer.files
    form.append(input)
    document.body.append(form)
    form.submit()
  }, files)
  await page.waitForURL(/\/delen/)
  await expect(page.getByRole('heading', { level: 1, name: 'Gedeelde foto’s' })).toBeVisible()
}
const photo = async (page: Page, name: string, seed: number): Promise<Shared> => ({ name, base64: (await jpeg(page, { width: 900, height: 600, seed })).toString('base64') })
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 2, name })

test('without a connection: kept first, put in an open assignment by one tap, then sent', async ({ page, context, request }) => {
  test.setTimeout(180_000)
  const manifest = await (await request.get('/manifest.webmanifest')).json()
  expect(manifest.share_target).toEqual({ action: '/delen', method: 'POST', enctype: 'multipart/form-data', params: { files: [{ name: 'photos', accept: ['image/*'] }] } })

  await signIn(page, 'lead@demo.example')
  await page.goto('/leerlabo/demolabgende')
  await chipSays(page, 'Alles verstuurd')
  await readyForOffline(page)
  await page.goto('/delen')
  await expect(heading(page, 'Er wachten geen foto’s')).toBeVisible()
  await axeInEveryShape(page)

  const online = await offline(context)
  await share(page, await photo(page, 'plein.jpg', 1), await photo(page, 'bank.jpg', 2), { name: 'lijst.jpg', base64: btoa('naam;straat') })
  await expect(heading(page, 'Bij welke opdracht horen deze 3 foto’s?')).toBeVisible()
  await axeInEveryShape(page)
  // The choice is put off: they wait, also over a start of the app.
  await page.goto('/leerlabo')
  await expect(page.getByText('3 gedeelde foto’s wachten op een opdracht')).toBeVisible()
  await page.getByRole('link', { name: 'Kies een opdracht' }).click()
  await page.getByRole('button', { name: /^Ga kijken waar het gebeurt/ }).click()
  await expect(page.getByText('“lijst.jpg” is geen foto die we kunnen lezen.', { exact: false })).toBeVisible({ timeout: 20_000 })
  await expect(heading(page, 'Bij welke opdracht hoort deze foto?')).toBeVisible()
  await axeInEveryShape(page)
  await page.getByRole('button', { name: /^Verwijder\s*: lijst.jpg/ }).click()
  await expect(page.getByText('Verwijderd.').first()).toBeVisible()

  await share(page, await photo(page, 'haag.jpg', 3))
  await page.getByRole('button', { name: /^Ga kijken waar het gebeurt/ }).click()
  await expect(page).toHaveURL(/\/leerlabo\/demolabgende\/opdracht\/observatie#vraag-fotos$/)
  await expect(shown(page)).toHaveCount(3)
  await expect(page.locator('#vraag-fotos')).toBeInViewport()
  await expect(page.getByText(/^Bewaard op dit toestel, wacht op verzending/)).toHaveCount(3)
  await online()
  await chipSays(page, 'Alles verstuurd')
  await expect(page.getByText(/^Veilig op de server/)).toHaveCount(3, { timeout: 30_000 })
  await page.goto('/delen')
  await expect(heading(page, 'Er wachten geen foto’s')).toBeVisible()
})

test('without an account they wait until someone is signed in; without room it is said which ones are not kept', async ({ page }) => {
  await page.goto('/')
  await readyForOffline(page)
  await share(page, await photo(page, 'plein.jpg', 1))
  await expect(page.getByText('Meld je eerst aan')).toBeVisible()
  await axeInEveryShape(page)
  const room = await leaveRoom(page, 100_000)
  await share(page, await photo(page, 'bank.jpg', 2), await photo(page, 'haag.jpg', 3))
  await expect(page.getByText('2 foto’s zijn niet bewaard: te groot, of er is geen plaats meer op dit toestel.', { exact: false })).toBeVisible()
  await expect(page.getByText(/^plein\.jpg, /)).toBeVisible()
  await room.back()
  await signIn(page, 'member@demo.example')
  await page.goto('/delen')
  await expect(heading(page, 'Bij welke opdracht hoort deze foto?')).toBeVisible()
})

test('where no service worker takes them in, the server keeps nothing and the screen says so', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL: baseURL!, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/')
  await share(page, await photo(page, 'plein.jpg', 1))
  await expect(page.getByText('De foto’s konden niet bewaard worden. Ze staan nog in je galerij. Deel ze opnieuw.')).toBeVisible()
  await context.close()
})
