/** A written change in the words of the person who wrote it. Every collection has its words here and nowhere else. */
import { DELETED } from '../../../domain/row.ts'
import type { PracticeUse, TaskStatus } from '../../../domain/collections.ts'
import type { SpaceId } from '../../../domain/ids.ts'
import { practiceUseWords } from '../../../domain/practices.ts'
import { statusWords } from '../../../domain/starter.ts'

/** What the words need to know of the rest of the store. */
export type Names = {
  /** The title of an item of content; its id where the content is not there. */
  titleOf: (id: string) => string
  /** What this device knows of a row, also of a deleted one. */
  valuesOf: (space: SpaceId, collection: string, row: string) => Record<string, unknown>
  /** Where the municipality's work is now: work in another space moved there. */
  dossier: SpaceId
}

export type Subject = { space: SpaceId; collection: string; row: string }

/** `Status van “Kies je focus”`, `Afgerond`; `text` is a longer text of the person's own, `to` where it can be opened. */
export type Wording = { what: string; value?: string; text?: string; to?: string }

/** `noun` goes before what the row is about: `status van`, `notitie bij`. */
type FieldWords = { article: 'de' | 'het'; noun: string; value: (value: any) => string; text?: boolean }
type CollectionWords = {
  /** What the row is about: a title, quoted. */
  about: (subject: Subject, names: Names) => string
  to?: (subject: Subject, names: Names) => string | undefined
  /** Per unit; units that are left out go without saying. */
  units: Record<string, FieldWords>
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const presence = (value: unknown): string => (value === true ? 'Verwijderd' : 'Behouden')
const quoted = (title: string): string => `“${title}”`

const taskOf = ({ space, collection, row }: Subject, names: Names): string => asText(names.valuesOf(space, collection, row)['task'])
const taskPath = (id: string): string => `/starten/${encodeURIComponent(id)}`

/** A test holds this to every collection and every field that people write. */
const words: Record<string, CollectionWords> = {
  taskProgress: {
    about: ({ row }, names) => quoted(names.titleOf(row)),
    to: ({ row }) => taskPath(row),
    units: {
      status: { article: 'de', noun: 'status van', value: (value) => statusWords[value as TaskStatus] ?? asText(value) },
      note: { article: 'de', noun: 'notitie bij', value: (value) => asText(value?.t), text: true },
      [DELETED]: { article: 'de', noun: 'voortgang van', value: presence },
    },
  },
  evidence: {
    about: (subject, names) => (taskOf(subject, names) ? quoted(names.titleOf(taskOf(subject, names))) : 'een taak'),
    to: (subject, names) => (taskOf(subject, names) ? taskPath(taskOf(subject, names)) : undefined),
    units: {
      url: { article: 'het', noun: 'adres van een link bij', value: asText },
      title: { article: 'de', noun: 'titel van een link bij', value: asText },
      [DELETED]: { article: 'de', noun: 'link bij', value: presence },
    },
  },
  practiceUse: {
    about: ({ row }, names) => quoted(names.titleOf(row)),
    to: ({ row }) => `/praktijken/${encodeURIComponent(row)}`,
    units: {
      status: { article: 'het', noun: 'gebruik van', value: (value) => practiceUseWords[value as PracticeUse] ?? asText(value) },
      note: { article: 'de', noun: 'notitie bij', value: (value) => asText(value?.t), text: true },
      [DELETED]: { article: 'het', noun: 'gebruik van', value: presence },
    },
  },
  position: {
    about: ({ row }, names) => quoted(names.titleOf(row)),
    units: { place: { article: 'de', noun: 'plaats waar je was in', value: (value) => asText(value?.path) } },
  },
  member: {
    about: () => 'een lid van het team',
    units: { name: { article: 'de', noun: 'naam van', value: asText }, role: { article: 'de', noun: 'rol van', value: asText } },
  },
  conflict: {
    about: ({ space, row }, names) => {
      const [collection = '', id = '', unit = ''] = row.split(':')
      return unitWords({ space, collection, row: id }, unit, names)
    },
    units: { settledAt: { article: 'de', noun: 'keuze over', value: () => '' } },
  },
}

const wordsFor = (collection: string): CollectionWords | undefined => (Object.hasOwn(words, collection) ? words[collection] : undefined)

/** `de status van “Kies je focus”` */
export function unitWords(subject: Subject, unit: string, names: Names): string {
  const known = wordsFor(subject.collection)
  const field = known?.units[unit]
  return known && field ? `${field.article} ${field.noun} ${known.about(subject, names)}` : 'iets dat deze versie van de app niet kent'
}

/** A value of one unit as one reads it on its screen. */
export const valueWords = (collection: string, unit: string, value: unknown): string => wordsFor(collection)?.units[unit]?.value(value) ?? ''

export const linkTo = (subject: Subject, names: Names): string | undefined => wordsFor(subject.collection)?.to?.(subject, names)

/** What a change did. `units` holds the changed values per unit. */
export function changeWords(subject: Subject, units: Record<string, unknown>, names: Names): Wording {
  const known = wordsFor(subject.collection)
  if (!known) return { what: 'Iets dat deze versie van de app niet kent' }
  const to = linkTo(subject, names)
  const link = to ? { to } : {}
  if (subject.collection === 'evidence' && !(DELETED in units) && 'url' in units) {
    return { what: `Link bij ${known.about(subject, names)}`, value: asText(units['title']) || asText(units['url']), ...link }
  }
  if (DELETED in units) {
    const moved = units[DELETED] === true && subject.space !== names.dossier && subject.space.startsWith('person:')
    const value = moved ? 'Verhuisd naar het team' : units[DELETED] === true ? 'Verwijderd' : 'Teruggezet'
    return { what: capital(`${known.units[DELETED]?.noun ?? 'gegevens van'} ${known.about(subject, names)}`), value, ...link }
  }
  const said = Object.entries(units).filter(([unit]) => known.units[unit])
  if (said.length === 0) return { what: capital(`gegevens van ${known.about(subject, names)}`), ...link }
  const what = capital(said.map(([unit]) => `${known.units[unit]!.noun} ${known.about(subject, names)}`).join(' en '))
  const texts = said.filter(([unit]) => known.units[unit]!.text).map(([unit, value]) => known.units[unit]!.value(value))
  const values = said.filter(([unit]) => !known.units[unit]!.text && subject.collection !== 'position').map(([unit, value]) => known.units[unit]!.value(value))
  const text = texts.filter(Boolean).join('\n')
  const value = values.filter(Boolean).join(', ')
  return { what, ...(value ? { value } : {}), ...(text ? { text } : {}), ...link }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
