/** The roles of VVSG's own people, over all teams. */
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** Makes someone admin whose proven address is one of ADMIN_EMAILS. */
export async function grantAdmin(db: Kysely<Tables>, adminEmails: readonly string[], person: string): Promise<void> {
  if (adminEmails.length === 0) return
  const account = await db.selectFrom('user').select(['email', 'emailVerified']).where('id', '=', person).executeTakeFirst()
  if (!account?.emailVerified || !adminEmails.includes(account.email.toLowerCase())) return
  await db
    .insertInto('person_role')
    .values({ person, role: 'admin' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
