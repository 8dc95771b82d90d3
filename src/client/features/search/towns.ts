/** Municipalities, by the name of today or by one that a merger took away. Search only says which municipality it is now. */
import type { Municipality } from '../../../domain/content.ts'
import { searchMunicipalities, type MunicipalityMatch } from '../../../domain/municipality-search.ts'
import { wordsIn } from '../../../domain/search-words.ts'

type Town = Pick<Municipality, 'nis' | 'name' | 'formerNames' | 'province'>
/** `keys`: each of its names as one word, to see at a glance whether it is worth a closer look. */
export type NamedTown = { town: Town; keys: readonly string[] }
export type TownMatch = MunicipalityMatch<Town> & { exact: boolean }

const SHORTEST = 3
const MOST = 3

const keyOf = (name: string): string => wordsIn(name).map(({ word }) => word).join('')

export const namedTowns = (towns: readonly Town[]): NamedTown[] => towns.map((town) => ({ town, keys: [town.name, ...town.formerNames].map(keyOf) }))

/** Those whose name begins as typed. */
export function findTowns(towns: readonly NamedTown[], typed: string): TownMatch[] {
  const key = keyOf(typed)
  if (key.length < SHORTEST) return []
  const beginning = towns.filter(({ keys }) => keys.some((name) => name.startsWith(key)))
  if (beginning.length === 0) return []
  const exact = new Set(beginning.filter(({ keys }) => keys.includes(key)).map(({ town }) => town.nis))
  return searchMunicipalities(beginning.map(({ town }) => town), typed, MOST).map((match) => ({ ...match, exact: exact.has(match.municipality.nis) }))
}

export function townWords({ municipality, former }: TownMatch): string {
  if (former !== null) return `${former} hoort sinds de fusies van 2025 bij ${municipality.name}.`
  return `Een gemeente in de provincie ${municipality.province}.`
}
