/** Content → the index that search uses on the phone: everything a person may look for as documents, read once at build time. */
import { stemmer } from '@orama/stemmers/dutch'
import MiniSearch from 'minisearch'
import type { PackedItem, PackedPhase } from '../domain/content.ts'
import { blocksIn } from '../domain/plain-text.ts'
import { chapterDocument, type SearchDocument, searchFields, searchOptions, type SearchPart, wordReaderOf } from '../domain/search-index.ts'
import { joinedWords, wordsIn, type WordReader } from '../domain/search-words.ts'
import type { Synonyms } from '../domain/synonyms.ts'
import type { FormField } from '../domain/worksheet.ts'

/** The shard with what search needs beside the parts of other shards, and with the part of what should travel without its own. */
export const SEARCH_SHARD = 'search'

/**
 * The part of the index of each shard. All documents are read with the words of all content, so that the parts together are
 * one index. The same items give the same parts, whatever their order. `shardOf`: where the part of an item travels.
 */
export function buildSearch(items: readonly PackedItem[], synonyms: Synonyms, shardOf: (item: PackedItem) => string): ReadonlyMap<string, SearchPart> {
  const phases = new Map(items.flatMap((item) => (item.kind === 'phase' ? [[item.id, item] as const] : [])))
  const shards = new Map<string, string>()
  // An id used twice is told as a fault of the content (relations.ts); here the last one counts, so that all faults are told.
  const documents = new Map<string, SearchDocument>()
  for (const item of items) {
    for (const document of documentsOf(item, phases)) {
      documents.set(document.id, document)
      shards.set(document.id, shardOf(item))
    }
  }
  const sorted = [...documents.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const reader = wordReaderOf({ ...wordsOf(sorted), synonyms }, stemmer)
  const names = [...new Set([...shards.values(), SEARCH_SHARD])]
  return new Map(names.map((name) => [name, { ...partOf(sorted.filter(({ id }) => shards.get(id) === name), reader), ...(name === SEARCH_SHARD && { synonyms }) }]))
}

/** MiniSearch reads the documents, so that the numbers are its own. */
function partOf(documents: readonly SearchDocument[], reader: WordReader): SearchPart {
  const index = new MiniSearch<SearchDocument>(searchOptions(reader))
  index.addAll(documents)
  const { index: terms, fieldLength } = index.toJSON()
  const sorted = (terms as [term: string, found: Record<string, Record<string, number>>][]).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    documents: documents.map(({ id }) => id).join(' '),
    lengths: documents.map((_, at) => fieldLength[at]!),
    terms: sorted.map(([term]) => term).join(' '),
    found: sorted.map(([, found]) => Object.entries(found).flatMap(([field, places]) => Object.entries(places).flatMap(([document, often]) => [Number(field), Number(document), often]))),
    ...wordsOf(documents),
  }
}

/** Every word in order, and in how many documents it stands. */
function wordsOf(documents: readonly SearchDocument[]): Pick<SearchPart, 'words' | 'counts'> {
  const counted = countWords(documents)
  const words = [...counted.keys()].toSorted()
  return { words: words.join(' '), counts: words.map((word) => counted.get(word)!) }
}

/** In how many documents each word stands. */
function countWords(documents: readonly SearchDocument[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const document of documents) {
    const words = new Set(searchFields.flatMap((field) => [...wordsIn(document[field]).map(({ word }) => word), ...joinedWords(document[field])]))
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

/** What the first phase and its first task are, in the words of someone who just started. The path shows it by its order. */
const FIRST_STEP = 'Waar begin ik? De eerste stap om te starten.'

/** An item as documents: itself, and every chapter of a guide. Municipalities are found by their name alone, without an index. */
function documentsOf(item: PackedItem, phases: ReadonlyMap<string, PackedPhase>): SearchDocument[] {
  if (item.kind === 'municipality') return []
  const { id, title, summary } = item
  const body = item.sections.flatMap(({ html }) => blocksIn(html)).join('\n')
  const own: SearchDocument = { id, title, also: '', summary, headings: '', body, context: lines(item.sections.map((section) => section.title)) }
  switch (item.kind) {
    case 'phase':
      return [{ ...own, also: item.order === 1 ? FIRST_STEP : '' }]
    case 'task': {
      const phase = phases.get(item.phase)
      return [{ ...own, also: phase?.order === 1 && item.order === 1 ? FIRST_STEP : '', context: lines([own.context, phase?.title ?? '']) }]
    }
    case 'term':
      return [{ ...own, also: lines(item.alternatives) }]
    case 'figure':
      return [{ ...own, summary: lines([summary, item.meaning]), headings: lines([item.question ?? '', ...item.rows.map(({ label }) => label)]), body: lines([body, item.caveat]) }]
    case 'supportOffer':
      return [{ ...own, headings: lines(item.offers) }]
    case 'practice':
      return [{ ...own, context: lines([own.context, item.action]) }]
    case 'themeDay':
      return [{ ...own, also: dayWords(item.from) }]
    case 'labTemplate':
      return [{ ...own, headings: lines(item.sessions.map((session) => session.title)), body: lines([item.question, item.participants, ...item.sessions.map(({ goal }) => goal), body]) }]
    case 'assignment':
      return [{ ...own, headings: lines(item.fields.flatMap(fieldTexts)) }]
    case 'quickscan':
      return [{ ...own, also: lines(item.alternatives), headings: lines(item.parts.map((part) => part.title)) }]
    case 'guide':
      return [guideDocument(own, item), ...item.sections.map((section) => chapterOf(item, section))]
    default:
      return [own]
  }
}

type Guide = Extract<PackedItem, { kind: 'guide' }>

/** The guide as a whole: what it is for. What its chapters say is found in the chapters. */
function guideDocument(own: SearchDocument, { sections, worksheets, owner, forWhat, whenToUse, whenNot }: Guide): SearchDocument {
  const headings = [...sections, ...worksheets].map(({ title }) => title)
  return { ...own, summary: lines([own.summary, forWhat]), headings: lines(headings), body: lines([...whenToUse, ...whenNot]), context: owner }
}

function chapterOf({ id, title: guide, worksheets }: Guide, { id: section, title, html }: Guide['sections'][number]): SearchDocument {
  const placed = worksheets.filter((worksheet) => html.includes(`data-worksheet="${worksheet.id}"`))
  return {
    id: chapterDocument(id, section),
    title,
    also: '',
    summary: '',
    headings: lines([...headingsIn(html), ...placed.map((worksheet) => worksheet.title)]),
    body: lines([...blocksIn(html), ...placed.flatMap(({ intro, fields }) => [intro, ...fields.flatMap(fieldTexts)])]),
    context: guide,
  }
}

const fieldTexts = (field: FormField): string[] => [field.label, field.help ?? '', ...(field.kind === 'rows' ? field.columns.map(({ label }) => label) : [])]

const headingsIn = (html: string): string[] => [...html.matchAll(/<h([2-6])\b[^>]*>([\s\S]*?)<\/h\1>/g)].flatMap(([, , words]) => blocksIn(words ?? ''))

const lines = (texts: readonly string[]): string => texts.filter(Boolean).join('\n')

const day = new Intl.DateTimeFormat('nl-BE', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** `17 mei`, from `05-17`. */
const dayWords = (monthDay: string): string => day.format(new Date(`2025-${monthDay}T00:00:00Z`))
