/** The history of a task (or another thing of the dossier) as its screen shows it. */
import type { TextValue } from '../../../domain/collection.ts'
import { collectionNamed, evidence } from '../../../domain/collections.ts'
import { guideStart } from '../../../domain/filled-worksheets.ts'
import type { Version } from '../../../domain/history.ts'
import type { SpaceId } from '../../../domain/ids.ts'
import { equal } from '../../../domain/merge.ts'
import { DELETED } from '../../../domain/row.ts'
import type { LocalRow, OpstapDatabase } from '../../db/database.ts'
import { keyFor, selectRows } from '../../db/rows.ts'
import type { HistoryRow } from '../../sync/history.ts'
import { authorOf, dossierSpace } from '../../sync/identity.ts'
import { peopleIn } from './choices.ts'
import { readNames } from './names.ts'
import { changeWords, type Wording } from './wording.ts'

/** Which part of the app a thing belongs to; the first part of its path. */
export type Part = 'starten' | 'praktijken' | 'instrumenten'

/** What a history is about: rows of one space, as this device has them. */
export type Subject = { space: SpaceId; title: string; rows: HistoryRow[] }

export async function readSubject(db: OpstapDatabase, part: Part, id: string): Promise<Subject> {
  const space = dossierSpace(await db.read('session'))
  const item = await db.items.get(id)
  const title = item && 'title' in item ? item.title : id
  return { space, title, rows: await rowsOfPart(db, space, part, id) }
}

async function rowsOfPart(db: OpstapDatabase, space: SpaceId, part: Part, id: string): Promise<HistoryRow[]> {
  if (part === 'praktijken') return [{ collection: 'practiceUse', row: id }]
  if (part === 'starten') {
    // Also links that were removed: they can be wanted back.
    const links = await db.rows.where('keys').equals(keyFor(space, evidence.name, 'task', id)).toArray()
    return [{ collection: 'taskProgress', row: id }, ...links.map((link) => ({ collection: evidence.name, row: link.id }))]
  }
  const filled = await Promise.all(['filledWorksheet', 'worksheetRow'].map((collection) => selectRows(db, space, collection).filter((row) => row.id.startsWith(guideStart(id))).toArray()))
  return [{ collection: 'guideUse', row: id }, ...filled.flat().map((row) => ({ collection: row.collection, row: row.id }))]
}

export type Told = {
  version: Version
  words: Wording
  name: string
  /** `now`: it holds. `unsent`: only on this device. `lost`: a later value was there already. `left`: sent after leaving the team. */
  state: 'now' | 'earlier' | 'unsent' | 'lost' | 'left'
}

/** The versions in words; the same value several times over holds once. */
export async function tellVersions(db: OpstapDatabase, { space }: Subject, versions: readonly Version[]): Promise<Told[]> {
  const session = await db.read('session')
  const me = authorOf(session)
  const people = await peopleIn(db, [space])
  const names = await readNames(db, dossierSpace(session), versions.map(({ collection, row, unit, value }) => ({ space, collection, row, set: { [unit]: asStored(collection, unit, value) } })))
  const rows = await db.rows.bulkGet(versions.map(({ collection, row }): [SpaceId, string, string] => [space, collection, row]))
  const held = new Set<string>()
  return versions.map((version, index) => {
    const { collection, row, unit, value, person } = version
    const key = `${collection}\n${row}\n${unit}`
    const now = !held.has(key) && version.status !== 'parked' && holds(rows[index], unit, value)
    if (now) held.add(key)
    return {
      version,
      words: changeWords({ space, collection, row }, { [unit]: asStored(collection, unit, value) }, names),
      name: person === me ? 'Jij' : (people.get(person ?? '') ?? 'Een collega'),
      state: version.status === 'parked' ? 'left' : version.receivedAt === null && me !== null ? 'unsent' : now ? 'now' : version.status === 'superseded' ? 'lost' : 'earlier',
    }
  })
}

export const isText = (collection: string, unit: string): boolean => {
  const definition = collectionNamed(collection)
  const [prefix] = unit.split('.')
  return (definition?.fields[unit] ?? definition?.open?.[prefix!])?.merge === 'text'
}

const asStored = (collection: string, unit: string, value: unknown): unknown => (isText(collection, unit) ? { y: '', t: String(value) } : value)

function holds(row: LocalRow | undefined, unit: string, value: unknown): boolean {
  if (!row) return false
  if (unit === DELETED) return (row.values[DELETED] === true) === (value === true)
  const current = isText(row.collection, unit) ? ((row.values[unit] as TextValue | undefined)?.t ?? '') : currentOf(row, unit, value)
  return equal(current, value)
}

const currentOf = ({ values }: LocalRow, unit: string, value: unknown): unknown =>
  unit in values || typeof value !== 'object' || value === null ? values[unit] : Object.fromEntries(Object.keys(value).map((field) => [field, values[field]]))
