import type { Page } from '@playwright/test'
import { anotherDevice, axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { chipSays, signIn } from './steps.ts'

const assignment = '/leerlabo/demolabgende/opdracht/observatie'
const PLACE = 'GPSLatitude-51.25'

/** A JPEG of noise, larger than is kept, with what a camera writes in it. `padding`: bytes after its end. */
async function jpeg(page: Page, padding = 0): Promise<Buffer> {
  const drawn = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 2_000
    canvas.height = 1_500
    const context = canvas.getContext('2d')!
    const noise = context.createImageData(canvas.width, canvas.height)
    // A fixed row of numbers: the same photo every time.
    let seed = Math.trunc(performance.now()) + 1
    for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : (seed = (seed * 16_807) % 2_147_483_647) & 127
    context.putImageData(noise, 0, 0)
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]!
  })
  const bytes = Buffer.from(drawn, 'base64')
  const exif = Buffer.from(`Exif\0\0${PLACE}`)
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif])
  return Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2), Buffer.alloc(padding)])
}

const picker = (page: Page) => page.getByLabel('Kies foto’s')
const shown = (page: Page) => page.getByRole('button', { name: /Bekijk groot/ })

test('takes photos without a connection, sends the text first and the photos after it, and shows them to the facilitator', async ({ page, context }) => {
  test.setTimeout(300_000)
  await signIn(page, 'lead@demo.example')
  await page.goto(assignment)
  await expect(page.getByRole('heading', { level: 1, name: 'Ga kijken waar het gebeurt' })).toBeVisible()
  await chipSays(page, 'Alles verstuurd')
  const large = await jpeg(page, 17_000_000)
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
  await page.getByRole('textbox', { name: 'Wat staat er op de foto?' }).fill('De bank naast het doel')
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
  await page.getByRole('textbox', { name: 'Waar keken jullie?' }).fill('Het sportplein')
  await page.getByRole('textbox', { name: 'Waar keken jullie?' }).blur()
  const colleague = await anotherDevice(page)
  await signIn(colleague, 'member@demo.example')
  await colleague.goto(assignment)
  await expect(colleague.getByRole('textbox', { name: 'Waar keken jullie?' })).toHaveValue('Het sportplein', { timeout: 20_000 })
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
    const [photo] = await new Promise<{ bytes: ArrayBuffer; id: string }[]>((resolve) => (all.onsuccess = () => resolve(all.result)))
    return { id: photo!.id, bytes: photo!.bytes.byteLength, text: new TextDecoder('latin1').decode(photo!.bytes) }
  })
  expect(kept.text).not.toContain(PLACE)
  expect(parts - before).toBe(Math.ceil(kept.bytes / (256 * 1_024)) - 1)

  await colleague.reload()
  await picker(colleague).scrollIntoViewIfNeeded()
  await expect.poll(() => colleague.locator('.photo-small img').evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 20_000 }).toBe(1_600)
  await colleague.getByRole('button', { name: /Bekijk groot/ }).click()
  await expect(colleague.getByRole('dialog', { name: 'De bank naast het doel' })).toBeVisible()
  await axeInEveryShape(colleague)
  const stranger = await anotherDevice(page)
  await signIn(stranger, 'zuienkerke@demo.example')
  const refused = await stranger.evaluate(async (id) => (await fetch(`/api/photos/${id}?space=team:demo`)).status, kept.id)
  expect(refused).toBe(404)
  for (const device of [colleague, stranger]) await device.context().close()
})
