/** What the outbox shows, read from the store in one go. */
import { momentOf } from '../../../domain/clock.ts'
import { guideStart, writtenAnswer } from '../../../domain/filled-worksheets.ts'
import type { Stamp, ClientId, SpaceId } from '../../../domain/ids.ts'
import { collectionNamed, collections, unitOf } from '../../../domain/collections.ts'
import { LOCAL_SPACE, personSpace, teamSpace } from '../../../domain/spaces.ts'
import { equal, type Side } from '../../../domain/merge.ts'
import { isDeleted } from '../../../domain/row.ts'
import { itemsNamed } from '../../db/content.ts'
import type { LocalRow, OpstapDatabase, OutboxEntry, StoredItem } from '../../db/database.ts'
import { rowsOf, selectRows } from '../../db/rows.ts'
import type { Identity } from '../../sync/client.ts'
import { authorOf, dossierSpace } from '../../sync/identity.ts'
import { mayWriteIn } from '../../sync/parked.ts'
import { dateWords } from '../../ui/dates.ts'
import { changeWords, linkTo, unitWords, valueWords, type Names, type Wording } from './wording.ts'

export type Line = {
  entry: OutboxEntry
  words: Wording
  bytes: number
  /** The person may still write there; a parked change without it cannot be tried again. */
  open: boolean
}

/** One of two values for the same thing. `here` and `elsewhere`: both are the person's own, from this and another device. */
export type Version = {
  value: unknown
  words: string
  at: number
  who: 'mine' | 'here' | 'elsewhere' | 'theirs'
  name: string
  /** It is the value that holds now. */
  holds: boolean
}

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
}

export type OutboxView = {
  signedIn: boolean
  expired: boolean
  /** Rows of the dossier and the person on this device. */
  kept: number
  waiting: Line[]
  parked: Line[]
  /** The latest that the server has. */
  safe: Line[]
  choices: Choice[]
  /** Changes of someone else that wait on this device. */
  sealed: number
  syncedAt: number | undefined
}

/** Rows that are nobody's work. */
const madeByServer = new Set<string>([collections.member.name, collections.conflict.name])

/** How many changes the server has already are shown. */
const SAFE_SHOWN = 8

export async function readOutbox(db: OpstapDatabase): Promise<OutboxView> {
  const session = await db.read('session')
  const author = authorOf(session)
  const dossier = dossierSpace(session)
  const pending = await db.outbox.where('state').anyOf('waiting', 'sent', 'parked').sortBy('n')
  const own = pending.filter((entry) => entry.author === author)
  const waiting = own.filter(({ state }) => state !== 'parked')
  const safe = await latestAcked(db, author, dossier)
  const unsettled = (await rowsOf(db, dossier, collections.conflict)).filter(({ values }) => !values.settledAt)
  const names = await readNames(db, dossier, [...own, ...safe], unsettled)
  const line = (entry: OutboxEntry): Line => ({
    entry,
    words: changeWords(entry, unitsIn(entry), names),
    bytes: new TextEncoder().encode(JSON.stringify(entry)).length,
    open: mayWriteIn(entry.space, session),
  })
  return {
    signedIn: session !== undefined,
    expired: (await db.read('expired')) ?? false,
    kept: await countKept(db, session),
    waiting: (session ? waiting : latestPerThing([...waiting].sort((a, b) => b.n - a.n))).map(line),
    parked: own.filter(({ state }) => state === 'parked').map(line),
    safe: safe.map(line),
    choices: await readChoices(db, unsettled, names, author),
    sealed: pending.length - own.length,
    syncedAt: await db.read('syncedAt'),
  }
}

/** What the server took last; ids sort by the time of writing. Work that moved to the team is told once, where it is now. */
async function latestAcked(db: OpstapDatabase, author: string | null, dossier: SpaceId): Promise<OutboxEntry[]> {
  const isShown = (entry: OutboxEntry) =>
    entry.author === author && entry.collection !== collections.conflict.name && (entry.space === dossier || !collectionNamed(entry.collection)?.dossier)
  const acked = db.outbox.where('state').equals('acked')
  // oxlint-disable-next-line unicorn/no-array-reverse -- a query, not an array
  const latest = await acked.reverse().filter(isShown).limit(SAFE_SHOWN * 5).toArray()
  return latestPerThing(latest).slice(0, SAFE_SHOWN)
}

async function countKept(db: OpstapDatabase, session: Identity['session']): Promise<number> {
  const spaces = session ? [personSpace(session.person.id), ...session.teams.map(({ id }) => teamSpace(id))] : [LOCAL_SPACE]
  const counts = await Promise.all(spaces.map((space) => selectRows(db, space).filter((row) => !madeByServer.has(row.collection) && !isDeleted(row)).count()))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The values that a change set, per unit: linked fields as one. */
function unitsIn({ collection, set }: Pick<OutboxEntry, 'collection' | 'set'>): Record<string, unknown> {
  const definition = collectionNamed(collection)
  const units: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(set)) {
    const unit = definition ? unitOf(definition, field) : field
    units[unit] = unit === field ? value : { ...(units[unit] as object | undefined), [field]: value }
  }
  return units
}

/** The first of each thing in `entries`: a status that was changed five times is one thing. */
function latestPerThing(entries: readonly OutboxEntry[]): OutboxEntry[] {
  const things = new Map<string, OutboxEntry>()
  for (const entry of entries) {
    const key = [entry.space, entry.collection, entry.row, ...Object.keys(entry.set).sort()].join('\n')
    if (!things.has(key)) things.set(key, entry)
  }
  return [...things.values()]
}

type ConflictRow = Awaited<ReturnType<typeof rowsOf<typeof collections.conflict>>>[number]

async function readNames(db: OpstapDatabase, dossier: SpaceId, entries: readonly OutboxEntry[], conflicts: readonly ConflictRow[]): Promise<Names> {
  const subjects: [SpaceId, string, string][] = [
    ...entries.map(({ space, collection, row }): [SpaceId, string, string] => [space, collection, row]),
    ...conflicts.map(({ space, values }): [SpaceId, string, string] => [space, values.collection ?? '', values.row ?? '']),
  ]
  const about = entries.filter(({ collection }) => collection === 'conflict').map(({ space, row }): [SpaceId, string, string] => [space, row.split(':')[0]!, row.split(':')[1] ?? ''])
  const keys = [...subjects, ...about]
  const rows = (await db.rows.bulkGet(keys)).filter((row): row is LocalRow => row !== undefined)
  const values = new Map(rows.map((row) => [`${row.space}\n${row.collection}\n${row.id}`, row.values]))
  for (const { space, collection, row, set } of entries) {
    const key = `${space}\n${collection}\n${row}`
    values.set(key, { ...set, ...values.get(key) })
  }
  const tasks = [...values.values()].flatMap(({ task, assignment }) => [task, assignment]).filter((task): task is string => typeof task === 'string')
  // What is filled in with a guide begins with the id of that guide.
  // So begins what is filled in for an assignment with the lab, and then names the assignment.
  const named = keys.flatMap(([, , id]) => id.split('--').slice(0, 2))
  const items = await itemsNamed(db, [...new Set([...named, ...tasks])])
  const titles = new Map(items.flatMap((item) => ('title' in item ? [[item.id as string, item.title]] : [])))
  return {
    titleOf: (id) => titles.get(id) ?? id,
    valuesOf: (space, collection, row) => values.get(`${space}\n${collection}\n${row}`) ?? {},
    dossier,
    answerOf: (row, unit, value) => {
      const guide = items.find((item) => item.kind === 'guide' && row.startsWith(guideStart(item.id)))
      if (guide?.kind === 'guide') return writtenAnswer(guide, row, unit, value, dateWords)
      const assignment = items.find((item) => item.kind === 'assignment' && row.split('--')[1] === item.id)
      return assignment?.kind === 'assignment' ? writtenAnswer(asSheet(assignment), row, unit, value, dateWords) : undefined
    },
  }
}

/** A draft of an assignment is kept as a worksheet is: under the lab, where a worksheet is under its guide. */
const asSheet = ({ id, title, fields }: Extract<StoredItem, { kind: 'assignment' }>) => ({ id, title, worksheets: [{ id, title, intro: '', perTheme: false, fields }] })

async function readChoices(db: OpstapDatabase, conflicts: readonly ConflictRow[], names: Names, me: string | null): Promise<Choice[]> {
  const client = await db.read('client')
  const people = new Map<string, string>()
  for (const space of new Set(conflicts.map((row) => row.space)))
    for (const { id, values } of await rowsOf(db, space, collections.member)) people.set(id, values.name ?? '')
  return conflicts.flatMap(({ id, space, values: { collection, row, unit, winner, loser } }): Choice[] => {
    if (!collection || !row || !unit || !winner || !loser) return []
    const subject = { space, collection, row }
    const current = currentOf(collection, unit, names.valuesOf(space, collection, row))
    const version = (side: Side): Version => ({
      value: side.value,
      words: valueWords(collection, unit, side.value, { subject, names }),
      at: momentOf(side.stamp as Stamp).ms,
      who: whoseIs(side, winner.person === loser.person, me, client),
      name: side.person === me ? 'Jij' : (people.get(side.person ?? '') ?? 'Een collega'),
      holds: equal(side.value, current),
    })
    const versions = [version(winner as Side), version(loser as Side)].sort((a, b) => rank(a) - rank(b)) as [Version, Version]
    return [{ id, space, collection, row, unit, about: unitWords(subject, unit, names), to: linkTo(subject, names), versions }]
  })
}

const rank = ({ who }: Version): number => (who === 'mine' || who === 'here' ? 0 : 1)

function whoseIs({ person, stamp }: Side, samePerson: boolean, me: string | null, client: ClientId | undefined): Version['who'] {
  if (person !== me) return 'theirs'
  if (!samePerson) return 'mine'
  return client !== undefined && stamp.endsWith(`.${client}`) ? 'here' : 'elsewhere'
}

/** A unit of linked fields as the conflict holds it: an object. */
function currentOf(collection: string, unit: string, values: Record<string, unknown>): unknown {
  const definition = collectionNamed(collection)
  const fields = Object.entries(definition?.fields ?? {}).filter(([, { group }]) => group === unit)
  return fields.length > 0 ? Object.fromEntries(fields.map(([field]) => [field, values[field]])) : values[unit]
}
