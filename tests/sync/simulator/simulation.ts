/** Plays one history against the real client and the real server code, and lets everything heal at the end. */
import { sql } from 'kysely'
import type { Collection } from '../../../src/domain/collection.ts'
import { collections } from '../../../src/domain/collections.ts'
import type { MutationId, SpaceId, Stamp } from '../../../src/domain/ids.ts'
import { teamSpace } from '../../../src/domain/spaces.ts'
import type { TextValue } from '../../../src/domain/collection.ts'
import { openText } from '../../../src/protocol/text.ts'
import { advance, lockSpaces, saveRows } from '../../../src/server/sync/row-store.ts'
import { POKE_CHANNEL } from '../../../src/server/sync/pokes.ts'
import { World } from '../../support/world.ts'
import { SimulatedDevice, type Tab } from './device.ts'
import { idle, resetChance } from './event-loop.ts'
import type { SimulatedDatabase } from './faulty-database.ts'
import type { History, Step, WireFault, Write } from './steps.ts'
import { Wire } from './wire.ts'

/** What the app said to have kept. `token`: characters that stand nowhere else. */
export type Confirmed = { device: SimulatedDevice; collection: string; row: string; set: Record<string, unknown>; token: string; text: boolean }

export class Violation extends Error {}

const people = ['an', 'bo', 'cas']
const tasks = ['focus-kiezen', 'mat-overtuigen']
const links = ['0190b6a2-7c1e-7abc-8def-000000000001', '0190b6a2-7c1e-7abc-8def-000000000002']
const statuses = ['notStarted', 'inProgress', 'done', 'notApplicable'] as const
const TEAM = 'damme'
const TICK_MS = 4_000
/** Longer than the longest pause between two tries. */
const ROUND_MS = 61_000
const HEAL_ROUNDS = 12
const MAX_DEVICES = 5
const MAX_TABS = 3

type Table = Record<string, unknown>[]
const tables = ['sync_space', 'sync_row', 'sync_mutation', 'sync_client'] as const

export class Simulation {
  readonly world: World
  readonly wire: Wire
  devices: SimulatedDevice[] = []
  readonly confirmed: Confirmed[] = []
  /** Pieces of text that someone took out again. */
  readonly cut = new Set<string>()
  restored = false
  /** The ids that devices and their copies had in common. */
  readonly copied = new Set<string>()
  private backups: Record<(typeof tables)[number], Table>[] = []
  private seeds = 1_000
  private tokens = 0

  constructor(
    readonly database: SimulatedDatabase,
    readonly count: (fault: string) => void,
  ) {
    this.world = new World(database.db)
    this.wire = new Wire(this.world, count)
  }

  async play({ devices, casJoined, wake, steps }: History): Promise<void> {
    resetChance()
    for (const name of tables.toReversed()) await sql`delete from ${sql.table(name)}`.execute(this.world.db)
    this.world.team(TEAM, { an: 'lead', bo: 'member', ...(casJoined ? { cas: 'member' as const } : {}) })
    await this.backUp()
    for (const { person, signedIn, online } of devices) {
      const device = this.device(people[person]!)
      device.online = online
      const tab = device.open()
      await this.settle()
      if (signedIn) await this.signIn(tab)
    }
    for (const step of steps) {
      this.world.time += 1
      await this.take(step)
      await this.settle()
      await this.watchCursors()
    }
    await this.heal(wake)
  }

  /** Leaves nothing of this history running. */
  end(): void {
    for (const { tabs } of this.devices) for (const tab of tabs) tab.close()
  }

  private device(person: string): SimulatedDevice {
    const device = new SimulatedDevice(`device-${this.devices.length + 1}`, person, this.world, this.wire, () => (this.seeds += 1))
    this.devices.push(device)
    return device
  }

  /** Everything that was set going comes to rest: first the devices, then the next thing on the wire, and again. */
  private async settle(): Promise<void> {
    for (let moves = 0; ; moves += 1) {
      await idle()
      for (const device of this.devices) for (const tab of device.tabs) if (tab.dead) this.bury(tab)
      const next = this.wire.next()
      if (!next) return
      if (moves > 2_000) throw new Violation('the devices and the server never came to rest')
      await next()
    }
  }

  /** A tab that crashed leaves nothing running; the person opens the app again. */
  private bury(tab: Tab): void {
    this.count('crash')
    tab.device.close(tab)
    if (tab.device.tabs.length === 0) tab.device.open()
  }

  private at(index: number): SimulatedDevice {
    return this.devices[index % this.devices.length]!
  }

  private async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'write':
        return this.write(step.what, step)
      case 'type':
        return this.type(step)
      case 'poison':
        return this.poison(step)
      case 'net':
        return this.net(this.at(step.device), step.online)
      case 'sync':
        return this.writeAndSync(step)
      case 'release':
        return this.wire.release(step.reversed)
      case 'wait':
        return this.wait(step.ms)
      case 'clock':
        if (step.skew !== this.at(step.device).skew) this.count('clock-jump')
        return this.at(step.device).setSkew(step.skew)
      case 'crash':
      case 'quota':
        return this.breakStore(step)
      case 'freeze':
      case 'thaw':
      case 'close':
        return this.tab(step.do, this.at(step.device), step.tab)
      case 'tab':
        if (this.at(step.device).tabs.length < MAX_TABS) this.at(step.device).open()
        return
      case 'upgrade':
        return this.upgrade(this.at(step.device))
      case 'revoke':
      case 'grant':
        return this.changeAccess(this.at(step.device).person, step.do === 'grant')
      case 'clone':
        return this.clone(this.at(step.device))
      case 'signIn':
        return this.signIn(this.at(step.device).awake(0))
      case 'expire':
        this.count('session-expired')
        this.at(step.device).cookie = false
        return
      case 'backup':
        return this.backUp()
      case 'restore':
        return this.restore(step.which)
      case 'overlap':
        return this.overlap(this.at(step.first), this.at(step.second), step.at)
      case 'future':
        return this.future(step.row)
    }
  }

  private token = () => `«${(this.tokens += 1)}»`

  private async write(what: Extract<Step, { do: 'write' }>['what'], { device, tab, row, value }: Write): Promise<void> {
    const on = this.at(device).awake(tab)
    const token = this.token()
    const moment = new Date(Date.UTC(2026, 0, 1) + this.tokens).toISOString()
    const task = tasks[row]!
    const link = links[row]!
    const guide = 'gids--blad'
    switch (what) {
      case 'status':
        return this.put(on, collections.taskProgress, task, { status: statuses[value % 4] }, '')
      case 'title':
        return this.put(on, collections.evidence, link, { title: token }, token)
      case 'url':
        return this.put(on, collections.evidence, link, { url: `https://damme.example/${this.tokens}/`, kind: 'link', task }, `https://damme.example/${this.tokens}/`)
      case 'use':
        return this.put(on, collections.practiceUse, 'praktijk-pleinmakers', { status: ['considering', 'using', 'used'][value % 3] }, '')
      case 'value':
        return this.put(on, collections.filledWorksheet, guide, { [`value.kost-${value}`]: token }, token)
      case 'bookmark':
        return this.put(on, collections.bookmark, 'gids--hoofdstuk', { at: moment }, moment)
      case 'place':
        return this.put(on, collections.position, task, { path: `/gids/${token}`, at: moment }, token)
      case 'remove':
        return this.put(on, collections.evidence, link, { deleted: true }, '')
      case 'settle': {
        const space = await on.client.spaceOf(collections.taskProgress).catch(() => null)
        const open = space && (await on.db.rows.filter((kept) => kept.collection === 'conflict' && kept.space === space && !kept.values.settledAt).first().catch(() => undefined))
        if (open) await this.put(on, collections.conflict, open.id, { settledAt: moment }, moment, open.space)
      }
    }
  }

  /** Writes as a screen does. What the app confirmed while its tab lived is what must never be lost. */
  private async put(on: Tab, definition: Collection<any>, row: string, set: Record<string, unknown>, token: string, into?: SpaceId, text = false): Promise<void> {
    const written = await on.client.write(definition, row, set, into)
    if (on.dead || written.kind !== 'written') return
    this.confirmed.push({ device: on.device, collection: definition.name, row, set, token, text })
  }

  private async type({ device, tab, row, value, cut }: Extract<Step, { do: 'type' }>): Promise<void> {
    const on = this.at(device).awake(tab)
    const id = tasks[row]!
    const space = await on.client.spaceOf(collections.taskProgress)
    const state = (await on.db.rows.get([space, 'taskProgress', id]))?.values['note'] as TextValue | undefined
    const text = openText(state)
    const pieces = text.read().match(/«\d+»/g) ?? []
    const place = pieces.slice(0, value % (pieces.length + 1)).join('').length
    const token = this.token()
    const removed = cut ? pieces[value % (pieces.length + 1)] : undefined
    text.splice({ at: place, removed: removed?.length ?? 0, inserted: token })
    const typed = text.unsettled()!
    text.close()
    await this.put(on, collections.taskProgress, id, { note: typed.value }, token, undefined, true)
    if (removed) this.cut.add(removed)
  }

  /** What an app of another version, or a broken one, left in the outbox: the server can only park it. */
  private async poison({ device, tab, row, value }: Write): Promise<void> {
    const on = this.at(device).awake(tab)
    const session = await on.db.read('session')
    const client = await on.db.read('client')
    if (!session || !client) return
    const token = this.token()
    const kinds = [{ collection: 'onbekend', set: { titel: token } }, { collection: 'taskProgress', set: { prioriteit: token } }, { collection: 'taskProgress', set: { note: { y: token } } }]
    const entry = kinds[value % kinds.length]!
    const n = ((await on.db.read('n')) ?? 0) + 1
    await on.db.transaction('rw', on.db.outbox, on.db.meta, async () => {
      await on.db.write('n', n)
      await on.db.outbox.add({
        id: `0190b6a2-7c1e-7abc-8def-${String(this.tokens).padStart(12, '0')}` as MutationId,
        client,
        n,
        schema: 1,
        at: this.world.time,
        hlc: `${this.world.time.toString(36).padStart(9, '0')}.000.${client}` as Stamp,
        space: teamSpace(TEAM),
        row: row === 0 ? 'focus-kiezen' : 'geen\u0000naam',
        base: {},
        author: session.person.id,
        state: 'waiting',
        ...entry,
      })
    })
    this.count('poison')
    this.confirmed.push({ device: on.device, row: '', token, text: false, ...entry })
  }

  private net(device: SimulatedDevice, online: boolean): void {
    if (!online && device.online) this.count('offline')
    device.online = online
    if (!online) return
    for (const { browser, frozen } of device.tabs) if (!frozen) browser.wake()
    this.wire.reconnect(device)
  }

  /** Something written without a connection goes out over a bad one. */
  private async writeAndSync(step: Extract<Step, { do: 'sync' }>): Promise<void> {
    const device = this.at(step.device)
    if (step.first) {
      device.online = false
      await this.write('value', step)
      await this.settle()
    }
    this.sync(device, step.faults)
  }

  private sync(device: SimulatedDevice, faults: readonly WireFault[]): void {
    device.faults = [...faults]
    this.net(device, true)
  }

  /** Time goes by. In short waits every timer runs when it is due; in long ones the device sleeps and wakes up late. */
  private async wait(ms: number): Promise<void> {
    const end = this.world.time + ms
    while (this.world.time < end) {
      this.world.time = ms <= 20_000 ? Math.min(end, this.world.time + TICK_MS) : end
      this.wire.loseHope()
      const due = this.devices.flatMap(({ tabs }) => tabs.filter(({ frozen }) => !frozen).flatMap(({ browser }) => browser.due()))
      for (const { task } of due.sort((a, b) => a.at - b.at)) {
        task()
        await this.settle()
      }
    }
  }

  private async breakStore(step: Extract<Step, { do: 'crash' | 'quota' }>): Promise<void> {
    const device = this.at(step.device)
    const tab = device.awake(step.tab)
    const fault = step.do === 'crash' ? 'crash' : step.atCommit ? 'quota-at-commit' : 'quota-at-request'
    const plan = (tab.plan = { left: step.at, fault, hit: false } as NonNullable<Tab['plan']>)
    const done = step.during === 'sync' ? this.sync(device, []) : step.during === 'type' ? this.type({ ...step, do: 'type', cut: false }) : this.write('title', step)
    await Promise.resolve(done).catch((error: unknown) => {
      if (!tab.dead) throw error
    })
    await this.settle()
    if (plan.hit && step.do === 'quota') this.count(fault)
    tab.plan = undefined
  }

  private tab(what: 'freeze' | 'thaw' | 'close', device: SimulatedDevice, index: number): void {
    const tab = device.tabs[index % device.tabs.length]
    if (!tab) return
    if (what === 'freeze' && !tab.frozen) {
      this.count('frozen-tab')
      tab.frozen = true
    } else if (what === 'thaw') tab.thaw()
    else if (what === 'close') {
      device.close(tab)
      if (device.tabs.length === 0) device.open()
    }
  }

  /** The next version of the app, with another version of the database, finds the work of this one. */
  private upgrade(device: SimulatedDevice): void {
    if (device.upgraded) return
    this.count('upgrade')
    for (const tab of device.tabs) device.close(tab)
    device.upgraded = true
    device.open()
  }

  private changeAccess(person: string, allowed: boolean): void {
    const { members } = this.world.teams.get(TEAM)!
    if (members.has(person) === allowed) return
    this.count(allowed ? 'access-gained' : 'access-lost')
    if (allowed) members.set(person, 'member')
    else members.delete(person)
  }

  /** A backup of the device put on another one: both go on with the same id, numbers and outbox. */
  private async clone(device: SimulatedDevice): Promise<void> {
    if (this.devices.length >= MAX_DEVICES) return
    this.count('cloned-device')
    const copy = this.device(device.person)
    copy.online = device.online
    copy.cookie = device.cookie
    copy.upgraded = device.upgraded
    copy.skew = device.skew
    const from = device.awake(0).db
    this.copied.add((await from.read('client')) ?? '')
    const first = copy.open()
    for (const { name } of from.tables) await first.db.table(name).bulkPut(await from.table(name).toArray())
    await first.db.meta.delete('lease')
    copy.close(first)
    copy.open()
  }

  private async signIn(tab: Tab): Promise<void> {
    tab.device.cookie = true
    await tab.client.signedIn(this.world.session(tab.device.person))
  }

  private async backUp(): Promise<void> {
    const backup = {} as (typeof this.backups)[number]
    for (const name of tables) backup[name] = await this.world.db.selectFrom(name).selectAll().execute()
    this.backups.push(backup)
  }

  /** The server's history goes back to an earlier moment, under a new name (SYNC, rule 7). */
  private async restore(which: number): Promise<void> {
    const backup = this.backups[which % this.backups.length]!
    for (const name of tables.toReversed()) await sql`delete from ${sql.table(name)}`.execute(this.world.db)
    for (const name of tables) if (backup[name].length > 0) await this.world.db.insertInto(name).values(backup[name] as never).execute()
    this.world.epoch = `epoch-${Number(this.world.epoch.slice(6)) + 1}`
    this.restored = true
    this.count('restore')
    this.wire.reconnect()
  }

  /** Two people save at the same moment. */
  private async overlap(first: SimulatedDevice, second: SimulatedDevice, statement: number): Promise<void> {
    if (first === second) return
    const caught = await this.wire.catch(async () => {
      for (const device of [first, second]) {
        const token = this.token()
        // A row of its own, so that nothing later covers up what went wrong here.
        await this.put(device.awake(0), collections.evidence, `0190b6a2-7c1e-7abc-8def-9${String(this.tokens).padStart(11, '0')}`, { title: token }, token)
        this.sync(device, [])
        device.awake(0).client.engine.request()
        await this.settle()
      }
    })
    const [a, b] = [first, second].map((device) => caught.find(({ tab }) => tab.device === device))
    if (!a || !b) return this.wire.serveCaught(caught)
    await this.wire.overlap(a, b, statement, this.database.someoneWaits)
    this.wire.serveCaught(caught.filter((message) => message !== a && message !== b))
  }

  /** Something of a collection that only a later version of the app knows. */
  private async future(row: number): Promise<void> {
    this.count('unknown-collection')
    const space = teamSpace(TEAM)
    const head = await this.world.db.transaction().execute(async (trx) => {
      const seq = (await lockSpaces(trx, [space])).get(space)! + 1
      const stamp = `${this.world.time.toString(36).padStart(9, '0')}.000.server0000` as Stamp
      await saveRows(trx, [{ space, collection: 'toekomst', id: `later-${row}`, row: { values: { titel: this.token() }, stamps: { titel: stamp }, by: { titel: null } }, seq }])
      await advance(trx, new Map([[space, seq]]), POKE_CHANNEL)
      return seq
    })
    this.world.pokes.publish(space, head)
  }

  /** A cursor never goes back within one history of the server, while the space stays visible. */
  private async watchCursors(): Promise<void> {
    for (const device of this.devices) {
      const tab = device.tabs[0]!
      const epoch = await tab.db.read('epoch')
      const cursors = new Map((await tab.db.cursors.toArray()).map(({ space, next }) => [space, next]))
      if (epoch === device.seen.epoch)
        for (const [space, next] of cursors)
          if (next < (device.seen.cursors.get(space) ?? 0)) throw new Violation(`cursor monotone: ${device.name} went back from ${device.seen.cursors.get(space)} to ${next} in ${space}`)
      device.seen = { epoch, cursors }
    }
  }

  /** Everything is well again, and nobody helps: the engines find their own way. */
  private async heal(wake: boolean): Promise<void> {
    for (const device of this.devices) {
      device.faults = []
      device.setSkew(0)
      device.online = true
      for (const tab of device.tabs) tab.plan = undefined
      // What is frozen may stay so for ever; the person works on in a tab that is not.
      device.awake(0)
    }
    this.wire.release(false)
    await this.settle()
    for (const device of this.devices) {
      if (!device.cookie) await this.signIn(device.awake(0))
      if (wake) this.net(device, true)
      await this.settle()
    }
    for (let round = 0, quiet = 0; quiet < 2; round += 1) {
      if (round >= HEAL_ROUNDS) throw new Violation(`queue drains: ${(await this.restless()).join('; ')}`)
      await this.wait(ROUND_MS)
      quiet = (await this.restless()).length === 0 ? quiet + 1 : 0
    }
  }

  /** Which devices still have something to send or to fetch. */
  private async restless(): Promise<string[]> {
    const heads = new Map((await this.world.db.selectFrom('sync_space').selectAll().execute()).map(({ id, head }) => [id, head]))
    const found: string[] = []
    for (const device of this.devices) {
      const { db } = device.awake(0)
      const session = await db.read('session')
      if (!session) continue
      const unsent = await db.outbox.where('state').anyOf('waiting', 'sent').toArray()
      if (unsent.length > 0) found.push(`${device.name} still holds ${unsent.length} unsent`)
      const cursors = new Map((await db.cursors.toArray()).map(({ space, next }) => [String(space), next]))
      for (const team of this.world.session(device.person).teams) {
        const space = teamSpace(team.id)
        if ((cursors.get(space) ?? 0) !== (heads.get(space) ?? 0)) found.push(`${device.name} is at ${cursors.get(space) ?? 0} of ${heads.get(space) ?? 0} in ${space}`)
      }
    }
    return found
  }
}
