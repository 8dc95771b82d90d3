/** Practices of other municipalities, and what one's own does with them. */
import type { PracticeUse } from './collections.ts'

/** The words of the interface. */
export const practiceUseWords: Record<PracticeUse, string> = {
  considering: 'Wij overwegen dit',
  using: 'Wij passen dit toe',
  used: 'Wij deden dit',
}
