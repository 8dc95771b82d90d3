import { expect, test } from 'vitest'
import { readConfig, StartProblem } from '../../src/server/config.ts'
import { productionEnv } from '../support/server.ts'

test('without any variable it is a developer’s own computer', () => {
  expect(readConfig({})).toEqual({
    production: false, port: 3000, host: 'localhost', loopback: true, dataDir: '.data', clientDir: null, databaseUrl: null,
    publicUrl: 'http://localhost:3000', smtpUrl: null, secret: null, adminEmails: [], deskEmails: [], oidc: null,
  })
})

test('in production everybody can reach it', () => {
  expect(readConfig({ ...productionEnv, PORT: '8080' })).toMatchObject({ production: true, port: 8080, host: '0.0.0.0', loopback: false, publicUrl: 'https://opstap.example' })
})

test('every variable is read', () => {
  const env = {
    ...productionEnv, HOST: '127.0.0.1', DATA_DIR: '/srv/opstap', DATABASE_URL: 'postgresql://u:p@db:5432/opstap', CLIENT_DIR: '/srv/client',
    ADMIN_EMAILS: ' An@X.example, bo@x.example ,', DESK_EMAILS: 'Noor@x.example', OIDC_ISSUER: 'https://id.example/op/', OIDC_CLIENT_ID: 'opstap', OIDC_CLIENT_SECRET: 's', PUBLIC_URL: 'https://opstap.example/',
  }
  expect(readConfig(env)).toMatchObject({
    loopback: true, dataDir: '/srv/opstap', databaseUrl: env.DATABASE_URL, clientDir: '/srv/client', adminEmails: ['an@x.example', 'bo@x.example'], deskEmails: ['noor@x.example'], publicUrl: 'https://opstap.example',
    oidc: { issuer: 'https://id.example/op', clientId: 'opstap', clientSecret: 's', organisationClaim: 'vo_orgcode' },
  })
  expect(readConfig({ ...env, OIDC_ORGANISATION_CLAIM: 'org' }).oidc?.organisationClaim).toBe('org')
})

test.each([
  [{ PORT: 'abc' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ PORT: '-1' }, 'PORT'],
  [{ PORT: '80.5' }, 'PORT'],
  [{ PUBLIC_URL: 'my-town.example' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'https://my-town.example/app' }, 'PUBLIC_URL'],
  [{ DATABASE_URL: 'mysql://u:p@db/opstap' }, 'DATABASE_URL'],
  [{ SMTP_URL: 'mail.example' }, 'SMTP_URL'],
  [{ SECRET: 'short' }, 'SECRET'],
  [{ ADMIN_EMAILS: 'an@x.example, bo' }, 'ADMIN_EMAILS'],
  [{ DESK_EMAILS: 'noor' }, 'DESK_EMAILS'],
  [{ OIDC_ISSUER: 'https://id.example' }, 'OIDC_CLIENT_ID en OIDC_CLIENT_SECRET'],
  [{ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'x' }, 'OIDC_CLIENT_SECRET'],
  [{ NODE_ENV: 'production' }, 'SECRET, PUBLIC_URL en SMTP_URL'],
  [{ ...productionEnv, SMTP_URL: '  ' }, 'SMTP_URL'],
] as [Record<string, string>, string][])('%j is refused in one line that names %s, never its value', (env, name) => {
  const read = () => readConfig(env)
  expect(read).toThrow(StartProblem)
  expect(read).toThrow(name)
  try {
    read()
  } catch (error) {
    const { message } = error as Error
    expect(message).not.toContain('\n')
    for (const value of Object.values(env)) if (value.trim().length > 4 && value !== 'production') expect(message).not.toContain(value)
  }
})
