/** Builds the page of each engine as for production, and weighs it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { root } from '../../support/built.ts'

const here = import.meta.dirname

export type BuiltPage = { folder: string; gzipBytes: number; remove: () => void }

export async function buildPage(entry: string): Promise<BuiltPage> {
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'bench-sync-'))
  const source = join(folder, 'source')
  mkdirSync(source)
  writeFileSync(join(source, 'index.html'), `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title></head><body><script type="module" src="/@fs${join(here, 'page', entry)}"></script></body></html>`)
  const dist = join(folder, 'dist')
  await build({
    root: source,
    configFile: false,
    logLevel: 'warn',
    resolve: {
      alias: [
        // As the app itself is built.
        ...(entry === 'opstap.ts' ? [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] : []),
        // PouchDB expects Node's emitter; its manual tells to bring this package.
        { find: /^events$/, replacement: join(here, 'node_modules/events/events.js') },
      ],
    },
    define: { global: 'globalThis' },
    build: { outDir: dist, emptyOutDir: false, target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  })
  const scripts = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'))
  const gzipBytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, 'assets', name)), { level: 9 }).length, 0)
  return { folder: dist, gzipBytes, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
