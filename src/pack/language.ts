/** How long the sentences are that people read: the bar for plain Dutch (B1). */
import type { PackedItem } from '../domain/content.ts'
import type { ScanPart } from '../domain/quickscan.ts'
import type { FormField, Worksheet } from '../domain/worksheet.ts'

export const LONG_SENTENCE_WORDS = 25
export const MEAN_SENTENCE_WORDS = 15

export type Sentence = { id: string; sentence: string; words: number }

/** Every sentence of an item: its summary, what its kind says in front matter, its sections. Titles, headings and tables are no sentences. */
export function sentencesOf(item: PackedItem): Sentence[] {
  if (item.kind === 'municipality') return []
  const blocks = [item.summary, ...looseTexts(item), ...item.sections.flatMap(({ html }) => blocksOf(html))]
  return blocks.flatMap(sentencesIn).map((sentence) => ({ id: item.id, sentence, words: countWords(sentence) }))
}

function looseTexts(item: PackedItem): string[] {
  if (item.kind === 'figure') return [item.meaning, item.caveat]
  if (item.kind === 'labTemplate') return [item.participants, ...item.sessions.flatMap(({ goal, preparation }) => [goal, ...preparation])]
  if (item.kind === 'assignment') return item.fields.flatMap(helpTexts)
  if (item.kind === 'quickscan') return item.parts.flatMap(scanTexts)
  if (item.kind !== 'guide') return []
  return [item.forWhat, ...item.whenToUse, ...item.whenNot, ...item.worksheets.flatMap(worksheetTexts)]
}

/** Questions and answers are titles; what explains them is read as prose. */
const scanTexts = ({ stages, questions }: ScanPart): string[] => [
  ...Object.values(stages ?? {}),
  ...questions.flatMap(({ help, options }) => [...(help ? [help] : []), ...options.flatMap(({ brings }) => brings.map(({ because }) => because))]),
]

/** Labels are titles; what helps to fill in is read as prose. */
const worksheetTexts = ({ intro, fields }: Worksheet): string[] => [intro, ...fields.flatMap(helpTexts)]

function helpTexts(field: FormField): string[] {
  const columns = field.kind === 'rows' ? field.columns : []
  return [field, ...columns].flatMap(({ help }) => help ?? [])
}

export function meanWords(sentences: Sentence[]): number {
  const words = sentences.reduce((sum, sentence) => sum + sentence.words, 0)
  return sentences.length ? Math.round((words / sentences.length) * 100) / 100 : 0
}

/** Items whose own sentences are too long on average, the heaviest first. */
export const heavyItems = (items: PackedItem[]) =>
  items
    .map((item) => ({ id: item.id, meanSentenceWords: meanWords(sentencesOf(item)) }))
    .filter((item) => item.meanSentenceWords > MEAN_SENTENCE_WORDS)
    .toSorted((a, b) => b.meanSentenceWords - a.meanSentenceWords)

export const longSentences = (sentences: Sentence[]) =>
  sentences.filter(({ words }) => words > LONG_SENTENCE_WORDS).toSorted((a, b) => b.words - a.words)

/** Plain text per block; the end of a paragraph or list item ends a sentence. Reads only the HTML of our own compiler. */
export function blocksOf(html: string): string[] {
  const prose = html.replace(/<(h[1-6]|table|pre)\b[\s\S]*?<\/\1>/g, '\n')
  const blocks = prose.split(/<\/?(?:p|li|ul|ol|blockquote|br|hr|dl|dt|dd|div)\b[^>]*>|<\/?h\d[^>]*>/)
  return blocks.map((block) => decode(block.replace(/<[^>]+>/g, '')).replace(/\s+/g, ' ').trim()).filter(Boolean)
}

const segmenter = new Intl.Segmenter('nl', { granularity: 'sentence' })

/** A shortened word (`bv. de`, `nr. 3`) does not end a sentence; a number may begin one, which the segmenter does not see. */
export function sentencesIn(text: string): string[] {
  const sentences: string[] = []
  let open = ''
  const segments = [...segmenter.segment(text)].flatMap(({ segment }) => segment.split(/(?<=[.!?]["”’)]*\s+)(?=\d)/))
  for (const segment of segments) {
    open += segment
    if (/\b(bv|bijv|nr|art|blz|ca|o\.a|m\.a\.w|d\.w\.z|t\.e\.m|i\.p\.v|incl|excl|resp)\.\s*$/i.test(open)) continue
    sentences.push(open.trim())
    open = ''
  }
  return [...sentences, open.trim()].filter((sentence) => countWords(sentence) > 0)
}

/** `75 %` and `e-mail` are one word; a dash alone is none. */
const countWords = (sentence: string) => sentence.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const decode = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name) return named[name.toLowerCase()] ?? whole
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal))
  })
