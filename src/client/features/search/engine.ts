/** The index of the content, and of what the person wrote, as one thing to search in. */
import MiniSearch from 'minisearch'
import type { Kind } from '../../../domain/content.ts'
import { type SearchDocument, type SearchFile, searchOptions, wordReaderOf } from '../../../domain/search-index.ts'
import { fold, type Stem, wordsIn } from '../../../domain/search-words.ts'
import { type Lookup, type Query, readQuery } from './query.ts'
import { type Found, type FoundKind, rank } from './ranking.ts'
import { createVocabulary } from './vocabulary.ts'

export type Engine = Awaited<ReturnType<typeof createEngine>>

/** Reads the index in steps, so that typing goes on meanwhile. */
export async function createEngine(file: SearchFile, stem: Stem) {
  const reader = wordReaderOf(file, stem)
  const index = await MiniSearch.loadJSAsync<SearchDocument>(file.index as Parameters<typeof MiniSearch.loadJSAsync>[0], searchOptions(reader))
  const terms = new Set((file.index as { index: [string, unknown][] }).index.map(([term]) => term))
  const vocabulary = createVocabulary(file.words.split(' '), file.counts)
  const lookup: Lookup = { reader, vocabularies: [vocabulary], knows: (term) => terms.has(term), cues: cuesOf(file) }
  return {
    reader,
    read: (typed: string): Query => readQuery(typed, lookup),
    search: (typed: string, kindOf: (id: string) => FoundKind | undefined): Found[] => rank(index, readQuery(typed, lookup), kindOf),
  }
}

function cuesOf({ synonyms }: SearchFile): Map<string, Kind[]> {
  const cues = new Map<string, Kind[]>()
  for (const [kind, words] of Object.entries(synonyms.cues) as [Kind, string[]][]) {
    for (const word of words.flatMap((each) => wordsIn(each))) cues.set(fold(word.word), [...(cues.get(word.word) ?? []), kind])
  }
  return cues
}
