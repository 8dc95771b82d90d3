/** Puts an earlier version back: an ordinary new change, itself in the history. */
import type { TextValue } from '../../../domain/collection.ts'
import { collectionNamed } from '../../../domain/collections.ts'
import type { Version } from '../../../domain/history.ts'
import type { SpaceId } from '../../../domain/ids.ts'
import { DELETED } from '../../../domain/row.ts'
import type { Client } from '../../sync/client.ts'
import type { Written } from '../../sync/mutate.ts'
import { changeTo } from '../../sync/text-change.ts'
import { isText } from './history-view.ts'

export async function restore(client: Client, space: SpaceId, { collection, row, unit, value }: Version): Promise<Written> {
  const definition = collectionNamed(collection)
  if (!definition) return { kind: 'failed' }
  const current = await client.db.rows.get([space, collection, row])
  const revived = current?.values[DELETED] === true ? { [DELETED]: false } : {}
  if (unit === DELETED) return client.write(definition, row, { [DELETED]: value !== true }, space)
  if (!isText(collection, unit)) return client.write(definition, row, { ...asSet(unit, value), ...revived }, space)
  const update = await changeTo(String(value), current?.values[unit] as TextValue | undefined)
  return update ? client.write(definition, row, { [unit]: update, ...revived }, space) : { kind: 'written', at: client.env.now() }
}

const asSet = (unit: string, value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { [unit]: value })
