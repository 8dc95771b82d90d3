/** The environment, read once into a value. Nothing else in the server looks at environment variables. */
import * as z from 'zod/mini'

export type Oidc = {
  issuer: string
  clientId: string
  clientSecret: string
  /** The claim that holds the OVO code of the organisation someone works for. */
  organisationClaim: string
}

export type Config = {
  production: boolean
  port: number
  /** What to bind to; `localhost` means both loopback addresses. */
  host: string
  /** Only reachable from this computer. */
  loopback: boolean
  dataDir: string
  /** The built client, with the content pack in it; null: beside the server, in `dist/client`. */
  clientDir: string | null
  /** null: the embedded database in `dataDir`. */
  databaseUrl: string | null
  /** Where people reach the app, an origin without a path. */
  publicUrl: string
  smtpUrl: string | null
  /** null: outside production, made once and kept in `dataDir`. */
  secret: string | null
  /** Lower case. */
  adminEmails: readonly string[]
  /** The people of the helpdesk; lower case. */
  deskEmails: readonly string[]
  oidc: Oidc | null
}

/**
 * Why a start or a command cannot go on: a Dutch sentence without its full stop, that follows
 * `Opstap start niet: `; never with a password in it.
 */
export class StartProblem extends Error {}

/** The claim of the Flemish identity provider (ACM/IDM) with the OVO code of the organisation. */
const DEFAULT_ORGANISATION_CLAIM = 'vo_orgcode'

const Origin = z.url({ protocol: /^https?$/ })
const Emails = z.string().check(z.refine((text) => emailsIn(text).every((email) => z.safeParse(z.email(), email).success)))
const rules = {
  PORT: [z.string().check(z.regex(/^\d{1,5}$/), z.refine((text) => Number(text) <= 65_535)), 'een poortnummer van 0 tot 65535'],
  PUBLIC_URL: [Origin.check(z.refine((text) => URL.canParse(text) && new URL(text).pathname === '/')), 'een webadres zonder pad, zoals https://opstap.example.be'],
  DATABASE_URL: [z.url({ protocol: /^postgres(ql)?$/ }), 'een adres zoals postgresql://gebruiker:wachtwoord@server:5432/opstap'],
  SMTP_URL: [z.url({ protocol: /^smtps?$/ }), 'een adres zoals smtps://gebruiker:wachtwoord@server:465'],
  SECRET: [z.string().check(z.minLength(32)), 'minstens 32 tekens'],
  ADMIN_EMAILS: [Emails, 'e-mailadressen met komma’s ertussen'],
  DESK_EMAILS: [Emails, 'e-mailadressen met komma’s ertussen'],
  OIDC_ISSUER: [Origin, 'een webadres'],
} as const satisfies Record<string, readonly [z.core.$ZodType<string>, string]>

type Environment = Record<string, string | undefined>

/** Throws a StartProblem that names every variable that is missing or wrong. */
export function readConfig(env: Environment): Config {
  const value = (name: string) => env[name]?.trim() || null
  for (const [name, [schema, wanted]] of Object.entries(rules)) {
    const text = value(name)
    if (text !== null && !z.safeParse(schema, text).success) throw new StartProblem(`${name} moet ${wanted} zijn`)
  }
  const production = value('NODE_ENV') === 'production'
  if (production) demand(['SECRET', 'PUBLIC_URL', 'SMTP_URL'], value, 'in productie moet je')
  if (value('OIDC_ISSUER')) demand(['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'], value, 'met OIDC_ISSUER moet je ook')
  const port = Number(value('PORT') ?? 3000)
  const host = value('HOST') ?? (production ? '0.0.0.0' : 'localhost')
  return {
    production,
    port,
    host,
    loopback: isLoopback(host),
    dataDir: value('DATA_DIR') ?? '.data',
    clientDir: value('CLIENT_DIR'),
    databaseUrl: value('DATABASE_URL'),
    publicUrl: new URL(value('PUBLIC_URL') ?? `http://localhost:${port}`).origin,
    smtpUrl: value('SMTP_URL'),
    secret: value('SECRET'),
    adminEmails: emailsIn(value('ADMIN_EMAILS') ?? ''),
    deskEmails: emailsIn(value('DESK_EMAILS') ?? ''),
    oidc: oidcOf(value),
  }
}

function demand(names: string[], value: (name: string) => string | null, when: string): void {
  const missing = names.filter((name) => value(name) === null)
  if (missing.length > 0) throw new StartProblem(`${when} ${listed(missing)} instellen`)
}

const listed = (names: string[]) => [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' en ')

const emailsIn = (text: string) =>
  text
    .split(',')
    .map((email) => email.trim().toLowerCase())
    .filter(Boolean)

export const isLoopback = (host: string): boolean => ['localhost', '::1', '[::1]'].includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host)

function oidcOf(value: (name: string) => string | null): Oidc | null {
  const issuer = value('OIDC_ISSUER')
  if (!issuer) return null
  return {
    issuer: issuer.replace(/\/$/, ''),
    clientId: value('OIDC_CLIENT_ID')!,
    clientSecret: value('OIDC_CLIENT_SECRET')!,
    organisationClaim: value('OIDC_ORGANISATION_CLAIM') ?? DEFAULT_ORGANISATION_CLAIM,
  }
}
