/** Every kept release is opened with the code of today, on both databases: its pending work arrives and nothing is lost. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Collection } from '../../src/domain/collection.ts'
import { collections, SCHEMA_VERSION } from '../../src/domain/collections.ts'
import { schemaSteps } from '../../src/domain/upcast.ts'
import { PROTOCOL_VERSION } from '../../src/protocol/sync.ts'
import { protocolSteps } from '../../src/protocol/upcast.ts'
import type { OutboxEntry } from '../../src/client/db/database.ts'
import { rescueOutbox } from '../../src/client/db/rescue.ts'
import { readWorkFile, takeBack } from '../../src/client/sync/import-work.ts'
import { restore } from '../../src/server/ops/restore.ts'
import { keptReleases, type KeptRelease } from '../releases/release.ts'
import { engines, type TestDatabase, type TestEngine } from '../support/database.ts'
import { loadDevice, type DeviceDump } from '../support/device-dump.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { ServedWorld } from '../support/served-world.ts'
import type { Device } from '../support/world.ts'

const HOUR = 3_600_000
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** The server with that release's data, an hour later. `sameHistory`: updated in place; otherwise put back from the backup. */
async function serverOf(release: KeptRelease, engine: TestEngine, sameHistory: boolean): Promise<{ server: TestServer; world: ServedWorld; database: TestDatabase }> {
  const database = await engine.open()
  closing.push(() => database.close())
  await restore(database, release.server)
  if (sameHistory) await database.db.updateTable('sync_meta').set({ value: String(metaOf(release.device, 'epoch')) }).where('key', '=', 'epoch').execute()
  const now = Date.parse(release.takenAt) + HOUR
  const server = await startTestServer({ database, now: () => now })
  closing.push(() => server.close())
  const world = new ServedWorld(server)
  world.time = now
  return { server, world, database }
}

const storeOf = (dump: DeviceDump, name: string) => dump.stores.find((store) => store.name === name)!.records
const metaOf = (dump: DeviceDump, key: string) => (storeOf(dump, 'meta') as { key: string; value: unknown }[]).find((record) => record.key === key)?.value
const outboxOf = (dump: DeviceDump) => storeOf(dump, 'outbox') as OutboxEntry[]

async function deviceWith(world: ServedWorld, dump: DeviceDump): Promise<Device> {
  const factory = new IDBFactory()
  await loadDevice(factory, 'opstap', dump)
  const device = await world.device(0, factory, 'opstap')
  await device.db.open()
  return device
}

async function shownBy(device: Device, names: string[]): Promise<KeptRelease['shown']> {
  const shown: KeptRelease['shown'] = {}
  for (const name of names) shown[name] = await device.shows(collections[name as keyof typeof collections] as Collection<any>)
  return shown
}

const cases = keptReleases().flatMap((release) => engines.map((engine) => ({ release, engine, version: release.version, name: engine.name })))

describe.each(cases)('release $version on $name', ({ release, engine }) => {
  const ids = (entries: readonly OutboxEntry[]) => entries.map(({ id }) => id).sort()
  const pending = outboxOf(release.device).filter(({ state }) => state === 'waiting' || state === 'sent')

  test('left something of everything behind', () => {
    const states = new Set(outboxOf(release.device).map(({ state }) => state))
    expect([...states].sort()).toEqual(['acked', 'parked', 'sent', 'waiting'])
    expect(pending.length).toBeGreaterThan(3)
    expect((storeOf(release.device, 'rows') as { collection: string }[]).filter(({ collection }) => collection === 'conflict')).toHaveLength(2)
    expect(outboxOf(release.unowned).length).toBeGreaterThan(2)
  })

  test.each([true, false])('opens, shows what it showed, sends what waited and loses nothing (same history: %s)', async (sameHistory) => {
    const { server, world } = await serverOf(release, engine, sameHistory)
    await world.arrive('an')
    await world.arrive('bo')
    const device = await deviceWith(world, release.device)
    const names = Object.keys(release.shown)
    expect(await shownBy(device, names)).toEqual(release.shown)
    await device.sync()
    expect(await shownBy(device, names)).toEqual(release.shown)
    const left = await device.db.outbox.where('state').notEqual('acked').toArray()
    expect(left).toEqual(outboxOf(release.device).filter(({ state }) => state === 'parked'))

    const taken = await server.db.selectFrom('sync_mutation').select('id').where('status', '<>', 'parked').execute()
    expect(taken.map(({ id }) => id)).toEqual(expect.arrayContaining(ids(pending)))
    expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length)
    const colleague = await world.device()
    await colleague.signIn('bo')
    await colleague.sync()
    expect(await shownBy(colleague, names)).toEqual(release.shown)
    const choices = Object.values(await colleague.shows(collections.conflict))
    expect(choices.filter(({ settledAt }) => settledAt === undefined)).toHaveLength(1)
  })

  test('work of a phone without an account comes along at sign-in', async () => {
    const { world } = await serverOf(release, engine, true)
    await world.arrive('cas')
    const device = await deviceWith(world, release.unowned)
    const before = await device.shows(collections.taskProgress)
    expect(Object.keys(before)).toHaveLength(1)
    await device.signIn('cas')
    await device.sync()
    const other = await world.device()
    await other.signIn('cas')
    await other.sync()
    for (const one of [device, other]) {
      expect(await one.shows(collections.taskProgress)).toEqual(before)
      expect(Object.keys(await one.shows(collections.evidence))).toHaveLength(1)
    }
    expect(await device.db.outbox.where('state').notEqual('acked').count()).toBe(0)
  })

  test('its file of unsent work can be read back, and its outbox without opening the app', async () => {
    const { world } = await serverOf(release, engine, true)
    await world.arrive('an')
    const file = readWorkFile(release.unsentWork)!
    expect(ids(file.entries.filter(({ state }) => state !== 'parked'))).toEqual(ids(pending))
    const laptop = await world.device()
    await laptop.signIn('an')
    await laptop.sync()
    const { photos, damaged } = await takeBack(laptop.db, file)
    expect({ photos, damaged }).toEqual({ photos: file.photos?.length ?? 0, damaged: 0 })
    await laptop.sync()
    expect(await shownBy(laptop, ['taskProgress', 'evidence'])).toEqual({ taskProgress: release.shown['taskProgress'], evidence: release.shown['evidence'] })

    const factory = new IDBFactory()
    await loadDevice(factory, 'opstap', release.device)
    expect(ids(await rescueOutbox('opstap', factory))).toEqual(ids(outboxOf(release.device).filter(({ state }) => state !== 'acked')))
  })

  test('the request that its app sent is taken as it is, once', async () => {
    const { world, server } = await serverOf(release, engine, true)
    await world.arrive('an')
    const an = world.session('an').person.id
    const before = await server.db.selectFrom('sync_mutation').select('id').execute()
    for (let times = 0; times < 2; times += 1) {
      const { acks } = await world.serve(an, release.request)
      expect(acks.length).toBeGreaterThan(0)
      expect(acks.every(({ status }) => status === 'applied')).toBe(true)
    }
    // The server had taken it before it was dumped: only the answer got lost.
    expect(await server.db.selectFrom('sync_mutation').select('id').execute()).toHaveLength(before.length)
  })
})

describe.each(engines)('an older form on $name', (engine) => {
  /** As if this server came after a version 0, in which everything was called otherwise. */
  function versionZero(): void {
    protocolSteps.set(PROTOCOL_VERSION - 1, {
      request: ({ changes, ...request }) => ({ ...request, mutations: changes }),
      answer: ({ acks, ...answer }) => ({ ...answer, done: acks }),
    })
    schemaSteps.set(SCHEMA_VERSION - 1, (change) => {
      if (change.collection !== 'progress') return change
      const rename = <T>({ state, ...others }: Record<string, T>) => ({ ...others, ...(state === undefined ? {} : { status: state }) })
      return { ...change, collection: 'taskProgress', set: rename(change.set), base: rename(change.base) }
    })
    onTestFinished(() => {
      protocolSteps.clear()
      schemaSteps.clear()
    })
  }

  const client = 'abcdefghij'
  const change = (state: unknown) => ({ id: '01900000-0000-7000-8000-000000000001', client, n: 1, schema: SCHEMA_VERSION - 1, at: Date.now(), hlc: '0mwq6g800.000.abcdefghij', collection: 'progress', row: 'focus-kiezen', set: { state }, base: {} })

  async function asked(state: unknown) {
    const server = await startTestServer({ engine })
    closing.push(() => server.close())
    const here = await server.signIn('an@x.example')
    const { id } = here.session.person
    const body = { proto: PROTOCOL_VERSION - 1, schema: SCHEMA_VERSION - 1, client, person: id, epoch: null, now: Date.now(), measured: false, cursors: {}, changes: [{ ...change(state), space: `person:${id}` }] }
    return { server, send: () => here.post('/api/sync', body) }
  }

  test('of request, change and answer is understood, kept as it was written, and known when it is repeated', async () => {
    versionZero()
    const { server, send } = await asked('done')
    for (let times = 0; times < 2; times += 1) {
      const answer = await send()
      expect(answer.status).toBe(200)
      const read = (await answer.json()) as { done: unknown; acks?: unknown }
      expect(read.done).toMatchObject([{ status: 'applied' }])
      expect(read.acks).toBeUndefined()
    }
    expect(await server.db.selectFrom('sync_row').select(['collection', 'row_values']).execute()).toEqual([{ collection: 'taskProgress', row_values: '{"status":"done"}' }])
    const [logged, ...more] = await server.db.selectFrom('sync_mutation').select(['collection', 'payload']).execute()
    expect(logged!.collection).toBe('taskProgress')
    expect(JSON.parse(logged!.payload)).toMatchObject({ set: { state: 'done' }, schema: SCHEMA_VERSION - 1 })
    expect(more).toEqual([])
  })

  test('is judged after it was brought to this one: nonsense is parked, not refused', async () => {
    versionZero()
    const { send } = await asked('kapot')
    expect(await (await send()).json()).toMatchObject({ done: [{ status: 'parked', reason: { code: 'invalid_value' } }] })
  })

  test('without its step asks for an update, and its work stays on the device', async () => {
    const { server, send } = await asked('done')
    const answer = await send()
    expect(answer.status).toBe(426)
    expect(await answer.json()).toMatchObject({ code: 'update_needed' })
    expect(await server.db.selectFrom('sync_mutation').select('id').execute()).toEqual([])
  })
})
