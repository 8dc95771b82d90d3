/** What a person does in the outbox. */
import { collectionNamed, collections } from '../../../domain/collections.ts'
import type { OutboxEntry } from '../../db/database.ts'
import type { Client } from '../../sync/client.ts'
import { unsentWork, workFile, type WorkFile } from '../../sync/export-work.ts'
import type { Written } from '../../sync/mutate.ts'
import { readWorkFile, takeBack, type TakenBack } from '../../sync/import-work.ts'
import { retryParked, type Retried } from '../../sync/parked.ts'
import { saveFile } from '../../ui/saveFile.ts'
import type { Choice, Version } from './outbox-view.ts'

/** Resolves when the server answered, or did not. */
export async function sendNow(client: Client): Promise<void> {
  client.engine.request()
  await client.engine.settled()
}

export const retry = (client: Client, { id }: OutboxEntry): Promise<Retried> => retryParked(client.db, client.env, id)

export const remove = (client: Client, { id }: OutboxEntry): Promise<void> => client.db.outbox.delete(id)

/** Undoes `remove`. */
export const putBack = async (client: Client, entry: OutboxEntry): Promise<void> => void (await client.db.outbox.put(entry))

export async function saveAll(client: Client): Promise<void> {
  offer(await unsentWork(client.db, client.env.now()))
}

export function saveOne(client: Client, entry: OutboxEntry): void {
  offer(workFile([entry], client.env.now()))
}

function offer(file: WorkFile): void {
  saveFile(`opstap-onverstuurd-werk-${file.savedAt.slice(0, 10)}.json`, JSON.stringify(file, null, 2))
}

/** null: not a file of unsent work. */
export async function readBack(client: Client, text: string): Promise<TakenBack | null> {
  const file = readWorkFile(text)
  return file ? takeBack(client.db, file) : null
}

/** Makes `version` the value that holds, and the choice as made. */
export async function choose(client: Client, choice: Choice, version: Version): Promise<Written> {
  const definition = collectionNamed(choice.collection)
  if (!definition) return { kind: 'failed' }
  const grouped = Object.values(definition.fields).some(({ group }) => group === choice.unit)
  const set = grouped ? (version.value as Record<string, unknown>) : { [choice.unit]: version.value }
  if (!version.holds) {
    const written = await client.write(definition, choice.row, set, choice.space)
    if (written.kind !== 'written') return written
  }
  return client.write(collections.conflict, choice.id, { settledAt: new Date(client.env.now()).toISOString() }, choice.space)
}
