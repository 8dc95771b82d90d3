/**
 * The wire between devices and server. One thing happens at a time: what a device sends waits in a line, and the server
 * deals with it when every device has come to rest. So a history plays the same again, on both engines.
 */
import { problem, problems, type ProblemCode } from '../../../src/protocol/problem.ts'
import type { World } from '../../support/world.ts'
import { nextRequest, type StatementFaults } from './faulty-database.ts'
import type { Tab } from './device.ts'
import type { WireFault } from './steps.ts'

type Reply = { status: number; text: string }
type Message = { tab: Tab; person: string; signedIn: boolean; body: string; sentAt: number; resolve: (reply: Reply) => void; reject: () => void; over: boolean }
type Held = { message: Message; release: () => void }

/** A request that hangs longer than this counts as no connection; as in src/client/sync/transport.ts, in virtual time. */
const PATIENCE_MS = 30_000
const NO_FAULT: WireFault = { kind: 'none', at: 0, after: false }

const refusal = (code: ProblemCode): Reply => ({ status: problems[code].status, text: JSON.stringify(problem(code)) })

export class Wire {
  private line: (() => Promise<void> | void)[] = []
  private held: Held[] = []
  private streams = new Set<{ tab: Tab; poke: () => void; end: () => void }>()
  /** While set, requests are not served but kept here (see `overlap`). */
  private caught: Message[] | undefined

  constructor(
    private readonly world: World,
    private readonly count: (fault: string) => void,
  ) {}

  /** The `fetch` of one tab, for as much of it as the transport uses. */
  fetch(tab: Tab, init: RequestInit): Promise<Response> {
    return new Promise((resolve, reject) => {
      const { device } = tab
      const message: Message = {
        tab,
        person: device.person,
        signedIn: device.cookie,
        body: String(init.body),
        sentAt: this.world.time,
        over: false,
        resolve: ({ status, text }) => this.reach(message, () => resolve({ ok: status < 400, status, text: async () => text } as Response)),
        reject: () => this.reach(message, () => reject(new TypeError('fetch failed'))),
      }
      if (!device.online) this.line.push(message.reject)
      else if (this.caught) this.caught.push(message)
      else this.travel(message, device.faults.shift() ?? NO_FAULT)
    })
  }

  /** What comes back reaches a tab once, a frozen one when it thaws, and one that has ended never. */
  private reach(message: Message, arrive: () => void): void {
    if (message.over || message.tab.dead) return
    message.over = true
    if (message.tab.frozen) message.tab.inbox.push(arrive)
    else arrive()
  }

  private travel(message: Message, fault: WireFault): void {
    const { kind } = fault
    if (!['none', 'connection-lost', 'commit-lost', 'server-crash'].includes(kind)) this.count(kind)
    const answer = async () => message.resolve(await this.serve(message))
    const garbled = (reply: (good: Reply) => Reply) => async () => message.resolve(reply(await this.serve(message)))
    switch (kind) {
      case 'none':
        return void this.line.push(answer)
      case 'drop-request':
        return void this.line.push(message.reject)
      case 'drop-answer':
        return void this.line.push(async () => {
          await this.serve(message)
          message.reject()
        })
      case 'duplicate':
        return void this.line.push(async () => {
          await this.serve(message)
          await answer()
        })
      case 'late-copy':
        this.held.push({ message, release: () => void this.line.push(async () => void (await this.serve(message))) })
        return void this.line.push(answer)
      case 'hold-request':
        return void this.held.push({ message, release: () => void this.line.push(answer) })
      case 'hold-answer':
        return void this.line.push(async () => {
          const reply = await this.serve(message)
          this.held.push({ message, release: () => void this.line.push(() => message.resolve(reply)) })
        })
      case 'truncate':
        return void this.line.push(garbled(({ status, text }) => ({ status, text: text.slice(0, Math.floor((text.length * fault.at) / 19)) })))
      case 'error-500':
        return void this.line.push(() => message.resolve(fault.after ? refusal('internal') : { status: 502, text: '<html>Bad gateway</html>' }))
      case 'captive-portal':
        return void this.line.push(() => message.resolve({ status: 200, text: fault.after ? '<html>Welkom op de wifi</html>' : '{"ok":true}' }))
      case 'too-many':
        return void this.line.push(() => message.resolve(refusal('too_many')))
      case 'connection-lost':
      case 'commit-lost':
      case 'server-crash':
        return void this.line.push(async () => {
          const faults: StatementFaults = { count: 0, lostAt: { statement: kind === 'commit-lost' ? 'commit' : fault.at, after: fault.after } }
          const reply = await this.serve(message, faults)
          if (faults.lost) this.count(kind)
          if (!faults.lost || kind !== 'server-crash') return message.resolve(reply)
          message.reject()
          this.reconnect()
        })
    }
  }

  /** The server's road `POST /api/sync` around the real exchange. */
  private async serve(message: Message, faults?: StatementFaults): Promise<Reply> {
    const request = JSON.parse(message.body) as { person: string }
    if (!message.signedIn || request.person !== message.person) return refusal('sign_in_needed')
    try {
      nextRequest(faults)
      const answer = await this.world.serve(message.person, request)
      return { status: 200, text: JSON.stringify(answer) }
    } catch (error) {
      if (!faults?.lost) message.tab.device.problems.push(`the server failed: ${String((error as Error).stack)}`)
      return refusal('internal')
    } finally {
      nextRequest(undefined)
    }
  }

  listen(tab: Tab, poke: () => void): () => void {
    const spaces = () => this.world.access(tab.device.person).map(({ space }) => space)
    const tell = () => this.line.push(() => void (tab.dead || tab.frozen || !tab.device.online || poke()))
    const end = this.world.pokes.subscribe(spaces, tell)
    const stream = { tab, poke, end }
    this.streams.add(stream)
    tell()
    return () => {
      end()
      this.streams.delete(stream)
    }
  }

  /** A stream of pokes that comes back asks once what it missed. */
  reconnect(device?: Tab['device']): void {
    for (const { tab, poke } of this.streams) if (!device || tab.device === device) this.line.push(() => void (tab.dead || tab.frozen || !tab.device.online || poke()))
  }

  /** Lets go what was held, in the order of sending or the other way round. */
  release(reversed: boolean): void {
    if (reversed && this.held.length > 1) this.count('reorder')
    const held = this.held.splice(0)
    for (const { release } of reversed ? held.toReversed() : held) release()
  }

  /** Requests that hang for too long fail on the device; the server may still get them. */
  loseHope(): void {
    for (const { message } of this.held) if (this.world.time - message.sentAt > PATIENCE_MS) message.reject()
  }

  next(): (() => Promise<void> | void) | undefined {
    return this.line.shift()
  }

  /** Catches the requests that `start` brings about, instead of serving them. */
  async catch(start: () => Promise<void>): Promise<Message[]> {
    const caught: Message[] = (this.caught = [])
    await start()
    this.caught = undefined
    return caught
  }

  /** Serves two requests at once: the first is held at a statement until the second is done or waits for it. */
  async overlap(first: Message, second: Message, statement: number, someoneWaits: () => Promise<boolean>): Promise<void> {
    let [held, resume] = [(): void => undefined, (): void => undefined]
    const isHeld = new Promise<void>((resolve) => (held = resolve))
    const faults: StatementFaults = { count: 0, heldAt: statement, held, resume: new Promise<void>((resolve) => (resume = resolve)) }
    const slow = this.serve(first, faults)
    const caught = await Promise.race([isHeld.then(() => true), slow.then(() => false)])
    let done = false
    const quick = this.serve(second).finally(() => (done = true))
    if (caught) {
      this.count('overlap')
      while (!done && !(await someoneWaits())) await new Promise<void>((resolve) => setImmediate(resolve))
    }
    resume()
    const replies = await Promise.all([slow, quick])
    first.resolve(replies[0])
    second.resolve(replies[1])
  }

  serveCaught(messages: readonly Message[]): void {
    for (const message of messages) this.travel(message, NO_FAULT)
  }
}
