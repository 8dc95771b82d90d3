/** Removes what is no longer needed: nothing about a person is kept longer than its use. */
import { sql, type Kysely } from 'kysely'
import type { SpaceId } from '../../domain/ids.ts'
import type { Tables } from '../db/tables.ts'
import { eraseSpace } from './own-account.ts'

const DAY_MS = 86_400_000
/** How long an answered request or invitation can still be looked up. */
const ANSWERED_MS = 365 * DAY_MS

/** Expired sessions and codes, counters of attempts (they hold a network address) after a day, old requests, invitations and mails about labs. */
export async function forget(db: Kysely<Tables>, now: number): Promise<void> {
  await db.deleteFrom('session').where('expiresAt', '<', new Date(now)).execute()
  await db.deleteFrom('verification').where('expiresAt', '<', new Date(now)).execute()
  await db.deleteFrom('attempt').where('since', '<', now - DAY_MS).execute()
  await db.deleteFrom('join_request').where('decided_at', '<', now - ANSWERED_MS).execute()
  await db.deleteFrom('invitation').where('expiresAt', '<', new Date(now - ANSWERED_MS)).execute()
  await db.deleteFrom('lab_mail').where('made_at', '<', now - ANSWERED_MS).execute()
  // That feedback was told is kept with the feedback: without it, it would be told again.
  await db.deleteFrom('lab_notice').where('kind', '=', 'date').where('found_at', '<', now - ANSWERED_MS).execute()
  await forgetAbandoned(db)
}

/** Own spaces of accounts that are gone: a change that was under way while the account was deleted makes one again. */
async function forgetAbandoned(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ id: SpaceId }>`
    select id from sync_space where id like 'person:%' and not exists (select from "user" where "user".id = substr(sync_space.id, 8))`.execute(db)
  for (const { id } of rows) await db.transaction().execute((trx) => eraseSpace(trx, id))
}
