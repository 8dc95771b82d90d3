import * as Y from 'yjs'
import { toBase64 } from '../../../src/protocol/text.ts'
import type { TextValue } from '../../../src/domain/collection.ts'

/** A long text as another device would have sent it. */
export function textOf(text: string): TextValue {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return { y: toBase64(Y.encodeStateAsUpdate(doc)), t: text }
}
