/** Figures in words: the number to remember, the text to quote, the table as a file. */
import type { Figure } from './content.ts'
import { sourceWords } from './content-words.ts'
import { csvFile } from './csv.ts'

type FigureValues = Pick<Figure, 'unit' | 'rows' | 'headline'>
type QuotedFigure = Pick<Figure, 'title' | 'question' | 'unit' | 'rows' | 'n' | 'multiple' | 'caveat' | 'sources'>

const decimal = new Intl.NumberFormat('nl-BE', { maximumFractionDigits: 2 })

/** `75 %`, `12.000`, `2,35`, with a no-break space. */
export const valueWords = (unit: Figure['unit'], value: number): string => (unit === 'percent' ? `${decimal.format(value)}\u00a0%` : decimal.format(value))

/** The one number of a figure that a list shows: its first row, or its first rows together where the editor says so. */
export function headlineOf({ rows, headline }: FigureValues): { value: number; label: string } {
  const first = rows[0]!
  if (!headline) return { value: first.value, label: first.label }
  return { value: rows.slice(0, headline.rows).reduce((sum, { value }) => sum + value, 0), label: headline.label }
}

/** How many answered; the source does not always say. */
export const respondentsWords = (n: number | null): string => (n === null ? 'De bron zegt niet hoeveel besturen antwoordden.' : `N\u00a0=\u00a0${decimal.format(n)}: zoveel respondenten antwoordden.`)

/** `N = 53`, for beside a number in a list; empty where the source does not say. */
export const respondentsShort = (n: number | null): string => (n === null ? '' : `N\u00a0=\u00a0${decimal.format(n)}`)

/** What someone pastes in a mail or a note for the council: never a number without its N, source and caveat. */
export function figureText(figure: QuotedFigure): string {
  const rows = figure.rows.map(({ label, value, count }) => `- ${label}: ${valueWords(figure.unit, value)}${count === undefined ? '' : ` (${decimal.format(count)})`}`)
  return [
    figure.title,
    ...(figure.question ? [`Vraag: ${figure.question}`] : []),
    ...rows,
    `${respondentsWords(figure.n)}${figure.multiple ? ' Meer dan één antwoord was mogelijk.' : ''}`,
    `Let op: ${figure.caveat}`,
    ...figure.sources.map((source) => `Bron: ${sourceWords(source)}`),
  ].join('\n')
}

const columnOfUnit: Record<Figure['unit'], string> = { percent: 'Percentage', count: 'Aantal', score: 'Score' }

/** For a spreadsheet. */
export function figureCsv(figure: QuotedFigure): string {
  const counted = figure.unit === 'percent' && figure.rows.some(({ count }) => count !== undefined)
  const lines: (string | number)[][] = [
    ['Antwoord', columnOfUnit[figure.unit], ...(counted ? ['Aantal'] : [])],
    ...figure.rows.map(({ label, value, count }) => [label, value, ...(counted ? [count ?? ''] : [])]),
    [],
    ['N', figure.n ?? 'niet vermeld in de bron'],
    ...figure.sources.map((source) => ['Bron', sourceWords(source)]),
    ['Let op', figure.caveat],
  ]
  return csvFile(lines)
}
