import type { TextValue } from '../../domain/collection.ts'

/** A text that begins with words of the app; see protocol/text.ts. */
export const beginText = async (words: string): Promise<TextValue> => (await import('../../protocol/text.ts')).beginText(words)
