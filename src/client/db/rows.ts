/**
 * Reading rows of a space, and the keys by which they are found. A collection is given by its definition or by its name
 * alone: the first screen reads by name, so that it need not wait for the schemas.
 */
import type { Collection as Selection } from 'dexie'
import type { ValuesOf } from '../../domain/collection.ts'
import type { DefinitionOf, Handle } from '../../domain/collections.ts'
import type { SpaceId } from '../../domain/ids.ts'
import { isDeleted } from '../../domain/row.ts'
import type { LocalRow, OpstapDatabase } from './database.ts'

/** A row as screens read it: its values typed, deleted ones left out. */
export type Read<H extends Handle> = Omit<LocalRow, 'values'> & { values: ValuesOf<DefinitionOf<H>> }

export const collectionNameOf = (handle: Handle): string => (typeof handle === 'string' ? handle : handle.name)

/** How a row is found by the value of an indexed field. */
export const keyFor = (space: SpaceId, collection: string, field: string, value: unknown) => `${space}|${collection}.${field}|${String(value)}`

export async function rowOf<H extends Handle>(db: OpstapDatabase, space: SpaceId, collection: H, id: string): Promise<Read<H> | undefined> {
  const row = await db.rows.get([space, collectionNameOf(collection), id])
  return row && !isDeleted(row) ? (row as Read<H>) : undefined
}

/** Every row of a space, or of one collection in it. An empty array sorts after every text: that bounds the range. */
export function selectRows(db: OpstapDatabase, ...prefix: [space: SpaceId, collection?: string]): Selection<LocalRow, [string, string, string]> {
  return db.rows.where('[space+collection+id]').between(prefix, [...prefix, []])
}

/** All rows of a collection in a space, in the order of their ids. */
export async function rowsOf<H extends Handle>(db: OpstapDatabase, space: SpaceId, collection: H): Promise<Read<H>[]> {
  const rows = await selectRows(db, space, collectionNameOf(collection)).toArray()
  return rows.filter((row) => !isDeleted(row)) as Read<H>[]
}

/** Every row of the spaces of which the name begins so, by space: one question to the store, however many there are. */
export async function rowsBySpace(db: OpstapDatabase, start: string): Promise<Map<string, LocalRow[]>> {
  const found = new Map<string, LocalRow[]>()
  for (const row of await db.rows.where('[space+collection+id]').between([start], [`${start}\uffff`]).toArray()) {
    const known = found.get(row.space)
    if (known) known.push(row)
    else found.set(row.space, [row])
  }
  return found
}

/** The rows of which the id begins so, in the order of their ids. */
export async function rowsStarting<H extends Handle>(db: OpstapDatabase, space: SpaceId, collection: H, start: string): Promise<Read<H>[]> {
  const name = collectionNameOf(collection)
  const rows = await db.rows.where('[space+collection+id]').between([space, name, start], [space, name, `${start}\uffff`]).toArray()
  return rows.filter((row) => !isDeleted(row)) as Read<H>[]
}

/** The rows with these ids that exist, by id; costs as much as there are ids, however large the store. */
export async function rowsNamed<H extends Handle>(db: OpstapDatabase, space: SpaceId, collection: H, ids: readonly string[]): Promise<Map<string, Read<H>>> {
  const rows = await db.rows.bulkGet(ids.map((id): [string, string, string] => [space, collectionNameOf(collection), id]))
  return new Map(rows.filter((row) => row && !isDeleted(row)).map((row) => [row!.id, row as Read<H>]))
}

/** The rows whose indexed field has this value. */
export async function rowsWith<H extends Handle>(
  db: OpstapDatabase,
  space: SpaceId,
  collection: H,
  field: DefinitionOf<H>['indexes'][number],
  value: string,
): Promise<Read<H>[]> {
  const rows = await db.rows.where('keys').equals(keyFor(space, collectionNameOf(collection), field, value)).toArray()
  return rows.filter((row) => !isDeleted(row)) as Read<H>[]
}
