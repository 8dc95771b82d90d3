/**
 * `npm run release:keep`: keeps what this version leaves behind on a phone and on the server, as tests/releases/<version>.
 * Run once per release, right before its tag; tests/sync/releases.test.ts holds every later version to all of them.
 */
import 'fake-indexeddb/auto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { IDBFactory } from 'fake-indexeddb'
import type { Collection } from '../../src/domain/collection.ts'
import { collections } from '../../src/domain/collections.ts'
import { importPack } from '../../src/client/db/pack-import.ts'
import { dossierSpace } from '../../src/client/sync/identity.ts'
import { unsentWork } from '../../src/client/sync/export-work.ts'
import { openPGlite } from '../../src/server/db/embedded.ts'
import { migrate } from '../../src/server/db/migrate.ts'
import { backUp } from '../../src/server/ops/backup.ts'
import { dumpDevice } from '../support/device-dump.ts'
import { startTestServer } from '../support/server.ts'
import { nameOf, tinyJpeg } from '../support/tiny-jpeg.ts'
import { ServedWorld } from '../support/served-world.ts'
import { fingerprint, wireForm } from '../support/wire.ts'
import type { Release } from './release.ts'
import type { Device } from '../support/world.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const folder = join(root, 'tests/releases', version)
const takenAt = Math.floor(Date.now() / 1_000) * 1_000

const db = await openPGlite(null)
await migrate(db)
const clock = { time: takenAt }
const server = await startTestServer({ database: { db, engine: 'pglite', connectionString: null, close: () => db.destroy() }, now: () => clock.time })
const world = new ServedWorld(server)
world.time = takenAt
const pass = (ms: number) => (world.time = clock.time += ms)
for (const person of ['an', 'bo', 'cas']) await world.arrive(person)
for (const person of ['an', 'bo']) await world.join(person, '31006')

const { taskProgress, evidence, conflict } = collections
const MOMENT = new Date(takenAt).toISOString()
const LINKS = ['0190b6a2-7c1e-7abc-8def-000000000001', '0190b6a2-7c1e-7abc-8def-000000000002', '0190b6a2-7c1e-7abc-8def-000000000003'] as const
const SHEET = 'gids-kweetet--verken--jeugd'
const SHEET_ROW = `${SHEET}--acties--${LINKS[0]}`
/** One row of what people make, beside tasks and evidence. */
const others: [Collection<any>, string, Record<string, unknown>][] = [
  [collections.practiceUse, 'praktijk-brugfiguur-school', { status: 'using' }],
  [collections.guideUse, 'gids-kweetet', { since: '2026-11-01', score: 4 }],
  [collections.filledWorksheet, SHEET, { 'value.doel': 'Drempels wegwerken', 'value.keuze.bib': true }],
  [collections.worksheetRow, SHEET_ROW, { order: 1, 'value.wie': 'Jeugddienst' }],
  [collections.position, 'focus-kiezen', { path: '/starten/focus-kiezen', at: MOMENT }],
  [collections.bookmark, 'gids-kweetet--verken', { at: MOMENT }],
]
const link = (title: string) => ({ task: 'focus-kiezen', kind: 'link', url: 'https://damme.example/nota', title, addedAt: MOMENT })

async function write(device: Device, definition: Collection<any>, row: string, set: Record<string, unknown>): Promise<void> {
  pass(1_000)
  const written = await device.write(definition, row, set)
  if (written.kind !== 'written') throw new Error(`${definition.name} ${row}: ${JSON.stringify(written)}`)
}
async function type(device: Device, row: string, text: string): Promise<void> {
  pass(1_000)
  await device.type(taskProgress, row, 'note', text)
}

const factories = { an: new IDBFactory(), unowned: new IDBFactory() }
const [an, bo] = [await world.device(0, factories.an, 'opstap'), await world.device()]
await an.signIn('an')
await bo.signIn('bo')
for (const device of [an, bo]) await device.sync()

// What both have: work of every kind, something deleted, a choice that was made and one that is open.
await write(an, taskProgress, 'focus-kiezen', { status: 'inProgress' })
await type(an, 'focus-kiezen', 'Van An op kantoor. ')
for (const [i, title] of ['Nota', 'Verslag', 'Oud verslag'].entries()) await write(an, evidence, LINKS[i]!, link(title))
for (const [definition, row, set] of others) await write(an, definition, row, set)
await write(an, evidence, LINKS[2], { deleted: true })
await write(an, taskProgress, 'mat-overtuigen', { status: 'inProgress' })
await write(bo, taskProgress, 'mat-overtuigen', { status: 'done' })
await an.sync()
await bo.sync()
const [settled] = Object.keys(await bo.shows(conflict))
pass(1_000)
await bo.write(conflict, settled!, { settledAt: MOMENT }, dossierSpace(world.session('bo')))
await write(an, taskProgress, 'diensten-helpen', { status: 'inProgress' })
await write(bo, taskProgress, 'diensten-helpen', { status: 'notApplicable' })
for (const device of [an, bo, an]) await device.sync()

// On An's phone: content, a parked change, changes of which the answer was lost, and changes that still wait.
await importPack(an.db, async (file) =>
  file === 'index.json'
    ? { builtFor: 1, version: '2026-11-21', reviewedOn: '2026-11-21', shards: [{ name: 'starter', file: 'starter.json', hash: '0' }], search: { file: 'search.json' } }
    : { name: 'starter', items: [{ id: 'focus-kiezen', kind: 'task', title: 'Kies een focus', order: 1 }] },
)
await write(an, taskProgress, 'ambassadeurs-zoeken', { status: 'done' })
const doubtful = (await an.db.outbox.filter(({ row }) => row === 'ambassadeurs-zoeken').first())!
await an.db.outbox.put({ ...doubtful, set: { status: 'misschien' } })
await an.sync()
await write(an, taskProgress, 'werkgroep-starten', { status: 'done' })
await type(an, 'focus-kiezen', 'Zonder antwoord van de server. ')
await an.roundTrip('lost-answer')
await type(an, 'focus-kiezen', 'Zonder verbinding. ')
await write(an, evidence, LINKS[0], { title: 'Nota voor het college' })
await write(an, evidence, LINKS[1], { deleted: true })
await write(an, taskProgress, 'focus-kiezen', { status: 'done' })

// On a phone without an account.
const unowned = await world.device(0, factories.unowned, 'opstap')
await write(unowned, taskProgress, 'focus-kiezen', { status: 'done' })
await type(unowned, 'focus-kiezen', 'Zonder account. ')
await write(unowned, evidence, LINKS[0], link('Van voor het aanmelden'))

const form = wireForm()
const shown: Release['shown'] = {}
for (const definition of Object.values(collections) as Collection<any>[]) if (definition.dossier) shown[definition.name] = await an.shows(definition)
// The file holds a photo that waits; what a dump as JSON can hold of a database are no bytes.
const photo = tinyJpeg(1_600, 1_200)
await an.db.photos.add({ id: await nameOf(photo), space: dossierSpace(world.session('an')), bytes: photo.buffer, type: 'image/jpeg', author: world.session('an').person.id, at: world.time, waits: 1 })
const file = JSON.stringify(await unsentWork(an.db, world.time))
await an.db.photos.clear()
const request = world.sent.get('an')
for (const device of [an, bo, unowned]) device.db.close()
const release: Release = {
  version,
  takenAt: new Date(world.time).toISOString(),
  fingerprint: fingerprint(form),
  shown,
  request,
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const put = (name: string, value: unknown) => writeFileSync(join(folder, name), `${JSON.stringify(value, null, 1)}\n`)
put('wire.json', form)
put('release.json', release)
put('device.json', await dumpDevice(factories.an, 'opstap'))
put('unowned.json', await dumpDevice(factories.unowned, 'opstap'))
writeFileSync(join(folder, 'unsent-work.json'), file)
await backUp(db, join(folder, 'server.gz'), world.time)
await server.close()
await db.destroy()
console.log(`Kept ${version} in tests/releases/${version} (wire ${release.fingerprint}).`)
