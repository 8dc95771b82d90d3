/**
 * Pages painted beforehand: the HTML of a page already shows what its screen shows on a device without any work of its own, so
 * that someone reads before the first script has run. Made by the app's own screens (src/client/app/first-paint.ts) from the
 * same pack, after the build of the client: `painted/<path>.html`.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { build, type Plugin, type PluginOption, type ResolvedConfig, type Rolldown } from 'vite'
import type { PackShard } from '../domain/pack.ts'

/** A page as `first-paint.ts` gives it. */
type Painted = { html: string; parts: ReadonlySet<string> }

/** What a page needs of the build: files from the root of the site. */
type Needs = { scripts: ReadonlySet<string>; styles: ReadonlySet<string> }

/** `painter`: the module that draws; `plugins`: what it takes to build it; `pathsOf`: the pages, given the content. */
type Options = { painter: string; plugins: () => PluginOption[]; pathsOf: (items: PackShard['items']) => readonly string[] }

export function paintedPages(options: Options): Plugin {
  let config: ResolvedConfig
  let needsOf: (parts: ReadonlySet<string>) => Needs
  return {
    name: 'opstap:painted-pages',
    apply: 'build',
    configResolved: (resolved) => void (config = resolved),
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      needsOf = (parts) => needsIn(chunks, new Set([...parts].map((part) => join(config.root, part))))
    },
    // Before the list of what the service worker keeps is made.
    closeBundle: { sequential: true, order: 'pre', handler: () => paintAll(config, options, needsOf) },
  }
}

async function paintAll(config: ResolvedConfig, options: Options, needsOf: (parts: ReadonlySet<string>) => Needs): Promise<void> {
  const out = resolve(config.root, config.build.outDir)
  const pack = join(out, 'pack')
  const read = (file: string) => JSON.parse(readFileSync(join(pack, file), 'utf8')) as unknown
  const { shards } = read('index.json') as { shards: { name: string; file: string }[] }
  const content = ['index.json', ...shards.filter(({ name }) => name === 'starter').map(({ file }) => file)].map((file) => `/pack/${file}`)
  const items = shards.flatMap(({ file }) => (read(file) as PackShard).items)
  const page = readFileSync(join(out, 'index.html'), 'utf8')
  for (const [path, { html, parts }] of await paint(config, options, pack, options.pathsOf(items))) {
    if (!html.includes('<h1')) throw new Error(`${path} could not be painted: it has no heading`)
    const file = join(out, 'painted', `${path === '/' ? 'index' : path.slice(1)}.html`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, readFirst(out, path, filledIn(page, still(path, html), needsOf(parts)), content))
  }
}

/**
 * Reading goes before running: the page's styles come as one file, since each file is a round trip more on a slow line; when they are
 * there, its scripts and the first content are asked for, and after the first paint they run. The separate styles stay named,
 * switched off: the app takes them for loaded.
 */
function readFirst(out: string, path: string, page: string, content: readonly string[]): string {
  const named = /<link rel="stylesheet" crossorigin href="(\/assets\/[^"]+)">/g
  const entry = /<script type="module" crossorigin src="(\/assets\/[^"]+)"><\/script>/.exec(page)
  if (!entry) throw new Error('The page names no script')
  const sheets = [...page.matchAll(named)].map(([, href]) => readFileSync(join(out, href!), 'utf8'))
  const sheet = asset(out, `painted-${sheetName(path)}`, 'css', sheets.join('\n'))
  const start = asset(out, 'painted-start', 'js', startAfterPaint(entry[1]!))
  const preloads = /<link rel="modulepreload" crossorigin href="([^"]+)">/g
  const later = [...[...page.matchAll(preloads)].map(([, href]) => href), ...content]
  return page
    .replaceAll(preloads, '')
    .replace('</head>', () => `<meta name="later" content="${later.join(' ')}"></head>`)
    .replaceAll(named, '<link rel="stylesheet" disabled href="$1">')
    .replace('<link rel="stylesheet" disabled', `<link rel="stylesheet" crossorigin href="${sheet}">$&`)
    .replace(entry[0], `<script type="module" crossorigin src="${start}"></script>`)
}

/** One screen has one sheet; that of the path is kept on the device (vite.config.ts). */
function sheetName(path: string): string {
  const [, section, detail] = path.split('/')
  return detail ? `detail-${section}` : section || 'vandaag'
}

/** A page that nobody sees is not painted, and one that comes from the device itself has nothing to wait for. */
const startAfterPaint = (entry: string) => `const start = () => import(${JSON.stringify(entry)})
const kinds = { js: { rel: 'modulepreload' }, json: { rel: 'preload', as: 'fetch' } }
const ask = (href) => document.head.append(Object.assign(document.createElement('link'), { href, crossOrigin: '', fetchPriority: 'low', ...kinds[href.split('.').pop()] }))
if (document.hidden || navigator.serviceWorker?.controller) start()
else requestAnimationFrame(() => {
  document.querySelector('meta[name=later]').content.split(' ').forEach(ask)
  setTimeout(start)
})
`

/** Writes a file named after its contents; its address from the root of the site. */
function asset(out: string, name: string, type: 'css' | 'js', content: string): string {
  const file = `assets/${name}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.${type}`
  writeFileSync(join(out, file), content)
  return `/${file}`
}

/** Builds the app's screens for outside a browser and lets them draw the pages. */
async function paint(config: ResolvedConfig, { painter, plugins }: Options, pack: string, paths: readonly string[]): Promise<Map<string, Painted>> {
  mkdirSync(config.cacheDir, { recursive: true })
  // Within the project, so that it finds the same packages.
  const outDir = mkdtempSync(join(config.cacheDir, 'painter-'))
  try {
    await build({
      root: config.root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      plugins: plugins(),
      define: config.define ?? {},
      build: { ssr: painter, outDir, target: 'node20', minify: false, rolldownOptions: { output: { entryFileNames: 'painter.mjs', chunkFileNames: '[name]-[hash].mjs' } } },
    })
    return await new Promise((resolve, reject) => {
      const worker = new Worker(join(config.root, 'src/pack/paint-worker.mjs'), { workerData: { painter: pathToFileURL(join(outDir, 'painter.mjs')).href, pack, paths } })
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('No pages were painted')))
    })
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

/** The files that hold these modules, with what they import. */
function needsIn(chunks: readonly Rolldown.OutputChunk[], modules: ReadonlySet<string>): Needs {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const scripts = new Set<string>()
  const styles = new Set<string>()
  const need = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || scripts.has(chunk.fileName)) return
    scripts.add(chunk.fileName)
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style)
    for (const name of chunk.imports) need(byName.get(name))
  }
  for (const chunk of chunks) if (chunk.moduleIds.some((id) => modules.has(id))) need(chunk)
  return { scripts, styles }
}

/**
 * Nothing can be filled in yet that would be lost when the app takes over, and only the first page of a new device says which
 * step is the next; comments are for an app that takes over in place, and the content policy allows no styles of an element.
 */
function still(path: string, html: string): string {
  const disabled = html
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/<(fieldset|textarea|input|select|button)\b/g, '<$1 disabled')
    .replaceAll(/ style="display:none;?"/g, ' hidden')
    .replaceAll(/ style="[^"]*"/g, '')
  return path === '/' ? disabled : disabled.replaceAll('route-here', 'route-open')
}

function filledIn(page: string, html: string, { scripts, styles }: Needs): string {
  const text = (pattern: RegExp) => pattern.exec(html)?.[1]?.trim()
  const title = text(/<h1[^>]*>([^<]*)/)
  const lead = text(/<p class="page-lead"[^>]*>([^<]*)/)
  const links = [
    ...[...styles].map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`),
    ...[...scripts].map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
  ].filter((link) => !page.includes(/href="[^"]+"/.exec(link)![0]))
  return page
    .replace(/<title>[^<]*/, () => `<title>${title} – Opstap`)
    .replace(/(<meta name="description" content=")[^"]*/, (whole, start: string) => (lead ? start + lead : whole))
    .replace('</head>', () => `${links.join('')}</head>`)
    .replace(/<div id="app">.*<\/div>(?=\s*<noscript>)/s, () => `<div id="app" class="painted">${html}</div>`)
}
