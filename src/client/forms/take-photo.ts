/**
 * Makes of a picked file what is kept: a JPEG of at most 1600 pixels. It is drawn anew, so that nothing of the camera goes along:
 * no place, no time, no device.
 */
import { isHeic, MAX_PHOTO_BYTES, MAX_SOURCE_BYTES, PHOTO_SIDE } from '../../domain/photos.ts'

export type Taken = { kind: 'taken'; id: string; bytes: ArrayBuffer; type: string } | { kind: 'refused'; words: string }

const QUALITIES = [0.82, 0.6]

const refused = (words: string): Taken => ({ kind: 'refused', words })

export async function takePhoto(file: File): Promise<Taken> {
  if (file.size > MAX_SOURCE_BYTES) return refused(`“${file.name}” is te groot. Kies een foto van minder dan 60 MB.`)
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer())
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!picture && isHeic(head)) return refused(`“${file.name}” is een HEIC-foto. Je toestel kan die hier niet lezen. Neem de foto met de knop ‘Neem een foto’, of bewaar ze als JPEG.`)
  if (!picture) return refused(`“${file.name}” is geen foto die we kunnen lezen. Kies een JPEG, PNG of WebP.`)
  try {
    for (const quality of QUALITIES) {
      const blob = await drawn(picture, quality)
      if (blob && blob.size <= MAX_PHOTO_BYTES) return await named(blob)
    }
    return refused(`“${file.name}” kan niet verkleind worden.`)
  } finally {
    picture.close()
  }
}

async function named(blob: Blob): Promise<Taken> {
  const bytes = await blob.arrayBuffer()
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return { kind: 'taken', bytes, type: blob.type, id: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('') }
}

function drawn(picture: ImageBitmap, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, PHOTO_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return Promise.resolve(null)
  // What is transparent becomes white, not black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
}
