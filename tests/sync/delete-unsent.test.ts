/** Taking back what was not sent yet: the device shows again what the server has. The device's code against the server's. */
import 'fake-indexeddb/auto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
import type { MutationId } from '../../src/domain/ids.ts'
import { teamSpace } from '../../src/domain/spaces.ts'
import { deleteUnsent, putBackUnsent } from '../../src/client/sync/delete-unsent.ts'
import type { Environment } from '../../src/client/sync/environment.ts'
import { forgetOld, gather, take } from '../../src/client/sync/exchange.ts'
import { engines } from '../support/database.ts'
import { World, type Device } from '../support/world.ts'

const { taskProgress, evidence } = collections
const task = 'focus-kiezen'
const linkId = '0190b6a2-7c1e-7abc-8def-0123456789ab'
const link = { kind: 'link', url: 'https://damme.example/nota', title: 'Nota', addedAt: '2026-11-21T09:00:00.000Z', task }
const DAY_MS = 86_400_000

describe('an unsent change that is deleted', () => {
  let world: World
  let close: () => Promise<void>
  beforeAll(async () => {
    const opened = await engines[0]!.open()
    world = new World(opened.db)
    close = opened.close
  })
  afterAll(() => close())
  beforeEach(async () => {
    await world.clear()
    world.epoch = 'epoch-1'
    world.team('damme', { an: 'lead', bo: 'member' })
  })

  const join = async (person: string): Promise<Device> => {
    const device = await world.device()
    await device.signIn(person)
    await device.sync()
    return device
  }
  const unsent = (device: Device) => device.db.outbox.where('state').anyOf('waiting', 'sent').sortBy('n')
  const dropLast = async (device: Device) => deleteUnsent(device.db, (await unsent(device)).at(-1)!.id)

  it('leaves what a colleague wrote before', async () => {
    const [an, bo] = [await join('an'), await join('bo')]
    await an.write(taskProgress, task, { status: 'inProgress' })
    await an.sync()
    await bo.sync()
    await bo.write(taskProgress, task, { status: 'done' })
    expect(await dropLast(bo)).toHaveLength(1)
    expect(await bo.shows(taskProgress)).toEqual({ [task]: { status: 'inProgress' } })
    await bo.sync()
    await an.sync()
    expect(await an.shows(taskProgress)).toEqual(await bo.shows(taskProgress))
  })

  it('leaves what this device itself sent before', async () => {
    const an = await join('an')
    await an.write(taskProgress, task, { status: 'inProgress' })
    await an.type(taskProgress, task, 'note', 'Eerst bellen.')
    await an.sync()
    await an.type(taskProgress, task, 'note', ' Dan schrijven.')
    await dropLast(an)
    expect(await an.shows(taskProgress)).toEqual({ [task]: { status: 'inProgress', note: 'Eerst bellen.' } })
  })

  it('takes along what was written on it, and nothing else', async () => {
    const an = await join('an')
    await an.write(taskProgress, task, { status: 'inProgress' })
    await an.type(taskProgress, task, 'note', 'Blijft.')
    await an.write(taskProgress, task, { status: 'done' })
    const [first] = await unsent(an)
    const other = await join('bo')
    await other.write(taskProgress, task, { status: 'notApplicable' })
    await other.sync()
    const removed = await deleteUnsent(an.db, first!.id)
    expect(removed.map(({ set }) => set)).toEqual([{ status: 'inProgress' }, { status: 'done' }])
    expect(await an.shows(taskProgress)).toEqual({ [task]: { note: 'Blijft.' } })
    await putBackUnsent(an.db, removed)
    expect(await an.shows(taskProgress)).toEqual({ [task]: { status: 'done', note: 'Blijft.' } })
    await an.sync()
    await other.sync()
    expect(await other.shows(taskProgress)).toEqual(await an.shows(taskProgress))
  })

  it('of one field leaves the unsent changes of another', async () => {
    const an = await join('an')
    await an.write(taskProgress, task, { status: 'notStarted' })
    await an.sync()
    await an.write(taskProgress, task, { status: 'inProgress' })
    await an.type(taskProgress, task, 'note', 'Blijft.')
    await an.write(taskProgress, task, { status: 'done' })
    const [first] = await unsent(an)
    expect((await deleteUnsent(an.db, first!.id)).map(({ set }) => Object.keys(set))).toEqual([['status'], ['status']])
    expect(await an.shows(taskProgress)).toEqual({ [task]: { status: 'notStarted', note: 'Blijft.' } })
    await an.sync()
    const bo = await join('bo')
    expect(await bo.shows(taskProgress)).toEqual(await an.shows(taskProgress))
    expect(await bo.shows(collections.conflict)).toEqual({})
  })

  it('that made a row takes the row along, and brings it back', async () => {
    const an = await join('an')
    await an.write(evidence, linkId, link)
    await an.write(evidence, linkId, { title: 'Nota van mei' })
    const removed = await deleteUnsent(an.db, (await unsent(an))[0]!.id)
    expect(removed).toHaveLength(2)
    expect(await an.shows(evidence)).toEqual({})
    expect(await an.db.rows.get([teamSpace('damme'), 'evidence', linkId])).toBeUndefined()
    await putBackUnsent(an.db, removed)
    expect(await an.shows(evidence)).toMatchObject({ [linkId]: { title: 'Nota van mei' } })
  })

  it('while it is under way comes back, since the server has it', async () => {
    const an = await join('an')
    await an.write(taskProgress, task, { status: 'done' })
    const outgoing = (await gather(an.db, an.env as Environment))!
    const answer = await world.serve('an', outgoing.request)
    await dropLast(an)
    expect(await an.shows(taskProgress)).toEqual({})
    const { more } = await take(an.db, an.env as Environment, answer, an.env.now(), async () => true)
    expect(more).toBe(true)
    await an.sync()
    expect(await an.shows(taskProgress)).toEqual({ [task]: { status: 'done' } })
  })

  it('of which the answer was lost comes back too', async () => {
    const an = await join('an')
    await an.write(taskProgress, task, { status: 'done' })
    await an.roundTrip('lost-answer')
    await dropLast(an)
    await an.sync()
    expect(await an.shows(taskProgress)).toEqual({ [task]: { status: 'done' } })
  })

  it('of someone else is not touched, nor one that arrived', async () => {
    const an = await join('an')
    await an.write(taskProgress, task, { status: 'done' })
    const [entry] = await unsent(an)
    await an.sync()
    expect(await deleteUnsent(an.db, entry!.id)).toEqual([])
    await an.db.outbox.put({ ...entry!, state: 'waiting', author: 'bo' as never })
    expect(await deleteUnsent(an.db, entry!.id)).toEqual([])
    expect(await deleteUnsent(an.db, '0198a000-0000-7000-8000-0000000000ff' as MutationId)).toEqual([])
    expect(await an.shows(taskProgress)).toEqual({ [task]: { status: 'done' } })
  })

  it('still finds what the server has after the sent changes were forgotten', async () => {
    const an = await join('an')
    await an.write(taskProgress, task, { status: 'inProgress' })
    await an.sync()
    await an.write(taskProgress, task, { status: 'notApplicable' })
    world.time += 31 * DAY_MS
    await forgetOld(an.db, an.env.now())
    expect(await an.db.outbox.where('state').equals('acked').count()).toBe(0)
    await dropLast(an)
    expect(await an.shows(taskProgress)).toEqual({ [task]: { status: 'inProgress' } })
  })
})
