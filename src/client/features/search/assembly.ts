/** The parts of the search index that came with the shards of the pack, put together to the index that is searched in. */
import { searchFields, type SearchFile, type SearchPart } from '../../../domain/search-index.ts'
import { breath } from '../../ui/breath.ts'

type Found = Record<string, Record<string, number>>

/** Rejects where no part brings the words that editors give (`synonyms`): then the content is not whole. */
export async function assemble(parts: readonly SearchPart[]): Promise<SearchFile> {
  const synonyms = parts.find((part) => part.synonyms)?.synonyms
  if (!synonyms) throw new Error('the parts of the search index are not all there')
  const documents: string[] = []
  const lengths: number[][] = []
  const found = new Map<string, Found>()
  const counts = new Map<string, number>()
  for (const part of parts) {
    takeTerms(part, documents.length, found)
    if (part.documents) documents.push(...part.documents.split(' '))
    lengths.push(...part.lengths)
    for (const [at, word] of listOf(part.words).entries()) counts.set(word, (counts.get(word) ?? 0) + part.counts[at]!)
    await breath()
  }
  const words = [...counts.keys()].sort()
  return { words: words.join(' '), counts: words.map((word) => counts.get(word)!), synonyms, index: indexOf(documents, lengths, found) }
}

const listOf = (joined: string): string[] => (joined === '' ? [] : joined.split(' '))

/** `before`: how many documents the parts before this one have. */
function takeTerms({ terms, found: places }: SearchPart, before: number, found: Map<string, Found>): void {
  for (const [at, term] of listOf(terms).entries()) {
    let known = found.get(term)
    if (!known) found.set(term, (known = {}))
    const list = places[at]!
    for (let next = 0; next < list.length; next += 3) (known[list[next]!] ??= {})[before + list[next + 1]!] = list[next + 2]!
  }
}

/** As MiniSearch writes it itself (`toJSON`, version 2 of its form). */
function indexOf(documents: readonly string[], lengths: readonly number[][], found: ReadonlyMap<string, Found>) {
  return {
    documentCount: documents.length,
    nextId: documents.length,
    documentIds: Object.fromEntries(documents.entries()),
    fieldIds: Object.fromEntries(searchFields.map((field, at) => [field, at])),
    fieldLength: Object.fromEntries(lengths.entries()),
    averageFieldLength: searchFields.map((_, field) => lengths.reduce((sum, each) => sum + each[field]!, 0) / documents.length),
    storedFields: {},
    dirtCount: 0,
    index: [...found],
    serializationVersion: 2,
  }
}
