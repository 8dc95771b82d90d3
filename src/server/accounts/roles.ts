/** The roles of VVSG's own people, over all teams. */
import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { Tables } from '../db/tables.ts'

/** Gives someone the roles for which the settings name their proven address. */
export async function grantRoles(db: Kysely<Tables>, { adminEmails, deskEmails }: Pick<Config, 'adminEmails' | 'deskEmails'>, person: string): Promise<void> {
  if (adminEmails.length + deskEmails.length === 0) return
  const account = await db.selectFrom('user').select(['email', 'emailVerified']).where('id', '=', person).executeTakeFirst()
  if (!account?.emailVerified) return
  const named = { admin: adminEmails, desk: deskEmails }
  const roles = (['admin', 'desk'] as const).filter((role) => named[role].includes(account.email.toLowerCase()))
  if (roles.length === 0) return
  await db
    .insertInto('person_role')
    .values(roles.map((role) => ({ person, role })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
