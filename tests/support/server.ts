/** The real server in process, around a test's database: everything but the socket and the mail server. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SessionView } from '../../src/domain/session.ts'
import type { Letter } from '../../src/server/accounts/mail.ts'
import { municipalitiesOf } from '../../src/server/accounts/municipalities.ts'
import { createApp } from '../../src/server/app.ts'
import { compose } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/config.ts'
import type { LabContent } from '../../src/server/content.ts'
import { createLog } from '../../src/server/http/log.ts'
import type { TestDatabase, TestEngine } from './database.ts'
import { engines } from './database.ts'

export const testMunicipalities = municipalitiesOf([
  { nis: '31006', name: 'Damme', ovo: 'OVO002039' },
  { nis: '31042', name: 'Zuienkerke', ovo: 'OVO002294' },
  { nis: '31004', name: 'Blankenberge', ovo: 'OVO002022' },
])

/** Of the labs that are built in, one session and three assignments. */
export const testLabContent: LabContent = {
  templates: new Map([
    [
      'leerlabo-genderbeleid',
      {
        id: 'leerlabo-genderbeleid',
        title: 'Leerlabo lokaal genderbeleid',
        sessions: [
          { id: 'start', title: 'Waar staan we?', phase: 'insight', gathering: 'online', minutes: 120, goal: 'Elkaar kennen.', agenda: ['Welkom', 'Vragen'], preparation: ['Lees dit.'], assignments: ['onze-vertrekpositie'] },
          { id: 'mens', title: 'Eén mens', phase: 'definition', gathering: 'inPerson', minutes: 180, goal: 'Kiezen.', agenda: ['Delen', 'Kiezen'], preparation: ['Breng dit mee.'], assignments: ['persona', 'reis'] },
        ],
      },
    ],
  ]),
  assignments: new Map([
    ['onze-vertrekpositie', { id: 'onze-vertrekpositie', title: 'Waar staan we?' }],
    ['persona', { id: 'persona', title: 'Maak één mens' }],
    ['reis', { id: 'reis', title: 'Teken de weg' }],
  ]),
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>

type Options = {
  engine?: TestEngine
  /** One that the test opened itself, shared by several servers; it stays open. */
  database?: TestDatabase
  now?: () => number
  /** Environment variables; outside production unless NODE_ENV says so. */
  env?: Record<string, string>
  /** The folder of a built client. */
  client?: string
  /** Instead of keeping the letters; rejects as a mail server does. */
  send?: (letter: Letter) => Promise<void>
}

/** What production needs at the least. */
export const productionEnv = { NODE_ENV: 'production', SECRET: 'a-secret-of-the-tests-that-is-long-enough', PUBLIC_URL: 'https://opstap.example', SMTP_URL: 'smtp://localhost:1' }

export async function startTestServer({ engine = engines[0]!, database, now = () => Date.now(), env = {}, client, send }: Options = {}) {
  const opened = database ?? (await engine.open())
  const dataDir = mkdtempSync(join(tmpdir(), 'opstap-test-'))
  const letters: Letter[] = []
  const lines: string[] = []
  const config = { ...readConfig({ PORT: '3000', ...env }), dataDir }
  const port = await compose({
    config: { ...config, secret: config.secret ?? productionEnv.SECRET },
    version: '0.0.0-test',
    database: { db: opened.db, engine: opened.connectionString === null ? 'pglite' : 'postgresql', connectionString: opened.connectionString, close: opened.close },
    mail: {
      async send(letter) {
        await send?.(letter)
        letters.push(letter)
      },
    },
    municipalities: testMunicipalities,
    labContent: testLabContent,
    client: client ?? null,
    log: createLog('info', (line) => lines.push(line), now),
    now,
  })
  const app = createApp(port)

  const request = (path: string, init: RequestInit & { cookie?: string; json?: unknown } = {}) => {
    const { cookie, json, ...rest } = init
    const headers = new Headers(init.headers)
    if (cookie) headers.set('cookie', cookie)
    if (json !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
    const body = json === undefined ? init.body : JSON.stringify(json)
    return Promise.resolve(app.request(new URL(path, config.publicUrl).href, { ...rest, headers, ...(body == null ? {} : { body }) }))
  }

  /** A device with its own cookies, as a browser keeps them. */
  const device = () => {
    const jar = new Map<string, string>()
    const send = async (path: string, init: Parameters<typeof request>[1] = {}) => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await request(path, cookie ? { ...init, cookie } : init)
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
        if (value === '' || /max-age=0(;|$)/i.test(line)) jar.delete(name!)
        else jar.set(name!, value!)
      }
      return answer
    }
    return { jar, request: send, post: (path: string, json: unknown, init: RequestInit = {}) => send(path, { ...init, method: 'POST', json }) }
  }

  const codeFor = (email: string) => /^\d{6}/.exec(letters.findLast(({ to, subject }) => to === email && /^\d{6} /.test(subject))?.subject ?? '')?.[0]

  /** Signs in by the code that is mailed, on a new device. */
  const signIn = async (email: string) => {
    const here = device()
    await here.post('/api/sign-in/code', { email })
    await port.postbox.empty()
    const answer = await here.post('/api/sign-in', { email, code: codeFor(email) })
    if (answer.status !== 200) throw new Error(`sign-in of ${email}: ${answer.status} ${await answer.text()}`)
    return { ...here, session: (await answer.json()) as SessionView }
  }

  return {
    port,
    app,
    db: opened.db,
    letters,
    /** What was logged, parsed. */
    logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    request,
    device,
    codeFor,
    signIn,
    async close() {
      port.stop()
      await port.postbox.empty()
      if (!database) await opened.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
