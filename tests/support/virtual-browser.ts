/** What an engine needs of a browser, in the hands of a test: timers that run when told, Web Locks, a wire. */
import type { Environment, Transport } from '../../src/client/sync/environment.ts'

/** Two tabs never get the same chance. */
let seeds = 0

type Timer = { at: number; task: () => void }
type Holder = { name: string; tab: VirtualBrowser; reject: (error: Error) => void }
type Waiting = { name: string; tab: VirtualBrowser; start: () => void }

export class VirtualBrowser {
  private timers = new Set<Timer>()
  private wakes = new Set<() => void>()
  private locks: { holders: Holder[]; queue: Waiting[] }
  private dead = false
  listening = 0
  poke: () => void = () => undefined
  /** How far the device's wall clock is ahead of the true time, in ms; timers do not follow it. */
  skew = 0
  /** Where the chance of this tab begins; tabs that are not told differ by themselves. */
  seed: number | undefined

  constructor(
    private readonly clock: { time: number },
    readonly transport: Pick<Transport, 'sync'>,
    /** Another tab of the same browser: its timers are its own, the locks are shared. */
    other?: VirtualBrowser,
  ) {
    this.locks = other?.locks ?? { holders: [], queue: [] }
  }

  environment(): Environment {
    let seed = this.seed ?? (seeds += 1)
    return {
      now: () => this.clock.time + this.skew,
      random: (count) => Uint8Array.from({ length: count }, () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 24),
      after: (ms, task) => {
        const timer = { at: this.clock.time + ms, task }
        if (!this.dead) this.timers.add(timer)
        return () => void this.timers.delete(timer)
      },
      transport: {
        sync: (request, signal) => this.transport.sync(request, signal),
        session: async () => ({ kind: 'offline' }),
        listen: (poke) => {
          this.listening += 1
          this.poke = poke
          return () => void (this.listening -= 1)
        },
      },
      onWake: (wake) => {
        this.wakes.add(wake)
        return () => void this.wakes.delete(wake)
      },
      locks: { request: ((name: string, options: LockOptions, hold: () => Promise<unknown>) => this.lock(name, options, hold)) as LockManager['request'] },
    }
  }

  wake(): void {
    for (const wake of this.wakes) wake()
  }

  /** When the next timer is due, in ms from now; null without timers. */
  nextDue(): number | null {
    const due = [...this.timers].map(({ at }) => at - this.clock.time)
    return due.length > 0 ? Math.min(...due) : null
  }

  /** Moves time and runs what became due, the earliest first. */
  advance(ms: number): void {
    const end = this.clock.time + ms
    for (;;) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.timers.delete(due)
      this.clock.time = Math.max(this.clock.time, due.at)
      due.task()
    }
    this.clock.time = end
  }

  /** Takes the timers that are due by now off the list, the earliest first. */
  due(): Timer[] {
    const due = [...this.timers].filter(({ at }) => at <= this.clock.time).sort((a, b) => a.at - b.at)
    for (const timer of due) this.timers.delete(timer)
    return due
  }

  /** The tab's process ends: nothing of it runs any more, and its locks go to who waits for them. */
  die(): void {
    this.dead = true
    this.timers.clear()
    this.wakes.clear()
    this.locks.queue = this.locks.queue.filter(({ tab }) => tab !== this)
    const held = this.locks.holders.filter(({ tab }) => tab === this)
    this.locks.holders = this.locks.holders.filter(({ tab }) => tab !== this)
    for (const { name } of held) this.pass(name)
  }

  private pass(name: string): void {
    const next = this.locks.queue.findIndex((waiting) => waiting.name === name)
    if (next >= 0 && !this.locks.holders.some((other) => other.name === name)) this.locks.queue.splice(next, 1)[0]!.start()
  }

  private lock(name: string, options: LockOptions, hold: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.dead) return
      const start = () => {
        const holder: Holder = { name, tab: this, reject }
        this.locks.holders.push(holder)
        const done = () => {
          this.locks.holders = this.locks.holders.filter((other) => other !== holder)
          this.pass(name)
        }
        hold().then(
          (value) => (done(), resolve(value)),
          (error) => (done(), reject(error)),
        )
      }
      const held = this.locks.holders.filter((holder) => holder.name === name)
      if (options.steal) {
        for (const holder of held) {
          this.locks.holders = this.locks.holders.filter((other) => other !== holder)
          holder.reject(new Error('AbortError: the lock was stolen'))
        }
        start()
      } else if (held.length > 0) this.locks.queue.push({ name, tab: this, start })
      else start()
    })
  }
}
