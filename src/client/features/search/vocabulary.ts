/** The words that occur, to complete what someone is typing and to see what a slip was meant to be. */

export type Near = { word: string; edits: number }
export type Vocabulary = {
  /** The words that begin so, the most common first. */
  startingWith: (beginning: string, most: number) => string[]
  /** The words that at most so many slips make of this one, the nearest and most common first. */
  near: (word: string, edits: number, most: number) => Near[]
}

/** `words` in order; `counts` how often each occurs. */
export function createVocabulary(words: readonly string[], counts: readonly number[]): Vocabulary {
  const letters = Int32Array.from(words, lettersOf)
  const commonFirst = (a: number, b: number) => counts[b]! - counts[a]! || a - b

  return {
    startingWith(beginning, most) {
      const found: number[] = []
      for (let at = firstFrom(words, beginning); at < words.length && words[at]!.startsWith(beginning); at++) found.push(at)
      return found
        .sort(commonFirst)
        .slice(0, most)
        .map((at) => words[at]!)
    },
    near(word, edits, most) {
      const wanted = lettersOf(word)
      const found: { at: number; edits: number }[] = []
      for (let at = 0; at < words.length; at++) {
        // One slip changes at most two letters of the set: most words are out without being read.
        if (Math.abs(words[at]!.length - word.length) > edits || bits(letters[at]! ^ wanted) > 2 * edits) continue
        const distance = slips(word, words[at]!, edits)
        if (distance <= edits) found.push({ at, edits: distance })
      }
      return found
        .sort((a, b) => a.edits - b.edits || commonFirst(a.at, b.at))
        .slice(0, most)
        .map(({ at, edits: distance }) => ({ word: words[at]!, edits: distance }))
    },
  }
}

/** The place of the first word that is not before `beginning`. */
function firstFrom(words: readonly string[], beginning: string): number {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (words[middle]! < beginning) low = middle + 1
    else high = middle
  }
  return low
}

/** Which letters a word has, one bit each. */
function lettersOf(word: string): number {
  let set = 0
  for (let at = 0; at < word.length; at++) set |= 1 << (word.charCodeAt(at) & 31)
  return set
}

function bits(set: number): number {
  let count = 0
  for (let rest = set; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Letters left out, added, mistaken or swapped with their neighbour; anything above `most` as soon as that is sure. */
export function slips(a: string, b: string, most: number): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let distance = Math.min(previous[j - 1]! + (same ? 0 : 1), previous[j]! + 1, current[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) distance = Math.min(distance, before[j - 2]! + 1)
      current.push(distance)
      least = Math.min(least, distance)
    }
    if (least > most) return most + 1
    before = previous
    previous = current
  }
  return previous[b.length]!
}
