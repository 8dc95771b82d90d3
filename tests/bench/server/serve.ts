/**
 * The server of the bench as a process of its own: the real code with everything but the mail, people who are signed in
 * already, and without the limit of syncs a minute, which is meant for one person and not for a bench. Asked by messages.
 */
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { sql } from 'kysely'
import { accessOf, sessionViewOf } from '../../../src/server/accounts/access.ts'
import { createApp } from '../../../src/server/app.ts'
import { compose } from '../../../src/server/compose.ts'
import { readConfig } from '../../../src/server/config.ts'
import { openEmbedded } from '../../../src/server/db/embedded.ts'
import { openPostgres } from '../../../src/server/db/postgres.ts'
import { listen as listenTo } from '../../../src/server/db/relay.ts'
import { createLog } from '../../../src/server/http/log.ts'
import { exchange } from '../../../src/server/sync/exchange.ts'
import { POKE_CHANNEL } from '../../../src/server/sync/pokes.ts'
import { PersonId } from '../../../src/domain/ids.ts'
import { sessionsFor } from '../../support/sessions.ts'
import { PEOPLE, personOf, TEAM } from './people.ts'
import { Pusher } from './pusher.ts'

const SECRET = 'a-secret-of-the-bench-that-is-long-enough'
const [databaseUrl = '', client = ''] = process.argv.slice(2)

const dataDir = mkdtempSync(join(tmpdir(), 'opstap-bench-server-'))
const database = databaseUrl === '' ? await openEmbedded(dataDir) : await openPostgres(databaseUrl)
const { db } = database
const server = createServer({ keepAliveTimeout: 120_000 })
await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))
const { port: number } = server.address() as AddressInfo
const port = await compose({
  config: { ...readConfig({ PORT: String(number), DATA_DIR: dataDir }), secret: SECRET },
  version: '0.0.0-bench',
  database,
  mail: { send: async () => {} },
  municipalities: new Map(),
  client,
  log: createLog('warn', (line) => process.stderr.write(line), Date.now),
})
port.syncs.take = () => true
if (database.connectionString !== null) await listenTo(database.connectionString, { [POKE_CHANNEL]: port.receive.poke }, () => {})
server.on('request', (() => {
  const answer = getRequestListener(createApp(port).fetch)
  return (request, response) => void answer(request, response)
})())

/** Everybody is in one team, and signed in. */
async function admitPeople(): Promise<{ name: string; value: string }[]> {
  const ids = Array.from({ length: PEOPLE }, (_, i) => personOf(i))
  const now = new Date()
  await sql`insert into "user" (id, name, email, "emailVerified") select id, id, id || '@bench.example', true from unnest(${ids}::text[]) as id`.execute(db)
  await db.insertInto('organization').values({ id: TEAM, slug: TEAM, name: TEAM, logo: null, metadata: null, createdAt: now }).execute()
  await sql`insert into member (id, "organizationId", "userId", role, "createdAt") select 'member-' || id, ${TEAM}, id, 'member', ${now} from unnest(${ids}::text[]) as id`.execute(db)
  const sessions = sessionsFor(ids, SECRET)
  for (let from = 0; from < sessions.length; from += 500) await db.insertInto('session').values(sessions.slice(from, from + 500).map(({ row }) => row)).execute()
  return sessions.map(({ cookie }) => cookie)
}

/** Rows of other people's spaces, a thousand in each, each with its line in the history: straight into the tables. */
async function grow(from: number, to: number): Promise<void> {
  const size = 50_000
  for (let start = from; start < to; start += size) {
    const end = Math.min(to, start + size) - 1
    await sql`insert into sync_space (id, head) select 'team:other-' || s, 1000 from generate_series(${Math.floor(start / 1000)}::int, ${Math.floor(end / 1000)}::int) s on conflict do nothing`.execute(db)
    await sql`
      insert into sync_row (space, collection, id, row_values, stamps, authors, seq)
      select 'team:other-' || i / 1000, 'evidence', 'row-' || i, '{"task":"taak","kind":"link","url":"https://www.gemeente.example/verslag-' || i || '","title":"Verslag van het overleg","addedAt":"2026-01-05T00:00:00.000Z"}',
        '{"task":"0mh3k2p1a.000.benchfill0"}', '{"task":null}', i % 1000 + 1
      from generate_series(${start}::int, ${end}::int) i on conflict do nothing`.execute(db)
    await sql`
      insert into sync_mutation (id, client, n, hash, person, space, collection, row, payload, hlc, received_at, status, reason, seq)
      select 'fill-' || i, 'benchfill0', i, 'hash', null, 'team:other-' || i / 1000, 'evidence', 'row-' || i, '{"set":{"task":"taak"},"base":{},"at":0,"schema":1}', '0mh3k2p1a.000.benchfill0', 0, 'applied', null, i % 1000 + 1
      from generate_series(${start}::int, ${end}::int) i on conflict do nothing`.execute(db)
  }
  await sql`analyze`.execute(db)
}

/** The exchange itself without a socket: so many devices at once, each in its own space, for so long. Mutations a second. */
async function drive(devices: number, ms: number): Promise<number> {
  const until = performance.now() + ms
  const started = performance.now()
  const counts = await Promise.all(
    Array.from({ length: devices }, async (_, i) => {
      const person = PersonId.parse(personOf(i))
      const pusher = new Pusher(person, `person:${person}`)
      let count = 0
      while (performance.now() < until) {
        const view = (await sessionViewOf(port, person))!
        const answer = await exchange(port, view, await accessOf(db, view), JSON.parse(JSON.stringify(pusher.request())))
        count += pusher.took(answer)
      }
      return count
    }),
  )
  return (counts.reduce((sum, count) => sum + count, 0) / (performance.now() - started)) * 1_000
}

const asked: Record<string, (...values: any[]) => unknown> = {
  grow,
  drive,
  /** Resident bytes after garbage is gone. */
  async memory() {
    for (let i = 0; i < 3; i += 1) {
      globalThis.gc!()
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    return process.memoryUsage.rss()
  },
  async stop() {
    port.stop()
    server.closeAllConnections()
    await database.close()
  },
}

process.on('message', async ({ id, what, values }: { id: number; what: string; values: unknown[] }) => {
  try {
    process.send!({ id, value: await asked[what]!(...values) })
    if (what === 'stop') process.exit(0)
  } catch (error) {
    process.send!({ id, error: String((error as Error).stack) })
  }
})
process.send!({ id: 0, value: { port: number, cookies: await admitPeople() } })
