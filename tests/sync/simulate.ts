/**
 * `npm run simulate -- --seed S --histories N [--engine pglite|postgres|both] [--mutant NAME] [--workers W]`
 * Plays random histories of devices against the real server code (README, "The simulator"). Exit code 1 when one fails.
 */
import { parseArgs } from 'node:util'
import { pgliteTemplate } from '../support/pglite-template.ts'
import { startPostgresql } from '../support/postgresql.ts'
import { bundleSimulator } from './simulator/bundle.ts'
import { runHistories, type Failed, type Outcome } from './simulator/workers.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    histories: { type: 'string', default: '500' },
    engine: { type: 'string', default: 'both' },
    mutant: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
})

const number = (name: 'seed' | 'histories' | 'workers'): number => {
  const given = Number(values[name])
  if (!Number.isSafeInteger(given) || given < 1) throw new Error(`--${name} takes a whole number from 1, not ${values[name]}`)
  return given
}
const engines = (['pglite', 'postgres'] as const).filter((engine) => values.engine === 'both' || values.engine === engine)
if (engines.length === 0) throw new Error(`--engine takes pglite, postgres or both, not ${values.engine}`)

const tellFaults = (faults: Record<string, number>) =>
  Object.entries(faults)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

function tellFailure({ engine, seed, violation, shrunk, shrinks }: Failed): void {
  console.log(`\nFAILED on ${engine} with seed ${seed}: ${violation}`)
  console.log(`after ${shrinks} shrinks: ${JSON.stringify(shrunk, null, 1).replaceAll(/\n\s{3,}/g, ' ').replaceAll(/\n\s+([}\]])/g, ' $1')}`)
  console.log(`again: npm run simulate -- --seed ${seed} --histories 1 --engine ${engine}${values.mutant ? ` --mutant ${values.mutant}` : ''}`)
}

const workers = Math.min(number('workers'), number('histories'))
const { program, remove } = await bundleSimulator(values.mutant ?? null)
const postgres = engines.includes('postgres') ? await startPostgresql() : null
let failed = false
for (const engine of engines) {
  const work = { engine, seed: number('seed'), histories: number('histories'), postgresUrl: postgres?.url ?? '', pgliteTemplate: await pgliteTemplate(), shrink: true, limitMs: Number.MAX_SAFE_INTEGER }
  let told = performance.now()
  const outcome: Outcome = await runHistories(program, work, workers, (done) => {
    if (performance.now() - told < 10_000) return
    told = performance.now()
    console.log(`${engine}: ${done} of ${work.histories}`)
  })
  const { histories, seconds, faults } = outcome
  console.log(`${engine}: ${histories} histories in ${seconds.toFixed(1)} s (${(histories / seconds).toFixed(1)} a second) from seed ${work.seed}`)
  console.log(`faults: ${tellFaults(faults)}`)
  if (outcome.failed) tellFailure(outcome.failed)
  failed ||= outcome.failed !== null
  if (failed) break
}
await postgres?.stop()
remove()
process.exit(failed ? 1 : 0)
