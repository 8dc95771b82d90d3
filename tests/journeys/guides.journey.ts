import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { compile } from '../../src/pack/compile.ts'
import { startApp, type App } from '../support/app.ts'
import { root } from '../support/built.ts'
import { axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { chipSays, deviceOf, finish, kept, note, readyForOffline, signIn, writeNote } from './steps.ts'

// Two devices and every screen in every shape.
test.describe.configure({ timeout: 240_000 })

const LIO = '/instrumenten/lio-vlaanderen'

test('a guide in a village hall without a network: worksheet, bookmark and place are there on the second device', async ({ page, context }) => {
  await signIn(page, 'lead@demo.example')
  await page.goto('/')
  await readyForOffline(page)
  await chipSays(page, 'Alles verstuurd')
  const online = await offline(context)

  await page.getByRole('navigation', { name: 'Hoofdmenu' }).getByRole('link', { name: 'Instrumenten' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Instrumenten' })).toBeFocused()
  await axeInEveryShape(page)
  await page.getByRole('link', { name: /^Lio\.Vlaanderen/ }).click()
  await expect(page).toHaveTitle(/^Lio\.Vlaanderen.* – Opstap$/)
  await axeInEveryShape(page)

  await page.getByRole('button', { name: /^Inhoud/ }).click()
  await page.getByRole('navigation', { name: 'Hoofdstukken' }).getByRole('link', { name: 'Maak maatregelen' }).click()
  await expect(page.getByRole('heading', { name: 'Maak maatregelen' })).toBeFocused()
  const sheet = page.getByRole('region', { name: 'Werkblad Onze maatregelen' })
  await sheet.getByRole('button', { name: 'Onze maatregelen' }).click()
  await sheet.getByRole('button', { name: /^Voeg een rij toe/ }).click()
  await expect(sheet.getByRole('textbox', { name: 'Voor welk doel?' })).toBeFocused()
  await page.keyboard.type('Iedereen veilig in het zwembad')
  await sheet.getByRole('textbox', { name: 'Wat doen we?' }).fill('De redders oefenen twee keer per jaar')
  await kept(sheet)
  await axeInEveryShape(page)
  await sheet.getByRole('button', { name: /^Klaar/ }).click()
  await page.getByRole('button', { name: /^Bladwijzer.*Maak maatregelen/ }).click()
  await expect(page.getByRole('button', { name: /^Bladwijzer.*Maak maatregelen/ })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Wij gebruiken dit' }).click()
  await page.getByRole('group', { name: 'Wat is het jullie waard?' }).getByText('4', { exact: true }).click()
  await page.getByRole('heading', { name: 'Maak maatregelen' }).scrollIntoViewIfNeeded()
  await page.goto('/instrumenten')
  await expect(page.getByText('Je was bij ‘Maak maatregelen’').or(page.getByText(/^Je was bij/)).first()).toBeVisible()
  await chipSays(page, /wacht(en)? op verbinding/)
  await online()
  await chipSays(page, 'Alles verstuurd')

  const second = await deviceOf(page, 'lead@demo.example')
  await second.goto('/instrumenten')
  await expect(second.getByRole('heading', { name: 'Je bladwijzers' })).toBeVisible({ timeout: 20_000 })
  await second.getByRole('link', { name: 'Maak maatregelen' }).click()
  await expect(second).toHaveURL(/lio-vlaanderen#maatregelen$/)
  const there = second.getByRole('region', { name: 'Onze maatregelen' })
  await expect(there.getByText('1 van 1 ingevuld')).toBeVisible()
  await there.getByRole('button', { name: 'Onze maatregelen' }).click()
  await expect(there.getByRole('cell', { name: 'De redders oefenen twee keer per jaar' })).toBeVisible()
  await second.goto(LIO)
  await second.getByRole('button', { name: /^Verder lezen bij/ }).click()
  await expect(second.locator('[data-chapter] h2:focus')).toBeVisible()
  expect(await second.evaluate(() => scrollY)).toBeGreaterThan(500)
  await second.context().close()

  const colleague = await deviceOf(page, 'member@demo.example')
  await colleague.goto(`${LIO}#werkblad-maatregelen`)
  await expect(colleague.getByRole('cell', { name: 'De redders oefenen twee keer per jaar' })).toBeVisible({ timeout: 20_000 })
  await colleague.goto('/instrumenten')
  await expect(colleague.getByText('Wij gebruiken dit').first()).toBeVisible()
  await expect(colleague.getByRole('heading', { name: 'Je bladwijzers' })).toHaveCount(0)
  await colleague.context().close()
})

test('worksheets per theme keep each theme apart, and can be read by everyone', async ({ page }) => {
  await page.goto('/instrumenten/thuisgevoel-in-vlaanderen')
  const sheet = page.getByRole('region', { name: 'Wat hoorden we?' })
  await sheet.getByRole('button', { name: 'Wat hoorden we?' }).click()
  await sheet.getByRole('radio', { name: 'Meestal', exact: true }).check()
  await sheet.getByRole('radio', { name: /^Thema 1/ }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(sheet.getByRole('radio', { name: /^Thema 2/ })).toBeChecked()
  await expect(sheet.getByRole('radio', { name: 'Meestal', exact: true })).not.toBeChecked()
  await axeInEveryShape(page)
  await page.keyboard.press('ArrowLeft')
  await expect(sheet.getByRole('radio', { name: 'Meestal', exact: true })).toBeChecked()
})

test.describe('an update of one guide', () => {
  let app: App | undefined
  let folder: string
  test.beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'opstap-client-'))
    cpSync(join(root, 'dist/client'), folder, { recursive: true })
    app = await startApp({ env: { CLIENT_DIR: folder } })
  })
  test.afterEach(async () => {
    await app?.remove()
    rmSync(folder, { recursive: true })
  })

  /** Puts a pack of changed content in place, as a deployment does; gives the size of the changed guide as it travels. */
  function deploy(): number {
    const content = mkdtempSync(join(tmpdir(), 'opstap-content-'))
    cpSync(join(root, 'src/content'), content, { recursive: true })
    const file = join(content, 'guides/lio-vlaanderen.md')
    const changes = 'version: 2\nchanges:\n  - { version: 2, on: 2026-11-22, what: "Reken op meer tijd.", section: wat-is-het, before: "Reken op vier maanden.", after: "Reken op zes maanden." }\n'
    writeFileSync(file, readFileSync(file, 'utf8').replace('Reken op vier maanden', 'Reken op zes maanden').replace('worksheets:\n', `${changes}worksheets:\n`).replace('## Breng knelpunten in kaart {#knelpunten}', '## Zoek wat er botst {#knelpunten}'))
    const { index, shards, problems } = compile(content)
    rmSync(content, { recursive: true })
    expect(problems).toEqual([])
    const before = new Set(readdirSync(join(folder, 'pack')))
    const put = (name: string, text: string) => {
      writeFileSync(join(folder, 'pack', name), text)
      writeFileSync(join(folder, 'pack', `${name}.br`), brotliCompressSync(text))
      rmSync(join(folder, 'pack', `${name}.gz`), { force: true })
    }
    const changed = shards.filter(({ entry }) => !before.has(entry.file))
    expect(changed.map(({ entry }) => entry.name)).toEqual(['guide-lio-vlaanderen'])
    for (const { entry, text } of changed) put(entry.file, text)
    put('index.json', JSON.stringify(index))
    return statSync(join(folder, 'pack', `${changed[0]!.entry.file}.br`)).size
  }

  test('costs no more than that guide and 2 kB, says what changed, and leaves progress, bookmarks and worksheets alone', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: app!.url, viewport: { width: 360, height: 740 }, locale: 'nl-BE', timezoneId: 'Europe/Brussels' })
    const page = await context.newPage()
    await page.goto('/starten/focus-kiezen')
    await readyForOffline(page)
    await writeNote(page, 'Van voor de update.')
    await finish(page)
    await page.goto(LIO)
    await page.getByRole('button', { name: /^Bladwijzer.*Breng knelpunten in kaart/ }).click()
    const sheet = page.getByRole('region', { name: 'Onze start' })
    await sheet.getByRole('button', { name: 'Onze start' }).click()
    await sheet.getByRole('textbox', { name: /^Welke schepen/ }).fill('Schepen van Welzijn')
    await kept(sheet)
    await expect(page.getByText('Reken op vier maanden')).toBeVisible()
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

    const size = deploy()
    await context.setOffline(true)
    // What the device fetches of the content, as it travels.
    const fetched: Promise<number>[] = []
    context.on('requestfinished', (request) => {
      if (request.url().includes('/pack/')) fetched.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    await context.setOffline(false)
    await expect.poll(() => page.evaluate(packVersion, 'lio-vlaanderen'), { timeout: 20_000 }).toBe(2)
    const cost = (await Promise.all(fetched)).reduce((sum, bytes) => sum + bytes, 0)
    test.info().annotations.push({ type: 'bytes', description: `the guide ${size}, all that was fetched ${cost}` })
    expect(cost).toBeGreaterThan(size)
    expect(cost).toBeLessThanOrEqual(size + 2_000)

    await page.goto(LIO)
    await expect(page.getByText('Reken op zes maanden', { exact: false }).first()).toBeVisible()
    await expect(page.getByText('Gewijzigd op 22 november 2026: Reken op meer tijd.')).toBeVisible()
    await expect(page.locator('del')).toHaveText('Reken op vier maanden.')
    await expect(page.locator('ins')).toHaveText('Reken op zes maanden.')
    await expect(page.getByRole('button', { name: /^Bladwijzer.*Zoek wat er botst/ })).toHaveAttribute('aria-pressed', 'true')
    await axeInEveryShape(page)
    await page.getByRole('region', { name: 'Onze start' }).getByRole('button', { name: 'Onze start' }).click()
    await expect(page.getByRole('textbox', { name: /^Welke schepen/ })).toHaveValue('Schepen van Welzijn')
    await page.goto('/instrumenten')
    await page.getByRole('link', { name: 'Zoek wat er botst' }).click()
    await expect(page).toHaveURL(/#knelpunten$/)
    await page.goto('/starten/focus-kiezen')
    await expect(note(page)).toHaveValue('Van voor de update.')
    await expect(page.getByText(/^Afgerond op/)).toBeVisible()
    await page.goto('/zoeken?q=zes+maanden+rekenen')
    await expect(page.locator('.hit').filter({ hasText: 'Lio' })).not.toHaveCount(0)
    await context.close()
  })
})

/** The version of a guide in this device's store. */
function packVersion(id: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open('opstap')
    open.addEventListener('error', () => reject(open.error))
    open.addEventListener('success', () => {
      const asked = open.result.transaction('items').objectStore('items').get(id)
      asked.addEventListener('success', () => {
        open.result.close()
        resolve((asked.result as { version: number }).version)
      })
    })
  })
}
