/**
 * The simulator finds what it is there to find: each planted fault within a minute of one processor, and nothing in the
 * same history where none is planted.
 */
import { describe, expect, inject, it } from 'vitest'
import { bundleSimulator } from './simulator/bundle.ts'
import { mutants } from './simulator/mutants.ts'
import { runHistories } from './simulator/workers.ts'

const BUDGET_S = 60
/** Only against hanging: on a busy machine a minute of the processor lasts longer. */
const LIMIT_MS = 240_000

describe('a planted fault', () => {
  it.each(mutants)('$name is caught on $engine', { timeout: 2 * LIMIT_MS }, async ({ name, engine }) => {
    const work = { engine, seed: 1, histories: 1_000, postgresUrl: inject('postgresqlUrl'), pgliteTemplate: inject('pgliteTemplate'), shrink: false, limitMs: LIMIT_MS }
    const planted = await bundleSimulator(name)
    const found = await runHistories(planted.program, work, 2).finally(planted.remove)
    expect(found.failed, `${name} lived through ${found.histories} histories`).not.toBeNull()
    expect(found.cpuSeconds).toBeLessThan(BUDGET_S)

    const sound = await bundleSimulator(null)
    const same = await runHistories(sound.program, { ...work, seed: found.failed!.seed, histories: 1 }, 1).finally(sound.remove)
    expect(same).toMatchObject({ failed: null, histories: 1 })
  })

  it('that has lost its place in the source is told, not skipped', async () => {
    await expect(bundleSimulator('no-such-mutant')).rejects.toThrow('no such mutant')
  })
})
