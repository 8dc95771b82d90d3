/**
 * The glossary in running text: the first mention of a term in each part of a body is marked, so that the app can show its
 * meaning in place. The mark does nothing by itself.
 */
import { type HtmlElement, type HtmlNode, type HtmlRoot } from './markdown.ts'

export type Term = { id: string; title: string; alternatives: readonly string[]; onlyInSearch: readonly string[] }
/** `matcher` finds any name of any term; null without terms. `termOf` tells which term a found name belongs to. */
export type Glossary = { matcher: RegExp | null; termOf: (name: string) => string | undefined }

/** Where a name is no mention to explain. */
const CLOSED = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th', 'code', 'pre'])

export function readGlossary(terms: readonly Term[]): Glossary {
  const ids = new Map<string, string>()
  for (const term of terms) {
    for (const name of namesOf(term)) for (const form of formsOf(name)) if (!ids.has(form)) ids.set(form, term.id)
  }
  // The longest name first, so that `lokaal inclusiebeleid` is not read as `inclusie`.
  const names = [...ids.keys()].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
  const matcher = names.length ? new RegExp(`(?<![\\p{L}\\p{N}-])(?:${names.map(pattern).join('|')})(?![\\p{L}\\p{N}-])`, 'giu') : null
  return { matcher, termOf: (found) => ids.get(plain(found)) ?? ids.get(plain(found).toLowerCase()) }
}

/** `AgII (Agentschap …)` is called by what stands before the brackets. */
const namesOf = ({ title, alternatives, onlyInSearch }: Term) =>
  [title.replace(/\s*\(.*\)$/, ''), ...alternatives].filter((name) => !onlyInSearch.includes(name))

/** `MAT` and `BBC` are names only in capitals: `mat` is something else. Every other name is kept in small letters. */
const isAcronym = (name: string) => name === name.toUpperCase()
const plain = (text: string) => text.replaceAll('’', "'").replace(/\s+/g, ' ')
const pattern = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll("'", "['’]").replaceAll(' ', '\\s+')

/** A name and its plurals as Dutch makes them: `brugfiguren`, `mandatarissen`, `leerlabo's`, `beleidsnota's`. */
function formsOf(written: string): string[] {
  if (isAcronym(written)) return [written]
  const name = written.toLowerCase()
  const doubled = name.replace(/([^aeiou][aeiou])([bdfgklmnprst])$/, '$1$2$2en')
  const shortened = name.replace(/([aeou])\1([bdfgklmnprstvz])$/, '$1$2en')
  return [...new Set([name, `${name}s`, `${name}'s`, `${name}n`, `${name}en`, doubled, shortened])]
}

/** Marks in place. `own`: the item's own id, never marked in its own text. */
export function markTerms(root: HtmlRoot, { matcher, termOf }: Glossary, own: string): void {
  if (!matcher) return
  let marked = new Set([own])
  for (const node of root.children) {
    if (node.type !== 'element') continue
    if (node.tagName === 'h2') marked = new Set([own])
    else markWithin(node)
  }

  function markWithin(element: HtmlElement): void {
    if (CLOSED.has(element.tagName)) return
    const children: HtmlNode[] = element.children
    element.children = children.flatMap((child): HtmlNode[] => {
      if (child.type === 'text') return split(child.value)
      if (child.type !== 'element') return [child]
      if (child.tagName === 'a') return linkToTerm(child)
      markWithin(child)
      return [child]
    }) as HtmlElement['children']
  }

  /** An editor's own link to a term is a mention like any other: it opens in place too. */
  function linkToTerm(link: HtmlElement): HtmlNode[] {
    if (link.properties.dataKind !== 'term') return [link]
    const id = String(link.properties.dataItem)
    if (marked.has(id)) return link.children
    marked.add(id)
    return [mark(id, link.children)]
  }

  function split(text: string): HtmlNode[] {
    const parts: HtmlNode[] = []
    let done = 0
    for (const match of text.matchAll(matcher!)) {
      const id = termOf(match[0])
      if (!id || marked.has(id)) continue
      marked.add(id)
      if (match.index > done) parts.push({ type: 'text', value: text.slice(done, match.index) })
      parts.push(mark(id, [{ type: 'text', value: match[0] }]))
      done = match.index + match[0].length
    }
    if (done < text.length || parts.length === 0) parts.push({ type: 'text', value: text.slice(done) })
    return parts
  }
}

const mark = (id: string, children: HtmlElement['children']): HtmlElement => ({ type: 'element', tagName: 'span', properties: { dataTerm: id }, children })
