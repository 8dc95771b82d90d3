import 'fake-indexeddb/auto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { collections } from '../../src/domain/collections.ts'
import { teamSpace } from '../../src/domain/spaces.ts'
import { OpstapDatabase } from '../../src/client/db/database.ts'
import { createClient, type Client } from '../../src/client/sync/client.ts'
import { wordsOf, type SyncStatus } from '../../src/client/sync/status.ts'
import type { Result } from '../../src/client/sync/environment.ts'
import type { SyncAnswer, SyncRequest } from '../../src/protocol/sync.ts'
import { engines } from '../support/database.ts'
import { VirtualBrowser } from '../support/virtual-browser.ts'
import { World } from '../support/world.ts'

const { taskProgress } = collections
/** Waits for an event, not for time: the limit only ends a test that would never end. */
const until = <T>(condition: () => T | Promise<T>) => vi.waitFor(condition, { timeout: 15_000, interval: 10 })
type Wire = (request: SyncRequest) => Promise<Result<SyncAnswer>>

describe('the engine of one device', () => {
  let world: World
  let close: () => Promise<void>
  let wire: Wire
  let requests: SyncRequest[]
  const clients: Client[] = []
  /** The server as it answers a device that carries this person's cookie. */
  const cookieOf =
    (person: string): Wire =>
    async (request) =>
      request.person === person
        ? { kind: 'ok', value: await world.serve(person, request) }
        : { kind: 'problem', status: 401, code: 'sign_in_needed', message: 'Meld je aan om verder te gaan.' }
  const online = cookieOf('an')
  const offline: Wire = async () => ({ kind: 'offline' })

  beforeAll(async () => {
    const opened = await engines[0]!.open()
    world = new World(opened.db)
    close = opened.close
  })
  afterAll(() => close())
  beforeEach(async () => {
    await world.clear()
    world.team('damme', { an: 'lead', bo: 'member' })
    wire = online
    requests = []
  })
  afterEach(() => {
    for (const client of clients.splice(0)) client.stop()
  })

  const browser = (other?: VirtualBrowser) =>
    new VirtualBrowser(
      world,
      {
        sync: (request) => {
          requests.push(request)
          return wire(request)
        },
      },
      other,
    )

  function open(on: VirtualBrowser, factory = new IDBFactory()) {
    const db = new OpstapDatabase('opstap', { indexedDB: factory, IDBKeyRange })
    const client = createClient(db, on.environment())
    clients.push(client)
    let words = ''
    client.status.subscribe((status: SyncStatus) => (words = wordsOf(status)))
    return { client, says: (expected: string) => until(() => expect(words).toBe(expected)) }
  }

  it('says that work stays on the device until someone signs in, and then sends it by itself', async () => {
    const { client, says } = open(browser())
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await says('Alleen op dit toestel')
    expect(requests).toEqual([])
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    expect(await world.db.selectFrom('sync_row').select('id').execute()).toEqual([{ id: 'focus-kiezen' }])
  })

  it('counts what waits while there is no connection and sends it when the browser wakes', async () => {
    const on = browser()
    const { client, says } = open(on)
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    wire = offline
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await client.write(taskProgress, 'mat-overtuigen', { status: 'inProgress' })
    await says('2 wachten op verbinding')
    wire = online
    on.wake()
    await says('Alles verstuurd')
  })

  it('tries again ever later, up to five minutes, and not at once', async () => {
    wire = offline
    const on = browser()
    const { client } = open(on)
    await client.signedIn(world.session('an'))
    const waits: number[] = []
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await until(() => expect(requests.length).toBeGreaterThan(attempt))
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
    expect(requests.length).toBeGreaterThanOrEqual(10)
  })

  it('asks to sign in when the session has expired, keeps the work and sends it afterwards', async () => {
    const { client, says } = open(browser())
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    wire = async () => ({ kind: 'problem', status: 401, code: 'sign_in_needed', message: 'Meld je aan om verder te gaan.' })
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await says('Meld je aan om te versturen')
    wire = online
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    expect(await world.db.selectFrom('sync_row').select('id').execute()).toEqual([{ id: 'focus-kiezen' }])
  })

  it('never sends the work of one person as another', async () => {
    const { client, says } = open(browser())
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    wire = offline
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await says('1 wacht op verbinding')
    wire = cookieOf('bo')
    client.engine.request()
    await client.signedIn(world.session('bo'))
    await says('Alles verstuurd')
    expect(await world.db.selectFrom('sync_mutation').select('id').execute()).toEqual([])
    const [sealed] = await client.db.outbox.where('state').anyOf('waiting', 'sent').toArray()
    expect(sealed).toMatchObject({ author: 'an', set: { status: 'done' } })
  })

  it('shows the unsent work of one person to nobody else, and again when that person is back', async () => {
    const { client, says } = open(browser())
    const status = () => client.db.rows.get([teamSpace('damme'), 'taskProgress', 'focus-kiezen']).then((row) => row?.values['status'])
    await client.signedIn(world.session('an'))
    await client.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    await says('Alles verstuurd')
    wire = offline
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    wire = cookieOf('bo')
    await client.signedIn(world.session('bo'))
    await vi.waitFor(async () => expect(await status()).toBe('inProgress'))
    await client.write(taskProgress, 'focus-kiezen', { status: 'notApplicable' })
    await vi.waitFor(async () => expect(await client.unsent()).toEqual([]))
    wire = offline
    await client.signedIn(world.session('an'))
    expect(await status()).toBe('done')
    expect(await client.unsent()).toHaveLength(1)
    wire = cookieOf('an')
    client.engine.request()
    await says('Keuze nodig')
    expect(await status()).toBe('notApplicable')
    expect(await client.unsent()).toEqual([])
  })

  it('refuses to sign out with unsent work, and forgets the account when told to', async () => {
    const { client, says } = open(browser())
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    wire = offline
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    expect(await client.signOut()).toEqual({ kind: 'unsent', count: 1 })
    expect(await client.db.rows.count()).toBe(1)
    expect(await client.signOut(true)).toEqual({ kind: 'done' })
    expect(await client.db.rows.count()).toBe(0)
    await says('Alleen op dit toestel')
  })

  it('fetches after a poke', async () => {
    const on = browser()
    const { client, says } = open(on)
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
    wire = offline
    const { client, says } = open(browser())
    await client.signedIn(world.session('an'))
    for (let i = 0; i < 9; i += 1) await client.write(taskProgress, `taak-${i}`, { status: 'done' })
    wire = async (request) =>
      request.mutations.length > 2 ? { kind: 'problem', status: 413, code: 'too_large', message: 'Te groot.' } : online(request)
    client.engine.request()
    await says('Alles verstuurd')
    expect(await world.db.selectFrom('sync_row').select('id').execute()).toHaveLength(9)
  })

  it('lets one of two tabs talk to the network, and replaces it within 15 s when it freezes', async () => {
    const factory = new IDBFactory()
    const on = browser()
    const first = open(on, factory)
    await first.client.signedIn(world.session('an'))
    await first.says('Alles verstuurd')
    const leader = (await first.client.db.read('lease'))!.tab
    const awake = browser(on)
    const second = open(awake, factory)
    await second.client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await first.says('Alles verstuurd')
    expect((await first.client.db.read('lease'))!.tab).toBe(leader)

    // From here on the first tab is frozen: none of its timers runs.
    const before = requests.length
    const frozenAt = world.time
    await until(async () => {
      if (awake.nextDue()! > 0 && world.time < frozenAt + 15_000) awake.advance(1_000)
      expect((await second.client.db.read('lease'))!.tab).not.toBe(leader)
    })
    await until(() => expect(requests.length).toBeGreaterThan(before))
  })

  it('stores nothing of an answer that comes after the lease was lost', async () => {
    const { client, says } = open(browser())
    await client.signedIn(world.session('an'))
    await says('Alles verstuurd')
    let answered: () => void = () => undefined
    const held = new Promise<void>((resolve) => (answered = resolve))
    wire = async (request) => {
      const answer = await online(request)
      await client.db.write('lease', { tab: 'another', until: world.time + 10_000 })
      answered()
      return answer
    }
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await held
    await client.engine.settled()
    expect(await client.db.outbox.where('state').equals('sent').count()).toBe(1)
  })
})
