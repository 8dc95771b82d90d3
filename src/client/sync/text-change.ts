import type { TextValue } from '../../domain/collection.ts'
import { spliceBetween } from './text-editing.ts'

/**
 * The smallest change from a text as it is to `wanted`; undefined when it is that already. A text is never built anew, so
 * that what a colleague types meanwhile survives.
 */
export async function changeTo(wanted: string, current: TextValue | undefined): Promise<TextValue | undefined> {
  const { openText } = await import('../../protocol/text.ts')
  const text = openText(current)
  try {
    const splice = spliceBetween(text.read(), wanted, wanted.length)
    if (!splice) return undefined
    text.splice(splice)
    return text.unsettled()?.value
  } finally {
    text.close()
  }
}
