/** The place of worksheets in a body: a line `::werkblad{id}` becomes an empty element that the app fills. */
import type { Fault } from './frontmatter.ts'
import { type HtmlElement, type HtmlNode, type HtmlRoot, textOf, walk } from './markdown.ts'
import { lineField, suggestion } from './problem.ts'

const DIRECTIVE = '::werkblad'
const WHOLE_LINE = /^::werkblad\{([^{}]*)\}$/

/** Replaces the lines in a body that was cleaned already, and tells which worksheet is not placed exactly once. */
export function placeWorksheets(root: HtmlRoot, written: Record<string, unknown>): Fault[] {
  const known = idsOf(written['worksheets'])
  const placed = new Set<string>()
  const faults: Fault[] = []
  root.children = root.children.map((node) => {
    const id = worksheetLine(node)
    if (id === undefined) return node
    const field = lineField(node.position?.start.line)
    if (!known.includes(id)) faults.push({ field, message: `onbekend werkblad "${id}".${suggestion(id, known)}` })
    else if (placed.has(id)) faults.push({ field, message: `werkblad "${id}" staat er twee keer` })
    placed.add(id)
    return place(id, node)
  })
  return [...faults, ...misplaced(root), ...missing(known, placed), ...themesMissing(written)]
}

function worksheetLine(node: HtmlNode): string | undefined {
  if (node.type !== 'element' || node.tagName !== 'p') return undefined
  return WHOLE_LINE.exec(textOf(node).trim())?.[1]
}

function place(id: string, { position }: HtmlNode): HtmlElement {
  return { type: 'element', tagName: 'div', properties: { dataWorksheet: id }, children: [], ...(position && { position }) }
}

/** In a list, in a sentence, or two lines without an empty one between them. */
function misplaced(root: HtmlRoot): Fault[] {
  return [...walk<HtmlRoot | HtmlNode>(root)].flatMap((node) =>
    node.type === 'text' && node.value.includes(DIRECTIVE)
      ? [{ field: lineField(node.position?.start.line), message: `zet ${DIRECTIVE}{id} alleen op een regel, met een lege regel ervoor en erna` }]
      : [],
  )
}

const missing = (known: string[], placed: Set<string>): Fault[] =>
  known.flatMap((id, index) =>
    placed.has(id) ? [] : [{ field: `worksheets[${index}]`, message: `werkblad "${id}" staat niet in de tekst: zet er een regel ${DIRECTIVE}{${id}}` }],
  )

function themesMissing({ worksheets, topics }: Record<string, unknown>): Fault[] {
  if (topics !== undefined) return []
  return entries(worksheets).flatMap(({ perTheme }, index) =>
    perTheme === true ? [{ field: `worksheets[${index}].perTheme`, message: "vraagt thema's: zet ze in topics" }] : [],
  )
}

const idsOf = (worksheets: unknown) => [...new Set(entries(worksheets).flatMap(({ id }) => (typeof id === 'string' ? id : [])))]

const entries = (list: unknown): Record<string, unknown>[] =>
  (Array.isArray(list) ? list : []).filter((entry) => entry !== null && typeof entry === 'object')
