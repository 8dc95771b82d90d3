/**
 * Random histories of devices, tabs and a server under every fault of `steps.ts`, each healed and then checked against
 * what the app confirmed (README, "The simulator"). The seeds are fixed; `npm run simulate` plays any others.
 */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { bundleSimulator } from './simulator/bundle.ts'
import { wireFaults } from './simulator/steps.ts'
import { runHistories } from './simulator/workers.ts'

/** What must really have happened somewhere in these histories: a simulator without faults proves nothing. */
const kinds = [
  ...wireFaults.filter((kind) => kind !== 'none'),
  ...['reorder', 'overlap', 'offline', 'crash', 'quota-at-request', 'quota-at-commit', 'clock-jump', 'frozen-tab', 'upgrade', 'poison'],
  ...['access-lost', 'access-gained', 'session-expired', 'cloned-device', 'restore', 'unknown-collection'],
]

describe('500 random histories', () => {
  let simulator: Awaited<ReturnType<typeof bundleSimulator>>
  beforeAll(async () => {
    simulator = await bundleSimulator(null)
  })
  afterAll(() => simulator?.remove())

  it.each([
    { engine: 'pglite', histories: 400 },
    { engine: 'postgres', histories: 100 },
  ] as const)('$histories on $engine end with everything that was confirmed, once, the same on every device', { timeout: 600_000 }, async ({ engine, histories }) => {
    const work = { engine, seed: 1, histories, postgresUrl: inject('postgresqlUrl'), pgliteTemplate: inject('pgliteTemplate'), shrink: true, limitMs: 600_000 }
    const outcome = await runHistories(simulator.program, work, 2)
    expect(outcome.failed).toBeNull()
    expect(outcome.histories).toBe(histories)
    for (const kind of kinds) expect(outcome.faults[kind], kind).toBeGreaterThan(0)
  })
})
