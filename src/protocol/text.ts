/**
 * Long texts on the wire are Yjs updates of `getText('t')`. Both sides merge them with this one function;
 * on the phone it is loaded only when there is a text to merge.
 */
import * as Y from 'yjs'
import type { TextValue } from '../domain/collection.ts'

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}

export const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

/** The state after both; throws when the update is no Yjs update. */
export function mergeText(current: TextValue | undefined, update: TextValue): TextValue {
  const doc = new Y.Doc()
  try {
    if (current) Y.applyUpdate(doc, fromBase64(current.y))
    Y.applyUpdate(doc, fromBase64(update.y))
    return { y: toBase64(Y.encodeStateAsUpdate(doc)), t: doc.getText('t').toString() }
  } finally {
    doc.destroy()
  }
}

/**
 * A text that begins with words the app puts there. The same words give the same update: two devices that both begin so,
 * without knowing of each other, do not double them.
 */
export function beginText(words: string): TextValue {
  const doc = new Y.Doc()
  doc.clientID = hashOf(words)
  doc.getText('t').insert(0, words)
  const value = { y: toBase64(Y.encodeStateAsUpdate(doc)), t: words }
  doc.destroy()
  return value
}

/** FNV-1a over the UTF-16 units, 32 bits. */
function hashOf(words: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < words.length; i += 1) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** One update out of two that were written after each other; neither needs the state they build on. */
export const joinUpdates = (first: TextValue, second: TextValue): TextValue => ({
  ...second,
  y: toBase64(Y.mergeUpdates([fromBase64(first.y), fromBase64(second.y)])),
})

/** One place in a text where characters went out and others came in; counted in UTF-16 units. */
export type Splice = { at: number; removed: number; inserted: string }

/** A text while someone works in it: its document stays open, so that every change becomes the smallest update. */
export type OpenText = {
  read: () => string
  splice: (splice: Splice) => void
  /** Takes what the store has; gives the positions (of a caret) back where they belong now. */
  receive: (state: TextValue, positions: readonly number[]) => number[]
  /** What was spliced and not settled yet, as one update; undefined when nothing was. */
  unsettled: () => { value: TextValue; settle: () => void } | undefined
  close: () => void
}

/** Opens a stored state. The client id that Yjs draws for the document is never kept: each opening has its own. */
export function openText(state?: TextValue): OpenText {
  const doc = new Y.Doc()
  const text = doc.getText('t')
  const updates: Uint8Array[] = []
  const mine = Symbol('mine')
  if (state) Y.applyUpdate(doc, fromBase64(state.y))
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === mine) updates.push(update)
  })
  return {
    read: () => text.toString(),
    splice: ({ at, removed, inserted }) =>
      doc.transact(() => {
        if (removed > 0) text.delete(at, removed)
        if (inserted) text.insert(at, inserted)
      }, mine),
    receive: (stored, positions) => {
      // Tied to the character before it: what another types behind the caret stays behind it.
      const tied = positions.map((position) => Y.createRelativePositionFromTypeIndex(text, position, -1))
      Y.applyUpdate(doc, fromBase64(stored.y))
      return tied.map((position) => Y.createAbsolutePositionFromRelativePosition(position, doc)?.index ?? text.length)
    },
    unsettled: () => {
      const count = updates.length
      if (count === 0) return undefined
      const value = { y: toBase64(Y.mergeUpdates(updates)), t: text.toString() }
      return { value, settle: () => void updates.splice(0, count) }
    },
    close: () => doc.destroy(),
  }
}
