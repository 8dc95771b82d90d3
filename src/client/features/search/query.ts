/** From what someone typed to what is looked up: each word with its forms, other words for it, its completion or its correction. */
import type { Kind } from '../../../domain/content.ts'
import { isParticle, isStopWord, isWeakWord, joinedWords, wordsIn, type WordReader } from '../../../domain/search-words.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * `weight`: how much a find under this term counts. `covers`: how much of the typed word it answers, 0 to 1.
 * `part`: which part of a compound it answers, -1 for the whole.
 */
export type Sought = { weight: number; covers: number; part: number }
const WHOLE = -1

export type Token = {
  /** As typed, in lower case without accents. */
  word: string
  terms: ReadonlyMap<string, Sought>
  /** How much it tells beside the other words, 0 to 1. */
  strength: number
  /** What it was taken for, when no text has the word itself. */
  corrected: string | null
}
export type Query = { tokens: readonly Token[]; wanted: ReadonlySet<Kind> }

/** What the words of a query are held against. */
export type Lookup = {
  reader: WordReader
  vocabularies: readonly Vocabulary[]
  /** Some document is found under this term. */
  knows: (term: string) => boolean
  /** The share of the content in which a term stands, 0 to 1. */
  spread: (term: string) => number
  cues: ReadonlyMap<string, readonly Kind[]>
}

const WEIGHTS = { notion: 0.7, way: 0.3, part: 0.45, completion: 0.8, longer: 0.35, separated: 0.9 }
const COVERS = { notion: 0.9, way: 0.6, part: 0.85, completion: 0.95, separated: 1 }
/** For a word that names a kind of answer (`voorbeeld`) or what someone does (`schrijven`). */
const WEAK = 0.25
/** How many words the beginning of one may stand for; two letters say so little that a few will do. */
const completionsOf = (word: string): number => Math.min(16, 4 * (word.length - 1))
const CORRECTIONS = 4
/** What stands in a larger share of the content than this is no way to something else. */
const NO_WAY = 0.2
/** And this tells nothing beside other words. */
const EVERYWHERE = 0.45
/** From this length a word may have one slip, and from that two. */
const ONE_SLIP = 4
const TWO_SLIPS = 8

/** Stop words count only when there is nothing else. The last word is still being typed unless a space follows it. */
export function readQuery(typed: string, lookup: Lookup): Query {
  const all = wordsIn(typed)
  const wanted = new Set(all.flatMap(({ word }) => lookup.cues.get(word) ?? []))
  const said = all.filter(({ word }) => !isStopWord(word))
  const particles = all.map(({ word }) => word).filter(isParticle)
  const words = said.map(({ word, end }) => readToken(word, end === typed.length, particles, lookup))
  const joined = joinedWords(typed).flatMap((word) => {
    const token = readToken(word, typed.endsWith('-') || all.at(-1)?.end === typed.length, [], lookup)
    return token.terms.size > 0 && token.corrected === null ? [token] : []
  })
  const tokens = [...withPhrases(words, lookup.reader), ...joined]
  const telling = tokens.filter(({ word }) => lookup.spread(lookup.reader.read(word).stem) <= EVERYWHERE)
  return { tokens: telling.length > 0 ? telling : tokens, wanted }
}

function readToken(word: string, typing: boolean, particles: readonly string[], lookup: Lookup): Token {
  const terms = new Map<string, Sought>()
  const { stem, parts, notions } = lookup.reader.read(word)
  const add = (term: string, weight: number, covers: number, part = WHOLE) => {
    const known = terms.get(term)
    if (!known || known.weight < weight) terms.set(term, { weight, covers: Math.max(covers, known?.covers ?? 0), part })
  }
  const known = lookup.knows(stem)
  if (known) add(stem, 1, 1)
  for (const notion of notions) add(notion, WEIGHTS.notion, COVERS.notion)
  for (const way of lookup.reader.leadsTo(stem)) if (lookup.spread(way) <= NO_WAY) add(way, WEIGHTS.way, COVERS.way)
  for (const [at, part] of parts.entries()) {
    if (lookup.knows(part.stem)) add(part.stem, WEIGHTS.part, COVERS.part / parts.length, at)
    for (const way of lookup.reader.leadsTo(part.stem)) add(way, WEIGHTS.part * WEIGHTS.way, (COVERS.part * COVERS.way) / parts.length, at)
    for (const notion of part.notions) add(notion, WEIGHTS.part * WEIGHTS.notion, (COVERS.part * COVERS.notion) / parts.length, at)
  }
  for (const particle of particles) {
    const verb = lookup.reader.read(`${particle}${word}`).stem
    if (lookup.knows(verb)) add(verb, WEIGHTS.separated, COVERS.separated)
  }

  if (typing || !known) {
    for (const longer of completions(word, lookup)) add(lookup.reader.read(longer).stem, known ? WEIGHTS.longer : WEIGHTS.completion, COVERS.completion)
  }
  const corrected = terms.size === 0 ? correct(word, lookup, add) : null
  return { word, terms, strength: lookup.cues.has(word) || isWeakWord(word) ? WEAK : 1, corrected }
}

const completions = (word: string, { vocabularies }: Lookup): string[] =>
  word.length < 2 ? [] : vocabularies.flatMap((vocabulary) => vocabulary.startingWith(word, completionsOf(word))).filter((longer) => longer !== word && !isStopWord(longer))

function correct(word: string, lookup: Lookup, add: (term: string, weight: number, covers: number) => void): string | null {
  const edits = word.length >= TWO_SLIPS ? 2 : word.length >= ONE_SLIP ? 1 : 0
  if (edits === 0) return null
  const near = lookup.vocabularies.flatMap((vocabulary) => vocabulary.near(word, edits, CORRECTIONS)).filter((other) => !isStopWord(other.word))
  near.sort((a, b) => a.edits - b.edits)
  const best = near[0]
  if (!best) return null
  for (const { word: meant, edits: distance } of near) {
    const { stem, notions } = lookup.reader.read(meant)
    const trust = distance === best.edits ? 0.9 : 0.5
    add(stem, trust, trust)
    for (const notion of notions) add(notion, trust * WEIGHTS.notion, trust * COVERS.notion)
  }
  return best.word
}

/** `gelijke kansen` says as two words what other words say as one. */
function withPhrases(tokens: Token[], reader: WordReader): Token[] {
  const notions = reader.phraseNotions(tokens.map(({ word }) => reader.read(word).stem))
  if (notions.length === 0) return tokens
  return tokens.map((token) => {
    const terms = new Map(token.terms)
    for (const notion of notions) if (!terms.has(notion)) terms.set(notion, { weight: WEIGHTS.notion / tokens.length, covers: COVERS.notion, part: WHOLE })
    return { ...token, terms }
  })
}
