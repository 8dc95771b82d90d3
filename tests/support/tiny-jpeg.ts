/** The head of a JPEG of this size, without a picture: enough for what reads no further. `mark` makes it another file. */
export function tinyJpeg(width: number, height: number, mark = 0): Uint8Array<ArrayBuffer> {
  const frame = [0xff, 0xc0, 0, 11, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]
  return Uint8Array.from([0xff, 0xd8, ...frame, 0xff, 0xfe, 0, 3, mark, 0xff, 0xd9])
}

/** What a photo is named by: its SHA-256. */
export const nameOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')
