/** Reading rows of a space, and the keys by which they are found. */
import type { Collection as Selection } from 'dexie'
import { collectionNamed, type Collection, type ValuesOf } from '../../domain/collections.ts'
import type { SpaceId } from '../../domain/ids.ts'
import { isDeleted } from '../../domain/merge.ts'
import type { LocalRow, OpstapDatabase } from './database.ts'

/** A row as screens read it: its values typed, deleted ones left out. */
export type Read<C extends Collection<any>> = Omit<LocalRow, 'values'> & { values: ValuesOf<C> }

const keyFor = (space: SpaceId, collection: string, field: string, value: unknown) => `${space}|${collection}.${field}|${String(value)}`

export function indexKeys(space: SpaceId, collection: string, values: Record<string, unknown>): string[] {
  const indexes = collectionNamed(collection)?.indexes ?? []
  return indexes.filter((field) => values[field] !== undefined).map((field) => keyFor(space, collection, field, values[field]))
}

export async function rowOf<C extends Collection<any>>(db: OpstapDatabase, space: SpaceId, definition: C, id: string): Promise<Read<C> | undefined> {
  const row = await db.rows.get([space, definition.name, id])
  return row && !isDeleted(row) ? (row as Read<C>) : undefined
}

/** Every row of a space, or of one collection in it. An empty array sorts after every text: that bounds the range. */
export function selectRows(db: OpstapDatabase, ...prefix: [space: SpaceId, collection?: string]): Selection<LocalRow, [string, string, string]> {
  return db.rows.where('[space+collection+id]').between(prefix, [...prefix, []])
}

/** All rows of a collection in a space, in the order of their ids. */
export async function rowsOf<C extends Collection<any>>(db: OpstapDatabase, space: SpaceId, definition: C): Promise<Read<C>[]> {
  const rows = await selectRows(db, space, definition.name).toArray()
  return rows.filter((row) => !isDeleted(row)) as Read<C>[]
}

/** The rows with these ids that exist, by id; costs as much as there are ids, however large the store. */
export async function rowsNamed<C extends Collection<any>>(db: OpstapDatabase, space: SpaceId, definition: C, ids: readonly string[]): Promise<Map<string, Read<C>>> {
  const rows = await db.rows.bulkGet(ids.map((id): [string, string, string] => [space, definition.name, id]))
  return new Map(rows.filter((row) => row && !isDeleted(row)).map((row) => [row!.id, row as Read<C>]))
}

/** The rows whose indexed field has this value. */
export async function rowsWith<C extends Collection<any>>(
  db: OpstapDatabase,
  space: SpaceId,
  definition: C,
  field: C['indexes'][number],
  value: string,
): Promise<Read<C>[]> {
  const rows = await db.rows.where('keys').equals(keyFor(space, definition.name, field, value)).toArray()
  return rows.filter((row) => !isDeleted(row)) as Read<C>[]
}
