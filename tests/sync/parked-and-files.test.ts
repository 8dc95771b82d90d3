/** What was parked or saved to a file comes through in the end, once: the device's code against the server's. */
import 'fake-indexeddb/auto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
import type { PersonId } from '../../src/domain/ids.ts'
import { teamSpace } from '../../src/domain/spaces.ts'
import type { LocalPhoto, OutboxEntry } from '../../src/client/db/database.ts'
import { unsentWork } from '../../src/client/sync/export-work.ts'
import { takeBack } from '../../src/client/sync/import-work.ts'
import { retryParked } from '../../src/client/sync/parked.ts'
import { engines } from '../support/database.ts'
import { World, type Device } from '../support/world.ts'

const { taskProgress, assignmentRow } = collections

describe('the way back of work', () => {
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
    world.team('damme', { an: 'lead', bo: 'member' })
  })

  const join = async (person: string, skew = 0): Promise<Device> => {
    const device = await world.device(skew)
    await device.signIn(person)
    await device.sync()
    return device
  }
  const parkedOf = (device: Device): Promise<OutboxEntry[]> => device.db.outbox.where('state').equals('parked').toArray()
  const log = () => world.db.selectFrom('sync_mutation').select(['id', 'status']).execute()

  /** Bo is out of the team at the moment the change arrives. */
  async function parkedWhileAway(): Promise<{ bo: Device; parked: OutboxEntry }> {
    const bo = await join('bo')
    await bo.write(taskProgress, 'focus-kiezen', { status: 'done' })
    world.team('damme', { an: 'lead' })
    await bo.sync()
    const [parked] = await parkedOf(bo)
    expect(parked).toMatchObject({ reason: { code: 'forbidden' }, set: { status: 'done' } })
    return { bo, parked: parked! }
  }

  it('a parked change that is tried again after regaining access reaches everybody', async () => {
    const { bo, parked } = await parkedWhileAway()
    expect(await retryParked(bo.db, bo.env, parked.id)).toBe('noAccess')
    expect(await parkedOf(bo)).toEqual([parked])
    world.team('damme', { an: 'lead', bo: 'member' })
    await bo.sync()
    expect(await retryParked(bo.db, bo.env, parked.id)).toBe('waiting')
    await bo.sync()
    expect(await parkedOf(bo)).toEqual([])
    const an = await join('an')
    expect(await an.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'done' } })
    expect(await bo.shows(taskProgress)).toEqual(await an.shows(taskProgress))
  })

  it('a parked change that comes late does not overwrite what someone wrote since, and asks instead', async () => {
    const { bo, parked } = await parkedWhileAway()
    world.time += 60_000
    const an = await join('an')
    await an.write(taskProgress, 'focus-kiezen', { status: 'notApplicable' })
    await an.sync()
    world.team('damme', { an: 'lead', bo: 'member' })
    await bo.sync()
    await retryParked(bo.db, bo.env, parked.id)
    await bo.sync()
    await an.sync()
    for (const device of [an, bo]) {
      expect(await device.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'notApplicable' } })
      expect(Object.values(await device.shows(collections.conflict))).toMatchObject([{ winner: { value: 'notApplicable' }, loser: { value: 'done' } }])
    }
  })

  it('is tried again once, also from two tabs at a time', async () => {
    const { bo, parked } = await parkedWhileAway()
    world.team('damme', { an: 'lead', bo: 'member' })
    await bo.sync()
    const outcomes = await Promise.all([retryParked(bo.db, bo.env, parked.id), retryParked(bo.db, bo.env, parked.id)])
    expect(outcomes.toSorted()).toEqual(['gone', 'waiting'])
    await bo.sync()
    expect((await log()).filter(({ status }) => status === 'applied')).toHaveLength(1)
  })

  it('a file read back on two devices, of which one sent the work already, is applied once', async () => {
    const lost = await join('bo')
    await lost.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await lost.type(taskProgress, 'focus-kiezen', 'note', 'Eerst bellen. ')
    const file = JSON.parse(JSON.stringify(await unsentWork(lost.db, world.time)))
    await lost.roundTrip('lost-answer')
    const [phone, laptop] = [await join('bo'), await join('bo')]
    for (const device of [phone, laptop]) {
      expect(await takeBack(device.db, file)).toMatchObject({ taken: 2 })
      await device.sync()
    }
    expect(await log()).toHaveLength(2)
    for (const device of [phone, laptop, await join('an')])
      expect(await device.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'done', note: 'Eerst bellen. ' } })
  })

  it('a file that was saved before typing on keeps what was typed since', async () => {
    const phone = await join('bo')
    await phone.type(taskProgress, 'focus-kiezen', 'note', 'Eerst bellen. ')
    const file = JSON.parse(JSON.stringify(await unsentWork(phone.db, world.time)))
    await phone.type(taskProgress, 'focus-kiezen', 'note', 'Dan mailen.')
    expect(await takeBack(phone.db, file)).toMatchObject({ taken: 0, known: 1 })
    const laptop = await join('bo')
    await takeBack(laptop.db, file)
    await laptop.sync()
    await phone.sync()
    await laptop.sync()
    for (const device of [phone, laptop]) expect(await device.shows(taskProgress)).toEqual({ 'focus-kiezen': { note: 'Eerst bellen. Dan mailen.' } })
  })

  it('photos leave the device with the space they are in, except those of which it may have the only copy', async () => {
    const bo = await join('bo')
    const space = teamSpace('damme')
    const row = (uuid: string) => `demolabgende--observatie--fotos--0190b6a2-7c1e-7abc-8def-00000000000${uuid}`
    const [safe, waits, refused, named] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64)) as [string, string, string, string]
    const keep = (id: string, more: Partial<LocalPhoto>) => bo.db.photos.add({ id, space, bytes: new ArrayBuffer(8), type: 'image/jpeg', author: 'bo' as PersonId, at: world.time, waits: 0, safeIn: world.epoch, ...more })
    await keep(safe, {})
    await keep(waits, { waits: 1 })
    await keep(refused, { refused: 'Nee.' })
    await keep(named, {})
    await keep(safe, { space: teamSpace('elders') })
    await bo.sync()
    // Of a space that this person never saw: nothing can be looked at there.
    expect((await bo.db.photos.toArray()).map(({ id, space: of }) => `${of} ${id[0]}`).sort()).toEqual(['team:damme a', 'team:damme b', 'team:damme c', 'team:damme d'])
    await bo.write(assignmentRow, row('1'), { order: 1, 'value.file': named }, space)
    world.team('damme', { an: 'lead' })
    await bo.sync()
    expect((await parkedOf(bo)).map(({ set }) => set['value.file'])).toEqual([named])
    expect((await bo.db.photos.toArray()).map(({ id }) => id[0]).sort()).toEqual(['b', 'c', 'd'])
    // Nothing unsent names it any more.
    await bo.db.outbox.where('state').equals('parked').delete()
    await bo.sync()
    expect((await bo.db.photos.toArray()).map(({ id }) => id[0]).sort()).toEqual(['b', 'c'])
  })

  it('parked changes take a bounded room on the server; above it the device keeps the only copy and is told so', async () => {
    const bo = await join('bo')
    world.team('damme', { an: 'lead' })
    const size = 400_000
    for (let i = 0; i < 15; i += 1) await bo.write(taskProgress, `taak-${i}`, { status: 'done' })
    await bo.db.outbox.toCollection().modify((entry) => void (entry.set = { status: `${entry.row} ${'x'.repeat(size)}` }))
    await bo.sync()
    const parked = await parkedOf(bo)
    expect(parked).toHaveLength(15)
    expect(parked.every(({ set }) => String(set.status).length > size)).toBe(true)
    const stored = await world.db.selectFrom('sync_mutation').select(['id', 'payload']).execute()
    expect(stored).toHaveLength(15)
    const kept = stored.filter(({ payload }) => payload !== '')
    expect(kept).toHaveLength(Math.floor(5_000_000 / (size + 100)))
    const told = parked.filter(({ reason }) => reason!.message.endsWith('De server heeft er geen plaats voor: bewaar je tekst zelf.'))
    expect(told.map(({ id }) => id).sort()).toEqual(stored.filter(({ payload }) => payload === '').map(({ id }) => id).sort())
  })
})
