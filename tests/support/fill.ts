/** Rows that are on a server before a measurement begins: as if a device had sent them, with history and all, but without its requests. */
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { SCHEMA_VERSION } from '../../src/domain/collections.ts'
import { stampOf } from '../../src/domain/clock.ts'
import type { ClientId, MutationId, SpaceId } from '../../src/domain/ids.ts'
import type { Tables } from '../../src/server/db/tables.ts'
import { applyChanges, type Incoming } from '../../src/server/sync/apply.ts'
import type { Pokes } from '../../src/server/sync/pokes.ts'

export type Filling = { collection: string; row: string; set: Record<string, unknown> }

const FILLER = 'benchfill0' as ClientId
/** Changes in one transaction. */
const BATCH = 500

let filled = 0

export async function fillSpace({ db, pokes }: { db: Kysely<Tables>; pokes: Pokes }, space: SpaceId, changes: readonly Filling[]): Promise<void> {
  const now = Date.now()
  for (let from = 0; from < changes.length; from += BATCH) {
    const incoming = changes.slice(from, from + BATCH).map((change, i): Incoming => {
      const id = uuidv7() as MutationId
      const hlc = stampOf({ ms: now - 3_600_000 + from + i, counter: 0 }, FILLER)
      filled += 1
      const mutation = { id, client: FILLER, n: filled, schema: SCHEMA_VERSION, at: now, hlc, space, base: {}, ...change }
      return { mutation, logId: id, n: filled, hlc, shifted: false }
    })
    const { outcomes, heads } = await db.transaction().execute((trx) => applyChanges(trx, incoming, { person: null, roleIn: () => 'member' }, now))
    const refused = outcomes.find(({ status }) => status !== 'applied')
    if (refused) throw new Error(`a row to start with was ${refused.status}: ${refused.reason?.code}`)
    for (const [changed, head] of heads) pokes.publish(changed, head)
  }
}
