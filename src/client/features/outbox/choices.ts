/** Two values for the same thing, written without seeing each other, and what a person can make of them. */
import { momentOf } from '../../../domain/clock.ts'
import { collectionNamed, collections } from '../../../domain/collections.ts'
import type { ClientId, SpaceId, Stamp } from '../../../domain/ids.ts'
import { bothOf } from '../../../domain/keep-both.ts'
import { equal, type Side } from '../../../domain/merge.ts'
import { DELETED } from '../../../domain/row.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { rowsOf } from '../../db/rows.ts'
import { authorOf, dossierSpace } from '../../sync/identity.ts'
import { readNames } from './names.ts'
import { linkTo, unitWords, valueWords, type Names } from './wording.ts'

/** One of two values. `here` and `elsewhere`: both are the person's own, from this and another device. */
export type Version = {
  value: unknown
  words: string
  at: number
  who: 'mine' | 'here' | 'elsewhere' | 'theirs'
  name: string
  /** It is the value that holds now. */
  holds: boolean
}

/** What can be made of the two: one of them, both, or what stands there by now. */
export type Result = { key: 'first' | 'second' | 'both' | 'now'; label: string; hint?: string; value: unknown; words: string }

export type Choice = {
  id: string
  space: SpaceId
  collection: string
  row: string
  unit: string
  /** `de status van “Kies je focus”` */
  about: string
  to: string | undefined
  /** Own version first where there is one. */
  versions: [Version, Version]
  results: Result[]
  /** Proposed: both where they can stand together, else what holds already, so that nothing changes unasked. */
  proposed: Result['key']
}

export async function readChoices(db: OpstapDatabase): Promise<Choice[]> {
  const session = await db.read('session')
  const dossier = dossierSpace(session)
  const me = authorOf(session)
  const conflicts = (await rowsOf(db, dossier, collections.conflict)).filter(({ values }) => !values.settledAt)
  const names = await readNames(db, dossier, conflicts.map(({ space, values }) => ({ space, collection: values.collection ?? '', row: values.row ?? '' })))
  const client = await db.read('client')
  const people = await peopleIn(db, conflicts.map(({ space }) => space))
  return conflicts.flatMap(({ id, space, values: { collection, row, unit, winner, loser } }): Choice[] => {
    if (!collection || !row || !unit || !winner || !loser) return []
    const subject = { space, collection, row }
    const current = currentOf(collection, unit, names.valuesOf(space, collection, row))
    const say = (value: unknown) => valueWords(collection, unit, value, { subject, names })
    const version = (side: Side): Version => ({
      value: side.value,
      words: say(side.value),
      at: momentOf(side.stamp as Stamp).ms,
      who: whoseIs(side, winner.person === loser.person, me, client),
      name: side.person === me ? 'Jij' : (people.get(side.person ?? '') ?? 'Een collega'),
      holds: equal(side.value, current),
    })
    const versions = [version(winner as Side), version(loser as Side)].sort((a, b) => rank(a) - rank(b)) as [Version, Version]
    return [{ id, ...subject, unit, about: unitWords(subject, unit, names), to: linkTo(subject, names), versions, ...resultsOf(subject, unit, versions, current, say, names) }]
  })
}

/** The names of people by id, also of those who left. */
export async function peopleIn(db: OpstapDatabase, spaces: readonly SpaceId[]): Promise<Map<string, string>> {
  const people = new Map<string, string>()
  for (const space of new Set(spaces)) for (const { id, values } of await rowsOf(db, space, collections.member)) people.set(id, values.name ?? '')
  return people
}

const labels: Record<Version['who'], string> = { mine: 'Mijn versie', here: 'Versie van dit toestel', elsewhere: 'Versie van je andere toestel', theirs: 'Hun versie' }

function resultsOf(subject: { collection: string; row: string }, unit: string, versions: [Version, Version], current: unknown, say: (value: unknown) => string, names: Names): Pick<Choice, 'results' | 'proposed'> {
  const colleagues = versions.every(({ who }) => who === 'theirs')
  const of = (key: 'first' | 'second', { value, words, who, name, holds }: Version): Result => ({
    key,
    label: colleagues ? `Versie van ${name}` : labels[who],
    ...(holds ? { hint: 'Dit geldt nu.' } : {}),
    value,
    words,
  })
  const [earlier, later] = [...versions].sort((a, b) => a.at - b.at) as [Version, Version]
  const definition = collectionNamed(subject.collection)
  const mayJoin = definition && (unit in definition.fields || names.isLine?.(subject.row, unit))
  const both = mayJoin ? bothOf(definition, unit, earlier.value, later.value) : undefined
  const results = [of('first', versions[0]), of('second', versions[1])]
  if (both !== undefined) results.push({ key: 'both', label: 'Bewaar allebei', value: both, words: say(both) })
  const held = versions.findIndex(({ holds }) => holds)
  const kept = both !== undefined && equal(both, current)
  if (held < 0 && !kept && current !== undefined) results.push({ key: 'now', label: 'Wat er nu staat', hint: 'Intussen schreef iemand iets anders.', value: current, words: say(current) })
  if (both !== undefined) return { results, proposed: 'both' }
  return { results, proposed: held < 0 ? (current === undefined ? 'first' : 'now') : held === 0 ? 'first' : 'second' }
}

const rank = ({ who }: Version): number => (who === 'mine' || who === 'here' ? 0 : 1)

function whoseIs({ person, stamp }: Side, samePerson: boolean, me: string | null, client: ClientId | undefined): Version['who'] {
  if (person !== me) return 'theirs'
  if (!samePerson) return 'mine'
  return client !== undefined && stamp.endsWith(`.${client}`) ? 'here' : 'elsewhere'
}

/** A unit of linked fields as the conflict holds it: an object. A row that was never deleted is not deleted. */
function currentOf(collection: string, unit: string, values: Record<string, unknown>): unknown {
  if (unit === DELETED) return values[DELETED] === true
  const definition = collectionNamed(collection)
  const fields = Object.entries(definition?.fields ?? {}).filter(([, { group }]) => group === unit)
  return fields.length > 0 ? Object.fromEntries(fields.map(([field]) => [field, values[field]])) : values[unit]
}
