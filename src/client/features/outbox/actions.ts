/** What a person does in the outbox. */
import type { Collection } from '../../../domain/collection.ts'
import { collectionNamed, collections } from '../../../domain/collections.ts'
import { equal } from '../../../domain/merge.ts'
import { DELETED } from '../../../domain/row.ts'
import type { OutboxEntry } from '../../db/database.ts'
import type { Client } from '../../sync/client.ts'
import { deleteUnsent, putBackUnsent } from '../../sync/delete-unsent.ts'
import { savedWords, sealedWork, unsentWork, workFile, type WorkFile } from '../../sync/export-work.ts'
import type { Written } from '../../sync/mutate.ts'
import { readWorkFile, takeBack, type TakenBack } from '../../sync/import-work.ts'
import { retryParked, type Retried } from '../../sync/parked.ts'
import { saveFile } from '../../ui/saveFile.ts'
import type { Choice, Result } from './choices.ts'

/** Resolves when the server answered, or did not. */
export async function sendNow(client: Client): Promise<void> {
  client.engine.request()
  await client.engine.settled()
}

export const retry = (client: Client, { id }: OutboxEntry): Promise<Retried> => retryParked(client.db, client.env, id)

/** Takes an unsent change back; the row shows what the server has. Gives back what went, for `putUnsentBack`; nothing when it just left. */
export const removeUnsent = (client: Client, { id }: OutboxEntry): Promise<OutboxEntry[]> => deleteUnsent(client.db, id)

export const putUnsentBack = (client: Client, entries: readonly OutboxEntry[]): Promise<void> => putBackUnsent(client.db, entries)

export const remove = (client: Client, { id }: OutboxEntry): Promise<void> => client.db.outbox.delete(id)

/** Undoes `remove`. */
export const putBack = async (client: Client, entry: OutboxEntry): Promise<void> => void (await client.db.outbox.put(entry))

/** What to say of it. */
export async function saveAll(client: Client): Promise<string> {
  const file = await unsentWork(client.db, client.env.now())
  offer(file)
  return savedWords(file)
}

export async function saveSealed(client: Client): Promise<string> {
  const file = await sealedWork(client.db, client.env.now())
  offer(file, 'verzegeld')
  return savedWords(file, 'Het verzegelde werk')
}

export function saveOne(client: Client, entry: OutboxEntry): void {
  offer(workFile([entry], client.env.now()))
}

function offer(file: WorkFile, kind = 'onverstuurd'): void {
  saveFile(`opstap-${kind}-werk-${file.savedAt.slice(0, 10)}.json`, JSON.stringify(file, null, 2))
}

/** null: not a file of unsent work. */
export async function readBack(client: Client, text: string): Promise<TakenBack | null> {
  const file = readWorkFile(text)
  return file ? takeBack(client.db, file) : null
}

/** Makes `value` the one that holds, and the choice as made. */
export async function choose(client: Client, choice: Choice, { value }: Result): Promise<Written> {
  const definition = collectionNamed(choice.collection)
  if (!definition) return { kind: 'failed' }
  const row = await client.db.rows.get([choice.space, choice.collection, choice.row])
  const set = asSet(definition, choice.unit, value)
  if (!row || Object.entries(set).some(([field, one]) => !equal(row.values[field] ?? (field === DELETED ? false : undefined), one))) {
    const written = await client.write(definition, choice.row, set, choice.space)
    if (written.kind !== 'written') return written
  }
  return client.write(collections.conflict, choice.id, { settledAt: new Date(client.env.now()).toISOString() }, choice.space)
}

/** The fields of a unit: linked fields have an object for a value. */
const asSet = (definition: Collection, unit: string, value: unknown): Record<string, unknown> =>
  Object.values(definition.fields).some(({ group }) => group === unit) ? (value as Record<string, unknown>) : { [unit]: value }
