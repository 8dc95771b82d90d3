/** Sessions without the mail in between, for benches with more people than the limits on sign-in allow. */
import { createHmac, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../../src/server/db/tables.ts'

const LIFETIME_MS = 30 * 24 * 3_600_000

/** The cookie of a new session, signed as better-auth signs it. */
export async function giveSession(db: Kysely<Tables>, secret: string, person: string): Promise<{ name: string; value: string }> {
  const [session] = sessionsFor([person], secret)
  await db.insertInto('session').values(session!.row).execute()
  return session!.cookie
}

/** Rows to insert, and their cookies. */
export function sessionsFor(persons: readonly string[], secret: string) {
  return persons.map((userId) => {
    const token = randomBytes(24).toString('base64url')
    const signature = createHmac('sha256', secret).update(token).digest('base64')
    const now = new Date()
    return {
      row: { id: `session-${token}`, token, userId, expiresAt: new Date(now.getTime() + LIFETIME_MS), updatedAt: now, ipAddress: null, userAgent: null, activeOrganizationId: null },
      cookie: { name: 'opstap.session_token', value: encodeURIComponent(`${token}.${signature}`) },
    }
  })
}
