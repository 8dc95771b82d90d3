import { questionTypes } from '../../../domain/collections.ts'
import { sizeClassWords, themeWords } from '../../../domain/content-words.ts'
import { sizeClasses, themes } from '../../../domain/content-codes.ts'
import type { Theme } from '../../../domain/content.ts'
import { questionTypeWords, type YearFigures } from '../../../domain/questions.ts'

/** `value`: null where there is nothing to count from yet. */
export type FigureRow = { part: string; label: string; value: number | null }

/** A year as a table: totals, then per type, theme and size. A theme nobody asked about is left out. */
export function figureRows({ received, answered, medianDays, byType, byTheme, bySize }: YearFigures): FigureRow[] {
  const known: readonly string[] = themes
  const otherThemes = [...byTheme.keys()].filter((theme): theme is string => theme !== null && !known.includes(theme))
  return [
    { part: 'Totaal', label: 'Vragen aangekomen', value: received },
    { part: 'Totaal', label: 'Vragen met een antwoord', value: answered },
    { part: 'Totaal', label: 'Mediaan: werkdagen tot het eerste antwoord', value: medianDays },
    ...questionTypes.map((type) => ({ part: 'Soort', label: questionTypeWords[type], value: byType.get(type) ?? 0 })),
    ...[...known, ...otherThemes].filter((theme) => byTheme.has(theme)).map((theme) => ({ part: 'Thema', label: themeWords[theme as Theme] ?? theme, value: byTheme.get(theme)! })),
    ...(byTheme.has(null) ? [{ part: 'Thema', label: 'Geen thema gekozen', value: byTheme.get(null)! }] : []),
    ...sizeClasses.map((size) => ({ part: 'Grootte van het bestuur', label: sizeClassWords[size], value: bySize.get(size) ?? 0 })),
    ...(bySize.has(null) ? [{ part: 'Grootte van het bestuur', label: 'Niet bekend', value: bySize.get(null)! }] : []),
  ]
}
