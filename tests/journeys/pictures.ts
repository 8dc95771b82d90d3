/** Photos for journeys: real JPEGs that the browser itself draws. */
import { expect, type Page } from '@playwright/test'

export const PLACE = 'GPSLatitude-51.25'
type Picture = { width?: number; height?: number; /** Another one is another photo. */ seed?: number; /** Bytes after its end. */ padding?: number }

/** A JPEG of noise, larger than is kept unless its size is told, with what a camera writes in it. */
export async function jpeg(page: Page, { width = 2_000, height = 1_500, seed = 1, padding = 0 }: Picture = {}): Promise<Buffer> {
  const drawn = await page.evaluate(
    ([wide, high, first]) => {
      const canvas = document.createElement('canvas')
      canvas.width = wide
      canvas.height = high
      const context = canvas.getContext('2d')!
      const noise = context.createImageData(wide, high)
      let number = first * 7_919
      for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : (number = (number * 16_807) % 2_147_483_647) & 127
      context.putImageData(noise, 0, 0)
      return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]!
    },
    [width, height, seed] as const,
  )
  const bytes = Buffer.from(drawn, 'base64')
  const exif = Buffer.from(`Exif\0\0${PLACE}`)
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif])
  return Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2), Buffer.alloc(padding)])
}

export const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer })

/** Where photos are picked from the gallery, in the form of an assignment. */
export const picker = (page: Page) => page.getByLabel('Kies foto’s')
/** The photos that the page shows. */
export const shown = (page: Page) => page.getByRole('button', { name: /Bekijk groot/ })

/** From now on the device has so many bytes left for the app. A browser reckons for up to half a minute with the room it last measured, unless that was too little. */
export async function leaveRoom(page: Page, bytes: number): Promise<{ back: () => Promise<void> }> {
  const tools = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  const set = (quotaSize?: number) => tools.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize === undefined ? {} : { quotaSize }) })
  await set(1_000)
  const isNoticed = () =>
    page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const asked = indexedDB.open('proef')
          asked.onupgradeneeded = () => asked.result.createObjectStore('proef', { autoIncrement: true })
          asked.onerror = () => resolve(true)
          asked.onsuccess = () => {
            const writing = asked.result.transaction('proef', 'readwrite')
            writing.objectStore('proef').add('x'.repeat(2_000))
            const end = (full: boolean) => (asked.result.close(), resolve(full))
            writing.oncomplete = () => end(false)
            writing.onabort = () => end(true)
          }
        }),
    )
  await expect.poll(isNoticed, { timeout: 70_000, intervals: [1_000] }).toBe(true)
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage!)
  await set(used + bytes)
  return { back: async () => void (await set()) }
}
