/** better-auth, set up for this product: e-mail codes, teams as organizations, and a municipal identity where configured. */
import { createHmac } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { emailOTP, genericOAuth, organization, type GenericOAuthConfig } from 'better-auth/plugins'
import { createAccessControl } from 'better-auth/plugins/access'
import type { Kysely } from 'kysely'
import type { Config, Oidc } from '../config.ts'
import type { Tables } from '../db/tables.ts'
import type { Log } from '../http/log.ts'

export const CODE_SECONDS = 600
export const CODE_TRIES = 5
/** People work offline for weeks: a session lives long and is renewed by use. */
const SESSION_SECONDS = 90 * 24 * 3600
const SESSION_RENEWED_AFTER_SECONDS = 24 * 3600
/** How long a signed cookie stands for the session in the database; a session ended elsewhere lives on for at most this. */
const COOKIE_CACHE_SECONDS = 300
export const INVITATION_SECONDS = 14 * 24 * 3600
export const OIDC_PROVIDER = 'gemeente'

export type AuthPort = {
  db: Kysely<Tables>
  config: Pick<Config, 'publicUrl' | 'production' | 'oidc'> & { secret: string }
  log: Log
  sendCode(email: string, code: string): void
  /** Someone got a session; runs before the answer goes out. */
  signedIn(person: string): Promise<void>
  /** Someone signed in with a municipal identity that names this organisation (OVO code). */
  worksFor(person: string, organisation: string): Promise<void>
}

const access = createAccessControl({ organization: [], member: ['create', 'update', 'delete'], invitation: ['create', 'cancel'], team: [], ac: [] } as const)
const roles = {
  lead: access.newRole({ member: ['create', 'update', 'delete'], invitation: ['create', 'cancel'] }),
  member: access.newRole({}),
}

export function createAuth({ db, config, log, sendCode, signedIn, worksFor }: AuthPort) {
  const claims = new Map<string, string>()
  const claimed = async (account: { accountId?: string; userId?: string; providerId?: string }) => {
    const organisation = account.providerId === OIDC_PROVIDER && account.accountId ? claims.get(account.accountId) : undefined
    if (!organisation || !account.userId) return
    claims.delete(account.accountId!)
    await worksFor(account.userId, organisation)
  }
  return betterAuth({
    appName: 'Opstap',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: config.secret,
    database: { db, type: 'postgres' },
    trustedOrigins: [config.publicUrl],
    session: {
      expiresIn: SESSION_SECONDS,
      updateAge: SESSION_RENEWED_AFTER_SECONDS,
      cookieCache: { enabled: true, maxAge: COOKIE_CACHE_SECONDS },
    },
    advanced: {
      cookiePrefix: 'opstap',
      useSecureCookies: config.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      database: { validateSchema: false },
      // Addresses are kept nowhere: our own limits count them without storing them with a person.
      ipAddress: { disableIpTracking: true },
    },
    // A municipal identity signs in to the account with the same address only when its provider vouches for that address.
    account: { accountLinking: { enabled: true, trustedProviders: [] } },
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 60 },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => log[level === 'error' ? 'error' : 'warn']('auth', { message }) },
    databaseHooks: {
      session: { create: { after: (session) => signedIn(session.userId) } },
      account: { create: { after: claimed }, update: { after: claimed } },
    },
    plugins: [
      emailOTP({
        expiresIn: CODE_SECONDS,
        allowedAttempts: CODE_TRIES,
        // With the secret in it: six digits alone are guessed from their hash in a second.
        storeOTP: { hash: async (code) => createHmac('sha256', config.secret).update(code).digest('base64url') },
        sendVerificationOTP: async ({ email, otp }) => sendCode(email, otp),
      }),
      organization({
        ac: access,
        roles,
        creatorRole: 'lead',
        // Teams come about by joining a municipality, never by naming one.
        allowUserToCreateOrganization: false,
        invitationExpiresIn: INVITATION_SECONDS,
        cancelPendingInvitationsOnReInvite: true,
        requireEmailVerificationOnInvitation: true,
      }),
      ...(config.oidc ? [genericOAuth({ config: [municipalIdentity(config.oidc, claims)] })] : []),
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>

/** `claims` holds the organisation of a subject from the reading of the identity until its account is stored, in one request. */
function municipalIdentity(oidc: Oidc, claims: Map<string, string>): GenericOAuthConfig {
  return {
    providerId: OIDC_PROVIDER,
    discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    scopes: ['openid', 'profile', 'email', 'vo'],
    mapProfileToUser(profile) {
      const code = profile[oidc.organisationClaim]
      if (profile.sub != null && typeof code === 'string') claims.set(String(profile.sub), code)
      return {}
    },
  }
}
