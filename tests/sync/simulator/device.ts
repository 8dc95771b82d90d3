/** One device: a browser with its storage and up to three tabs, each the real client on a virtual browser. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { DATABASE_VERSION, OpstapDatabase, type OutboxEntry } from '../../../src/client/db/database.ts'
import { createClient, type Client } from '../../../src/client/sync/client.ts'
import { browserTransport } from '../../../src/client/sync/transport.ts'
import type { SpaceId } from '../../../src/domain/ids.ts'
import { VirtualBrowser } from '../../support/virtual-browser.ts'
import type { World } from '../../support/world.ts'
import { faultyStore, type StoreOwner, type StorePlan } from './faulty-store.ts'
import type { WireFault } from './steps.ts'

/** The database as the next version of the app has it: one index more. */
class NextDatabase extends OpstapDatabase {
  constructor(...given: ConstructorParameters<typeof OpstapDatabase>) {
    super(...given)
    this.version(DATABASE_VERSION + 1).stores({ rows: '[space+collection+id], *keys, stale, collection' })
  }
}

/** The wire, as a tab sees it (wire.ts). */
type Net = { fetch: (tab: Tab, init: RequestInit) => Promise<Response>; listen: (tab: Tab, poke: () => void) => () => void }

export class Tab implements StoreOwner {
  dead = false
  frozen = false
  plan: StorePlan | undefined
  /** What came over the wire while the tab was frozen. */
  readonly inbox: (() => void)[] = []
  readonly browser: VirtualBrowser
  readonly db: OpstapDatabase
  readonly client: Client

  constructor(
    readonly device: SimulatedDevice,
    world: World,
    wire: Net,
    seed: number,
  ) {
    this.browser = new VirtualBrowser(world, browserTransport, device.locks)
    this.browser.seed = seed
    this.browser.skew = device.skew
    const env = this.browser.environment()
    const Database = device.upgraded ? NextDatabase : OpstapDatabase
    this.db = new Database(device.name, { indexedDB: device.factory, IDBKeyRange })
    this.db.use(faultyStore(this))
    this.client = createClient(this.db, {
      ...env,
      transport: {
        sync: (request, signal) => {
          fetching = (init) => wire.fetch(this, init)
          return browserTransport.sync(request, signal)
        },
        session: async () => ({ kind: 'offline' }),
        listen: (poke) => wire.listen(this, poke),
      },
    })
    this.client.engine.request()
  }

  /** The process of the tab ends, whatever it was doing. */
  die(): void {
    if (this.dead) return
    this.dead = true
    this.browser.die()
  }

  close(): void {
    this.client.stop()
    this.die()
    this.db.close()
  }

  thaw(): void {
    this.frozen = false
    for (const arrive of this.inbox.splice(0)) arrive()
  }
}

/** Set right before the transport asks for it: so the one `fetch` of the process knows whose it is. */
let fetching: (init: RequestInit) => Promise<Response> = () => Promise.reject(new TypeError('nobody asks'))
export const installFetch = () => void (globalThis.fetch = ((_path: string, init: RequestInit) => fetching(init)) as typeof fetch)

export class SimulatedDevice {
  readonly factory = new IDBFactory()
  /** Shared by the tabs; itself it is none. */
  readonly locks: VirtualBrowser
  tabs: Tab[] = []
  online = true
  /** The session's cookie still counts. */
  cookie = true
  skew = 0
  upgraded = false
  faults: WireFault[] = []
  readonly problems: string[] = []
  /** Cursors as last seen, with the history they belong to. */
  seen: { epoch: string | undefined; cursors: Map<SpaceId, number> } = { epoch: undefined, cursors: new Map() }

  constructor(
    readonly name: string,
    readonly person: string,
    private readonly world: World,
    private readonly wire: Net,
    private readonly nextSeed: () => number,
  ) {
    this.locks = new VirtualBrowser(world, browserTransport)
  }

  open(): Tab {
    const tab = new Tab(this, this.world, this.wire, this.nextSeed())
    this.tabs.push(tab)
    return tab
  }

  setSkew(skew: number): void {
    this.skew = skew
    for (const { browser } of this.tabs) browser.skew = skew
  }

  /** A tab that someone can use; one is thawed or opened when there is none. */
  awake(index: number): Tab {
    const awake = this.tabs.filter(({ frozen }) => !frozen)
    if (awake.length > 0) return awake[index % awake.length]!
    const [frozen] = this.tabs
    if (!frozen) return this.open()
    frozen.thaw()
    return frozen
  }

  close(tab: Tab): void {
    tab.close()
    this.tabs = this.tabs.filter((other) => other !== tab)
  }

  entries(): Promise<OutboxEntry[]> {
    return this.awake(0).db.outbox.toArray()
  }
}
