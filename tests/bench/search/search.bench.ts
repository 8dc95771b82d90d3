/**
 * `npm run bench:search`: how fast results follow the fingers, against the bar. Builds if needed and runs against the real server.
 * `-- --json FILE` also writes the figures. Ends with exit code 1 when the bar is not reached.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startApp } from '../../support/app.ts'
import ensureBuilt from '../../support/built.ts'
import { holds, shown } from '../page/measure.ts'
import { measureSearch } from './keystrokes.ts'

const { values } = parseArgs({ options: { json: { type: 'string' } } })
ensureBuilt()
const app = await startApp()
const measured = await measureSearch(app.url).finally(() => app.remove())
for (const row of measured) console.log(shown(row))
if (values.json) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`)
process.exit(measured.every(holds) ? 0 : 1)
