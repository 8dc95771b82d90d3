/**
 * Pages as a device without any work of its own first shows them, made at build time with the app's own screens and content:
 * someone reads before the first script has run. Runs in Node; `globalThis.indexedDB` must be there.
 */
import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import { createMemoryHistory } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { OpstapDatabase } from '../db/database.ts'
import { importPack } from '../db/pack-import.ts'
import { clientKey, createClient, type Client } from '../sync/client.ts'
import type { Environment } from '../sync/environment.ts'
import App from './App.vue'
import { createAppRouter } from './router.ts'

/** `parts`: the components that drew it, as paths from the root of the project. */
export type Painted = { html: string; parts: ReadonlySet<string> }

/** Nothing happens on this device: no time passes, nobody answers. */
const stillness: Environment = {
  now: () => 0,
  random: (count) => new Uint8Array(count),
  after: () => () => undefined,
  transport: { sync: async () => ({ kind: 'offline' }), session: async () => ({ kind: 'offline' }), listen: () => () => undefined },
  onWake: () => () => undefined,
  locks: null,
}

/** `load` reads a file of the pack. Rejects when the pack cannot be read or a page cannot be drawn. */
export async function paintPages(load: (file: string) => Promise<unknown>, paths: readonly string[]): Promise<Map<string, Painted>> {
  const db = new OpstapDatabase()
  const imported = await importPack(db, load)
  if (imported.kind !== 'imported') throw new Error(`The content could not be read: ${imported.kind}`)
  const pages = new Map<string, Painted>()
  for (const path of paths) pages.set(path, await paint(db, path))
  db.close()
  return pages
}

async function paint(db: OpstapDatabase, path: string): Promise<Painted> {
  // Looking at a page leaves no trace on the next one.
  const client: Client = { ...createClient(db, stillness), write: async () => ({ kind: 'failed' }) }
  const app = createSSRApp(App)
  const router = createAppRouter(createMemoryHistory())
  app.use(createPinia()).use(router).provide(clientKey, client)
  await router.push(path)
  const context: { modules?: Set<string> } = {}
  const html = await renderToString(app, context)
  client.stop()
  return { html, parts: context.modules ?? new Set() }
}
