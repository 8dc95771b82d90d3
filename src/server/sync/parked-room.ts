/** What was parked takes a bounded room on the server; above it the device keeps the only copy and says so (SYNC, rule 5). */
import { sql, type Transaction } from 'kysely'
import type { Refusal } from '../../domain/refusals.ts'
import type { Tables } from '../db/tables.ts'
import type { LoggedMutation } from './row-store.ts'

const MAX_BYTES_OF_PERSON = 5_000_000
const MAX_BYTES_OF_SPACE = 20_000_000

/** Takes the contents out of the parked entries for which there is no room; returns the ids of those. */
export async function limitParked(trx: Transaction<Tables>, entries: LoggedMutation[]): Promise<ReadonlySet<string>> {
  const unkept = new Set<string>()
  const parked = entries.filter(({ status }) => status === 'parked')
  if (parked.length === 0) return unkept
  const used = new Map<string, number>()
  const room = async (column: 'person' | 'space', value: string | null, max: number): Promise<{ left: number; take: (bytes: number) => void }> => {
    const key = `${column} ${value}`
    if (!used.has(key)) used.set(key, value ? await bytesOf(trx, column, value) : 0)
    return { left: max - used.get(key)!, take: (bytes) => used.set(key, used.get(key)! + bytes) }
  }
  for (const entry of parked) {
    const bytes = Buffer.byteLength(entry.payload)
    const rooms = [await room('person', entry.person, MAX_BYTES_OF_PERSON), await room('space', entry.space, MAX_BYTES_OF_SPACE)]
    if (rooms.every(({ left }) => left >= bytes)) for (const { take } of rooms) take(bytes)
    else {
      entry.payload = ''
      unkept.add(entry.id)
    }
  }
  return unkept
}

async function bytesOf(trx: Transaction<Tables>, column: 'person' | 'space', value: string): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(octet_length(payload)), 0)::int as bytes from sync_mutation where ${sql.ref(column)} = ${value} and status = 'parked'`.execute(trx)
  return rows[0]!.bytes
}

export const onlyOnDevice = ({ code, message }: Refusal): Refusal => ({ code, message: `${message} De server heeft er geen plaats voor: bewaar je tekst zelf.` })
