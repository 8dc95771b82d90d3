import { startApp, type App } from '../support/app.ts'
import { deployment, type Deployment } from '../support/deployment.ts'
import { expect, test } from '../support/journey.ts'
import { note, readyForOffline, writeNote } from './steps.ts'

test.describe('a new version', () => {
  let app: App
  let client: Deployment
  test.beforeEach(async () => {
    client = deployment()
    app = await startApp({ env: { CLIENT_DIR: client.folder } })
  })
  test.afterEach(async () => {
    await app.remove()
    client.remove()
  })

  test('is offered, taken when it suits the person, in every tab, with all work still there', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: app.url })
    const [page, other] = [await context.newPage(), await context.newPage()]
    await page.goto('/starten/focus-kiezen')
    await readyForOffline(page)
    await page.reload()
    await other.goto('/starten')
    await writeNote(page, 'Voor de nieuwe versie.')

    client.deploy()
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()))
    await expect(page.getByText('Er is een nieuwe versie. Vernieuw als het jou past.')).toBeVisible({ timeout: 30_000 })
    await expect(page.locator('meta[name="release"]')).toHaveCount(0)
    await expect(note(page)).toHaveValue('Voor de nieuwe versie.')

    await page.getByRole('button', { name: 'Vernieuw nu' }).click()
    for (const tab of [page, other]) await expect(tab.locator('meta[name="release"]')).toHaveCount(1, { timeout: 30_000 })
    await expect(note(page)).toHaveValue('Voor de nieuwe versie.')
    await context.close()
  })
})

test('can be installed: a whole manifest with icons that exist', async ({ page, request }) => {
  await page.goto('/')
  const manifest = await (await request.get((await page.locator('link[rel="manifest"]').getAttribute('href'))!)).json()
  expect(manifest).toMatchObject({ id: '/', lang: 'nl-BE', name: 'Opstap', display: 'standalone', start_url: '/' })
  for (const purpose of ['any', 'maskable', 'monochrome']) expect(manifest.icons.some((icon: { purpose?: string }) => (icon.purpose ?? 'any').includes(purpose))).toBe(true)
  const pictures = [...manifest.icons, ...manifest.screenshots, ...manifest.shortcuts.flatMap(({ icons }: { icons: unknown[] }) => icons)] as { src: string }[]
  for (const { src } of pictures) expect((await request.get(src)).headers()['content-type']).toMatch(/^image\//)
  expect(manifest.screenshots.map(({ form_factor }: { form_factor: string }) => form_factor)).toEqual(expect.arrayContaining(['narrow', 'wide']))
  for (const { url } of manifest.shortcuts) expect((await page.goto(url))?.status()).toBe(200)
})
