/** What an engine needs of a browser, in the hands of a test: timers that run when told, Web Locks, a wire. */
import type { Environment, Transport } from '../../src/client/sync/environment.ts'

/** Two tabs never get the same chance. */
let seeds = 0

type Timer = { at: number; task: () => void }

export class VirtualBrowser {
  private timers = new Set<Timer>()
  private wakes = new Set<() => void>()
  private locks: { holders: { name: string; reject: (error: Error) => void }[]; queue: { name: string; start: () => void }[] }
  listening = 0
  poke: () => void = () => undefined

  constructor(
    private readonly clock: { time: number },
    readonly transport: Pick<Transport, 'sync'>,
    /** Another tab of the same browser: its timers are its own, the locks are shared. */
    other?: VirtualBrowser,
  ) {
    this.locks = other?.locks ?? { holders: [], queue: [] }
  }

  environment(): Environment {
    let seed = (seeds += 1)
    return {
      now: () => this.clock.time,
      random: (count) => Uint8Array.from({ length: count }, () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 24),
      after: (ms, task) => {
        const timer = { at: this.clock.time + ms, task }
        this.timers.add(timer)
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

  private lock(name: string, options: LockOptions, hold: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const start = () => {
        const holder = { name, reject }
        this.locks.holders.push(holder)
        const done = () => {
          this.locks.holders = this.locks.holders.filter((other) => other !== holder)
          const next = this.locks.queue.findIndex((waiting) => waiting.name === name)
          if (next >= 0 && !this.locks.holders.some((other) => other.name === name)) this.locks.queue.splice(next, 1)[0]!.start()
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
      } else if (held.length > 0) this.locks.queue.push({ name, start })
      else start()
    })
  }
}
