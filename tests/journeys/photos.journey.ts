import { axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { startApp } from '../support/app.ts'
import { file, jpeg, leaveRoom, picker, PLACE, shown } from './pictures.ts'
import { chipSays, deviceOf, field, fillStoryboard, openAssignment, readyForOffline, typeIn } from './steps.ts'

const assignment = '/leerlabo/demolabgende/opdracht/observatie'
test('takes photos without a connection, sends the text first and the photos after it, and shows them to the facilitator', async ({ page, context }) => {
  test.setTimeout(300_000)
  await openAssignment(page, 'lead@demo.example', 'observatie')
  await expect(page.getByRole('heading', { level: 1, name: 'Ga kijken waar het gebeurt' })).toBeVisible()
  const large = await jpeg(page, { padding: 17_000_000 })
  expect(large.length).toBeGreaterThan(17_000_000)

  const online = await offline(context)
  await picker(page).setInputFiles([
    { name: 'plein.jpg', mimeType: 'image/jpeg', buffer: large },
    { name: 'iphone.heic', mimeType: 'image/heic', buffer: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(64)]) },
    { name: 'lijst.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('naam;straat;nummer') },
  ])
  await expect(page.getByText('“iphone.heic” is een HEIC-foto.', { exact: false })).toBeVisible()
  await expect(page.getByText('“lijst.jpg” is geen foto die we kunnen lezen.', { exact: false })).toBeVisible()
  await expect(shown(page)).toHaveCount(1)
  await expect(page.getByText(/^Bewaard op dit toestel, wacht op verzending/)).toBeVisible()
  await field(page, 'Wat staat er op de foto?').fill('De bank naast het doel')
  await expect.poll(() => page.locator('img[alt="De bank naast het doel"]').count()).toBe(1)
  await axeInEveryShape(page)
  const size = await page.locator('.photo-small img').evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])
  expect(size).toEqual([1_600, 1_200])
  await chipSays(page, /wacht(en)? op verbinding/)

  // The line breaks after the first part of the photo; the text is not held up by it.
  let parts = 0
  let broken = true
  await context.route('**/api/uploads/*', (route) => {
    if (route.request().method() === 'PATCH' && ++parts > 1 && broken) return route.abort()
    return route.continue()
  })
  await online()
  await expect(page.getByText(/^Bewaard op dit toestel, wacht op verzending/)).toBeVisible()
  await expect.poll(() => parts, { timeout: 40_000 }).toBeGreaterThan(1)
  await typeIn(page, 'Waar keken jullie?', 'Het sportplein')
  const colleague = await deviceOf(page, 'member@demo.example')
  await colleague.goto(assignment)
  await expect(field(colleague, 'Waar keken jullie?')).toHaveValue('Het sportplein', { timeout: 20_000 })
  // What is far below is fetched when one comes near.
  await picker(colleague).scrollIntoViewIfNeeded()
  await expect(colleague.getByText('Deze foto staat niet op dit toestel.', { exact: false })).toBeVisible({ timeout: 20_000 })

  await page.goto('/wachtrij')
  await expect(page.getByRole('heading', { level: 2, name: '1 foto wacht' })).toBeVisible()
  await expect(page.getByRole('main').getByText('Alles verstuurd')).toHaveCount(0)
  await axeInEveryShape(page)
  const before = parts
  broken = false
  await page.goto(assignment)
  await expect(page.getByText(/^Veilig op de server/).first()).toBeVisible({ timeout: 40_000 })
  await chipSays(page, 'Alles verstuurd')
  // It went on where it stopped: the first part was not sent again.
  const kept = await page.evaluate(async () => {
    const asked = indexedDB.open('opstap')
    const store = await new Promise<IDBDatabase>((resolve) => (asked.onsuccess = () => resolve(asked.result)))
    const all = store.transaction('photos').objectStore('photos').getAll()
    const [photo] = await new Promise<{ bytes: ArrayBuffer; id: string; space: string }[]>((resolve) => (all.onsuccess = () => resolve(all.result)))
    return { id: photo!.id, space: photo!.space, bytes: photo!.bytes.byteLength, text: new TextDecoder('latin1').decode(photo!.bytes) }
  })
  expect(kept.text).not.toContain(PLACE)
  expect(parts - before).toBe(Math.ceil(kept.bytes / (256 * 1_024)) - 1)

  await colleague.reload()
  await picker(colleague).scrollIntoViewIfNeeded()
  await expect.poll(() => colleague.locator('.photo-small img').evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 20_000 }).toBe(1_600)
  await colleague.getByRole('button', { name: /Bekijk groot/ }).click()
  await expect(colleague.getByRole('dialog', { name: 'De bank naast het doel' })).toBeVisible()
  await axeInEveryShape(colleague)
  const stranger = await deviceOf(page, 'zuienkerke@demo.example')
  const refused = await stranger.evaluate(async ({ id, space }) => (await fetch(`/api/photos/${id}?space=${space}`)).status, { id: kept.id, space: kept.space })
  expect(refused).toBe(404)
  for (const device of [colleague, stranger]) await device.context().close()
})

const storyboard = '/leerlabo/demolabgende/opdracht/storyboard'

test('on a full device keeps the photos that fit, says which ones do not, and still keeps and sends what is typed', async ({ page }) => {
  test.setTimeout(240_000)
  await openAssignment(page, 'zuienkerke@demo.example', 'storyboard')
  const photos = []
  for (let seed = 1; seed <= 40; seed += 1) photos.push(file(`foto-${seed}.jpg`, await jpeg(page, { width: 800, height: 600, seed })))
  // For some of the photos; after the first that does not fit there is still a little for a text.
  const room = await leaveRoom(page, 3_000_000)
  await picker(page).setInputFiles(photos)
  const refused = page.getByText(/^Dit toestel heeft geen plaats meer voor “foto-\d+\.jpg”\. Wat je schreef en de foto’s ervoor zijn bewaard\. Maak plaats vrij en kies de foto opnieuw\.$/)
  await expect(refused).toBeVisible({ timeout: 90_000 })
  const kept = Number(/foto-(\d+)/.exec((await refused.textContent())!)![1]) - 1
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(40)
  await expect(shown(page)).toHaveCount(kept)
  await expect(page.getByText(kept === 38 ? 'Ook de foto erna is niet bewaard.' : `Ook de ${39 - kept} foto’s erna zijn niet bewaard.`)).toBeVisible()
  await chipSays(page, 'Toestel vol')
  await axeInEveryShape(page)

  await typeIn(page, 'Welk idee spelen jullie door?', 'Sporten met opvang')
  const colleague = await deviceOf(page, 'zuienkerke@demo.example')
  await colleague.goto(storyboard)
  await expect(field(colleague, 'Welk idee spelen jullie door?')).toHaveValue('Sporten met opvang', { timeout: 20_000 })
  await page.reload()
  await expect(field(page, 'Welk idee spelen jullie door?')).toHaveValue('Sporten met opvang')
  await expect(shown(page)).toHaveCount(kept)

  // With room again the same photo goes in.
  await room.back()
  await picker(page).setInputFiles([photos[kept]!])
  await expect(shown(page)).toHaveCount(kept + 1)
  await chipSays(page, 'Alles verstuurd')
  await colleague.context().close()
})

test('an upload that was cut at 60 % goes on there after the server was started again', async ({ browser }) => {
  test.setTimeout(180_000)
  const app = await startApp()
  const context = await browser.newContext({ baseURL: app.url })
  try {
    const page = await context.newPage()
    await openAssignment(page, 'lead@demo.example', 'observatie')
    let total = 0
    let cut: number | undefined
    const begun: number[] = []
    await context.route('**/api/uploads*', (route) => {
      total = Number(route.request().headers()['upload-length'] ?? total)
      return route.continue()
    })
    await context.route('**/api/uploads/*', (route) => {
      const from = Number(route.request().headers()['upload-offset'])
      if (route.request().method() !== 'PATCH') return route.continue()
      if (cut === undefined && from >= total * 0.6) cut = from
      if (cut !== undefined && from >= cut && !restarted) return route.abort()
      begun.push(from)
      return route.continue()
    })
    let restarted = false
    await picker(page).setInputFiles([file('plein.jpg', await jpeg(page))])
    await expect.poll(() => cut, { timeout: 60_000 }).toBeGreaterThan(0)
    await app.restart()
    restarted = true
    const before = begun.length
    await page.reload()
    await expect(page.getByText(/^Veilig op de server/).first()).toBeVisible({ timeout: 60_000 })
    expect(begun[before]).toBe(cut)
    expect(Math.min(...begun.slice(before))).toBe(cut)
    const [space, id] = await page.evaluate(() => new Promise<[string, string]>((resolve) => {
      const asked = indexedDB.open('opstap')
      asked.onsuccess = () => {
        const all = asked.result.transaction('photos').objectStore('photos').getAllKeys()
        all.onsuccess = () => resolve((all.result as [string, string][])[0]!)
      }
    }))
    expect(await page.evaluate(async ([of, name]) => (await fetch(`/api/photos/${name}?space=${of}`)).status, [space, id])).toBe(200)
  } finally {
    await context.close()
    await app.remove()
  }
})

test('what was sent without a connection arrives as sent within 5 seconds, text before photos, also with a photo that is stuck', async ({ page, context }) => {
  test.setTimeout(240_000)
  await openAssignment(page, 'lead@demo.example', 'storyboard')
  await readyForOffline(page)
  const happened: string[] = []
  // The line takes the photo and never answers.
  let letGo: () => void = () => undefined
  const stuck = new Promise<void>((resolve) => (letGo = resolve))
  await context.route('**/api/uploads*', async (route) => {
    happened.push('photo begins')
    await stuck
    await route.continue()
  })
  await context.route('**/api/sync', async (route) => {
    const sends = route.request().postData()?.includes('"collection":"submission"')
    await route.continue()
    if (sends) happened.push('text leaves')
  })
  await picker(page).setInputFiles([file('eerste.jpg', await jpeg(page, { width: 800, height: 600, seed: 11 }))])
  await field(page, 'Wat staat er op de foto?').fill('Het eerste beeld')
  await expect.poll(() => happened, { timeout: 40_000 }).toEqual(['photo begins'])

  const online = await offline(context)
  await picker(page).setInputFiles([file('tweede.jpg', await jpeg(page, { width: 800, height: 600, seed: 12 }))])
  await expect(shown(page)).toHaveCount(2)
  await field(page, 'Wat staat er op de foto?').nth(1).fill('Het tweede beeld')
  await fillStoryboard(page)
  await page.getByRole('button', { name: 'Kijk je antwoorden na' }).click()
  await page.getByRole('button', { name: 'Zet klaar om te versturen' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Klaar om te versturen' })).toBeVisible()

  await online()
  await expect(page.getByRole('heading', { level: 1, name: 'Verstuurd' })).toBeVisible({ timeout: 5_000 })
  await expect(page.getByText(/Aangekomen op de server/)).toBeVisible()
  expect(happened).toEqual(['photo begins', 'text leaves'])
  // Not everything is on the server yet, and the chip does not say so.
  await chipSays(page, '2 wachten op verbinding')
  letGo()
  await chipSays(page, 'Alles verstuurd')
})
