import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
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
})
