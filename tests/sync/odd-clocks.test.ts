/** What a device's wrong clock may not do: keep a frozen tab in the lead, or throw away what may have to be sent again. */
import 'fake-indexeddb/auto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { OpstapDatabase } from '../../src/client/db/database.ts'
import { createClient, type Client } from '../../src/client/sync/client.ts'
import { collections } from '../../src/domain/collections.ts'
import { engines } from '../support/database.ts'
import { VirtualBrowser } from '../support/virtual-browser.ts'
import { World } from '../support/world.ts'

const { taskProgress } = collections
const YEARS = 10 * 365 * 86_400_000
const until = <T>(condition: () => T | Promise<T>) => vi.waitFor(condition, { timeout: 15_000, interval: 10 })

describe('a clock that was ten years ahead', () => {
  let world: World
  let close: () => Promise<void>
  const clients: Client[] = []
  beforeAll(async () => {
    const opened = await engines[0]!.open()
    world = new World(opened.db)
    close = opened.close
  })
  afterAll(() => close())
  beforeEach(async () => {
    await world.clear()
    world.team('damme', { an: 'lead' })
  })
  afterEach(() => {
    for (const client of clients.splice(0)) client.stop()
  })

  const browser = (skew: number, other?: VirtualBrowser) => {
    const made = new VirtualBrowser(world, { sync: async (request) => ({ kind: 'ok', value: await world.serve('an', request) }) }, other)
    made.skew = skew
    return made
  }
  function open(on: VirtualBrowser, factory: IDBFactory): Client {
    const client = createClient(new OpstapDatabase('opstap', { indexedDB: factory, IDBKeyRange }), on.environment())
    clients.push(client)
    return client
  }
  const acked = (client: Client) => client.db.outbox.where('state').equals('acked').count()

  it('does not leave a frozen tab in the lead once it is right again', async () => {
    const factory = new IDBFactory()
    const first = browser(YEARS)
    const leading = open(first, factory)
    await leading.signedIn(world.session('an'))
    await until(async () => expect(await leading.db.read('lease')).toBeDefined())
    const leader = (await leading.db.read('lease'))!.tab

    // The clock is put right, and the tab in the lead is frozen: none of its timers runs any more.
    const awake = browser(0, first)
    const second = open(awake, factory)
    second.engine.request()
    const frozenAt = world.time
    await until(async () => {
      if (awake.nextDue()! > 0 && world.time < frozenAt + 15_000) awake.advance(1_000)
      expect((await second.db.read('lease'))!.tab).not.toBe(leader)
    })
  })

  it('forgets nothing that a restored server may ask for again', async () => {
    const factory = new IDBFactory()
    const before = open(browser(0), factory)
    await before.signedIn(world.session('an'))
    await before.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await until(async () => expect(await acked(before)).toBe(1))
    before.stop()

    const ahead = open(browser(YEARS), factory)
    await ahead.write(taskProgress, 'mat-overtuigen', { status: 'done' })
    ahead.engine.request()
    await until(async () => expect(await acked(ahead)).toBe(2))
  })
})
