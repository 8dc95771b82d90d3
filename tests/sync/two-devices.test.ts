import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
import { teamSpace } from '../../src/domain/spaces.ts'
import { engines } from '../support/database.ts'
import { World } from '../support/world.ts'

const { taskProgress, evidence, scanRound } = collections
const link = { kind: 'link', url: 'https://damme.example/nota', title: 'Nota', addedAt: '2026-11-21T09:00:00.000Z', task: 'focus-kiezen' }
const linkId = '0190b6a2-7c1e-7abc-8def-0123456789ab'

describe.each(engines)('two devices of one team on $name', ({ open }) => {
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
    world.team('damme', { an: 'lead', bo: 'member' })
  })

  const pair = async () => {
    const [a, b] = [await world.device(), await world.device()]
    await a.signIn('an')
    await b.signIn('bo')
    return [a, b] as const
  }

  it('brings a change of one to the other', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    await a.sync()
    await b.sync()
    expect(await b.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'inProgress' } })
  })

  it('adopts work from before signing in, and takes it along into the team, once', async () => {
    const a = await world.device()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.type(taskProgress, 'focus-kiezen', 'note', 'Alleen.')
    await a.write(evidence, linkId, link)
    await a.write(scanRound, 'waar-staan-we--2026', { finishedAt: null })
    await a.signIn('cas')
    await a.sync()
    const second = await world.device()
    await second.signIn('cas')
    await second.sync()
    const before = { 'focus-kiezen': { status: 'done', note: 'Alleen.' } }
    expect(await second.shows(taskProgress)).toEqual(before)

    world.team('zuienkerke', { cas: 'lead', dina: 'member' })
    await a.sync()
    await second.sync()
    await a.sync()
    const colleague = await world.device()
    await colleague.signIn('dina')
    await colleague.sync()
    for (const device of [a, second, colleague]) {
      expect(await device.shows(taskProgress)).toEqual(before)
      expect(Object.keys(await device.shows(evidence))).toEqual([linkId])
      expect(await device.shows(scanRound)).toEqual({ 'waar-staan-we--2026': { finishedAt: null } })
      expect(await device.shows(collections.conflict)).toEqual({})
      expect(await device.db.outbox.where('state').equals('parked').count()).toBe(0)
    }
  })

  it('takes work along once when it comes back into the own space while another device takes it along', async () => {
    const [a, b] = [await world.device(), await world.device()]
    for (const device of [b, a]) {
      await device.signIn('cas')
      await device.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
      await device.type(taskProgress, 'focus-kiezen', 'note', 'Begonnen.')
      world.time += 1_000
    }
    world.team('zuienkerke', { cas: 'lead' })
    await a.signIn('cas')
    world.time += 1_000
    await b.signIn('cas')
    await b.sync()
    await b.type(taskProgress, 'focus-kiezen', 'note', 'Verder.')
    await b.sync()
    // What this device wrote there revives the row that the other one deleted.
    await a.sync()
    await a.signIn('cas')
    await a.sync()
    await b.sync()
    for (const device of [a, b]) expect(await device.shows(taskProgress)).toMatchObject({ 'focus-kiezen': { status: 'inProgress' } })
    const log = await world.db.selectFrom('sync_mutation').select('payload').where('space', '=', teamSpace('zuienkerke')).where('client', '=', (await a.db.read('client'))!).execute()
    for (const field of ['status', 'note']) expect(log.filter(({ payload }) => payload.includes(`"set":{"${field}"`)), field).toHaveLength(1)
  })

  it('shows nothing of a team to someone of another', async () => {
    world.team('zuienkerke', { eef: 'lead' })
    const [a] = await pair()
    const other = await world.device()
    await other.signIn('eef')
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.sync()
    await other.sync()
    expect(await other.shows(taskProgress)).toEqual({})
    expect(await other.db.rows.count()).toBe(0)
  })

  it('removes what was written in a team that was left before anything of it was fetched', async () => {
    const [, b] = await pair()
    await b.write(taskProgress, 'focus-kiezen', { status: 'done' })
    world.teams.get('damme')!.members.delete('bo')
    await b.sync()
    expect(await b.db.rows.count()).toBe(0)
    expect(await b.db.outbox.where('state').equals('parked').count()).toBe(1)
  })

  it('shows one author everywhere when a colleague writes work back after a restore, also when the next one loses that too', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.sync()
    await b.sync()
    const authors = async (device: typeof a) => (await device.db.rows.toArray()).map(({ by }) => by)
    for (const [epoch, order] of [['epoch-4', [b, a, b]], ['epoch-5', [a, b, a]]] as const) {
      await world.clear()
      world.epoch = epoch
      for (const device of order) await device.sync()
      const [stored] = await world.db.selectFrom('sync_row').select('authors').execute()
      expect(await authors(b), epoch).toEqual([JSON.parse(stored!.authors)])
      expect(await authors(a), epoch).toEqual(await authors(b))
    }
  })

  it('shows what the server has when a change of a wrong clock is told again after a restore', async () => {
    const [a, b] = await pair()
    a.clock.skew = 10 * 365 * 86_400_000
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.sync()
    world.time += 60_000
    await b.sync()
    await b.write(taskProgress, 'focus-kiezen', { status: 'notApplicable' })
    await b.sync()
    world.epoch = 'epoch-3'
    await a.sync()
    expect(await a.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'notApplicable' } })
    expect(await a.db.outbox.where('state').notEqual('acked').count()).toBe(0)
  })

  it('shows again what had left the device with the access to the team, when both came back', async () => {
    const [a, b] = await pair()
    await b.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.sync()
    await b.sync()
    const { members } = world.teams.get('damme')!
    members.delete('bo')
    await b.sync()
    expect(await b.db.rows.count()).toBe(0)
    members.set('bo', 'member')
    await world.clear()
    world.epoch = 'epoch-6'
    await b.sync()
    expect(await b.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'done' } })
    await a.sync()
    expect(await a.shows(taskProgress)).toEqual(await b.shows(taskProgress))
  })

  it('shows the stamps of the server for what a copied device wrote while it learned its new id', async () => {
    const [a] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.sync()
    const copy = await world.device()
    await copy.signIn('an')
    await copy.db.write('client', (await a.db.read('client'))!)
    await copy.write(taskProgress, 'diensten-helpen', { status: 'inProgress' })
    const serve = world.serve.bind(world)
    world.serve = async (...request) => {
      world.serve = serve
      const answer = await serve(...request)
      await copy.write(taskProgress, 'mat-overtuigen', { status: 'done' })
      return answer
    }
    await copy.sync()
    await copy.sync()
    const { stamps } = await world.db.selectFrom('sync_row').select('stamps').where('id', '=', 'mat-overtuigen').executeTakeFirstOrThrow()
    expect((await copy.db.rows.get([teamSpace('damme'), 'taskProgress', 'mat-overtuigen']))!.stamps).toEqual(JSON.parse(stamps))
  })
})
