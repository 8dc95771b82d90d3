/** A written change in the words of the person who wrote it. Every collection has its words here and nowhere else. */
import { DELETED, type CollectionName, type TaskStatus } from '../../../domain/collections.ts'
import type { SpaceId } from '../../../domain/ids.ts'

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

type FieldWords = { article: 'de' | 'het'; noun: string; value: (value: any) => string; text?: boolean }
type CollectionWords = {
  /** The name of the thing that the row is about, with the words before it. */
  about: (subject: Subject, names: Names) => string
  to?: (subject: Subject, names: Names) => string | undefined
  /** Per unit; units that are left out go without saying. */
  units: Record<string, FieldWords>
}

const statuses: Record<TaskStatus, string> = { notStarted: 'Nog niet begonnen', inProgress: 'Bezig', done: 'Afgerond', notApplicable: 'Niet van toepassing' }

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const presence = (value: unknown): string => (value === true ? 'Verwijderd' : 'Behouden')
const quoted = (title: string): string => `“${title}”`

const taskOf = ({ space, collection, row }: Subject, names: Names): string => asText(names.valuesOf(space, collection, row)['task'])
const taskPath = (id: string): string => `/starten/${encodeURIComponent(id)}`

const words: Record<CollectionName, CollectionWords> = {
  taskProgress: {
    about: ({ row }, names) => `van ${quoted(names.titleOf(row))}`,
    to: ({ row }) => taskPath(row),
    units: {
      status: { article: 'de', noun: 'status', value: (value) => statuses[value as TaskStatus] ?? asText(value) },
      note: { article: 'de', noun: 'notitie', value: (value) => asText(value?.t), text: true },
      [DELETED]: { article: 'de', noun: 'voortgang', value: presence },
    },
  },
  evidence: {
    about: (subject, names) => (taskOf(subject, names) ? `bij ${quoted(names.titleOf(taskOf(subject, names)))}` : 'bij een taak'),
    to: (subject, names) => (taskOf(subject, names) ? taskPath(taskOf(subject, names)) : undefined),
    units: {
      url: { article: 'het', noun: 'adres van een link', value: asText },
      title: { article: 'de', noun: 'titel van een link', value: asText },
      [DELETED]: { article: 'de', noun: 'link', value: presence },
    },
  },
  position: {
    about: ({ row }, names) => `in ${quoted(names.titleOf(row))}`,
    units: { place: { article: 'de', noun: 'plaats waar je was', value: (value) => asText(value?.path) } },
  },
  member: {
    about: () => 'van een lid van het team',
    units: { name: { article: 'de', noun: 'naam', value: asText }, role: { article: 'de', noun: 'rol', value: asText } },
  },
  conflict: {
    about: ({ space, row }, names) => {
      const [collection = '', id = '', unit = ''] = row.split(':')
      return `over ${unitWords({ space, collection, row: id }, unit, names)}`
    },
    units: { settledAt: { article: 'de', noun: 'keuze', value: () => '' } },
  },
}

const wordsFor = (collection: string): CollectionWords | undefined => (Object.hasOwn(words, collection) ? words[collection as CollectionName] : undefined)

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
    return { what: `Link ${known.about(subject, names)}`, value: asText(units['title']) || asText(units['url']), ...link }
  }
  if (DELETED in units) {
    const moved = units[DELETED] === true && subject.space !== names.dossier && subject.space.startsWith('person:')
    const value = moved ? 'Verhuisd naar het team' : units[DELETED] === true ? 'Verwijderd' : 'Teruggezet'
    return { what: capital(`${known.units[DELETED]?.noun ?? 'gegevens'} ${known.about(subject, names)}`), value, ...link }
  }
  const said = Object.entries(units).filter(([unit]) => known.units[unit])
  if (said.length === 0) return { what: capital(`gegevens ${known.about(subject, names)}`), ...link }
  const nouns = said.map(([unit]) => known.units[unit]!.noun)
  const what = capital(`${nouns.join(' en ')} ${known.about(subject, names)}`)
  const texts = said.filter(([unit]) => known.units[unit]!.text).map(([unit, value]) => known.units[unit]!.value(value))
  const values = said.filter(([unit]) => !known.units[unit]!.text && subject.collection !== 'position').map(([unit, value]) => known.units[unit]!.value(value))
  const text = texts.filter(Boolean).join('\n')
  const value = values.filter(Boolean).join(', ')
  return { what, ...(value ? { value } : {}), ...(text ? { text } : {}), ...link }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
