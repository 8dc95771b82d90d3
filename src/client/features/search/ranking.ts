/** Which documents answer a query, the best first. One rule for every query: where a word stands, how rare it is, how much of the query is answered. */
import type MiniSearch from 'minisearch'
import type { SearchResult } from 'minisearch'
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
  quickscan: 1.2,
  supportOffer: 1,
  phase: 0.95,
  labTemplate: 0.95,
  assignment: 0.85,
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
/** From this much on a word counts as answered. */
const ANSWERED = 0.75

/** A term of this weight is the word itself, not another word for it. */
const ITSELF = 0.9
/** From this share of the query in the title on, it counts how much of the title was asked for. */
const NAMED_FROM = 0.75
/** What ranking knows of the documents. */
export type Documents = {
  /** Undefined for what is not to be shown. */
  kindOf: (id: string) => FoundKind | undefined
  /** The terms of its title, and of each other name it has. */
  namesOf: (id: string) => readonly (readonly string[])[]
}

/** Runs at every letter: no more than one short array per document. */
export function rank(index: MiniSearch, { tokens, wanted }: Query, { kindOf, namesOf }: Documents): Found[] {
  const asked = askedTerms(tokens)
  if (asked.size === 0) return []
  const results = index.search([...asked.keys()].join(' '), {
    tokenize: (terms) => terms.split(' '),
    processTerm: (term) => term,
    boost: boosts,
    boostTerm: (term: string) => asked.get(term)?.weight ?? 1,
    prefix: false,
    fuzzy: false,
    combineWith: 'OR',
  })
  const candidates: Candidate[] = []
  const answering = tokens.map(() => 0)
  for (const result of results) {
    const kind = kindOf(result.id as string)
    if (!kind) continue
    const covers = coversOf(result.terms, asked, tokens.length)
    for (let at = 0; at < covers.length; at++) if (covers[at]! >= ANSWERED) answering[at]! += 1
    candidates.push({ result, kind, covers })
  }
  const importance = tokens.map(({ strength }, at) => strength * Math.log(1 + (index.documentCount - answering[at]! + 0.5) / (answering[at]! + 0.5)))
  const shares = candidates.map(({ covers }) => shareOf(covers, importance))
  const least = LEAST_SHARE * Math.max(0, ...shares)

  const found: Found[] = []
  for (let at = 0; at < candidates.length; at++) {
    const { result, kind } = candidates[at]!
    const share = shares[at]!
    if (share < least) continue
    const inTitle = result.terms.filter((term) => result.match[term]!.some((field) => field === 'title' || field === 'also'))
    const titled = inTitle.length === 0 ? 0 : shareOf(coversOf(inTitle, asked, tokens.length), importance)
    const named = titled >= NAMED_FROM && isNamed(result.terms.filter((term) => asked.get(term)!.weight >= ITSELF), namesOf(result.id as string)) ? NAMED : 1
    const boost = kindBoosts[kind] * (wanted.has(kind === 'chapter' ? 'guide' : (kind as Kind)) ? WANTED : 1)
    found.push({ id: result.id as string, kind, terms: result.terms, score: result.score * share ** STEEPNESS * (1 + TITLED * titled ** 2) * named * boost })
  }
  return found.sort((a, b) => b.score - a.score)
}

type Candidate = { result: SearchResult; kind: FoundKind; covers: readonly number[] }
/** A term that several words ask for counts for the one that asks most. */
type Asked = { weight: number; by: { token: number; covers: number; part: number }[] }

function askedTerms(tokens: readonly Token[]): Map<string, Asked> {
  const asked = new Map<string, Asked>()
  for (const [token, { terms, strength }] of tokens.entries()) {
    for (const [term, { weight, covers, part }] of terms) {
      const known = asked.get(term) ?? { weight: 0, by: [] }
      known.weight = Math.max(known.weight, weight * strength)
      known.by.push({ token, covers, part })
      asked.set(term, known)
    }
  }
  return asked
}

/** How much of each word a document answers: by its best term, or by the parts of a compound together. */
function coversOf(terms: readonly string[], asked: ReadonlyMap<string, Asked>, tokens: number): number[] {
  const covers = Array<number>(tokens).fill(0)
  let parts: number[][] | undefined
  for (const term of terms) {
    for (const { token, covers: cover, part } of asked.get(term)?.by ?? []) {
      if (part < 0) covers[token] = Math.max(covers[token]!, cover)
      else {
        const own = ((parts ??= [])[token] ??= [])
        own[part] = Math.max(own[part] ?? 0, cover)
      }
    }
  }
  if (parts) for (const [token, own] of parts.entries()) if (own) covers[token] = Math.max(covers[token]!, own.reduce((sum, cover) => sum + cover, 0))
  return covers
}

/** The share of a query, weighed by how much each of its words tells: words that few documents answer tell most. */
function shareOf(covers: readonly number[], importance: readonly number[]): number {
  let total = 0
  let answered = 0
  for (let at = 0; at < covers.length; at++) {
    total += importance[at]!
    answered += covers[at]! * importance[at]!
  }
  return total === 0 ? 0 : answered / total
}

/** All of a name was asked for. */
const isNamed = (terms: readonly string[], names: readonly (readonly string[])[]): boolean =>
  names.some((name) => name.length > 0 && name.every((term) => terms.includes(term)))
