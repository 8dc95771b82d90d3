/**
 * Long texts on the wire are Yjs updates of `getText('t')`. Both sides merge them with this one function;
 * on the phone it is loaded only when there is a text to merge.
 */
import * as Y from 'yjs'
import type { TextValue } from '../domain/collections.ts'

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

/** One update out of two that were written after each other; neither needs the state they build on. */
export const joinUpdates = (first: TextValue, second: TextValue): TextValue => ({
  ...second,
  y: toBase64(Y.mergeUpdates([fromBase64(first.y), fromBase64(second.y)])),
})
