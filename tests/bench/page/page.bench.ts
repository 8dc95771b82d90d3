/**
 * `npm run bench:page`: how fast the pages are, against the bars. Builds if needed and runs against the real server.
 * `-- --json FILE` also writes the figures; `-- --runs N` sets how often (medians, default 3); `-- --only lighthouse,tick,guide,cohort,start`.
 * Ends with exit code 1 when a bar is not reached.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startApp } from '../../support/app.ts'
import ensureBuilt from '../../support/built.ts'
import { measureColdStart } from './cold-start.ts'
import { measureCohort } from './cohort.ts'
import { measureGuideOffline } from './guide-offline.ts'
import { measureLighthouse } from './lighthouse.ts'
import { holds, type Measured, shown } from './measure.ts'
import { measureTick } from './tick.ts'

const TASK = '/starten/focus-kiezen'
const PAGES = ['/', TASK, '/instrumenten/lio-vlaanderen', '/zoeken?q=toegankelijkheid']

const { values } = parseArgs({ options: { json: { type: 'string' }, runs: { type: 'string', default: '3' }, only: { type: 'string', default: 'lighthouse,tick,guide,cohort,start' } } })
const runs = Number(values.runs)
const wanted = new Set(values.only.split(','))

const measured: Measured[] = []
const add = (rows: Measured[]) => {
  measured.push(...rows)
  for (const row of rows) console.log(shown(row))
}

ensureBuilt()
const app = await startApp()
try {
  if (wanted.has('lighthouse')) for (const path of PAGES) add(await measureLighthouse(app.url, path, runs))
  if (wanted.has('guide')) add(await measureGuideOffline(app.url, Math.max(runs, 5)))
  if (wanted.has('cohort')) add(await measureCohort(app.url, Math.max(runs, 5)))
  if (wanted.has('tick')) add(await measureTick(app.url, TASK))
  // Last, since it stops the server.
  if (wanted.has('start')) add(await measureColdStart(app, Math.max(runs, 5)))
} finally {
  await app.remove()
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`)
process.exit(measured.every(holds) ? 0 : 1)
