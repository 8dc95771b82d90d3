/** The index of the content, and of what the person wrote, as one thing to search in. */
import MiniSearch from 'minisearch'
import type { Kind } from '../../../domain/content.ts'
import { type SearchDocument, type SearchFile, searchOptions, wordReaderOf } from '../../../domain/search-index.ts'
import { joinedWords, type Stem, wordsIn } from '../../../domain/search-words.ts'
import { type Lookup, type Query, readQuery } from './query.ts'
import { type Found, type FoundKind, rank } from './ranking.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'

export type Engine = Awaited<ReturnType<typeof createEngine>>

/** Words that come close to what was typed, for when nothing was found. */
const NEAREST = 5

/** Reads the index in steps, so that typing goes on meanwhile. */
export async function createEngine(file: SearchFile, stem: Stem) {
  const reader = wordReaderOf(file, stem)
  const saved = file.index as Parameters<typeof MiniSearch.loadJSAsync>[0] & { index: [term: string, fields: Record<string, Record<string, number>>][] }
  const index = await MiniSearch.loadJSAsync<SearchDocument>(saved, searchOptions(reader))
  const documents = saved.documentCount
  /** In which share of the content a term stands, at least: in the part of the documents where it stands most. */
  const spread = new Map(saved.index.map(([term, fields]) => [term, Math.max(...Object.values(fields).map((found) => Object.keys(found).length)) / documents]))
  const content = createVocabulary(file.words.split(' '), file.counts)
  const own = ownWords()
  const lookup = (): Lookup => ({ reader, vocabularies: [content, own.vocabulary()], knows: (term) => spread.has(term), spread: (term) => spread.get(term) ?? 0, cues })
  const cues = cuesOf(file)
  const names = new Map<string, readonly (readonly string[])[]>()
  /** The terms of each name, read once. */
  function termsOfNames(id: string, named: (id: string) => readonly string[]): readonly (readonly string[])[] {
    let known = names.get(id)
    if (!known) {
      known = named(id).map((name) => wordsIn(name).map(({ word }) => reader.read(word).stem).filter((stemmed) => stemmed !== ''))
      names.set(id, known)
    }
    return known
  }

  /** What the person wrote, by id. */
  const notes = new Map<string, string>()
  function forget(id: string): void {
    if (!notes.delete(id)) return
    index.discard(id)
    own.remove(id)
  }

  return {
    reader,
    notes: notes as ReadonlyMap<string, string>,
    forget,
    read: (typed: string): Query => readQuery(typed, lookup()),
    /** The best first. `kindOf` is undefined for what is not to be shown; `named` tells how an item is called. */
    find: (query: Query, kindOf: (id: string) => FoundKind | undefined, named: (id: string) => readonly string[]): Found[] =>
      rank(index, query, { kindOf, namesOf: (id) => termsOfNames(id, named) }),
    nearest: (typed: string): string[] => nearestWords(typed, content),
    /** Takes up a note; the same id again replaces it. */
    note(id: string, text: string): void {
      if (notes.get(id) === text) return
      forget(id)
      notes.set(id, text)
      index.add({ id, title: '', also: '', summary: '', headings: '', body: text, context: '' })
      own.add(id, text)
      for (const term of reader.terms(text)) if (!spread.has(term)) spread.set(term, 0)
    },
  }
}

/** The words of a person's own notes; put in order when they are first asked for after a change. */
function ownWords() {
  const texts = new Map<string, string[]>()
  const counts = new Map<string, number>()
  let ready: Vocabulary | undefined
  const count = (words: readonly string[], by: number) => {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + by)
    ready = undefined
  }
  return {
    add(id: string, text: string): void {
      const words = [...new Set([...wordsIn(text).map(({ word }) => word), ...joinedWords(text)])]
      texts.set(id, words)
      count(words, 1)
    },
    remove(id: string): void {
      count(texts.get(id) ?? [], -1)
      texts.delete(id)
    },
    vocabulary(): Vocabulary {
      if (!ready) {
        const words = [...counts.keys()].filter((word) => counts.get(word)! > 0).sort()
        ready = createVocabulary(words, words.map((word) => counts.get(word)!))
      }
      return ready
    },
  }
}

function cuesOf({ synonyms }: SearchFile): Map<string, Kind[]> {
  const cues = new Map<string, Kind[]>()
  for (const [kind, words] of Object.entries(synonyms.cues) as [Kind, string[]][]) {
    for (const { word } of words.flatMap(wordsIn)) cues.set(word, [...(cues.get(word) ?? []), kind])
  }
  return cues
}

function nearestWords(typed: string, vocabulary: Vocabulary): string[] {
  const near = wordsIn(typed).flatMap(({ word }) => [
    ...vocabulary.near(word, word.length < 5 ? 1 : word.length < 9 ? 2 : 3, NEAREST).map((found) => found.word),
    ...(word.length > 4 ? vocabulary.startingWith(word.slice(0, -2), 2) : []),
  ])
  return [...new Set(near)].slice(0, NEAREST)
}
