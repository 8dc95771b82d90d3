/** The contract between the search index that is built with the app and the screen that searches in it. */
import type { Synonyms } from './synonyms.ts'
import { createWordReader, fold, isStopWord, type Stem, type WordReader, wordsIn } from './search-words.ts'

/** The parts of a document, the most telling first. `also`: other names of the same; `context`: what it is a part of. */
export const searchFields = ['title', 'also', 'summary', 'headings', 'body', 'context'] as const
export type SearchField = (typeof searchFields)[number]

/** `id`: an item, or `item#section` for a chapter of a guide. */
export type SearchDocument = { id: string } & Record<SearchField, string>

/** The chapter of a guide as a document of its own. */
export const chapterDocument = (guide: string, section: string): string => `${guide}#${section}`

/**
 * What one shard of the pack adds to the index, read at build time: so that an update brings only the part that changed.
 * The device puts the parts together (client/features/search/assembly.ts).
 */
export type SearchPart = {
  /** The ids of its documents, with a space between. */
  documents: string
  /** Per document how many different terms each of its fields holds. */
  lengths: number[][]
  /** Its terms in order, with a space between. */
  terms: string
  /** Per term: field, document, how often, and so on; both by their place in the lists. */
  found: number[][]
  /** Every word of its documents in lower case without accents, in order, with a space between. */
  words: string
  /** In how many of its documents each of them stands. */
  counts: number[]
  /** In one of the parts only. */
  synonyms?: Synonyms
}

/** All parts together. */
export type SearchFile = {
  /** Every word of the content in lower case without accents, in order, with a space between. */
  words: string
  /** In how many documents each of them stands. */
  counts: number[]
  synonyms: Synonyms
  /** The index itself, as MiniSearch writes it. */
  index: unknown
}

/** A word that stands in one document only may be a slip; compounds are made of words that are used. */
const USED = 2
/** Bits of words and beginnings of verbs that would take other words apart: `bestuur` is no `best` and `uur`. */
const noPart = new Set('ver ken men ter hou mis ding best beste deel halve her ont vraagt'.split(' '))

/** The words that compounds may be made of: those of the content, and those that editors name. */
function lexiconOf({ words, counts, synonyms }: Knowledge): Set<string> {
  const used = words.split(' ').filter((_, at) => counts[at]! >= USED)
  const named = [...synonyms.same.flat(), ...Object.entries(synonyms.leadsTo).flatMap(([word, others]) => [word, ...others])].flatMap((entry) => wordsIn(entry).map(({ word }) => word))
  return new Set([...used, ...named].filter((word) => word.length >= 3 && !/\d/.test(word) && !isStopWord(word) && !noPart.has(word)))
}

type Knowledge = Pick<SearchFile, 'words' | 'counts' | 'synonyms'>

export function wordReaderOf(known: Knowledge, stem: Stem): WordReader {
  const { forms, same, leadsTo } = known.synonyms
  return createWordReader(stem, { forms: folded(forms, fold), same: same.map((list) => list.map(fold)), leadsTo: folded(leadsTo, (list) => list.map(fold)) }, lexiconOf(known))
}

const folded = <A, B>(record: Readonly<Record<string, A>>, each: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([word, value]) => [fold(word), each(value)]))

/** How both sides read a document and its words into MiniSearch: terms come ready from the reader. */
export const searchOptions = (reader: WordReader) => ({
  idField: 'id',
  fields: [...searchFields],
  tokenize: (text: string) => reader.terms(text),
  processTerm: (term: string) => term,
})
