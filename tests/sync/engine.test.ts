import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
import { teamSpace } from '../../src/domain/spaces.ts'
import { engines } from '../support/database.ts'
import { engineStage, until, type EngineStage } from '../support/engine-stage.ts'
import { World } from '../support/world.ts'

const { taskProgress } = collections

describe('the engine of one device', () => {
  let world: World
  let close: () => Promise<void>
  let stage: EngineStage

  beforeAll(async () => {
    const opened = await engines[0]!.open()
    world = new World(opened.db)
    close = opened.close
  })
  afterAll(() => close())
  beforeEach(async () => {
    await world.clear()
    world.team('damme', { an: 'lead', bo: 'member' })
    stage = engineStage(world)
  })
  afterEach(() => stage.close())

  it('says that work stays on the device until someone signs in, and then sends it by itself', async () => {
    const { client, says } = stage.open(stage.browser())
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await says('Alleen op dit toestel')
    expect(stage.requests).toEqual([])
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    expect(await world.db.selectFrom('sync_row').select('id').execute()).toEqual([{ id: 'focus-kiezen' }])
  })

  it('counts what waits while there is no connection and sends it when the browser wakes', async () => {
    const on = stage.browser()
    const { client, says } = stage.open(on)
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    stage.wire = stage.offline
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await client.write(taskProgress, 'mat-overtuigen', { status: 'inProgress' })
    await says('2 wachten op verbinding')
    stage.wire = stage.online
    on.wake()
    await says('Alles verstuurd')
  })

  it('tries again ever later, up to five minutes, and not at once', async () => {
    stage.wire = stage.offline
    const on = stage.browser()
    const { client } = stage.open(on)
    await client.signedIn(world.session('an'))
    const waits: number[] = []
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await until(() => expect(stage.requests.length).toBeGreaterThan(attempt))
      await client.engine.settled()
      const due = await until(() => {
        const next = on.nextDue()
        expect(next).not.toBeNull()
        return next!
      })
      waits.push(due)
      await client.db.write('lease', { ...(await client.db.read('lease'))!, until: world.time + 1e9 })
      on.advance(360_000)
    }
    expect(stage.requests.length).toBeGreaterThanOrEqual(10)
  })

  it('fetches after a poke', async () => {
    const on = stage.browser()
    const { client, says } = stage.open(on)
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    const colleague = await world.device()
    await colleague.signIn('bo')
    await colleague.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await colleague.sync()
    on.poke()
    await until(async () => expect(await client.db.rows.where('keys').startsWith('team:damme|taskProgress').count()).toBe(1))
  })

  it('sends in smaller parts when the server finds a request too large', async () => {
    stage.wire = stage.offline
    const { client, says } = stage.open(stage.browser())
    await client.signedIn(world.session('an'))
    for (let i = 0; i < 9; i += 1) await client.write(taskProgress, `taak-${i}`, { status: 'done' })
    stage.wire = async (request) =>
      request.mutations.length > 2 ? { kind: 'problem', status: 413, code: 'too_large', message: 'Te groot.' } : stage.online(request)
    client.engine.request()
    await says('Alles verstuurd')
    expect(await world.db.selectFrom('sync_row').select('id').execute()).toHaveLength(9)
  })

  it('stores nothing of an answer that comes after the lease was lost', async () => {
    const { client, says } = stage.open(stage.browser())
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    let answered: () => void = () => undefined
    const held = new Promise<void>((resolve) => (answered = resolve))
    stage.wire = async (request) => {
      const answer = await stage.online(request)
      await client.db.write('lease', { tab: 'another', until: world.time + 10_000 })
      answered()
      return answer
    }
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await held
    await client.engine.settled()
    expect(await client.db.outbox.where('state').equals('sent').count()).toBe(1)
  })

  it('keeps acknowledged changes for 30 days by the clock of the server, in an app that stays open too', async () => {
    const on = stage.browser()
    const { client, says } = stage.open(on)
    await client.signedIn(world.session('an'))
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await says('Alles verstuurd')
    const left = async () => (await client.db.outbox.toArray()).map(({ row }) => row)
    const days = async (count: number) => {
      world.time += count * 86_400_000
      client.engine.request()
      await client.engine.settled()
    }
    await days(29)
    expect(await left()).toEqual(['focus-kiezen'])
    await days(2)
    await until(async () => expect(await left()).toEqual([]))
  })

  it('shows the unsent work of one person to nobody else, and again when that person is back', async () => {
    const { client, says } = stage.open(stage.browser())
    const status = () => client.db.rows.get([teamSpace('damme'), 'taskProgress', 'focus-kiezen']).then((row) => row?.values['status'])
    await client.signedIn(world.session('an'))
    await client.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    await says('Alles verstuurd')
    stage.wire = stage.offline
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    stage.wire = stage.cookieOf('bo')
    await client.signedIn(world.session('bo'))
    await until(async () => expect(await status()).toBe('inProgress'))
    await client.write(taskProgress, 'focus-kiezen', { status: 'notApplicable' })
    await until(async () => expect(await client.unsent()).toEqual([]))
    stage.wire = stage.offline
    await client.signedIn(world.session('an'))
    expect(await status()).toBe('done')
    expect(await client.unsent()).toHaveLength(1)
    stage.wire = stage.cookieOf('an')
    client.engine.request()
    await says('Keuze nodig')
    expect(await status()).toBe('notApplicable')
    expect(await client.unsent()).toEqual([])
  })
})
