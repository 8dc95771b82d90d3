/** Draws, plays and checks histories; the first that fails is shrunk and told. */
import * as fc from 'fast-check'
import { installFetch } from './device.ts'
import { openPGlite, openPostgresql } from './faulty-database.ts'
import { idle } from './event-loop.ts'
import { verify } from './invariants.ts'
import { Simulation, Violation } from './simulation.ts'
import { history, type History } from './steps.ts'

export type Work = {
  engine: 'pglite' | 'postgres'
  /** The first seed; history i has seed + i. */
  seed: number
  histories: number
  /** Every how manieth history is this process's. */
  stride: number
  postgresUrl: string
  pgliteTemplate: string
  shrink: boolean
  /** Stop after so long; ms. */
  limitMs: number
}

export type Report =
  | { kind: 'progress'; done: number; faults: Record<string, number>; cpuSeconds: number }
  | { kind: 'failed'; engine: string; seed: number; done: number; cpuSeconds: number; violation: string; shrunk: History | null; shrinks: number }
  | { kind: 'done'; done: number; faults: Record<string, number>; cpuSeconds: number }

const SHRINK_MS = 90_000
const PROGRESS_MS = 5_000

const tell = (report: Report) => void process.stdout.write(`${JSON.stringify(report)}\n`)

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** What is left of a tab that was ended in the middle of something is nobody's fault: of its requests too, which end with it. */
const ofDeadTab = (error: unknown) => /this tab (has ended|ends here)|DatabaseClosed|Database has been closed|A request was aborted/.test(String(error))

export async function run(work: Work): Promise<void> {
  installFetch()
  // Faults that the engine tells the console are part of the game.
  console.error = () => undefined
  const unhandled: unknown[] = []
  process.on('unhandledRejection', (error) => void (ofDeadTab(error) || unhandled.push(error)))
  const database = work.engine === 'pglite' ? await openPGlite(work.pgliteTemplate) : await openPostgresql(work.postgresUrl)
  const faults: Record<string, number> = {}
  const play = async (drawn: History) => {
    const simulation = new Simulation(database, (fault) => (faults[fault] = (faults[fault] ?? 0) + 1))
    try {
      await simulation.play(drawn)
      await verify(simulation)
      if (unhandled.length > 0) throw new Violation(`no fault of the app: ${String((unhandled[0] as Error)?.stack ?? unhandled[0])}`)
    } finally {
      simulation.end()
      await idle()
      unhandled.length = 0
    }
  }
  const started = performance.now()
  let [done, told] = [0, started]
  for (let i = 0; i < work.histories; i += work.stride) {
    if (performance.now() - started > work.limitMs) break
    const result = await fc.check(fc.asyncProperty(history, play), {
      seed: work.seed + i,
      numRuns: 1,
      unbiased: true,
      endOnFailure: !work.shrink,
      interruptAfterTimeLimit: work.shrink ? SHRINK_MS : work.limitMs,
    })
    done += 1
    if (result.failed) {
      const error = (result.errorInstance ?? new Error('the history never came to its end')) as Error
      tell({ kind: 'failed', engine: work.engine, seed: work.seed + i, done, cpuSeconds: cpuSeconds(), violation: String(error.name === 'Error' ? error.message : error.stack), shrunk: result.counterexample?.[0] ?? null, shrinks: result.numShrinks })
      // What hangs may hold the database; it goes with the process.
      if (!result.counterexample) process.exit(0)
      break
    }
    if (performance.now() - told > PROGRESS_MS) {
      told = performance.now()
      tell({ kind: 'progress', done, faults, cpuSeconds: cpuSeconds() })
    }
  }
  tell({ kind: 'done', done, faults, cpuSeconds: cpuSeconds() })
  await database.close()
  process.exit(0)
}
