/** Which words of a text were looked for, and the piece of a long text that shows them best. */
import { wordsIn, type WordReader } from '../../../domain/search-words.ts'

/** Text in pieces; `hit` marks what was looked for. */
export type Marked = readonly { text: string; hit: boolean }[]

/** Terms with their weight. */
export type Wanted = ReadonlyMap<string, number>

/** Characters of a piece, and of what stands before its first hit. */
const PIECE = 170
const BEFORE = 60
/** A text with a term of this weight shows what was asked for; a longer search would find little better. */
const ENOUGH = 0.8
/** Texts that are kept as read; while someone types the same ones come by again and again. */
const KEPT = 3_000

type ReadWord = { start: number; end: number; terms: readonly string[] }

export type Highlighter = ReturnType<typeof createHighlighter>

export function createHighlighter(reader: WordReader) {
  const kept = new Map<string, readonly ReadWord[]>()

  function read(text: string): readonly ReadWord[] {
    let words = kept.get(text)
    if (!words) {
      words = wordsIn(text).map(({ word, start, end }) => ({ start, end, terms: reader.read(word).terms }))
      if (kept.size >= KEPT) kept.clear()
      kept.set(text, words)
    }
    return words
  }

  function mark(text: string, wanted: Wanted, from = 0, to = text.length): Marked {
    const pieces: { text: string; hit: boolean }[] = []
    let done = from
    for (const { start, end, terms } of read(text)) {
      if (start < from || end > to || weightOf(terms, wanted) === 0) continue
      if (start > done) pieces.push({ text: text.slice(done, start), hit: false })
      pieces.push({ text: text.slice(start, end), hit: true })
      done = end
    }
    if (done < to) pieces.push({ text: text.slice(done, to), hit: false })
    return pieces
  }

  /**
   * The first of the texts that holds a word that was asked for and that `title` does not tell already, else the one that
   * comes nearest; shortened around it. When the title tells all, the first text tells most.
   */
  function passage(texts: Iterable<string>, title: string, wanted: Wanted): Marked {
    const open = new Map(wanted)
    for (const { terms } of read(title)) for (const term of terms) open.delete(term)
    let best = ''
    let bestWeight = -1
    for (const text of texts) {
      const weight = open.size === 0 ? 0 : read(text).reduce((most, { terms }) => Math.max(most, weightOf(terms, open)), 0)
      if (weight > bestWeight) [best, bestWeight] = [text, weight]
      if (weight >= ENOUGH || open.size === 0) break
    }
    return shortened(best, wanted)
  }

  function shortened(text: string, wanted: Wanted): Marked {
    if (text.length <= PIECE) return mark(text, wanted)
    const words = read(text)
    const first = words.find(({ terms }) => weightOf(terms, wanted) > 0)
    const from = first && first.start > BEFORE ? words.find(({ start }) => start >= first.start - BEFORE)!.start : 0
    const to = words.reduce((last, { end }) => (end <= from + PIECE ? end : last), from)
    const isWhole = words.at(-1)!.end === to
    const pieces = mark(text, wanted, from, isWhole ? text.length : to)
    return [...(from > 0 ? [plain('… ')] : []), ...pieces, ...(isWhole ? [] : [plain(' …')])]
  }

  return { mark, passage }
}

const plain = (text: string) => ({ text, hit: false })

/** The strongest of the terms that is wanted; 0 when none of them is. */
function weightOf(terms: readonly string[], wanted: Wanted): number {
  let most = 0
  for (const term of terms) {
    const weight = wanted.get(term)
    if (weight !== undefined && weight > most) most = weight
  }
  return most
}
