/** Our own server: the real routes on a real socket, on either database, in the bench's own process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { PersonId, type SpaceId } from '../../../../src/domain/ids.ts'
import { teamSpace } from '../../../../src/domain/spaces.ts'
import { admit } from '../../../../src/server/accounts/membership.ts'
import { sessionViewOf } from '../../../../src/server/accounts/access.ts'
import { createApp } from '../../../../src/server/app.ts'
import { compose, type Composed } from '../../../../src/server/compose.ts'
import { readConfig } from '../../../../src/server/config.ts'
import type { Database } from '../../../../src/server/db/database.ts'
import { createLog } from '../../../../src/server/http/log.ts'
import { fillSpace } from '../../../support/fill.ts'
import { freePort } from '../../../support/free-port.ts'
import { giveSession } from '../../../support/sessions.ts'
import type { Row } from '../rows.ts'
import { listen, type BenchServer } from './server.ts'

const SECRET = 'a-secret-of-the-bench-that-is-long-enough'

export async function startOpstapServer(folder: string, database: Database): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'opstap-bench-'))
  const wanted = await freePort()
  const port = await compose({
    config: { ...readConfig({ PORT: String(wanted), CLIENT_DIR: folder, DATA_DIR: dataDir }), secret: SECRET },
    version: '0.0.0-bench',
    database,
    mail: { send: async () => {} },
    municipalities: new Map(),
    client: folder,
    log: createLog('warn', (line) => process.stderr.write(line), Date.now),
  })
  // The bench types in minutes what people type in hours; the limit counts real time.
  port.syncs.take = () => true
  const metered = await listen(getRequestListener(createApp(port).fetch), wanted)
  let places = 0
  return {
    port: metered.port,
    bytes: metered.bytes,
    async place(rows = []) {
      places += 1
      const { session, cookie, space } = await teamOf(port, `bench-${places}`)
      const add = (more: Row[]) => fillSpace(port, space, more.map(({ id: row, ...set }) => ({ collection: 'evidence', row, set })))
      await add(rows)
      return { place: { name: space, session }, cookies: [cookie], add, rows: () => rowsIn(port, space) }
    },
    async stop() {
      port.stop()
      await metered.stop()
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A person alone in a team of a municipality that is nobody else's. */
async function teamOf(port: Composed, id: string) {
  const person = PersonId.parse(id)
  await port.db.insertInto('user').values({ id, email: `${id}@bench.example`, name: id, emailVerified: true, image: null }).execute()
  await admit(port, { nis: id, name: id }, person)
  const session = (await sessionViewOf(port, person))!
  return { session, cookie: await giveSession(port.db, SECRET, id), space: teamSpace(session.teams[0]!.id) }
}

async function rowsIn({ db }: Composed, space: SpaceId): Promise<Map<string, Row>> {
  const rows = await db.selectFrom('sync_row').select(['id', 'row_values']).where('space', '=', space).where('collection', '=', 'evidence').execute()
  return new Map(rows.map(({ id, row_values }) => [id, { id, ...JSON.parse(row_values) }]))
}
