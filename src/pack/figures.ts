/**
 * A figure as a bar chart in SVG, drawn when the app is built. It carries no style: colours and type come from the classes
 * `chart-*` in the app's style sheet, so that it follows dark mode and forced colours under a strict content policy.
 */
import { plot, rect, text } from '@observablehq/plot'
import { Window } from 'happy-dom'
import type { Figure } from '../domain/content.ts'
import { valueWords } from '../domain/figures.ts'

/** In units of the drawing. The app shows it a tenth smaller on the narrowest phone and at most a quarter larger. */
const WIDTH = 320
const LINE = 17
const BAR = 10
const GAP = 14
/** Between the foot of a label and its bar. */
const CLOSE = 6
/** Characters of a label on one line at 14 units: the value stands at the end of the last one. */
const LABEL_WIDTH = 39

type ChartFigure = Pick<Figure, 'id' | 'title' | 'unit' | 'rows'>
type Row = { label: string; value: number; words: string; top: number; bottom: number }

/** Plot draws in a document; one serves all. */
let page: Window | undefined

export function figureChart(figure: ChartFigure): string {
  const rows = placed(figure)
  const height = rows.at(-1)!.bottom + 1
  const drawing = plot({
    document: (page ??= new Window()).document as never,
    width: WIDTH,
    height,
    margin: 0,
    axis: null,
    x: { domain: [0, topOf(figure)], range: [0, WIDTH] },
    y: { type: 'identity' },
    marks: [
      rect(rows, { x1: 0, x2: topOf(figure), y1: 'top', y2: 'bottom', rx: 3, className: 'chart-track' }),
      rect(rows, { x1: 0, x2: 'value', y1: 'top', y2: 'bottom', rx: 3, className: 'chart-bar' }),
      text(rows, { y: 'top', text: 'label', frameAnchor: 'left', textAnchor: 'start', lineAnchor: 'bottom', lineHeight: LINE / 14, dy: -CLOSE, className: 'chart-label' }),
      text(rows, { y: 'top', text: 'words', frameAnchor: 'right', textAnchor: 'end', lineAnchor: 'bottom', dy: -CLOSE, className: 'chart-value' }),
    ],
  })
  return withNames(figure, rows, height, cleaned(drawing as unknown as Drawn))
}

/** Each row takes the height of its label, so that a short one stays close to its bar. */
function placed({ rows, unit }: ChartFigure): Row[] {
  let at = 0
  return rows.map(({ label, value }) => {
    const lines = wrap(label)
    const top = at + lines.length * LINE + CLOSE
    at = top + BAR + GAP
    return { label: lines.join('\n'), value, words: valueWords(unit, value), top, bottom: top + BAR }
  })
}

/** Percentages stand against the whole; other numbers against the largest. */
const topOf = ({ unit, rows }: ChartFigure) => (unit === 'percent' ? 100 : Math.max(...rows.map(({ value }) => value), 1))

function wrap(label: string): string[] {
  const lines = ['']
  for (const word of label.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (longer.length > LABEL_WIDTH && lines.at(-1)) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines
}

/** As much of a drawn element as is read here. */
type Drawn = { nodeType: number; nodeName: string; nodeValue: string | null; childNodes: Iterable<Drawn>; getAttribute(name: string): string | null }

const KEPT_ELEMENTS = new Set(['svg', 'g', 'rect', 'text', 'tspan'])
const KEPT_ATTRIBUTES = ['class', 'x', 'y', 'dy', 'width', 'height', 'rx', 'text-anchor', 'transform']

/** What is within the drawing, without its style sheet and without any attribute that is not asked for. */
function cleaned(drawn: Drawn): string {
  const inner = (parent: Drawn): string => [...parent.childNodes].map(outer).join('')
  const outer = (node: Drawn): string => {
    if (node.nodeType === 3) return escaped(node.nodeValue ?? '')
    const name = node.nodeName.toLowerCase()
    if (!KEPT_ELEMENTS.has(name)) return ''
    const attributes = KEPT_ATTRIBUTES.flatMap((attribute) => {
      const value = node.getAttribute(attribute)
      return value === null || value === '' ? [] : [` ${attribute}="${escaped(rounded(value))}"`]
    })
    const content = inner(node)
    return content ? `<${name}${attributes.join('')}>${content}</${name}>` : `<${name}${attributes.join('')}/>`
  }
  return inner(drawn)
}

/** The picture has a name and says what it shows; the table beside it gives every value. */
function withNames({ id, title, unit, rows }: ChartFigure, { length }: Row[], height: number, content: string): string {
  const ends = rows.toSorted((a, b) => b.value - a.value)
  const told = (row: ChartFigure['rows'][number]) => `${row.label}, ${valueWords(unit, row.value)}`
  const extremes = length > 1 ? `Hoogste: ${told(ends[0]!)}. Laagste: ${told(ends.at(-1)!)}.` : `${told(ends[0]!)}.`
  return (
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="grafiek-${id}" aria-describedby="grafiek-${id}-uitleg">` +
    `<title id="grafiek-${id}">${escaped(`Grafiek: ${title}`)}</title>` +
    `<desc id="grafiek-${id}-uitleg">${escaped(`Liggende balken. ${extremes} De tabel geeft alle waarden.`)}</desc>${content}</svg>`
  )
}

const escaped = (value: string) => value.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]!)
const rounded = (value: string) => value.replace(/\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10))
