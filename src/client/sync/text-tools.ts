/** The text library, loaded only when there is a text to merge. */
import type { TextValue } from '../../domain/collection.ts'
import type { MergeText } from '../../domain/merge.ts'

export type TextTools = { merge: MergeText; join: (first: TextValue, second: TextValue) => TextValue }

/** Asked to merge a text while the library is not loaded: load it and do the transaction again. */
export class TextNeeded extends Error {}

const needed = (): never => {
  throw new TextNeeded()
}
/** For work without texts. */
export const plainOnly: TextTools = { merge: needed, join: needed }

let loaded: TextTools | undefined

export async function loadText(): Promise<TextTools> {
  const { mergeText, joinUpdates } = await import('../../protocol/text.ts')
  return (loaded ??= { merge: mergeText, join: joinUpdates })
}

/** Runs `work` without the library, and again with it if a text turned up. */
export async function withText<T>(work: (text: TextTools) => Promise<T>): Promise<T> {
  try {
    return await work(loaded ?? plainOnly)
  } catch (error) {
    const cause = (error as { inner?: unknown } | null)?.inner ?? error
    if (!(cause instanceof TextNeeded)) throw error
    return work(await loadText())
  }
}
