/** Signing in with a municipal identity, against a small provider of our own that does what the standard says. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SessionView } from '../../src/domain/session.ts'
import { engines } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

type Claims = Record<string, unknown> & { sub: string }

let provider: Server
let issuer: string
/** Who signs in at the provider next. */
let claims: Claims
/** What the provider spoils in its next token. */
let fault: 'none' | 'other-key' | 'other-audience' | 'no-nonce' = 'none'
const granted = new Map<string, { nonce: string | null; challenge: string | null }>()
const seen: URLSearchParams[] = []

beforeAll(async () => {
  const [{ publicKey, privateKey }, other] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })]
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }
  provider = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url!, issuer)
      const answer = (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
      if (url.pathname.endsWith('openid-configuration'))
        return answer({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/me`, jwks_uri: `${issuer}/keys`, id_token_signing_alg_values_supported: ['RS256'] })
      if (url.pathname === '/keys') return answer({ keys: [jwk] })
      if (url.pathname === '/token') {
        let body = ''
        for await (const chunk of request) body += chunk
        const form = new URLSearchParams(body)
        seen.push(form)
        const grant = granted.get(form.get('code')!)
        if (!grant) return response.writeHead(400).end('{"error":"invalid_grant"}')
        granted.delete(form.get('code')!)
        const now = Math.floor(Date.now() / 1000)
        const token = jwt(
          { ...claims, ...(fault === 'no-nonce' ? {} : { nonce: grant.nonce }), iss: issuer, aud: fault === 'other-audience' ? 'another-app' : 'opstap', iat: now, exp: now + 300 },
          fault === 'other-key' ? other.privateKey : privateKey,
        )
        return answer({ access_token: 'a', token_type: 'Bearer', expires_in: 300, id_token: token })
      }
      if (url.pathname === '/me') return answer(claims)
      response.writeHead(404).end()
    })()
  })
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
})
afterAll(() => provider.close())

function jwt(payload: object, key: KeyObject): string {
  const [head, body] = [{ alg: 'RS256', kid: 'one', typ: 'JWT' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return `${head}.${body}.${sign('sha256', Buffer.from(`${head}.${body}`), key).toString('base64url')}`
}

let server: TestServer
afterEach(async () => {
  fault = 'none'
  await server.close()
})

const env = () => ({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'opstap', OIDC_CLIENT_SECRET: 'secret-of-opstap' })

/** The whole round: away to the provider, back with a code. Returns where the person ends up, and the device. */
async function signInAtMunicipality(whom: Claims) {
  claims = whom
  const device = server.device()
  const away = await device.request('/api/sign-in/gemeente')
  expect(away.status).toBe(302)
  const asked = new URL(away.headers.get('location')!)
  expect(`${asked.origin}${asked.pathname}`).toBe(`${issuer}/auth`)
  expect(asked.searchParams.get('redirect_uri')).toBe('http://localhost:3000/api/auth/callback/gemeente')
  expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
  const code = `code-${Math.random()}`
  granted.set(code, { nonce: asked.searchParams.get('nonce'), challenge: asked.searchParams.get('code_challenge') })
  const back = await device.request(`/api/auth/callback/gemeente?code=${code}&state=${encodeURIComponent(asked.searchParams.get('state')!)}`)
  const session = await device.request('/api/session')
  return { device, asked, location: back.headers.get('location'), status: session.status, view: (await session.json()) as SessionView }
}

const an: Claims = { sub: 'an-1', email: 'an@damme.example', email_verified: true, name: 'An Maes', vo_orgcode: 'OVO002039' }

describe.each(engines)('a municipal identity on $name', (engine) => {
  test('signs in, and brings its owner into the team of the organisation in the claim', async () => {
    server = await startTestServer({ engine, env: env() })
    expect(await (await server.request('/api/sign-in')).json()).toEqual({ ways: ['code', 'gemeente'] })
    const { location, view } = await signInAtMunicipality(an)
    expect(location).toBe('http://localhost:3000/account')
    expect(view).toMatchObject({ person: { email: 'an@damme.example', name: 'An Maes' }, teams: [{ nis: '31006', role: 'lead' }] })
    const again = await signInAtMunicipality(an)
    expect(again.view).toEqual(view)
    const bo = await signInAtMunicipality({ ...an, sub: 'bo-1', email: 'bo@damme.example', vo_orgcode: 'ovo002039' })
    expect(bo.view.teams).toMatchObject([{ nis: '31006', role: 'member' }])
  })

  test('of someone who changed employer opens the new team as well', async () => {
    server = await startTestServer({ engine, env: env() })
    await signInAtMunicipality(an)
    const { view } = await signInAtMunicipality({ ...an, vo_orgcode: 'OVO002294' })
    expect(view.teams.map(({ nis }) => nis).toSorted()).toEqual(['31006', '31042'])
  })

  test('belongs to the account with the same address that signed in by code before', async () => {
    server = await startTestServer({ engine, env: env() })
    const { session } = await server.signIn('an@damme.example')
    expect((await signInAtMunicipality(an)).view.person.id).toBe(session.person.id)
  })
})

describe('a municipal identity', () => {
  test('without an organisation, or with one that is no municipality, opens no team', async () => {
    server = await startTestServer({ env: env() })
    for (const [i, vo_orgcode] of [undefined, 'OVO999999', 'damme.example', ['OVO002039'], ''].entries())
      expect((await signInAtMunicipality({ ...an, sub: `s${i}`, email: `p${i}@damme.example`, vo_orgcode })).view.teams).toEqual([])
  })

  test('whose address nobody vouches for does not get the account, the role of admin, or a session as them', async () => {
    server = await startTestServer({ env: { ...env(), ADMIN_EMAILS: 'chef@vvsg.example' } })
    const { session } = await server.signIn('an@damme.example')
    const thief = await signInAtMunicipality({ ...an, sub: 'thief', email_verified: false, vo_orgcode: 'OVO002294' })
    expect(thief.location).toContain('http://localhost:3000/aanmelden?fout=gemeente')
    expect(thief.status).toBe(401)
    expect(await server.db.selectFrom('member').selectAll().where('userId', '=', session.person.id).execute()).toEqual([])
    const admin = await signInAtMunicipality({ ...an, sub: 'thief-2', email: 'chef@vvsg.example', email_verified: false })
    expect(admin.view.roles ?? []).not.toContain('admin')
  })

  test.each(['other-key', 'other-audience', 'no-nonce'] as const)('in a token with the fault %s is refused', async (kind) => {
    server = await startTestServer({ env: env() })
    fault = kind
    const { status, location } = await signInAtMunicipality(an)
    expect(status).toBe(401)
    expect(location).toContain('fout=gemeente')
    expect(await server.db.selectFrom('user').selectAll().execute()).toEqual([])
  })

  test('sends its secret to the provider only, and its code is bound to the device that asked', async () => {
    server = await startTestServer({ env: env() })
    const { asked } = await signInAtMunicipality(an)
    expect(asked.href).not.toContain('secret-of-opstap')
    expect(seen.at(-1)!.get('code_verifier')).toBeTruthy()
    claims = an
    granted.set('stolen', { nonce: null, challenge: null })
    const other = server.device()
    const answer = await other.request(`/api/auth/callback/gemeente?code=stolen&state=${encodeURIComponent(asked.searchParams.get('state')!)}`)
    expect(answer.status).toBe(302)
    expect((await other.request('/api/session')).status).toBe(401)
  })

  test('is not offered where it is not configured', async () => {
    server = await startTestServer()
    expect(await (await server.request('/api/sign-in')).json()).toEqual({ ways: ['code'] })
    expect((await server.request('/api/sign-in/gemeente')).status).toBe(404)
    expect((await server.request('/api/auth/callback/gemeente?code=x&state=y')).status).toBe(404)
  })
})
