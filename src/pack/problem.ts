/** What an editor must put right; one problem stops the build, and all are told at once. */
export type Problem = {
  /** Path within the content folder. */
  file: string
  /** Where in the file: the path of a front matter key (`sources[0].document`) or `regel 12`. */
  field: string
  /** Dutch, for the editor. */
  message: string
}

export const problemLine = ({ file, field, message }: Problem) => `${file}: ${field}: ${message}`

export const lineField = (line: number | undefined) => `regel ${line ?? 1}`

/** ` Bedoel je "title"?`, or nothing where no known word comes close. */
export function suggestion(word: string, known: Iterable<string>): string {
  const ranked = [...known]
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(2, word.length / 3) ? ` Bedoel je "${best.candidate}"?` : ''
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(replace, previous[j]! + 1, current[j - 1]! + 1))
    }
    previous = current
  }
  return previous[b.length]!
}
