/** The parts of a body: split at second-level headings, checked against what the kind asks for. */
import { type KindOfContent, kinds, type Kind, type Section } from '../domain/content.ts'
import type { Fault } from './frontmatter.ts'
import { type HtmlElement, type HtmlNode, type HtmlRoot, isHeading, textOf, toHtml, walk } from './markdown.ts'
import { lineField, suggestion } from './problem.ts'

/** `anchor`: the id that the editor gave the heading. */
type Part = { title: string; line: number; nodes: HtmlNode[]; anchor?: string | undefined }

const STEPS_HEADING = 'Zo pak je het aan'

/** Stable: depends on the words of the heading alone. */
export function slug(heading: string): string {
  const plain = heading.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'kop'
}

export function splitSections(root: HtmlRoot, kind: Kind): { sections: Section[]; faults: Fault[] } {
  const { required, optional, chapters }: KindOfContent = kinds[kind]
  const allowed = [...required, ...optional]
  const headed = chapters === true || allowed.length > 0
  const anchors = takeAnchors(root)
  const parts = headed ? partsByHeading(root, anchors.of) : [{ title: '', line: 1, nodes: root.children }]
  const named = parts.filter(({ title }) => title || !headed)
  const faults = [
    ...anchors.faults,
    ...(chapters ? chapterFaults(parts) : headed ? headingFaults(parts, required, allowed) : []),
    ...parts.filter(isEmpty).map(({ title, line }) => ({
      field: lineField(line),
      message: title ? `deel "${title}" is leeg` : 'de tekst is leeg',
    })),
    ...(kind === 'task' ? stepFaults(parts) : []),
  ]
  const sections = named.map((part) => toSection(part, anchors.of))
  // A fixed heading that is there twice was told as such.
  const told = chapters ? named : named.filter(({ title }, index) => named.findIndex((other) => other.title === title) === index)
  return { sections, faults: [...faults, ...anchorsTwice(root, told)] }
}

/** Text before the first heading becomes a part without a title. */
function partsByHeading(root: HtmlRoot, anchors: Anchors): Part[] {
  const parts: Part[] = [{ title: '', line: 1, nodes: [] }]
  for (const node of root.children) {
    if (isHeading(node) && node.tagName === 'h2') {
      parts.push({ title: textOf(node).trim(), line: lineOf(node), nodes: [], anchor: anchors.get(node) })
    } else {
      parts.at(-1)!.nodes.push(node)
    }
  }
  return parts[0]!.nodes.every(isBlank) ? parts.slice(1) : parts
}

/** `{#anker}` at the end of a heading: the id stays when the words change or the heading moves. */
type Anchors = ReadonlyMap<HtmlNode, string>
const ANCHOR = /\s*\{#([^{}]*)\}\s*$/
const ANCHOR_FORM = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Takes the anchors out of the words of the headings. */
function takeAnchors(root: HtmlRoot): { of: Anchors; faults: Fault[] } {
  const found = new Map<HtmlNode, string>()
  const faults: Fault[] = []
  for (const node of root.children.flatMap((top) => [...walk(top)])) {
    const words = isHeading(node) ? node.children.at(-1) : undefined
    const anchor = words?.type === 'text' ? ANCHOR.exec(words.value) : null
    if (words?.type !== 'text' || !anchor) continue
    words.value = words.value.slice(0, anchor.index)
    if (ANCHOR_FORM.test(anchor[1]!)) found.set(node, anchor[1]!)
    else faults.push({ field: lineField(lineOf(node)), message: `anker "${anchor[1]}": gebruik enkel kleine letters, cijfers en streepjes` })
  }
  return { of: found, faults }
}

/** Every id that a link or a bookmark can point at is there once. */
function anchorsTwice(root: HtmlRoot, parts: Part[]): Fault[] {
  const within = [...walk<HtmlRoot | HtmlNode>(root)].filter((node): node is HtmlElement => node.type === 'element' && isHeading(node))
  const places = [
    ...parts.map((part) => ({ id: sectionId(part), line: part.line })),
    ...within.flatMap((node) => (node.properties.id ? [{ id: String(node.properties.id), line: lineOf(node) }] : [])),
  ]
  return places
    .filter(({ id }, index) => places.findIndex((other) => other.id === id) < index)
    .map(({ id, line }) => ({ field: lineField(line), message: `anker "${id}" staat er twee keer: geef deze kop een eigen anker met {#anker}` }))
}

function chapterFaults(parts: Part[]): Fault[] {
  if (!parts.some(({ title }) => title)) return [{ field: 'koppen', message: 'geen enkele kop "## ..."' }]
  return parts.filter(({ title }) => !title).map(textBeforeHeading)
}

const textBeforeHeading = ({ nodes }: Part): Fault => ({
  field: lineField(lineOf(nodes.find((node) => !isBlank(node)))),
  message: 'tekst voor de eerste kop: zet ze onder een kop',
})

function headingFaults(parts: Part[], required: readonly string[], allowed: readonly string[]): Fault[] {
  const titles = parts.map(({ title }) => title)
  const faults = parts.flatMap((part, index) => {
    const { title, line } = part
    const field = lineField(line)
    if (!title) return [textBeforeHeading(part)]
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

function toSection(part: Part, anchors: Anchors): Section {
  const id = sectionId(part)
  giveHeadingIds(part.nodes, id, anchors)
  return { id, title: part.title, html: toHtml(part.nodes) }
}

const sectionId = ({ title, anchor }: Part) => anchor ?? (title ? slug(title) : 'body')

/** Unique within the section: every heading carries the id of its section in front, and a number when it repeats. */
function giveHeadingIds(nodes: HtmlNode[], section: string, anchors: Anchors): void {
  const taken = new Set<string>()
  for (const node of nodes.flatMap((top) => [...walk(top)])) {
    if (!isHeading(node)) continue
    const wanted = `${section}-${slug(textOf(node))}`
    let id = anchors.get(node) ?? wanted
    for (let count = 2; taken.has(id) && !anchors.has(node); count++) id = `${wanted}-${count}`
    taken.add(id)
    node.properties.id = id
  }
}

const lineOf = (node: HtmlNode | undefined) => node?.position?.start.line ?? 1
const isBlank = (node: HtmlNode) => node.type === 'text' && node.value.trim() === ''
const isEmpty = ({ nodes }: Part) => nodes.every((node) => textOf(node).trim() === '' && !isWorksheet(node))
const isWorksheet = (node: HtmlNode) => node.type === 'element' && node.properties.dataWorksheet !== undefined
