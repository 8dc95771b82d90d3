/** The scenarios of sync that need a real browser; the others, by the same numbers, are in tests/sync/scenarios.test.ts. */
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { startApp } from '../support/app.ts'
import { deployment } from '../support/deployment.ts'
import { expect, test } from '../support/journey.ts'
import { chipSays, deviceOf, note, readyForOffline, signIn, writeNote } from './steps.ts'

type Entry = { state: string; collection: string }

/** A store of the device as it lies on the disk, whatever the screen says. */
const stored = <T>(page: Page, store: string) =>
  page.evaluate(
    (name) =>
      new Promise<T[]>((resolve, reject) => {
        const opening = indexedDB.open('opstap')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const reading = opening.result.transaction(name).objectStore(name).getAll()
          reading.onsuccess = () => {
            opening.result.close()
            resolve(reading.result as T[])
          }
        }
      }),
    store,
  )
/** Waits until no transaction is under way: one over all stores has its turn only then. */
const atRest = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('opstap')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction([...opening.result.objectStoreNames], 'readwrite')
          all.onabort = () => reject(all.error)
          all.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      }),
  )
const outbox = (page: Page) => stored<Entry>(page, 'outbox')
/** The tab that talks to the network. */
const leader = async (page: Page) => (await stored<{ key: string; value: { tab: string } }>(page, 'meta')).find(({ key }) => key === 'lease')?.value.tab
const progress = async (page: Page) => (await outbox(page)).filter(({ collection }) => collection === 'taskProgress')
const unsent = async (page: Page) => (await progress(page)).filter(({ state }) => state !== 'acked').length

/** The server is out of reach for sync and pokes, while the app's own files can be fetched. */
async function withoutSync(context: BrowserContext): Promise<() => Promise<void>> {
  await context.route('**/api/**', (route) => route.abort())
  return () => context.unroute('**/api/**')
}

/** So many changes of one task, each of them a write of its own. */
async function change(page: Page, count: number): Promise<void> {
  const before = await unsent(page)
  for (let i = 1; i <= count; i += 1) {
    await page.getByRole('radio', { name: i % 2 === 1 ? 'Bezig' : 'Niet van toepassing' }).check()
    await expect.poll(() => unsent(page)).toBe(before + i)
  }
}

const devtools = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page)

test('scenario 16: an update of the app with 40 unsent writes and two reloads in the middle loses none of them', async ({ browser }) => {
  test.setTimeout(240_000)
  const client = deployment()
  const app = await startApp({ env: { CLIENT_DIR: client.folder } })
  try {
    const context = await browser.newContext({ baseURL: app.url })
    const page = await context.newPage()
    await signIn(page, 'lead@demo.example')
    await page.goto('/starten/focus-kiezen')
    await readyForOffline(page)
    await chipSays(page, 'Alles verstuurd')
    const online = await withoutSync(context)
    await change(page, 20)
    client.deploy()
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()))
    await expect(page.getByText('Er is een nieuwe versie. Vernieuw als het jou past.')).toBeVisible({ timeout: 60_000 })
    await page.reload()
    await expect(page.locator('meta[name="release"]')).toHaveCount(0)
    await change(page, 10)
    await page.getByRole('button', { name: 'Vernieuw nu' }).click({ timeout: 60_000 })
    await expect(page.locator('meta[name="release"]')).toHaveCount(1, { timeout: 60_000 })
    await page.reload()
    await change(page, 10)
    expect(await unsent(page)).toBe(40)

    await online()
    await page.reload()
    await chipSays(page, 'Alles verstuurd')
    expect((await progress(page)).map(({ state }) => state)).toEqual(Array.from({ length: 40 }, () => 'acked'))
    const second = await deviceOf(page, 'lead@demo.example')
    await second.goto('/starten/focus-kiezen')
    await expect(second.getByRole('radio', { name: 'Niet van toepassing' })).toBeChecked()
    await second.context().close()
    await context.close()
  } finally {
    await app.remove()
    client.remove()
  }
})

test('scenario 17: a full device says so, keeps what is typed in the field, and saves it as soon as there is room', async ({ page }) => {
  test.setTimeout(180_000)
  await page.goto('/starten/mat-overtuigen')
  await writeNote(page, 'Van voor het vol was. ')
  const tools = await devtools(page)
  const origin = new URL(page.url()).origin
  await tools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000 })
  await note(page).focus()
  await note(page).press('End')
  // A browser reckons with the room it last measured for up to half a minute: typing goes on until it notices.
  const refused = page.getByText('Niet bewaard: dit toestel heeft geen plaats meer. Maak plaats vrij en probeer opnieuw.').first()
  await expect(async () => {
    await note(page).pressSequentially('vol ')
    await expect(refused).toBeVisible({ timeout: 1_500 })
  }).toPass({ timeout: 70_000 })
  await chipSays(page, 'Toestel vol')
  await note(page).pressSequentially('Niets is weg.')
  const typed = await note(page).inputValue()
  expect(typed).toMatch(/^Van voor het vol was\. (vol )+Niets is weg\.$/)
  expect(JSON.stringify(await outbox(page))).not.toContain('Niets is weg')

  await tools.send('Storage.overrideQuotaForOrigin', { origin })
  await expect(page.getByText(/^Bewaard op dit toestel om/).first()).toBeVisible({ timeout: 20_000 })
  await chipSays(page, 'Alleen op dit toestel')
  await page.reload()
  await expect(note(page)).toHaveValue(typed)
})

test('scenario 18: of two tabs one talks to the network; when it freezes the other sends within 15 seconds', async ({ page, context }) => {
  await signIn(page, 'member@demo.example')
  await page.goto('/starten/diensten-helpen')
  await chipSays(page, 'Alles verstuurd')
  const other = await context.newPage()
  await other.goto('/starten/diensten-helpen')
  await chipSays(other, 'Alles verstuurd')
  const before = await leader(other)
  // Stands still at the next line it runs, with its lock in hand, as a tab that the system froze; a system freezes none in the
  // middle of a transaction.
  const tools = await devtools(page)
  const frozen = new Promise((resolve) => void tools.once('Debugger.paused', resolve))
  await tools.send('Debugger.enable')
  await atRest(page)
  await tools.send('Debugger.pause')
  await frozen
  await writeNote(other, 'Terwijl het andere tabblad bevroren is.')
  // 15 seconds at most, and some for a busy machine.
  await expect.poll(() => unsent(other), { timeout: 20_000 }).toBe(0)
  expect(await leader(other)).not.toBe(before)
  await page.close()
  await other.reload()
  await expect(note(other)).toHaveValue(/Terwijl het andere tabblad bevroren is\.$/)
  await chipSays(other, 'Alles verstuurd')
})

test('scenario 20: the page of a captive portal is no connection; the work waits and then arrives', async ({ page, context }) => {
  await signIn(page, 'member@demo.example')
  await page.goto('/starten/werkgroep-starten')
  await chipSays(page, 'Alles verstuurd')
  await context.route('**/api/**', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><title>Gratis wifi</title>' }))
  await writeNote(page, 'In de trein.')
  await chipSays(page, /wacht(en)? op verbinding/)
  await context.unroute('**/api/**')
  await page.reload()
  await chipSays(page, 'Alles verstuurd')
  expect(await unsent(page)).toBe(0)
})

test('scenario 27: a tab that is killed while someone types keeps every word that it confirmed', async ({ page, context }) => {
  await page.goto('/starten/focus-kiezen')
  await writeNote(page, 'Bevestigd. ')
  // The process of the page ends here, in the middle of a word, without a goodbye.
  await note(page).pressSequentially('Nog bezi')
  const crashed = page.waitForEvent('crash')
  void (await devtools(page)).send('Page.crash').catch(() => undefined)
  await crashed
  const again = await context.newPage()
  await again.goto('/starten/focus-kiezen')
  await expect(note(again)).toHaveValue(/^Bevestigd\. (Nog bezi|)$/)
  const typed = await note(again).inputValue()
  await writeNote(again, 'En verder.')
  await again.reload()
  await expect(note(again)).toHaveValue(`${typed}En verder.`)
})

test('scenario 28: the leading tab closes in the middle of sending; another one finishes it, once', async ({ page, context }) => {
  await signIn(page, 'lead@demo.example')
  await page.goto('/starten/ambassadeurs-zoeken')
  await chipSays(page, 'Alles verstuurd')
  const other = await context.newPage()
  await other.goto('/starten/ambassadeurs-zoeken')
  await chipSays(other, 'Alles verstuurd')
  // The server takes the note, but its answer never reaches this tab.
  let reached: () => void = () => undefined
  const taken = new Promise<void>((resolve) => (reached = resolve))
  await page.route('**/api/sync', async (route) => {
    if (!route.request().postData()?.includes('taskProgress')) return route.continue()
    await route.fetch()
    reached()
  })
  await writeNote(page, 'Net voor het sluiten.')
  await taken
  await page.close()
  await expect.poll(() => unsent(other), { timeout: 30_000 }).toBe(0)
  await expect(note(other)).toHaveValue(/Net voor het sluiten\.$/)
  const colleague = await deviceOf(other, 'member@demo.example')
  await colleague.goto('/starten/ambassadeurs-zoeken')
  await expect(note(colleague)).toHaveValue(/Net voor het sluiten\.$/)
  expect((await note(colleague).inputValue()).split('Net voor het sluiten.')).toHaveLength(2)
  await colleague.context().close()
  await other.close()
})
