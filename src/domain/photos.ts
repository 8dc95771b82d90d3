/** Photos in a form: how large they travel, and what tells a photo from another file. */
import type { WorksheetColumn } from './worksheet.ts'

/** The longest side of a photo as it is kept, in pixels. */
export const PHOTO_SIDE = 1_600
/** The most bytes of a photo as it is kept. A JPEG of that size takes a fifth of it. */
export const MAX_PHOTO_BYTES = 4_000_000

/** The SHA-256 of its bytes, in hexadecimal: what a photo is named by, everywhere. */
export const PHOTO_NAME = /^[0-9a-f]{64}$/

/** What a form holds of one photo. `alt`: what is to be seen on it. */
export type Photo = { file: string; alt: string }

/** A question for photos is answered in rows, as a table is. */
export const photoColumns: readonly WorksheetColumn[] = [
  { id: 'file', label: 'Foto', kind: 'shortText' },
  { id: 'alt', label: 'Wat staat er op de foto?', kind: 'shortText' },
]

/** No camera of a phone makes larger files; reading one could end the tab. In bytes. */
export const MAX_SOURCE_BYTES = 60_000_000
export type PhotoType = 'image/jpeg' | 'image/webp'

const startsWith = (bytes: Uint8Array, at: number, text: string): boolean => [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))

/** By what stands in it, not by its name; null for what is kept nowhere. */
export function photoType(bytes: Uint8Array): PhotoType | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  return startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP') ? 'image/webp' : null
}

/** The photos of an iPhone, which few browsers can read. */
export const isHeic = (bytes: Uint8Array): boolean => startsWith(bytes, 4, 'ftyp') && ['heic', 'heix', 'hevc', 'mif1', 'msf1', 'heim', 'heis'].some((brand) => startsWith(bytes, 8, brand))

/** In pixels, as the frame header of the file says it (ITU-T T.81, B.2.2); null for what is no JPEG. */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } | null {
  if (photoType(bytes) !== 'image/jpeg') return null
  const word = (at: number) => bytes[at]! * 256 + bytes[at + 1]!
  for (let at = 2; at + 8 < bytes.length && bytes[at] === 0xff; at += 2 + word(at + 2)) {
    const marker = bytes[at + 1]!
    // The other three of this range hold tables and an extension.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { height: word(at + 5), width: word(at + 7) }
  }
  return null
}
