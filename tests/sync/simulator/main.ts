/** Runs histories in this process; started by simulate.ts, which bundles it. Options come as JSON, results go as JSON lines. */
import { install } from './event-loop.ts'

install()
// Dexie looks for it when it is loaded; without it no live query ever runs.
await import('./indexed-db.ts')
await (await import('./run.ts')).run(JSON.parse(process.argv[2]!))
