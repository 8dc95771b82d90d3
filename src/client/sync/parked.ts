/** What a person can do with a change that the server kept but could not apply (SYNC, rule 5). */
import { v7 as uuidv7 } from 'uuid'
import { roleIn } from '../../domain/access.ts'
import type { MutationId, SpaceId } from '../../domain/ids.ts'
import type { SessionView } from '../../domain/session.ts'
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'
import type { Environment } from './environment.ts'
import { authorOf } from './identity.ts'
import { nextNumber } from './mutate.ts'
import { layAgain } from './overlay.ts'
import { withText } from './text-tools.ts'

/** `noAccess`: the person who is signed in may not write in that space (any more). `gone`: another tab was first. */
export type Retried = 'waiting' | 'noAccess' | 'gone'

/**
 * Offers a parked change again, under a new id, since the server answers a known id as it did before. The time of writing
 * stays: a later change of someone else is not overwritten by an old one that comes late.
 */
export async function retryParked(db: OpstapDatabase, env: Pick<Environment, 'now' | 'random'>, id: MutationId): Promise<Retried> {
  return withText((text) =>
    db.transaction('rw', db.rows, db.outbox, db.meta, async (): Promise<Retried> => {
      const parked = await db.outbox.get(id)
      if (parked?.state !== 'parked') return 'gone'
      const session = await db.read('session')
      if (parked.author !== authorOf(session) || !mayWriteIn(parked.space, session)) return 'noAccess'
      const { reason: _reason, ...kept } = parked
      const again: OutboxEntry = {
        ...kept,
        id: uuidv7({ random: env.random(16), msecs: env.now() }) as MutationId,
        client: (await db.read('client')) ?? parked.client,
        n: await nextNumber(db),
        state: 'waiting',
      }
      await db.outbox.delete(id)
      await db.outbox.add(again)
      await layAgain(db, again, text.merge)
      return 'waiting'
    }),
  )
}

export const mayWriteIn = (space: SpaceId, session: SessionView | undefined): boolean => session !== undefined && roleIn(space, session) !== null
