import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { engines } from '../support/database.ts'
import { productionEnv, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
const START = Date.UTC(2026, 10, 21, 9)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START })
})
afterEach(async () => {
  await server.close()
  vi.useRealTimers()
})

const later = (ms: number) => vi.setSystemTime(Date.now() + ms)
const email = 'an@damme.example'

describe.each(engines)('signing in on $name', (engine) => {
  beforeEach(async () => {
    server = await startTestServer({ engine })
  })

  const askCode = async () => {
    const answer = await server.device().post('/api/sign-in/code', { email })
    await server.port.postbox.empty()
    return answer
  }
  const tryCode = async (code: string | undefined) => {
    const answer = await server.device().post('/api/sign-in', { email, code })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, cookies: answer.headers.getSetCookie() }
  }
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

  test('gives a session for the mailed code, in a cookie that scripts cannot read', async () => {
    await askCode()
    const { status, body, cookies } = await tryCode(server.codeFor(email))
    expect(status).toBe(200)
    expect(body).toMatchObject({ person: { email }, roles: [], teams: [], requests: [] })
    expect(cookies.some((cookie) => /^opstap\.session_token=.+; .*HttpOnly; SameSite=Lax/i.test(cookie))).toBe(true)
    expect(cookies.every((cookie) => /HttpOnly/i.test(cookie))).toBe(true)
  })

  test('takes a code once', async () => {
    await askCode()
    const code = server.codeFor(email)
    expect((await tryCode(code)).status).toBe(200)
    expect(await tryCode(code)).toMatchObject({ status: 400, body: { code: 'code_expired' } })
  })

  test('takes a code during ten minutes and not longer', async () => {
    await askCode()
    later(599_000)
    expect((await tryCode(server.codeFor(email))).status).toBe(200)
    await askCode()
    later(601_000)
    expect(await tryCode(server.codeFor(email))).toMatchObject({ status: 400, body: { code: 'code_expired' } })
  })

  test('takes the right code as the fifth try but not as the sixth', async () => {
    await askCode()
    const first = server.codeFor(email)!
    for (let i = 0; i < 4; i++) expect(await tryCode(wrong(first))).toMatchObject({ status: 400, body: { code: 'code_wrong' } })
    expect((await tryCode(first)).status).toBe(200)
    await askCode()
    const second = server.codeFor(email)!
    for (let i = 0; i < 5; i++) expect(await tryCode(wrong(second))).toMatchObject({ status: 400, body: { code: 'code_wrong' } })
    expect(await tryCode(second)).toMatchObject({ status: 400, body: { code: 'code_expired' } })
    expect(await tryCode(second)).toMatchObject({ status: 400, body: { code: 'code_expired' } })
  })

  test('lets only the newest code count', async () => {
    await askCode()
    const older = server.codeFor(email)!
    await askCode()
    const newer = server.codeFor(email)!
    if (older !== newer) expect((await tryCode(older)).status).toBe(400)
    expect((await tryCode(newer)).status).toBe(200)
  })

  test('keeps no code in the database that can be read or guessed', async () => {
    await askCode()
    const code = server.codeFor(email)!
    const rows = await server.db.selectFrom('verification').selectAll().execute()
    expect(rows).toHaveLength(1)
    const { createHash } = await import('node:crypto')
    const hashes = (['hex', 'base64', 'base64url'] as const).map((form) => createHash('sha256').update(code).digest(form))
    for (const secret of [code, ...hashes]) expect(JSON.stringify(rows)).not.toContain(secret)
  })

  test('answers the same for an address with and without an account', async () => {
    const shape = async (address: string) => {
      const answer = await server.device().post('/api/sign-in/code', { email: address })
      const { code: _shown, ...body } = (await answer.json()) as Record<string, unknown>
      return { status: answer.status, body, headers: [...answer.headers.keys()] }
    }
    await server.signIn('known@damme.example')
    expect(await shape('known@damme.example')).toEqual(await shape('unknown@damme.example'))
    const refusal = async (address: string) => (await server.device().post('/api/sign-in', { email: address, code: '000000' })).json()
    expect(await refusal('other-known@damme.example')).toEqual(await refusal('other-unknown@damme.example'))
  })

  test('treats an address the same in capitals and with spaces around it', async () => {
    const { session } = await server.signIn(email)
    await server.device().post('/api/sign-in/code', { email: ` ${email.toUpperCase()} ` })
    await server.port.postbox.empty()
    const again = await server.device().post('/api/sign-in', { email: email.toUpperCase(), code: server.codeFor(email) })
    expect(((await again.json()) as typeof session).person.id).toBe(session.person.id)
  })

  test('mails at most five codes to an address in a quarter of an hour', async () => {
    for (let i = 0; i < 5; i++) expect((await askCode()).status).toBe(200)
    const sixth = await askCode()
    expect(sixth.status).toBe(429)
    expect(await sixth.json()).toMatchObject({ code: 'too_many' })
    expect(server.letters).toHaveLength(5)
    later(900_001)
    expect((await askCode()).status).toBe(200)
  })

  test('limits the codes asked from one network address, whatever the e-mail addresses', async () => {
    const from = (ip: string, i: number) =>
      server.device().post('/api/sign-in/code', { email: `p${i}@damme.example` }, { headers: { 'x-forwarded-for': ip, 'content-type': 'application/json' } })
    const statuses = new Set<number>()
    for (let i = 0; i < 60; i++) statuses.add((await from('203.0.113.7', i)).status)
    expect([...statuses]).toEqual([200])
    expect((await from('203.0.113.7', 60)).status).toBe(429)
    expect((await from('203.0.113.8', 61)).status).toBe(200)
  })

  test('ends at sign-out, for this device only', async () => {
    const one = await server.signIn(email)
    const other = await server.signIn(email)
    const kept = new Map(one.jar)
    expect((await one.request('/api/sign-out', { method: 'POST' })).status).toBe(200)
    expect((await one.request('/api/session')).status).toBe(401)
    expect((await other.request('/api/session')).status).toBe(200)
    // The cookie itself is dead too, once the signed copy of the session is past its five minutes.
    later(301_000)
    const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
    expect((await server.request('/api/session', { cookie })).status).toBe(401)
  })

  test('lasts for a person who is offline for 80 days, not for one who is away for 100', async () => {
    const here = await server.signIn(email)
    later(80 * 86_400_000)
    expect((await here.request('/api/session')).status).toBe(200)
    later(100 * 86_400_000)
    const gone = await here.request('/api/session')
    expect(gone.status).toBe(401)
    expect(await gone.json()).toMatchObject({ code: 'sign_in_needed' })
  })

  test('refuses a cookie that somebody made up or changed', async () => {
    const { jar } = await server.signIn(email)
    const token = jar.get('opstap.session_token')!
    for (const forged of [`${token}x`, `x${token}`, 'x.y', ''])
      expect((await server.request('/api/session', { cookie: `opstap.session_token=${forged}` })).status).toBe(401)
  })

  test('an account that is gone has no session', async () => {
    const here = await server.signIn(email)
    await server.db.deleteFrom('user').where('id', '=', here.session.person.id).execute()
    expect((await here.request('/api/session')).status).toBe(401)
  })
})

describe('the code in the answer', () => {
  const shown = async (env: Record<string, string>, headers: Record<string, string> = {}) => {
    server = await startTestServer({ env })
    const answer = await server.device().post('/api/sign-in/code', { email }, { headers: { 'content-type': 'application/json', ...headers } })
    expect(answer.status).toBe(200)
    await server.port.postbox.empty()
    return { ...((await answer.json()) as { code?: string }), mailed: server.codeFor(email) }
  }

  test('is there on the developer’s own computer', async () => {
    const { code, mailed } = await shown({})
    expect(code).toMatch(/^\d{6}$/)
    expect(code).toBe(mailed)
  })
  test('is not there in production, also when bound to loopback', async () => {
    expect((await shown({ ...productionEnv, HOST: '127.0.0.1' })).code).toBeUndefined()
  })
  test('is not there when others on the network can reach the server', async () => {
    expect((await shown({ HOST: '0.0.0.0' })).code).toBeUndefined()
  })
  test('is not there under a foreign name that points at this computer', async () => {
    expect((await shown({}, { host: 'attacker.example:3000' })).code).toBeUndefined()
  })
})

describe('in production', () => {
  test('the cookie travels only over https, and the mail holds the code in its subject, text and html', async () => {
    server = await startTestServer({ env: productionEnv })
    const here = server.device()
    await here.post('/api/sign-in/code', { email })
    await server.port.postbox.empty()
    const answer = await here.post('/api/sign-in', { email, code: server.codeFor(email) })
    const cookie = answer.headers.getSetCookie().find((line) => line.includes('session_token='))!
    expect(cookie).toMatch(/^__Secure-opstap\.session_token=.+; Secure/i)
    const [letter] = server.letters
    const code = server.codeFor(email)!
    for (const part of [letter!.subject, letter!.text, letter!.html]) expect(part).toContain(code)
    expect(letter!.html).toContain('lang="nl-BE"')
  })

  test('ADMIN_EMAILS are admins once they signed in, nobody else is', async () => {
    server = await startTestServer({ env: { ...productionEnv, ADMIN_EMAILS: 'Chef@VVSG.example, other@vvsg.example' } })
    expect((await server.signIn('chef@vvsg.example')).session.roles).toEqual(['admin'])
    expect((await server.signIn(email)).session.roles).toEqual([])
  })
})
