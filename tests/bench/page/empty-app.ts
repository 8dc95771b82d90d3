/** The least a Vue app can be that starts without a network: one heading, and a service worker that keeps every file. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import { root } from '../../support/built.ts'

const files = {
  'index.html': `<!doctype html><html lang="nl-BE"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Leeg</title></head>
<body><div id="app"></div><script type="module" src="/main.ts"></script></body></html>`,
  'App.vue': `<script setup lang="ts">import { ref } from 'vue'; const name = ref('Leeg')</script><template><main><h1>{{ name }}</h1></main></template>`,
  'main.ts': `import { createApp } from 'vue'; import App from './App.vue'; createApp(App).mount('#app'); void navigator.serviceWorker.register('/service-worker.js')`,
}

const serviceWorker = (paths: string[]) => `
addEventListener('install', (event) => event.waitUntil(caches.open('all').then((cache) => cache.addAll(${JSON.stringify(paths)}))))
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  const page = event.request.mode === 'navigate'
  event.respondWith(caches.match(page ? '/' : event.request).then((kept) => kept ?? fetch(event.request)))
})`

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

export type EmptyApp = { url: string; stop(): Promise<void>; remove(): void }

export async function startEmptyApp(): Promise<EmptyApp> {
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  // Inside node_modules, so that it finds the same Vue.
  const folder = mkdtempSync(join(cache, 'empty-app-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [vue()],
    define: { __VUE_OPTIONS_API__: false },
    build: { outDir: 'dist', target: 'es2022', modulePreload: { polyfill: false } },
  })
  const dist = join(folder, 'dist')
  const built = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = built.map((entry) => join(entry.parentPath, entry.name).slice(dist.length).replaceAll('\\', '/'))
  writeFileSync(join(dist, 'service-worker.js'), serviceWorker(['/', ...paths.filter((path) => path !== '/index.html')]))
  const server = await serve(dist)
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function serve(dist: string): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const path = url === '/' ? '/index.html' : url
    try {
      const bytes = readFileSync(join(dist, path))
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(bytes)
    } catch {
      response.writeHead(404).end()
    }
  })
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)))
}
