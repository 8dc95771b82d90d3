import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
import { deskSpace, LOCAL_SPACE, personSpace, teamSpace } from '../../src/domain/spaces.ts'
import type { PersonId, SpaceId } from '../../src/domain/ids.ts'
import { startWriting } from '../../src/client/sync/mutate.ts'
import { engines } from '../support/database.ts'
import { World, type Device } from '../support/world.ts'

const { question, questionMessage, taskProgress, conflict } = collections
const id = '0190b6a2-7c1e-7abc-8def-0123456789ab'
const said = '0190b6a2-7c1e-7abc-8def-0123456789ac'
const asked = { type: 'advice', theme: null, text: 'Hoe begin je?', context: null, mail: true }
const damme = deskSpace('damme')

describe.each(engines)('the space of a team and the helpdesk on $name', ({ open }) => {
  let world: World
  let close: () => Promise<void>
  beforeAll(async () => {
    const opened = await open()
    world = new World(opened.db)
    close = opened.close
  })
  afterAll(() => close())
  beforeEach(async () => {
    await world.clear()
    world.teams.clear()
    world.desk.clear()
    world.epoch = 'epoch-1'
    world.team('damme', { an: 'lead', bo: 'member' })
    world.team('zuienkerke', { cas: 'lead' })
    world.desk.add('noor')
  })

  const on = async (person?: string): Promise<Device> => {
    const device = await world.device()
    if (person) await device.signIn(person)
    return device
  }
  const answer = (device: Device, set: Record<string, unknown>, definition: any = questionMessage, row = said, space: SpaceId = damme) => startWriting(device.db, device.env)({ definition, row, set, into: space })
  const rowsIn = async ({ db }: Device, collection = 'question') => (await db.rows.toArray()).filter((row) => row.collection === collection && row.values.deleted !== true).map(({ space, values }) => [space, values.text ?? values.answer])
  const parked = async () => (await world.db.selectFrom('sync_mutation').select(['person', 'reason']).where('status', '=', 'parked').execute()).map(({ person, reason }) => `${person} ${reason}`)

  it('brings a question to the team and the desk, an answer back, and nothing of it to another team', async () => {
    const [an, bo, cas, noor] = [await on('an'), await on('bo'), await on('cas'), await on('noor')]
    await an.write(question, id, asked)
    for (const device of [an, bo, cas, noor]) await device.sync()
    expect([await rowsIn(an), await rowsIn(bo), await rowsIn(noor), await rowsIn(cas)]).toEqual([[[damme, asked.text]], [[damme, asked.text]], [[damme, asked.text]], []])
    expect(await answer(noor, { question: id, answer: 'Klein.' })).toMatchObject({ kind: 'written' })
    await answer(noor, { assignee: 'noor', term: '2026-12-01' }, question, id)
    for (const device of [noor, an, cas]) await device.sync()
    expect(await rowsIn(an, 'questionMessage')).toEqual([[damme, 'Klein.']])
    expect((await an.db.rows.get([damme, 'question', id]))!.values).toMatchObject({ ...asked, assignee: 'noor', term: '2026-12-01' })
    expect(await cas.db.rows.toArray()).toEqual([])
    expect(await parked()).toEqual([])
  })

  it('does not show the desk what a team does besides', async () => {
    const [an, noor] = [await on('an'), await on('noor')]
    await an.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await an.sync()
    await noor.sync()
    expect(await noor.db.rows.toArray()).toEqual([])
    const answered = await world.serve('noor', { proto: 1, schema: 1, client: 'aaaaaaaaaa', person: 'noor', epoch: null, now: world.time, measured: true, cursors: {}, mutations: [] })
    expect(answered.visible.toSorted()).toEqual(['desk:damme', 'desk:zuienkerke', 'person:noor'])
  })

  it('keeps, and does not apply, what someone may not write there, whatever the device thinks', async () => {
    const devices = { an: await on('an'), cas: await on('cas'), noor: await on('noor') }
    await devices.an.write(question, id, asked)
    await devices.an.sync()
    const refused: [keyof typeof devices, any, string, Record<string, unknown>][] = [
      ['an', questionMessage, said, { question: id, answer: 'Ik antwoord zelf.' }],
      ['an', question, id, { closed: true }],
      ['an', question, id, { deleted: true }],
      ['cas', questionMessage, said, { question: id, text: 'Van een ander team.' }],
      ['cas', question, id, { ...asked, text: 'Overschreven' }],
      ['noor', question, '0190b6a2-7c1e-7abc-8def-0123456789ad', asked],
      ['noor', questionMessage, said, { question: id, text: 'Als was ik het team.' }],
    ]
    for (const [person, definition, row, set] of refused) {
      const device = devices[person]
      expect(await answer(device, set, definition, row)).toMatchObject({ kind: 'refused', refusal: 'forbidden' })
      // A device that does not ask its own rule: the server's is the one that counts.
      const session = world.session(person)
      const forged = await world.device()
      await forged.signIn(person)
      await forged.db.write('session', { ...session, roles: definition === question && 'text' in set ? [] : ['desk'], teams: [{ id: 'damme', nis: '31006', name: 'damme', role: 'member' }] })
      if ('text' in set || set.deleted) await forged.db.write('session', { ...session, roles: [], teams: [{ id: 'damme', nis: '31006', name: 'damme', role: 'member' }] })
      if ((await answer(forged, set, definition, row)).kind === 'refused') continue
      await forged.sync()
    }
    expect(new Set(await parked())).toEqual(new Set(['an forbidden', 'cas forbidden', 'noor forbidden']))
    const bo = await on('bo')
    await bo.sync()
    expect(await rowsIn(bo)).toEqual([[damme, asked.text]])
    expect(await rowsIn(bo, 'questionMessage')).toEqual([])
    expect((await bo.db.rows.get([damme, 'question', id]))!.values.closed).toBeUndefined()
  })

  it('takes a question along from the device to the person and on to the team, once, with its time', async () => {
    const device = await on()
    await device.write(question, id, asked)
    expect(await rowsIn(device)).toEqual([[LOCAL_SPACE, asked.text]])
    const written = (await device.db.rows.get([LOCAL_SPACE, 'question', id]))!.stamps['asked']
    await device.signIn('eva')
    await device.sync()
    expect(await rowsIn(device)).toEqual([[personSpace('eva' as PersonId), asked.text]])
    world.time += 86_400_000
    world.teams.get('zuienkerke')!.members.set('eva', 'member')
    await device.sync()
    await device.sync()
    const noor = await on('noor')
    await noor.sync()
    expect(await rowsIn(device)).toEqual([[deskSpace('zuienkerke'), asked.text]])
    expect(await rowsIn(noor)).toEqual([[deskSpace('zuienkerke'), asked.text]])
    expect((await noor.db.rows.get([deskSpace('zuienkerke'), 'question', id]))!).toMatchObject({ stamps: { asked: written }, by: { asked: 'eva' } })
    expect(await parked()).toEqual([])
  })

  it('takes a question of someone who signs in with a team straight to that team', async () => {
    const device = await on()
    await device.write(question, id, asked)
    await device.signIn('bo')
    await device.sync()
    const noor = await on('noor')
    await noor.sync()
    expect(await rowsIn(noor)).toEqual([[damme, asked.text]])
  })

  it('takes the questions off the device of someone who left the team', async () => {
    const [an, bo] = [await on('an'), await on('bo')]
    await an.write(question, id, asked)
    await an.sync()
    await bo.sync()
    expect(await rowsIn(bo)).toHaveLength(1)
    world.teams.get('damme')!.members.delete('bo')
    await bo.sync()
    expect(await rowsIn(bo)).toEqual([])
  })

  it('takes the questions off the device of someone who left the desk, and brings them back with the role', async () => {
    const [an, noor] = [await on('an'), await on('noor')]
    await an.write(question, id, asked)
    await an.sync()
    await noor.sync()
    world.desk.delete('noor')
    await noor.sync()
    expect(await rowsIn(noor)).toEqual([])
    world.desk.add('noor')
    await noor.sync()
    expect(await rowsIn(noor)).toEqual([[damme, asked.text]])
  })

  it('writes back what the server lost, each device its own part, without anything being refused', async () => {
    const [an, noor] = [await on('an'), await on('noor')]
    await an.write(question, id, asked)
    await an.sync()
    await noor.sync()
    await answer(noor, { question: id, answer: 'Klein.' })
    await answer(noor, { assignee: 'noor' }, question, id)
    await noor.sync()
    await an.sync()
    // Asked so long ago that the device no longer keeps its acknowledged changes: it has the row alone, with the desk's part in it.
    await an.db.outbox.clear()
    await world.clear()
    world.epoch = 'epoch-2'
    for (let round = 0; round < 3; round += 1) for (const device of [an, noor]) await device.sync()
    const bo = await on('bo')
    await bo.sync()
    expect((await bo.db.rows.get([damme, 'question', id]))!.values).toEqual({ ...asked, assignee: 'noor' })
    expect(await rowsIn(bo, 'questionMessage')).toEqual([[damme, 'Klein.']])
    expect(await parked()).toEqual([])
    expect(await rowsIn(bo, 'taskProgress')).toEqual([])
    expect(await bo.shows(conflict)).toEqual({})
    expect(await bo.db.rows.where('[space+collection+id]').between([teamSpace('damme')], [teamSpace('damme'), []]).count()).toBe(0)
  })
})
