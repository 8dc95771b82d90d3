/**
 * Random histories of three devices over a bad wire. The oracle is the list of what the app confirmed: convergence alone
 * would also hold for a server that drops or doubles work.
 */
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
import { engines } from '../support/database.ts'
import { World, type Device, type Fault } from '../support/world.ts'

const { taskProgress, evidence } = collections
const RUNS = 40
const tasks = ['focus-kiezen', 'mat-overtuigen']
const links = ['0190b6a2-7c1e-7abc-8def-000000000001', '0190b6a2-7c1e-7abc-8def-000000000002']
const statuses = ['inProgress', 'done', 'notApplicable'] as const

type Step =
  | { do: 'status'; device: number; row: number; value: number }
  | { do: 'title' | 'type' | 'remove'; device: number; row: number }
  | { do: 'trip'; device: number; fault: Fault }
  | { do: 'restart'; device: number }
  | { do: 'clock'; device: number; skew: number }
  | { do: 'wait'; ms: number }

const device = fc.integer({ min: 0, max: 2 })
const row = fc.integer({ min: 0, max: 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('status' as const), device, row, value: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('title' as const, 'type' as const), device, row }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), device, row }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('trip' as const), device, fault: fc.constantFrom('none', 'none', 'lost-request', 'lost-answer', 'delivered-twice') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock' as const), device, skew: fc.constantFrom(0, 7_200_000, -7_200_000, 315_360_000_000, -1_700_000_000_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 600_000 }) }) },
)

/** What the app confirmed to the person: pieces of text, and titles of links. */
type Confirmed = { typed: { row: string; piece: string }[]; titles: string[] }

async function play(devices: Device[], world: World, steps: readonly Step[]): Promise<Confirmed> {
  const confirmed: Confirmed = { typed: [], titles: [] }
  let count = 0
  for (const one of steps) {
    if (one.do === 'wait') {
      world.time += one.ms
      continue
    }
    const on = devices[one.device]!
    count += 1
    if (one.do === 'trip') await on.roundTrip(one.fault)
    else if (one.do === 'restart') await on.restart()
    else if (one.do === 'clock') on.clock.skew = one.skew
    else if (one.do === 'status') await on.write(taskProgress, tasks[one.row]!, { status: statuses[one.value] })
    else if (one.do === 'remove') await on.write(evidence, links[one.row]!, { deleted: true })
    else if (one.do === 'title') {
      const title = `titel-${count}`
      if ((await on.write(evidence, links[one.row]!, { title })).kind === 'written') confirmed.titles.push(title)
    } else {
      const piece = `[${count}]`
      if ((await on.type(taskProgress, tasks[one.row]!, 'note', piece)).kind === 'written') confirmed.typed.push({ row: tasks[one.row]!, piece })
    }
  }
  return confirmed
}

async function heal(devices: Device[]): Promise<void> {
  for (const on of devices) on.clock.skew = 0
  for (let round = 0; round < 2; round += 1) for (const on of devices) await on.sync()
}

describe.each(engines)('random histories on $name', ({ open }) => {
  let world: World
  let close: () => Promise<void>
  beforeAll(async () => {
    const opened = await open()
    world = new World(opened.db)
    close = opened.close
  })
  afterAll(() => close())

  it('end with everything that was confirmed, once, the same on every device', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        await world.clear()
        world.teams.clear()
        world.team('damme', { an: 'lead', bo: 'member', cas: 'member' })
        const devices = [await world.device(), await world.device(), await world.device()]
        for (const [i, person] of ['an', 'bo', 'cas'].entries()) await devices[i]!.signIn(person)
        const confirmed = await play(devices, world, steps)
        await heal(devices)

        const shown = await Promise.all(devices.map(async (on) => ({ tasks: await on.shows(taskProgress), links: await on.shows(evidence), conflicts: await on.shows(collections.conflict) })))
        for (const other of shown.slice(1)) expect(other).toEqual(shown[0])

        for (const { row, piece } of confirmed.typed) expect(String(shown[0]!.tasks[row]!.note).split(piece)).toHaveLength(2)

        const history = await world.db.selectFrom('sync_mutation').select(['client', 'n', 'payload', 'status']).execute()
        const kept = history.map(({ payload }) => payload).join('\n')
        for (const title of confirmed.titles) expect(kept).toContain(`"${title}"`)

        expect(history.filter(({ status }) => status === 'parked')).toEqual([])
        const written = await Promise.all(devices.map(async (on) => (await on.db.outbox.toArray()).map(({ client, n }) => `${client} ${n}`)))
        expect(history.map(({ client, n }) => `${client} ${n}`).sort()).toEqual(written.flat().sort())
        for (const on of devices) expect(await on.db.outbox.where('state').notEqual('acked').count()).toBe(0)
      }),
      { numRuns: RUNS },
    )
  })
})
