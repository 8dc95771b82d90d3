/** Everything a person does with a task. Each action resolves after the device's store committed, or says why it did not. */
import type { TextValue } from '../../../domain/collection.ts'
import type { TaskStatus } from '../../../domain/collections.ts'
import { rowsOf } from '../../db/rows.ts'
import type { Client } from '../../sync/client.ts'
import { ownSpace } from '../../sync/identity.ts'
import type { Written } from '../../sync/mutate.ts'
import { newRowId } from '../../sync/new-row-id.ts'
import type { LinkAddress } from './link-address.ts'

export const setStatus = (client: Client, task: string, status: TaskStatus): Promise<Written> => client.write('taskProgress', task, { status })

export const writeNote = (client: Client, task: string, note: TextValue): Promise<Written> => client.write('taskProgress', task, { note })

export function addLink(client: Client, task: string, { url, title }: LinkAddress): Promise<Written> {
  const addedAt = new Date(client.env.now()).toISOString()
  return client.write('evidence', newRowId(client.env), { task, kind: 'link', url, title, addedAt })
}

export const removeLink = (client: Client, id: string): Promise<Written> => client.write('evidence', id, { deleted: true })

export const restoreLink = (client: Client, id: string): Promise<Written> => client.write('evidence', id, { deleted: false })

/** So that `Verder waar je was` finds it. Opening the same task again is no news. */
export async function rememberPlace(client: Client, task: string): Promise<void> {
  const opened = await rowsOf(client.db, ownSpace(await client.db.read('session')), 'position')
  const latest = opened.reduce<(typeof opened)[number] | undefined>((last, row) => (last && (last.values.at ?? '') >= (row.values.at ?? '') ? last : row), undefined)
  if (latest?.id === task) return
  await client.write('position', task, { path: `/starten/${task}`, at: new Date(client.env.now()).toISOString() })
}

/** Which tasks come first; null: the order of the path as it is. */
export const putFirst = (client: Client, first: readonly string[] | null): Promise<Written> => client.write('pathOrder', 'pad', { first })
