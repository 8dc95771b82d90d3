/** The starter path as it lies on this device. */
import type { SpaceId } from '../../domain/ids.ts'
import { stagesOf, statusFrom, withFirst, type Stage, type StatusOf } from '../../domain/starter.ts'
import { itemsOf, type Stored } from './content.ts'
import type { OpstapDatabase } from './database.ts'
import { rowOf, rowsNamed, type Read } from './rows.ts'

/** `tasks`, and those of each phase, in the order that the dossier chose; `first`: the tasks that it put first. */
export type StarterPath = { stages: Stage<Stored<'phase'>, Stored<'task'>>[]; tasks: Stored<'task'>[]; first: readonly string[] }

/** Null as long as this part of the content is not on the device. */
export async function readPath(db: OpstapDatabase, space: SpaceId): Promise<StarterPath | null> {
  const first = (await rowOf(db, space, 'pathOrder', 'pad'))?.values.first ?? []
  const path = withFirst(stagesOf(await itemsOf(db, 'phase'), await itemsOf(db, 'task')), first)
  return path.tasks.length > 0 ? { ...path, first } : null
}

export type PathProgress = { rows: ReadonlyMap<string, Read<'taskProgress'>>; statusOf: StatusOf }

/** How far the dossier in this space is with every task of the content. */
export async function readProgress(db: OpstapDatabase, space: SpaceId): Promise<PathProgress> {
  const tasks = await db.items.where('[kind+position]').between(['task'], ['task', []]).primaryKeys()
  const rows = await rowsNamed(db, space, 'taskProgress', tasks)
  return { rows, statusOf: (id) => statusFrom(rows.get(id)?.values) }
}
