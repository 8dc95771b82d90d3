import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA, type ManifestOptions } from 'vite-plugin-pwa'
import type { PackShard } from './src/domain/pack.ts'
import { contentPath } from './src/domain/content-path.ts'
import { SHARE_PATH } from './src/domain/shared-photos.ts'
import { paintedPages } from './src/pack/painted-pages.ts'
import { contentPack } from './src/pack/plugin.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/** The same source gives the same id, on every machine. Content has versions of its own: when only that changed, the app is the same. */
function buildId(): string {
  const hash = createHash('sha256')
  const folders = ['src/client', 'src/domain', 'src/protocol', 'public']
  const files = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()))
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  for (const path of [...paths, join(root, 'index.html'), join(root, 'package-lock.json')].toSorted()) {
    hash.update(path.slice(root.length).replaceAll('\\', '/')).update(readFileSync(path))
  }
  return hash.digest('hex').slice(0, 8)
}

/** Pictures for the install dialog: `public/screenshots/narrow-*.png` and `wide-*.png`, each with a label in its name. */
function screenshots(): ManifestOptions['screenshots'] {
  const folder = join(root, 'public/screenshots')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^(narrow|wide)-[a-z-]+\.png$/.test(name))
    .map((name) => ({
      src: `/screenshots/${name}`,
      type: 'image/png',
      sizes: pngSize(readFileSync(join(folder, name))),
      form_factor: name.startsWith('wide') ? ('wide' as const) : ('narrow' as const),
      label: name.replace(/^(narrow|wide)-/, '').replace('.png', '').replaceAll('-', ' '),
    }))
}

/** Width and height stand in the first chunk of a PNG, at bytes 16 and 20. */
const pngSize = (png: Buffer) => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`

const icon = (src: string, sizes: string, purpose: 'any' | 'maskable' | 'monochrome') => ({
  src,
  sizes,
  type: src.endsWith('.svg') ? 'image/svg+xml' : 'image/png',
  purpose,
})

const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Opstap',
  short_name: 'Opstap',
  description: 'Stap voor stap werken aan gelijke kansen in je gemeente. Ook zonder verbinding.',
  lang: 'nl-BE',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  theme_color: '#fbfaf7',
  background_color: '#fbfaf7',
  categories: ['government', 'productivity'],
  icons: [
    icon('/icon-192.png', '192x192', 'any'),
    icon('/icon-512.png', '512x512', 'any'),
    icon('/icon-maskable-192.png', '192x192', 'maskable'),
    icon('/icon-maskable-512.png', '512x512', 'maskable'),
    icon('/icon-monochrome-512.png', '512x512', 'monochrome'),
    icon('/mark.svg', 'any', 'any'),
  ],
  shortcuts: [{ name: 'Starten', url: '/starten', description: 'Het starterspad', icons: [{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' }] }],
  // From the gallery into an assignment: taken in by the service worker (src/client/app/receive-shared.ts).
  share_target: { action: SHARE_PATH, method: 'POST', enctype: 'multipart/form-data', params: { files: [{ name: 'photos', accept: ['image/*'] }] } },
  screenshots: screenshots(),
}

/** What every first visit needs although it is a part of its own: the page asks for it together with the app, not after it. */
function preloadFirst(part: string): Plugin {
  return {
    name: 'opstap:preload-first',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle, chunk: entry }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk')
        const first = chunks.filter(({ isDynamicEntry, facadeModuleId }) => isDynamicEntry && facadeModuleId?.startsWith(join(root, part)))
        const wanted = new Set(first.flatMap(({ fileName, imports }) => [fileName, ...imports]))
        for (const loaded of [entry?.fileName, ...(entry?.imports ?? [])]) if (loaded) wanted.delete(loaded)
        const modules = [...wanted].map((file) => ({ rel: 'modulepreload', crossorigin: true, href: `/${file}` }))
        return modules.map((attrs) => ({ tag: 'link', attrs, injectTo: 'head' as const }))
      },
    },
  }
}

/** Where people come in from outside: by the address itself, a link in a mail, a search engine. */
const paintedPaths = (items: PackShard['items']) => [
  '/',
  '/starten',
  '/instrumenten',
  '/zoeken',
  ...items.flatMap((item) => (item.kind === 'task' || item.kind === 'guide' ? [contentPath(item)] : [])),
]

export default defineConfig({
  root,
  plugins: [
    vue(),
    contentPack(join(root, 'src/content')),
    preloadFirst('src/client/app/content-loading'),
    paintedPages({ painter: 'src/client/app/first-paint.ts', plugins: () => [vue()], pathsOf: paintedPaths }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/client/app',
      filename: 'service-worker.ts',
      // main.ts registers it by itself, so that the page needs no inline script.
      injectRegister: false,
      manifest,
      includeManifestIcons: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*.{html,js,css,woff2,json,svg,png,webmanifest}'],
        // The content comes into the device's database, shard by shard as it changes: an update of it is no new app. Of what is
        // painted beforehand a phone that was here before needs the path; the other pages begin with the frame. The icons of the
        // installed app are the browser's own to fetch and keep.
        globIgnores: ['screenshots/**', '*icon*.png', 'mark.svg', 'plain-page.css', 'pack/**', 'service-worker.js', 'painted/!(starten.html)', 'painted/*/*', 'assets/painted-!(starten|start)-*.css'],
        // These carry their hash in their name; the rest gets a revision.
        dontCacheBustURLsMatching: /^assets\//,
      },
    }),
  ],
  resolve: {
    // The build for today's browsers: 1.4 kB less than the wrapper around the old one, from the same source.
    alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }],
  },
  define: {
    // Every component is written with script setup; without the options of Vue 2 the runtime is smaller.
    __VUE_OPTIONS_API__: false,
    __APP_VERSION__: JSON.stringify(version),
    __BUILD_ID__: JSON.stringify(buildId()),
  },
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome117', 'firefox119', 'safari17'],
    sourcemap: 'hidden',
    // Its polyfill is an inline script in spirit: every browser of the target preloads by itself.
    // A later screen asks for its styles at once and for its scripts as it meets them, mostly from the service worker: the list of
    // all scripts of all screens would weigh on the first one. What is needed first is named by the page itself.
    modulePreload: { polyfill: false, resolveDependencies: (_file, needed, { hostType }) => (hostType === 'js' ? needed.filter((file) => file.endsWith('.css')) : needed) },
    // A data: address would be a second source of pictures and fonts for the content policy to allow.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // By what people open together: what each screen begins with, what screens share, and one part for the screens of one feature
          // or role (its `screens.ts`). Each file is a request at the first visit and again from the device; the first rule that fits counts.
          groups: [
            { name: 'app', tags: ['$initial'] },
            // What Vandaag needs, and the others too.
            { name: 'kit', test: /src\/client\/(ui\/(ContentWait|LinkButton|Route(Line|Stop|Strip)|SurfaceCard|TaskRow|numbers|uncommitted)\b|db\/starter-path)|plugin-vue|@lucide.*\/(wifi-off|x)\./ },
            // Once the first screen stands. Not with `later`, which knows more of the trade.
            { name: 'start', test: /src\/client\/app\/after-start/ },
            // What the screens share on which one reads and fills something in. The path, a task and search do with this and `kit`, so nothing
            // here may need a schema.
            {
              name: 'fields',
              test: /src\/(client\/(ui\/(?!ComboBox|ModalDialog|word-document|LineField|CheckboxGroup)|sync\/(saved|readers|text-editing|new-row-id))|domain\/(clock|content-(?!id)|source-documents|plain-text|figures|municipality-search))|@lucide/,
              minShareCount: 2,
            },
            { name: 'dialog', test: /src\/client\/(ui\/ModalDialog|app\/IosInstallHelp)/ },
            // What writing takes: the collections with their schemas, check and merge. Every page loads it, most screens begin with it.
            { name: 'core', test: /src\/(client\/sync\/(mutate|photos|photo-bytes)|domain\/filled-worksheets)\.ts/ },
            // The fields of a form that is data, in an assignment and in a worksheet.
            { name: 'forms', test: /src\/client\/(ui|forms)\/(?!word-document)/, minShareCount: 2, includeDependenciesRecursively: false },
            // Rules of the trade that features share. Content comes before the first screen and stays out.
            { name: 'domain', test: /src\/(client\/(sync|db(?!\/pack-))|domain|protocol)\//, minShareCount: 2 },
            // What no first screen waits for: badge, news, notices.
            { name: 'later', test: /src\/client\/(app\/(app-badge|DeviceNotice|InstallOffer)|features\/today\/(news|lab-lines)|sync\/help-mark)\./ },
            // A task stands beside the path.
            { name: 'starter', test: /src\/client\/features\/starter\/Starter/ },
            { name: (id) => /src\/client\/features\/(\w+)\//.exec(id)?.[1], minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    proxy: { '/api': `http://localhost:${process.env['API_PORT'] ?? 3001}` },
  },
})
