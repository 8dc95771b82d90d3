/** The parts of a body: split at second-level headings, checked against what the kind asks for. */
import { kinds, type Kind, type Section } from '../domain/content.ts'
import type { Fault } from './frontmatter.ts'
import { type HtmlElement, type HtmlNode, type HtmlRoot, isHeading, textOf, toHtml, walk } from './markdown.ts'
import { lineField, suggestion } from './problem.ts'

type Part = { title: string; line: number; nodes: HtmlNode[] }

const STEPS_HEADING = 'Zo pak je het aan'

/** Stable: depends on the words of the heading alone. */
export function slug(heading: string): string {
  const plain = heading.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'kop'
}

export function splitSections(root: HtmlRoot, kind: Kind): { sections: Section[]; faults: Fault[] } {
  const required: readonly string[] = kinds[kind].required
  const allowed: readonly string[] = [...required, ...kinds[kind].optional]
  const parts = allowed.length ? partsByHeading(root) : [{ title: '', line: 1, nodes: root.children }]
  const faults = [
    ...(allowed.length ? headingFaults(parts, required, allowed) : []),
    ...parts.filter(isEmpty).map(({ title, line }) => ({
      field: lineField(line),
      message: title ? `deel "${title}" is leeg` : 'de tekst is leeg',
    })),
    ...(kind === 'task' ? stepFaults(parts) : []),
  ]
  const named = parts.filter(({ title }) => title || !allowed.length)
  return { sections: named.map(toSection), faults }
}

/** Text before the first heading becomes a part without a title. */
function partsByHeading(root: HtmlRoot): Part[] {
  const parts: Part[] = [{ title: '', line: 1, nodes: [] }]
  for (const node of root.children) {
    if (isHeading(node) && node.tagName === 'h2') {
      parts.push({ title: textOf(node).trim(), line: lineOf(node), nodes: [] })
    } else {
      parts.at(-1)!.nodes.push(node)
    }
  }
  return parts[0]!.nodes.every(isBlank) ? parts.slice(1) : parts
}

function headingFaults(parts: Part[], required: readonly string[], allowed: readonly string[]): Fault[] {
  const titles = parts.map(({ title }) => title)
  const faults = parts.flatMap(({ title, line, nodes }, index) => {
    const field = lineField(title ? line : lineOf(nodes.find((node) => !isBlank(node))))
    if (!title) return [{ field, message: 'tekst voor de eerste kop: zet ze onder een kop' }]
    if (!allowed.includes(title)) return [{ field, message: `onbekende kop "${title}".${suggestion(title, allowed)}` }]
    return titles.indexOf(title) < index ? [{ field, message: `kop "${title}" staat er twee keer` }] : []
  })
  const missing = required.filter((title) => !titles.includes(title))
  faults.push(...missing.map((title) => ({ field: 'koppen', message: `kop "## ${title}" ontbreekt` })))

  const found = required.filter((title) => titles.includes(title))
  const written = [...new Set(titles.filter((title) => required.includes(title)))]
  const misplaced = written.find((title, index) => title !== found[index])
  if (misplaced) {
    const field = lineField(parts[titles.indexOf(misplaced)]!.line)
    faults.push({ field, message: `koppen staan niet op volgorde, het moet zijn: ${found.join(' · ')}` })
  }
  return faults
}

/** A task is done in three to seven numbered steps. */
function stepFaults(parts: Part[]): Fault[] {
  return parts.filter(({ title }) => title === STEPS_HEADING).flatMap(({ line, nodes }) => {
    const lists = nodes.filter((node): node is HtmlElement => node.type === 'element' && node.tagName === 'ol')
    const steps = lists.flatMap(({ children }) => children.filter((child) => child.type === 'element')).length
    if (steps >= 3 && steps <= 7) return []
    return [{ field: lineField(line), message: `"${STEPS_HEADING}" telt ${steps} genummerde stappen: het moeten er 3 tot 7 zijn` }]
  })
}

function toSection({ title, nodes }: Part): Section {
  const id = title ? slug(title) : 'body'
  giveHeadingIds(nodes, id)
  return { id, title, html: toHtml(nodes) }
}

/** Unique within the item: every heading carries the id of its section in front, and a number when it repeats. */
function giveHeadingIds(nodes: HtmlNode[], sectionId: string): void {
  const taken = new Set<string>()
  for (const node of nodes.flatMap((top) => [...walk(top)])) {
    if (!isHeading(node)) continue
    const wanted = `${sectionId}-${slug(textOf(node))}`
    let id = wanted
    for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`
    taken.add(id)
    node.properties.id = id
  }
}

const lineOf = (node: HtmlNode | undefined) => node?.position?.start.line ?? 1
const isBlank = (node: HtmlNode) => node.type === 'text' && node.value.trim() === ''
const isEmpty = ({ nodes }: Part) => nodes.every((node) => textOf(node).trim() === '')
