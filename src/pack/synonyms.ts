/** `synonyms.yaml`: checked against its form; empty where it does not hold. */
import { fold } from '../domain/search-words.ts'
import { Synonyms } from '../domain/synonyms.ts'
import { SYNONYMS_FILE } from './files.ts'
import { check, readYaml, type Fault } from './frontmatter.ts'
import type { Problem } from './problem.ts'

export const noSynonyms: Synonyms = { forms: {}, same: [], leadsTo: {}, cues: {} }

export function readSynonyms(text: string): { synonyms: Synonyms; problems: Problem[] } {
  const { value, faults } = readYaml(text, 1)
  const checked = faults.length > 0 ? { faults: [] } : check(Synonyms, value)
  const synonyms = checked.data ?? noSynonyms
  const all = [...faults, ...checked.faults, ...doubles(synonyms)]
  return { synonyms, problems: all.map((fault) => ({ file: SYNONYMS_FILE, ...fault })) }
}

/** A word that stands twice in one list, or that leads to itself, was meant to be another. */
function doubles({ same, leadsTo }: Synonyms): Fault[] {
  const lists = [...same.map((words, at) => ({ field: `same[${at}]`, words })), ...Object.entries(leadsTo).map(([word, words]) => ({ field: `leadsTo.${word}`, words: [word, ...words] }))]
  return lists.flatMap(({ field, words }) => {
    const plain = words.map(fold)
    const twice = plain.find((word, at) => plain.indexOf(word) < at)
    return twice === undefined ? [] : [{ field, message: `"${twice}" staat er twee keer` }]
  })
}
