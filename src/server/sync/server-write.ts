/** Rows that the server itself writes into a space: the members of a team, demonstration data. */
import { v7 as uuidv7 } from 'uuid'
import { SCHEMA_VERSION } from '../../domain/collections.ts'
import { stampOf } from '../../domain/clock.ts'
import type { ClientId, MutationId, SpaceId } from '../../domain/ids.ts'
import type { Mutation } from '../../protocol/sync-request.ts'
import { applyChanges, type SyncPort } from './apply.ts'
import { loadRows } from './row-store.ts'

const SERVER = 'server0000' as ClientId

/** `at`: when it was written, ms since 1970; left out: now. */
export type ServerChange = { space: SpaceId; collection: string; row: string; set: Record<string, unknown>; person?: string; at?: number }

/**
 * Writes the changes as the server, over what is there, and pokes the devices.
 * Throws when a change does not fit its collection: that is a fault in the server, not in what a person sent.
 */
export async function writeAsServer(port: SyncPort, changes: readonly ServerChange[]): Promise<void> {
  const heads = await port.db.transaction().execute(async (trx) => {
    const now = port.now()
    const current = await loadRows(trx, changes.map(({ space, collection, row }) => ({ space, collection, id: row })))
    const incoming = changes.map(({ at = now, ...change }, counter) => {
      const hlc = stampOf({ ms: at, counter }, SERVER)
      const id = uuidv7() as MutationId
      const base = current.get(`${change.space}\n${change.collection}\n${change.row}`)?.row.stamps ?? {}
      const mutation: Mutation = { id, client: SERVER, n: 1, schema: SCHEMA_VERSION, at, hlc, base, ...change }
      return { mutation, logId: id, n: null, hlc, shifted: false, person: change.person ?? null }
    })
    const heads = new Map<SpaceId, number>()
    for (const one of incoming) {
      const result = await applyChanges(trx, [one], { person: one.person, roleIn: () => 'server' }, now)
      const refused = result.outcomes.find(({ reason }) => reason)
      if (refused) throw new Error(`server change refused: ${refused.reason!.code} in ${refused.mutation.collection}`)
      for (const [space, head] of result.heads) heads.set(space, head)
    }
    return heads
  })
  for (const [space, head] of heads) port.pokes.publish(space, head)
}
