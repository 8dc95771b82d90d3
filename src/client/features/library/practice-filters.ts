/** Which practices someone wants to see, as the address says it. */
import type { LocationQuery } from 'vue-router'
import { costWords, sizeClassWords, themeWords } from '../../../domain/content-words.ts'
import { sizeClasses, themes } from '../../../domain/content-codes.ts'
import type { PackedPractice, Practice, SizeClass } from '../../../domain/content.ts'

/** What leaves practices out. The size class is none of them: it only says which come first. */
export const excluding = ['thema', 'fase', 'kost'] as const
export type Excluding = (typeof excluding)[number]
/** An empty value is no filter. */
export type PracticeFilters = Record<Excluding, string> & { grootte: SizeClass | '' }

/** `grootte=alle` undoes the size class of one's own municipality, `own`. */
export function filtersOf(query: LocationQuery, own: SizeClass | undefined): PracticeFilters {
  const asked = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const size = asked('grootte')
  return { thema: asked('thema'), fase: asked('fase'), kost: asked('kost'), grootte: sizeClasses.find((known) => known === size) ?? (size === '' ? own : undefined) ?? '' }
}

/** The address of these filters, without the ones that are not set. */
export function queryOf(filters: PracticeFilters, own: SizeClass | undefined): LocationQuery {
  const set = Object.entries({ ...filters, grootte: '' }).filter(([, value]) => value !== '')
  const size = filters.grootte === (own ?? '') ? [] : [['grootte', filters.grootte || 'alle']]
  return Object.fromEntries([...set, ...size]) as LocationQuery
}

const fits: Record<Excluding, (practice: PackedPractice, value: string) => boolean> = {
  thema: ({ themes: of }, value) => (of as readonly string[]).includes(value),
  fase: ({ phase }, value) => phase === value,
  kost: ({ cost }, value) => cost === value,
}

export const passing = <P extends PackedPractice>(practices: readonly P[], filters: Pick<PracticeFilters, Excluding>): P[] =>
  practices.filter((practice) => excluding.every((name) => filters[name] === '' || fits[name](practice, filters[name])))

/** Practices of besturen of the same size first; the others follow, none is left out. */
export function rankedBySize<P extends PackedPractice>(practices: readonly P[], size: SizeClass | ''): { near: P[]; far: P[] } {
  if (!size) return { near: [...practices], far: [] }
  const near = practices.filter(({ sizeClasses: of }) => of.includes(size))
  return { near, far: practices.filter((practice) => !near.includes(practice)) }
}

/** How many would be there without one of the filters; the most helpful first. */
export function loosened(practices: readonly PackedPractice[], filters: PracticeFilters): { name: Excluding; count: number }[] {
  return excluding
    .filter((name) => filters[name] !== '')
    .map((name) => ({ name, count: passing(practices, { ...filters, [name]: '' }).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}

type Option = { value: string; words: string }

/** Only what occurs can be chosen; `phases` in the order of the path. */
export function optionsOf(practices: readonly PackedPractice[], phases: readonly { id: string; title: string }[]): Record<keyof PracticeFilters, Option[]> {
  const occurs = (name: Excluding, value: string) => practices.some((practice) => fits[name](practice, value))
  const costs = Object.keys(costWords) as Practice['cost'][]
  return {
    thema: themes.filter((theme) => occurs('thema', theme)).map((theme) => ({ value: theme, words: themeWords[theme] })),
    grootte: sizeClasses.map((size) => ({ value: size, words: sizeClassWords[size] })),
    fase: phases.filter(({ id }) => occurs('fase', id)).map(({ id, title }) => ({ value: id, words: title })),
    kost: costs.filter((cost) => occurs('kost', cost)).map((cost) => ({ value: cost, words: costWords[cost] })),
  }
}
