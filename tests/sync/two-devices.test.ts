import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
import { teamSpace } from '../../src/domain/spaces.ts'
import { engines } from '../support/database.ts'
import { World } from '../support/world.ts'

const { taskProgress, evidence } = collections
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

  it('keeps different fields of one row that both wrote offline, without a conflict', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await b.type(taskProgress, 'focus-kiezen', 'note', 'Besproken op het MAT.')
    await a.sync()
    await b.sync()
    await a.sync()
    const expected = { 'focus-kiezen': { status: 'done', note: 'Besproken op het MAT.' } }
    expect(await a.shows(taskProgress)).toEqual(expected)
    expect(await b.shows(taskProgress)).toEqual(expected)
    expect(await a.shows(collections.conflict)).toEqual({})
  })

  it('lets the later of two values for one field win and keeps the other as a conflict', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    world.time += 60_000
    await b.write(taskProgress, 'focus-kiezen', { status: 'notApplicable' })
    await b.sync()
    await a.sync()
    await b.sync()
    for (const device of [a, b]) {
      expect(await device.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'notApplicable' } })
      const [conflict] = Object.values(await device.shows(collections.conflict))
      expect(conflict).toMatchObject({ unit: 'status', winner: { value: 'notApplicable', person: 'bo' }, loser: { value: 'done', person: 'an' } })
    }
  })

  it('keeps both texts when both typed offline, also when both began it', async () => {
    const [a, b] = await pair()
    await a.type(taskProgress, 'focus-kiezen', 'note', 'Van An. ')
    await b.type(taskProgress, 'focus-kiezen', 'note', 'Van Bo. ')
    await a.sync()
    await b.sync()
    await a.sync()
    const shown = (await a.shows(taskProgress))['focus-kiezen']!.note as string
    expect(await b.shows(taskProgress)).toEqual(await a.shows(taskProgress))
    expect(shown.split('Van An. ')).toHaveLength(2)
    expect(shown.split('Van Bo. ')).toHaveLength(2)
  })

  it('applies a change once when the answer is lost and the request is repeated', async () => {
    const [a, b] = await pair()
    await a.type(taskProgress, 'focus-kiezen', 'note', 'Eén keer.')
    for (const fault of ['lost-answer', 'lost-answer', 'delivered-twice', 'lost-answer'] as const) await a.roundTrip(fault)
    await a.sync()
    await b.sync()
    expect((await b.shows(taskProgress))['focus-kiezen']).toEqual({ note: 'Eén keer.' })
    const logged = await world.db.selectFrom('sync_mutation').select('id').execute()
    expect(logged).toHaveLength(1)
  })

  it('adopts work from before signing in, and takes it along into the team, once', async () => {
    const a = await world.device()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.type(taskProgress, 'focus-kiezen', 'note', 'Alleen.')
    await a.write(evidence, linkId, link)
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
      expect(await device.shows(collections.conflict)).toEqual({})
    }
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

  it('parks a forbidden change, keeps its words on the device and lets the rest through', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.sync()
    await b.sync()
    await b.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    await b.type(taskProgress, 'focus-kiezen', 'note', 'Na het vertrek.')
    world.teams.get('damme')!.members.delete('bo')
    await b.sync()
    const left = await b.db.outbox.where('state').equals('parked').sortBy('n')
    expect(left.map(({ reason }) => reason?.code)).toEqual(['forbidden', 'forbidden'])
    expect(left[1]!.set.note).toMatchObject({ t: 'Na het vertrek.' })
    expect(await a.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'done' } })
    expect(await b.db.rows.count()).toBe(0)
    await a.sync()
    expect(await a.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'done' } })
  })

  it('removes what was written in a team that was left before anything of it was fetched', async () => {
    const [, b] = await pair()
    await b.write(taskProgress, 'focus-kiezen', { status: 'done' })
    world.teams.get('damme')!.members.delete('bo')
    await b.sync()
    expect(await b.db.rows.count()).toBe(0)
    expect(await b.db.outbox.where('state').equals('parked').count()).toBe(1)
  })

  it('takes a real later edit over one of a clock two hours ahead', async () => {
    const [fast, right] = [await world.device(2 * 3600_000), await world.device()]
    await fast.signIn('an')
    await right.signIn('bo')
    await fast.write(taskProgress, 'focus-kiezen', { status: 'done' })
    world.time += 60_000
    await right.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    await right.sync()
    world.time += 60_000
    await fast.sync()
    await right.sync()
    expect(await fast.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'inProgress' } })
    expect(await right.shows(taskProgress)).toEqual(await fast.shows(taskProgress))
  })

  it('accepts clocks of 1970 and ten years ahead and keeps the order of writing', async () => {
    for (const skew of [-world.time + 86_400_000, 10 * 365 * 86_400_000]) {
      const odd = await world.device(skew)
      await odd.signIn('an')
      for (const status of ['inProgress', 'done', 'notApplicable']) {
        await odd.write(taskProgress, 'focus-kiezen', { status })
        world.time += 1_000
      }
      await odd.sync()
      expect(await odd.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'notApplicable' } })
      const { hlc } = await world.db.selectFrom('sync_mutation').select('hlc').orderBy('hlc', 'desc').executeTakeFirstOrThrow()
      expect(parseInt(hlc.slice(0, 9), 36)).toBeLessThanOrEqual(world.time)
    }
  })

  it('lets the second edit win when the clock was set back between two offline edits', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    a.clock.skew = -3600_000
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.sync()
    await b.sync()
    expect(await b.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'done' } })
  })

  it('brings everything back after the server was restored to an older state', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.write(evidence, linkId, link)
    await a.sync()
    await b.sync()
    await world.clear()
    world.epoch = 'epoch-2'
    await b.sync()
    await a.sync()
    await b.sync()
    for (const device of [a, b]) {
      expect(await device.shows(taskProgress)).toEqual({ 'focus-kiezen': { status: 'done' } })
      expect(Object.keys(await device.shows(evidence))).toEqual([linkId])
      expect(await device.db.outbox.where('state').anyOf('waiting', 'sent', 'parked').count()).toBe(0)
    }
  })

  it('shows one author everywhere when a colleague writes work back after a restore', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.sync()
    await b.sync()
    await world.clear()
    world.epoch = 'epoch-4'
    for (const device of [b, a, b]) await device.sync()
    const authors = async (device: typeof a) => (await device.db.rows.toArray()).map(({ by }) => by)
    const [stored] = await world.db.selectFrom('sync_row').select('authors').execute()
    expect(await authors(b)).toEqual([JSON.parse(stored!.authors)])
    expect(await authors(a)).toEqual(await authors(b))
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

  it('revives a link that one deleted while the other changed it', async () => {
    const [a, b] = await pair()
    await a.write(evidence, linkId, link)
    await a.sync()
    await b.sync()
    await a.write(evidence, linkId, { deleted: true })
    await b.write(evidence, linkId, { title: 'Nieuwe nota' })
    await a.sync()
    await b.sync()
    await a.sync()
    for (const device of [a, b]) expect((await device.shows(evidence))[linkId]).toMatchObject({ title: 'Nieuwe nota' })
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

  it('gives a copied device a new id and keeps what both wrote', async () => {
    const [a, b] = await pair()
    await a.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await a.sync()
    const [client, n] = [await a.db.read('client'), await a.db.read('n')]
    const copy = await world.device()
    await copy.signIn('an')
    await copy.db.write('client', client!)
    await copy.db.write('n', n!)
    await a.write(taskProgress, 'mat-overtuigen', { status: 'done' })
    await copy.write(taskProgress, 'diensten-helpen', { status: 'inProgress' })
    await a.sync()
    await copy.sync()
    await b.sync()
    expect(Object.keys(await b.shows(taskProgress)).sort()).toEqual(['diensten-helpen', 'focus-kiezen', 'mat-overtuigen'])
    expect(await copy.db.read('client')).not.toBe(client)
  })
})
