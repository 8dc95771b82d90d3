/** Photos in a file of unsent work (export-work.ts): their bytes as text, and back, when they are what their name says. */
import * as z from 'zod/mini'
import { PersonId, SpaceId } from '../../domain/ids.ts'
import { MAX_PHOTO_BYTES, PHOTO_NAME, photoType } from '../../domain/photos.ts'
import type { LocalPhoto } from '../db/database.ts'

/** Bytes of photos that go into one file; as text they take a third more. A phone has to hold it as a whole. */
const MAX_TOGETHER = 60_000_000
/** No file that this app made is larger, in bytes: photos as text, and the changes. */
export const MAX_WORK_FILE = 120_000_000

const SavedPhoto = z.object({
  id: z.string().check(z.regex(PHOTO_NAME)),
  space: SpaceId,
  type: z.string().check(z.regex(/^image\/(jpeg|webp)$/)),
  author: PersonId,
  at: z.number(),
  /** In base64. */
  bytes: z.string().check(z.maxLength(Math.ceil(MAX_PHOTO_BYTES / 3) * 4)),
})
export type SavedPhoto = z.infer<typeof SavedPhoto>

/** The oldest first, as many as fit; `left`: how many did not. */
export function asSaved(photos: readonly LocalPhoto[]): { photos: SavedPhoto[]; left: number } {
  let room = MAX_TOGETHER
  const fitting = photos.filter(({ bytes }) => (room -= bytes.byteLength) >= 0)
  return { photos: fitting.map(({ id, space, type, author, at, bytes }) => ({ id, space, type, author, at, bytes: toBase64(new Uint8Array(bytes)) })), left: photos.length - fitting.length }
}

export type ReadPhoto = Omit<SavedPhoto, 'bytes'> & { bytes: ArrayBuffer }

/** null for what is damaged: too large, no photo, or not the one that its name says. */
export async function readSaved(saved: unknown): Promise<ReadPhoto | null> {
  const parsed = SavedPhoto.safeParse(saved)
  if (!parsed.success) return null
  const bytes = fromBase64(parsed.data.bytes)
  if (!bytes || bytes.byteLength > MAX_PHOTO_BYTES || photoType(bytes) !== parsed.data.type) return null
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const name = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return name === parsed.data.id ? { ...parsed.data, bytes: bytes.buffer } : null
}

/** In parts: a call takes so many arguments at most. */
const PART = 0x8000

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += PART) binary += String.fromCharCode(...bytes.subarray(at, at + PART))
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}
