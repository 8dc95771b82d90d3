/**
 * The scenarios that sync must survive, by the numbers of the list in the README. Those that need a real browser are in
 * tests/journeys/scenarios.journey.ts. After each: everything is healed, sent and fetched until it is quiet; then what the
 * app confirmed is there, once, and the same for everybody.
 */
import 'fake-indexeddb/auto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IDBFactory } from 'fake-indexeddb'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { SpaceId } from '../../src/domain/ids.ts'
import * as definitions from '../../src/domain/collections.ts'
import type { Collection } from '../../src/domain/collection.ts'
import type { OutboxEntry } from '../../src/client/db/database.ts'
import { rowsWith } from '../../src/client/db/rows.ts'
import { unsentWork } from '../../src/client/sync/export-work.ts'
import { readWorkFile, takeBack } from '../../src/client/sync/import-work.ts'
import { reindex } from '../../src/client/sync/reindex.ts'
import { browserTransport } from '../../src/client/sync/transport.ts'
import { leave } from '../../src/client/features/account/actions.ts'
import { readEpoch } from '../../src/server/db/epoch.ts'
import { backUp } from '../../src/server/ops/backup.ts'
import { restore } from '../../src/server/ops/restore.ts'
import { applyChanges } from '../../src/server/sync/apply.ts'
import { emptyTrash } from '../../src/server/sync/trash.ts'
import type { Mutation } from '../../src/protocol/sync-request.ts'
import { breakDatabase, breakStore, Killed, limitRoom } from '../support/broken-store.ts'
import { engines, type TestDatabase } from '../support/database.ts'
import { engineStage, until, type EngineStage } from '../support/engine-stage.ts'
import { World, type Device } from '../support/world.ts'

const { collections } = definitions
const { taskProgress, evidence, conflict } = collections
const HOUR = 3_600_000
const DAY = 24 * HOUR
const YEAR = 365 * DAY
const TASK = 'focus-kiezen'
const linkId = '0190b6a2-7c1e-7abc-8def-0123456789ab'
const link = { kind: 'link', url: 'https://damme.example/nota', title: 'Nota', addedAt: '2026-11-21T09:00:00.000Z', task: TASK }

/** Of so many words, each of them once. */
const words = (by: string, count: number) => Array.from({ length: count }, (_, i) => `${by}${i}`).join(' ')

describe.each(engines)('the scenarios of sync on $name', (engine) => {
  let database: TestDatabase
  let world: World
  let stage: EngineStage
  beforeAll(async () => {
    database = await engine.open()
    world = new World(database.db)
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await world.clear()
    world.teams.clear()
    world.team('damme', { an: 'lead', bo: 'member' })
    world.time = Date.UTC(2026, 10, 21, 9)
    stage = engineStage(world)
  })
  afterEach(() => stage.close())

  const device = async (person: string, skew = 0): Promise<Device> => {
    const made = await world.device(skew)
    await made.signIn(person)
    return made
  }
  const pair = async () => [await device('an'), await device('bo')] as const

  /** Round trips for everybody until nobody has news for anybody. */
  async function heal(...devices: Device[]): Promise<void> {
    for (let round = 0; round < 2; round += 1) for (const one of devices) await one.sync()
  }
  const everything = async (one: Device) => ({ tasks: await one.shows(taskProgress), links: await one.shows(evidence), conflicts: await one.shows(conflict) })
  /** All show the same, nothing waits anywhere; gives what they show. */
  async function converged(...devices: Device[]) {
    await heal(...devices)
    const [first, ...others] = await Promise.all(devices.map(everything))
    for (const other of others) expect(other).toEqual(first)
    for (const one of devices) expect(await one.db.outbox.where('state').anyOf('waiting', 'sent').count()).toBe(0)
    return first!
  }
  const conflictsIn = async (one: Device) => Object.values(await one.shows(conflict))
  const history = () => world.db.selectFrom('sync_mutation').selectAll().orderBy('hlc').execute()
  const kept = async (value: string) => (await history()).some(({ payload }) => payload.includes(value))

  test('scenario 1: with a clock two hours ahead the edit that was really later wins, the other is in the history', async () => {
    const [fast, right] = [await device('an', 2 * HOUR), await device('bo')]
    await fast.write(taskProgress, TASK, { status: 'done' })
    world.time += 60_000
    await right.write(taskProgress, TASK, { status: 'inProgress' })
    await right.sync()
    world.time += 60_000
    const { tasks, conflicts } = await converged(fast, right)
    expect(tasks).toEqual({ [TASK]: { status: 'inProgress' } })
    expect(Object.values(conflicts)).toMatchObject([{ loser: { value: 'done', person: 'an' } }])
    expect((await history()).map(({ status }) => status).sort()).toEqual(['applied', 'superseded'])
  })

  test.each([
    ['ten years ahead', () => 10 * YEAR],
    ['in 1970', () => DAY - world.time],
    ['a day ahead', () => DAY],
  ])('scenario 2: a clock %s is accepted, keeps its order and holds nobody else up', async (_when, skew) => {
    const [odd, right] = [await device('an', skew()), await device('bo')]
    for (const status of ['inProgress', 'done', 'notApplicable']) {
      await odd.write(taskProgress, TASK, { status })
      world.time += 1_000
    }
    expect((await converged(odd, right)).tasks).toEqual({ [TASK]: { status: 'notApplicable' } })
    for (const { hlc } of await history()) expect(parseInt(hlc.slice(0, 9), 36)).toBeLessThanOrEqual(world.time)
    world.time += 1_000
    await right.write(taskProgress, TASK, { status: 'done' })
    expect((await converged(right, odd)).tasks).toEqual({ [TASK]: { status: 'done' } })
    world.time += 1_000
    await odd.write(taskProgress, TASK, { status: 'inProgress' })
    expect(await converged(odd, right)).toEqual({ tasks: { [TASK]: { status: 'inProgress' } }, links: {}, conflicts: {} })
  })

  test('scenario 3: with the clock set back between two offline edits the second edit wins', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, TASK, { status: 'inProgress' })
    a.clock.skew = -HOUR
    await a.write(taskProgress, TASK, { status: 'done' })
    expect(await converged(a, b)).toEqual({ tasks: { [TASK]: { status: 'done' } }, links: {}, conflicts: {} })
  })

  test('scenario 4: different fields of one row, both offline, are both there without a conflict', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, TASK, { status: 'done' })
    await b.type(taskProgress, TASK, 'note', 'Besproken op het MAT.')
    expect(await converged(a, b)).toEqual({ tasks: { [TASK]: { status: 'done', note: 'Besproken op het MAT.' } }, links: {}, conflicts: {} })
  })

  test('scenario 5: the same field, both offline: one winner everywhere, the loser with name and time', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, TASK, { status: 'done' })
    const written = world.time
    world.time += 60_000
    await b.write(taskProgress, TASK, { status: 'notApplicable' })
    await b.sync()
    const { tasks, conflicts } = await converged(a, b)
    expect(tasks).toEqual({ [TASK]: { status: 'notApplicable' } })
    const [found, ...more] = Object.values(conflicts) as { loser: { stamp: string } }[]
    expect(found).toMatchObject({ unit: 'status', winner: { value: 'notApplicable', person: 'bo' }, loser: { value: 'done', person: 'an' } })
    expect(parseInt(found!.loser.stamp.slice(0, 9), 36)).toBe(written)
    expect(more).toEqual([])
  })

  test.each([true, false])('scenario 6: the same long text, 300 words each, both offline, is whole and not doubled (started by both: %s)', async (startedByBoth) => {
    const [a, b] = await pair()
    if (!startedByBoth) {
      await a.type(taskProgress, TASK, 'note', 'Samen begonnen. ')
      await heal(a, b)
    }
    for (let i = 0; i < 300; i += 50) {
      await a.type(taskProgress, TASK, 'note', `${words(`an${i}x`, 50)} `)
      await b.type(taskProgress, TASK, 'note', `${words(`bo${i}x`, 50)} `)
    }
    const { tasks, conflicts } = await converged(a, b)
    const found = String(tasks[TASK]!.note).trim().split(' ')
    const expected = [0, 50, 100, 150, 200, 250].flatMap((i) => [...words(`an${i}x`, 50).split(' '), ...words(`bo${i}x`, 50).split(' ')])
    if (!startedByBoth) expected.push('Samen', 'begonnen.')
    expect(found.toSorted()).toEqual(expected.toSorted())
    expect(conflicts).toEqual({})
  })

  test('scenario 7: an answer that is lost three times is applied once, with one row of history', async () => {
    const [a, b] = await pair()
    await a.type(taskProgress, TASK, 'note', 'Eén keer.')
    for (const fault of ['lost-answer', 'delivered-twice', 'lost-answer', 'lost-answer'] as const) await a.roundTrip(fault)
    expect((await converged(a, b)).tasks).toEqual({ [TASK]: { note: 'Eén keer.' } })
    expect(await history()).toHaveLength(1)
  })

  test('scenario 8: a device killed at any access of its store keeps what it confirmed, once', { timeout: 120_000 }, async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => void vi.restoreAllMocks())
    const [a, b] = await pair()
    await heal(a, b)
    let piece = 0
    let lastKillAt = 0
    const confirmed: string[] = []
    for (let allowed = 0; ; allowed += 1) {
      const breaker = await breakStore(a.db, allowed)
      const typed = `[${(piece += 1)}]`
      if ((await a.type(taskProgress, TASK, 'note', typed).catch(killed))?.kind === 'written') confirmed.push(typed)
      const title = `titel ${(piece += 1)}`
      if ((await a.write(evidence, linkId, { ...link, title }).catch(killed))?.kind === 'written') confirmed.push(title)
      await b.type(taskProgress, TASK, 'note', `(b${piece})`)
      await b.sync()
      await a.roundTrip().catch(killed)
      const { broke } = breaker
      await a.restart()
      if (!broke) break
      lastKillAt = allowed
    }
    expect(lastKillAt).toBeGreaterThan(30)
    const { tasks, conflicts } = await converged(a, b)
    const note = String(tasks[TASK]!.note)
    for (const text of confirmed) {
      if (text.startsWith('[')) expect(note.split(text)).toHaveLength(2)
      else expect(await kept(text)).toBe(true)
    }
    expect(conflicts).toEqual({})
    const logged = await history()
    expect(new Set(logged.map(({ client, n }) => `${client} ${n}`)).size).toBe(logged.length)
  })

  test('scenario 8: a server killed at any statement has all of a request or nothing of it', { timeout: 120_000 }, async () => {
    const [a, b] = await pair()
    await heal(a, b)
    const healthy = world.db
    const reachable = world as { db: typeof healthy }
    let pieces = ''
    for (let allowed = 0; ; allowed += 1) {
      const piece = `[${allowed}]`
      pieces += piece
      await a.type(taskProgress, TASK, 'note', piece)
      await a.write(evidence, linkId, { ...link, title: `titel ${allowed}` })
      const broken = breakDatabase(healthy, allowed)
      reachable.db = broken.db
      try {
        await a.roundTrip().catch(killed)
      } finally {
        reachable.db = healthy
      }
      await b.sync()
      const seen = await b.shows(taskProgress)
      // Both changes or neither: the second is never there without the first.
      expect(String(seen[TASK]?.note ?? '').includes(piece)).toBe((await b.shows(evidence))[linkId]?.title === `titel ${allowed}`)
      await a.sync()
      if (!broken.breaker.broke) break
      expect(allowed).toBeLessThan(60)
    }
    expect((await converged(a, b)).tasks).toEqual({ [TASK]: { note: pieces } })
  })

  test('scenario 9: what a slow transaction commits after a quick one still reaches everybody', async () => {
    const [a, b] = await pair()
    const reader = await device('an')
    await heal(a, b, reader)
    await a.write(taskProgress, 'mat-overtuigen', { status: 'done' })
    await b.write(taskProgress, 'diensten-helpen', { status: 'done' })
    const [slow] = (await a.db.outbox.where('state').equals('waiting').toArray()) as OutboxEntry[]
    const { author: _author, state: _state, ...mutation } = slow!
    const opened = gate()
    const written = gate()
    const committing = world.db.transaction().execute(async (trx) => {
      const one = { mutation: mutation as Mutation, logId: mutation.id, n: mutation.n, hlc: mutation.hlc, shifted: false }
      await applyChanges(trx, [one], { person: 'an', roleIn: () => 'lead' }, world.time)
      written.open()
      await opened.passed
    })
    await written.passed
    // The quick one asks for its number while the slow one holds the space, and others look meanwhile.
    const [pushing, reading] = [b.sync(), reader.sync()]
    if (engine.name === 'postgresql') {
      await reading
      expect(await reader.shows(taskProgress)).toEqual({})
      await until(async () => expect((await sql<{ count: number }>`select count(*)::int as count from pg_locks where not granted`.execute(world.db)).rows[0]!.count).toBeGreaterThan(0))
    }
    opened.open()
    await Promise.all([committing, pushing, reading])
    const { tasks } = await converged(reader, a, b)
    expect(tasks).toEqual({ 'mat-overtuigen': { status: 'done' }, 'diensten-helpen': { status: 'done' } })
    expect(await history()).toHaveLength(2)
  })

  test.each([
    ['that is well formed but means nothing', (entry: OutboxEntry) => ({ ...entry, set: { status: 'kapot' } })],
    ['that is no change at all', (entry: OutboxEntry) => ({ ...entry, hlc: 'gisteren' as OutboxEntry['hlc'] })],
    ['of an app the server does not know yet', (entry: OutboxEntry) => ({ ...entry, collection: 'vergadering' })],
  ])('scenario 10: a poison change as number 3 of 10, %s, is parked and visible; the other nine arrive', async (_kind, poison) => {
    const [a, b] = await pair()
    for (let i = 0; i < 10; i += 1) await a.write(taskProgress, `taak-${i}`, { status: 'done' })
    const third = (await a.db.outbox.filter(({ n }) => n === 3).first())!
    await a.db.outbox.put(poison(third))
    await a.sync()
    await a.restart()
    const parked = await a.db.outbox.where('state').equals('parked').toArray()
    expect(parked).toMatchObject([{ id: third.id, reason: { message: expect.stringMatching(/\.$/) } }])
    // No retry loop: one request, and nothing left to send.
    const before = (await history()).length
    await heal(a, b)
    expect(before).toBe(10)
    expect(await history()).toHaveLength(10)
    expect(Object.keys(await b.shows(taskProgress))).toHaveLength(9)
    expect((await history()).filter(({ status }) => status === 'parked')).toHaveLength(1)
  })

  test('scenario 11: a session that expired in 14 days offline: work goes on, the same person sends it all', async () => {
    const { client, says } = stage.open(stage.browser())
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    stage.wire = stage.offline
    for (let day = 0; day < 14; day += 1) {
      world.time += DAY
      expect(await client.write(taskProgress, `taak-${day}`, { status: 'done' })).toMatchObject({ kind: 'written' })
    }
    await says('14 wachten op verbinding')
    stage.wire = stage.signInNeeded
    client.engine.request()
    await says('Meld je aan om te versturen')
    await client.write(taskProgress, 'taak-14', { status: 'done' })
    expect(await client.db.rows.count()).toBe(15)
    stage.wire = stage.online
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    expect(await history()).toHaveLength(15)
  })

  test('scenario 11: another person who signs in sends nothing of it; it stays sealed until its author is back', async () => {
    const { client, says } = stage.open(stage.browser())
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    stage.wire = stage.offline
    await client.write(taskProgress, TASK, { status: 'done' })
    await says('1 wacht op verbinding')
    stage.wire = stage.cookieOf('bo')
    client.engine.request()
    await client.signedIn(world.session('bo'))
    await says('Alles verstuurd')
    expect(await history()).toEqual([])
    expect(await client.unsent()).toEqual([])
    expect((await unsentWork(client.db, world.time)).entries).toEqual([])
    expect(await client.db.outbox.where('state').anyOf('waiting', 'sent').toArray()).toMatchObject([{ author: 'an', set: { status: 'done' } }])
    stage.wire = stage.cookieOf('an')
    await client.signedIn(world.session('an'))
    await until(async () => expect(await history()).toMatchObject([{ person: 'an', status: 'applied' }]))
    await says('Alles verstuurd')
  })

  test('scenario 12: signing out sends first; offline it refuses, and the work comes through a file', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"ok":true}'))
    onTestFinished(() => void vi.unstubAllGlobals())
    const { client, says } = stage.open(stage.browser())
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    stage.wire = stage.offline
    await client.write(taskProgress, TASK, { status: 'done' })
    expect(await leave(client)).toEqual({ kind: 'unsent', count: 1 })
    expect(await client.db.rows.count()).toBe(1)
    const file = JSON.stringify(await unsentWork(client.db, world.time))
    expect(await leave(client, true)).toEqual({ kind: 'done', ended: true })
    expect(await client.db.rows.count()).toBe(0)

    stage.wire = stage.online
    const laptop = stage.open(stage.browser())
    await laptop.client.signedIn(world.session('an'))
    expect(await takeBack(laptop.client.db, readWorkFile(file)!)).toMatchObject({ taken: 1 })
    await laptop.client.write(taskProgress, 'mat-overtuigen', { status: 'done' })
    expect(await leave(laptop.client)).toEqual({ kind: 'done', ended: true })
    expect((await history()).map(({ row }) => row).sort()).toEqual([TASK, 'mat-overtuigen'])
  })

  test.each(['the delete', 'the edit'])('scenario 13: a delete against an edit, both offline: the edit stays, the wish to delete is told (%s arrives first)', async (first) => {
    const [a, b] = await pair()
    await a.write(evidence, linkId, link)
    await heal(a, b)
    await a.write(evidence, linkId, { deleted: true })
    await b.write(evidence, linkId, { title: 'Nieuwe nota' })
    await (first === 'the delete' ? a : b).sync()
    const { links, conflicts } = await converged(a, b)
    expect(links[linkId]).toMatchObject({ ...link, title: 'Nieuwe nota' })
    expect(Object.values(conflicts)).toMatchObject([{ unit: 'deleted', winner: { value: false }, loser: { value: true, person: 'an' } }])
  })

  test('scenario 14: a phone that was off for 14 months sends its work, takes the news, and learns what was deleted meanwhile', async () => {
    const [phone, b] = await pair()
    await b.write(evidence, linkId, link)
    await b.write(taskProgress, 'diensten-helpen', { status: 'done' })
    await heal(phone, b)
    await phone.type(taskProgress, TASK, 'note', 'Van veertien maanden geleden.')
    await phone.roundTrip('lost-answer')
    await phone.write(taskProgress, 'mat-overtuigen', { status: 'inProgress' })
    world.time += DAY
    await b.write(evidence, linkId, { deleted: true })
    await b.write(taskProgress, 'diensten-helpen', { status: 'notApplicable' })
    await b.sync()
    world.time += 425 * DAY
    expect(await emptyTrash(world, world.time)).toBe(1)
    const { tasks, links, conflicts } = await converged(phone, b)
    expect(tasks).toEqual({ [TASK]: { note: 'Van veertien maanden geleden.' }, 'mat-overtuigen': { status: 'inProgress' }, 'diensten-helpen': { status: 'notApplicable' } })
    expect(links).toEqual({})
    expect(conflicts).toEqual({})
    expect((await history()).filter(({ row }) => row === TASK)).toHaveLength(1)
    for (const one of [phone, b]) expect(JSON.stringify(await one.db.rows.toArray())).not.toContain('damme.example')
    expect(await kept('damme.example')).toBe(false)
  })

  test('scenario 15: an old app keeps what it does not know, sends what it knows, and after an update has it all', async () => {
    const [old, b] = await pair()
    const planted = collections as unknown as Record<string, unknown>
    const meeting = { ...evidence, name: 'meeting', fields: { task: evidence.fields.task, place: { schema: evidence.fields.title.schema, merge: 'lastWriter' } }, indexes: ['place'] } as unknown as Collection
    const fields = taskProgress.fields as Record<string, unknown>
    const next = {
      app: () => Object.assign(fields, { due: { schema: evidence.fields.title.schema, merge: 'lastWriter' } }) && (planted.meeting = meeting),
      gone: () => {
        delete planted.meeting
        delete fields.due
      },
    }
    onTestFinished(next.gone)
    next.app()
    await b.write(meeting, linkId, { task: TASK, place: 'Raadzaal' })
    await b.write(taskProgress, TASK, { status: 'inProgress', due: 'maart' })
    await b.sync()
    next.gone()
    world.time += 1_000
    await old.write(taskProgress, TASK, { status: 'done' })
    await old.sync()
    expect(await old.db.rows.get(['team:damme' as SpaceId, 'meeting', linkId])).toMatchObject({ values: { place: 'Raadzaal' } })
    expect(await old.shows(taskProgress)).toEqual({ [TASK]: { status: 'done', due: 'maart' } })
    expect(await old.db.outbox.where('state').notEqual('acked').count()).toBe(0)

    next.app()
    await old.restart()
    await reindex(old.db)
    expect(await rowsWith(old.db, 'team:damme' as SpaceId, meeting as never, 'place' as never, 'Raadzaal')).toMatchObject([{ id: linkId }])
    await old.write(meeting, linkId, { place: 'Bib' })
    await heal(old, b)
    for (const one of [old, b]) {
      expect(await one.shows(meeting)).toEqual({ [linkId]: { task: TASK, place: 'Bib' } })
      expect(await one.shows(taskProgress)).toEqual({ [TASK]: { status: 'done', due: 'maart' } })
    }
  })

  test('scenario 17: a device without room keeps what it had, confirms nothing, and goes on when there is room', async () => {
    const [a, b] = await pair()
    for (let i = 0; i < 6; i += 1) await a.write(taskProgress, `taak-${i}`, { status: 'done' })
    const room = await limitRoom(a.db)
    expect(await a.write(taskProgress, 'taak-6', { status: 'done' })).toEqual({ kind: 'full' })
    expect(await a.type(taskProgress, TASK, 'note', 'Nog niet.')).toEqual({ kind: 'full' })
    expect(Object.keys(await a.shows(taskProgress))).toHaveLength(6)
    expect(await a.db.outbox.count()).toBe(6)
    room.back()
    expect(await a.type(taskProgress, TASK, 'note', 'Nu wel.')).toMatchObject({ kind: 'written' })
    const { tasks } = await converged(a, b)
    expect(Object.keys(tasks)).toHaveLength(7)
    expect(tasks[TASK]).toEqual({ note: 'Nu wel.' })
  })

  test('scenario 18: one of two tabs talks to the network and is replaced within 15 s when it freezes', async () => {
    const factory = new IDBFactory()
    const on = stage.browser()
    const first = stage.open(on, factory)
    await first.client.signedIn(world.session('an'))
    await first.says('Alles verstuurd')
    const leader = (await first.client.db.read('lease'))!.tab
    const awake = stage.browser(on)
    const second = stage.open(awake, factory)
    await second.client.write(taskProgress, TASK, { status: 'inProgress' })
    await first.says('Alles verstuurd')
    expect((await first.client.db.read('lease'))!.tab).toBe(leader)

    // The first tab freezes while its request is under way, and none of its timers runs any more.
    const thawed = gate()
    const asked = gate()
    stage.wire = async (request) => {
      asked.open()
      await thawed.passed
      return stage.online(request)
    }
    await second.client.write(taskProgress, TASK, { status: 'done' })
    await asked.passed
    stage.wire = stage.online
    const frozenAt = world.time
    await until(async () => {
      if (awake.nextDue()! > 0 && world.time < frozenAt + 15_000) awake.advance(1_000)
      expect((await second.client.db.read('lease'))!.tab).not.toBe(leader)
    })
    await second.says('Alles verstuurd')
    thawed.open()
    await first.client.engine.settled()
    expect(world.time - frozenAt).toBeLessThanOrEqual(15_000)
    expect((await history()).map(({ status }) => status)).toEqual(['applied', 'applied'])
    expect(await second.client.db.outbox.where('state').notEqual('acked').count()).toBe(0)
  })

  test('scenario 19: after the server went back to the backup of yesterday the devices bring back all since', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'opstap-scenario-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const [a, b] = await pair()
    await a.write(taskProgress, TASK, { status: 'inProgress' })
    await a.write(evidence, linkId, link)
    await heal(a, b)
    world.epoch = await readEpoch(world.db)
    await heal(a, b)
    await backUp(world.db, join(folder, 'yesterday.gz'), world.time)
    world.time += DAY
    await a.write(taskProgress, TASK, { status: 'done' })
    await b.type(taskProgress, TASK, 'note', 'Van vandaag.')
    await b.write(evidence, linkId, { deleted: true })
    await heal(a, b)
    await a.write(taskProgress, 'mat-overtuigen', { status: 'done' })
    await restore(database, join(folder, 'yesterday.gz'))
    world.epoch = await readEpoch(world.db)
    const expected = { tasks: { [TASK]: { status: 'done', note: 'Van vandaag.' }, 'mat-overtuigen': { status: 'done' } }, links: {}, conflicts: {} }
    expect(await converged(b, a)).toEqual(expected)
    const newcomer = await device('an')
    expect(await converged(newcomer, a)).toEqual(expected)
  })

  test('scenario 20: the page of a captive portal is no answer; the work waits and then arrives', async () => {
    const portal = () => new Response('<!doctype html><title>Gratis wifi</title><form>Akkoord</form>', { status: 200, headers: { 'content-type': 'text/html' } })
    vi.stubGlobal('fetch', async () => portal())
    onTestFinished(() => void vi.unstubAllGlobals())
    const { client, says } = stage.open(stage.browser())
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    stage.wire = (request) => browserTransport.sync(request, new AbortController().signal)
    await client.write(taskProgress, TASK, { status: 'done' })
    await says('1 wacht op verbinding')
    expect(await client.db.read('expired')).toBe(false)
    stage.wire = stage.online
    client.engine.request()
    await says('Alles verstuurd')
    expect(await history()).toHaveLength(1)
  })

  test('scenario 21: two people who each worked alone get one dossier: texts joined, a choice where they differ, nothing doubled', async () => {
    const [c, d] = [await device('cas'), await device('dina')]
    await c.type(taskProgress, TASK, 'note', 'Van Cas. ')
    await c.write(taskProgress, TASK, { status: 'done' })
    await c.write(evidence, linkId, link)
    await d.type(taskProgress, TASK, 'note', 'Van Dina. ')
    world.time += 1_000
    await d.write(taskProgress, TASK, { status: 'inProgress' })
    await heal(c, d)
    expect(await c.shows(taskProgress)).toEqual({ [TASK]: { note: 'Van Cas. ', status: 'done' } })
    world.team('zuienkerke', { cas: 'lead', dina: 'member' })
    await c.sync()
    await d.sync()
    const { tasks, links, conflicts } = await converged(c, d)
    expect(tasks[TASK]!.status).toBe('inProgress')
    for (const text of ['Van Cas. ', 'Van Dina. ']) expect(String(tasks[TASK]!.note).split(text)).toHaveLength(2)
    expect(Object.keys(links)).toEqual([linkId])
    expect(Object.values(conflicts)).toMatchObject([{ unit: 'status', winner: { value: 'inProgress', person: 'dina' }, loser: { value: 'done', person: 'cas' } }])
  })

  test('scenario 22: the hour that summer time gives back changes no order, also on a phone whose clock is set by hand', async () => {
    const [a, byHand] = await pair()
    world.time = Date.UTC(2026, 9, 25, 0, 59)
    await heal(a, byHand)
    await a.write(taskProgress, TASK, { status: 'inProgress' })
    await heal(a, byHand)
    world.time += 120_000
    byHand.clock.skew = -HOUR
    await byHand.write(taskProgress, TASK, { status: 'done' })
    world.time += 60_000
    await heal(byHand, a)
    world.time += 60_000
    await a.write(taskProgress, TASK, { status: 'notApplicable' })
    byHand.clock.skew = HOUR
    expect(await converged(a, byHand)).toEqual({ tasks: { [TASK]: { status: 'notApplicable' } }, links: {}, conflicts: {} })
  })

  test('scenario 23: a server whose clock was a day ahead for a while does not make later edits lose', async () => {
    const [a, b] = await pair()
    await heal(a, b)
    world.time += DAY
    a.clock.skew = -DAY
    b.clock.skew = -DAY
    await a.write(taskProgress, TASK, { status: 'inProgress' })
    await a.write(evidence, linkId, link)
    await heal(a, b)
    world.time -= DAY
    a.clock.skew = 0
    b.clock.skew = 0
    world.time += HOUR
    await b.write(taskProgress, TASK, { status: 'done' })
    await b.write(evidence, linkId, { deleted: true })
    expect(await converged(b, a)).toEqual({ tasks: { [TASK]: { status: 'done' } }, links: {}, conflicts: {} })
    world.time += HOUR
    await a.write(taskProgress, TASK, { status: 'notApplicable' })
    expect((await converged(a, b)).tasks).toEqual({ [TASK]: { status: 'notApplicable' } })
  })

  test('scenario 24: a device that the browser wiped gets everything back that was sent, and starts under a new id', async () => {
    const a = await device('an')
    await a.write(taskProgress, TASK, { status: 'done' })
    await a.type(taskProgress, TASK, 'note', 'Verstuurd. ')
    await a.sync()
    const before = await a.db.read('client')
    const wiped = await world.device()
    await wiped.write(taskProgress, 'mat-overtuigen', { status: 'done' })
    await wiped.signIn('an')
    expect((await converged(wiped, a)).tasks).toEqual({ [TASK]: { status: 'done', note: 'Verstuurd. ' }, 'mat-overtuigen': { status: 'done' } })
    expect(await wiped.db.read('client')).not.toBe(before)
  })

  test('scenario 25: a copied device gets an id of its own, and what both wrote is kept', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, TASK, { status: 'done' })
    await a.sync()
    const copy = await device('an')
    await copy.db.write('client', (await a.db.read('client'))!)
    await copy.db.write('n', (await a.db.read('n'))!)
    await a.write(taskProgress, 'mat-overtuigen', { status: 'done' })
    await copy.write(taskProgress, 'diensten-helpen', { status: 'inProgress' })
    await a.sync()
    const { tasks } = await converged(copy, a, b)
    expect(Object.keys(tasks).sort()).toEqual(['diensten-helpen', TASK, 'mat-overtuigen'])
    expect(await copy.db.read('client')).not.toBe(await a.db.read('client'))
  })

  test('scenario 26: someone who is out of the team and back in again has the whole dossier, and lost no word', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, TASK, { status: 'done' })
    await heal(a, b)
    await b.type(taskProgress, TASK, 'note', 'Na het vertrek.')
    world.team('damme', { an: 'lead' })
    await b.sync()
    expect(await b.db.rows.count()).toBe(0)
    expect(await b.db.outbox.where('state').equals('parked').toArray()).toMatchObject([{ reason: { code: 'forbidden' }, set: { note: { t: 'Na het vertrek.' } } }])
    expect(await kept('Na het vertrek')).toBe(false)
    expect((await history()).filter(({ status }) => status === 'parked')).toHaveLength(1)
    world.team('damme', { an: 'lead', bo: 'member' })
    await heal(b, a)
    expect(await b.shows(taskProgress)).toEqual({ [TASK]: { status: 'done' } })
    expect(await b.db.outbox.where('state').equals('parked').count()).toBe(1)
    expect(await conflictsIn(b)).toEqual([])
  })
})

/** A place where one waits for the other. */
function gate() {
  let open: () => void = () => undefined
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open: () => open(), passed }
}

/** Whoever was killed has nothing more to say; any other failure is one. */
function killed(error: unknown): undefined {
  for (let cause = error; cause; cause = (cause as { inner?: unknown; cause?: unknown }).inner ?? (cause as { cause?: unknown }).cause) if (cause instanceof Killed) return undefined
  throw error
}
