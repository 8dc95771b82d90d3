/** Which documents answer a query, the best first. One rule for every query: where a word stands, how rare it is, how much of the query is answered. */
import type MiniSearch from 'minisearch'
import type { Kind } from '../../../domain/content.ts'
import type { SearchField } from '../../../domain/search-index.ts'
import type { Query, Token } from './query.ts'

/** `note`: what the person wrote; `chapter`: a part of a guide. */
export type FoundKind = Kind | 'chapter' | 'note'

export type Found = {
  id: string
  kind: FoundKind
  score: number
  /** The terms under which it was found. */
  terms: readonly string[]
}

/** Title before summary before headings before body. */
const boosts: Record<SearchField, number> = { title: 5, also: 3, summary: 2.6, headings: 1.6, body: 1, context: 0.5 }
/** What helps someone on comes a little before what only tells something. */
const kindBoosts: Record<FoundKind, number> = {
  task: 1.2,
  guide: 1.1,
  theme: 1.1,
  note: 1.1,
  figure: 0.9,
  practice: 1,
  term: 1,
  themeDay: 1,
  supportOffer: 1,
  phase: 0.95,
  chapter: 0.8,
}
/** For the kind of answer that the query itself asks for. */
const WANTED = 1.5
/** How steeply a document falls that answers only a part of the query. */
const STEEPNESS = 1.25
/** How much the whole query in the title adds. */
const TITLED = 1.5
/** How many times more a document counts of which all of a name was asked for. */
const NAMED = 2
/** Finds that answer less than this share of what the best one answers are left out. */
const LEAST_SHARE = 0.5

/** A term of this weight is the word itself, not another word for it. */
const ITSELF = 0.9
/** From this share of the query in the title on, it counts how much of the title was asked for. */
const NAMED_FROM = 0.75
/** What ranking knows of a document. `names`: the terms of its title, and of each other name it has. */
export type Described = { kind: FoundKind; names: readonly (readonly string[])[] }

/** `describe` is undefined for what is not to be shown. */
export function rank(index: MiniSearch, { tokens, wanted }: Query, describe: (id: string) => Described | undefined): Found[] {
  const weights = weightsOf(tokens)
  if (weights.size === 0) return []
  const results = index.search([...weights.keys()].join(' '), {
    tokenize: (terms) => terms.split(' '),
    processTerm: (term) => term,
    boost: boosts,
    boostTerm: (term: string) => weights.get(term) ?? 1,
    prefix: false,
    fuzzy: false,
    combineWith: 'OR',
  })
  const shown = results.flatMap((result) => {
    const described = describe(String(result.id))
    return described ? [{ id: String(result.id), ...described, bare: result.score, terms: result.terms, match: result.match }] : []
  })
  const covered = shown.map(({ terms }) => tokens.map((token) => coverOf(token, terms)))
  const importance = importanceOf(tokens, covered, index.documentCount)
  const found = shown.map(({ id, kind, names, bare, terms, match }, at) => {
    const share = shareOf(covered[at]!, importance)
    const titled = shareOf(tokens.map((token) => coverOf(token, terms.filter((term) => match[term]?.some((field) => field === 'title' || field === 'also')))), importance)
    const boost = kindBoosts[kind] * (wanted.has(kind === 'chapter' ? 'guide' : (kind as Kind)) ? WANTED : 1)
    return { id, kind, terms, share, score: bare * share ** STEEPNESS * (1 + TITLED * titled ** 2) * (titled >= NAMED_FROM && isNamed(terms.filter((term) => weights.get(term)! >= ITSELF), names) ? NAMED : 1) * boost }
  })
  found.sort((a, b) => b.score - a.score)
  const bestShare = Math.max(0, ...found.map(({ share }) => share))
  return found.filter(({ share }) => share >= LEAST_SHARE * bestShare).map(({ id, kind, score, terms }) => ({ id, kind, score, terms }))
}

/** All of a name was asked for. */
const isNamed = (terms: readonly string[], names: readonly (readonly string[])[]): boolean =>
  names.some((name) => name.length > 0 && name.every((term) => terms.includes(term)))

/** A term that several words ask for counts for the one that asks most. */
function weightsOf(tokens: readonly Token[]): Map<string, number> {
  const weights = new Map<string, number>()
  for (const { terms, strength } of tokens) for (const [term, { weight }] of terms) weights.set(term, Math.max(weight * strength, weights.get(term) ?? 0))
  return weights
}

/** How much of a word a document answers: by its best term, or by the parts of a compound together. */
function coverOf({ terms }: Token, found: readonly string[]): number {
  let whole = 0
  const parts: number[] = []
  for (const term of found) {
    const sought = terms.get(term)
    if (!sought) continue
    if (sought.part < 0) whole = Math.max(whole, sought.covers)
    else parts[sought.part] = Math.max(parts[sought.part] ?? 0, sought.covers)
  }
  return Math.max(whole, parts.reduce((sum, covers) => sum + covers, 0))
}

/** Words that few documents answer tell most. */
function importanceOf(tokens: readonly Token[], covered: readonly number[][], documents: number): number[] {
  return tokens.map((_, at) => {
    const answering = covered.reduce((count, covers) => count + (covers[at]! >= 0.75 ? 1 : 0), 0)
    return tokens[at]!.strength * Math.log(1 + (documents - answering + 0.5) / (answering + 0.5))
  })
}

function shareOf(covers: readonly number[], importance: readonly number[]): number {
  const total = importance.reduce((sum, each) => sum + each, 0)
  return total === 0 ? 0 : covers.reduce((sum, cover, at) => sum + cover * importance[at]!, 0) / total
}
