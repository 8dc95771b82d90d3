/** Runs histories in this process; started by simulate.ts, which bundles it. Options come as JSON, results go as JSON lines. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install } from './event-loop.ts'

install()
// Dexie looks for it when it is loaded; without it no live query ever runs.
// @ts-expect-error -- its types are for import statements only
await import('fake-indexeddb/auto')
// What the app loads later is then there within the same turn: the time that a disk takes is no part of a history.
const parts = join(import.meta.dirname, 'assets')
for (const name of readdirSync(parts).filter((file) => file.endsWith('.js'))) await import(pathToFileURL(join(parts, name)).href)
await (await import('./run.ts')).run(JSON.parse(process.argv[2]!))
