import { expect, test } from 'vitest'
import { jpegSize } from '../../src/domain/photos.ts'

/** Marker, length and contents of a part of a JPEG. */
const part = (marker: number, ...contents: number[]) => [0xff, marker, (contents.length + 2) >> 8, (contents.length + 2) & 0xff, ...contents]
const frame = (marker: number) => part(marker, 8, 0x04, 0xb0, 0x06, 0x40, 3)
const jpeg = (...parts: number[][]) => Uint8Array.from([0xff, 0xd8, ...parts.flat(), 0xff, 0xd9, 0, 0, 0])
const other = part(0xe0, ...Array.from({ length: 300 }, () => 0xff))

test.each([
  ['baseline', 0xc0],
  ['progressive', 0xc2],
])('the size of a %s JPEG stands in its frame, behind other parts', (_kind, marker) => {
  expect(jpegSize(jpeg(other, part(0xc4, 1, 2, 3, 4, 5, 6, 7, 8), frame(marker)))).toEqual({ width: 1_600, height: 1_200 })
})

test.each([
  ['another kind of file', Uint8Array.from([...'RIFF0000WEBPVP8 '].map((letter) => letter.charCodeAt(0)))],
  ['a JPEG that ends before its frame', jpeg(other)],
  ['a JPEG with a part that says to be longer than it is', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0, 0, 0, 0, 0, 0])],
  ['nothing', new Uint8Array()],
])('%s has no size', (_what, bytes) => expect(jpegSize(bytes)).toBeNull())
