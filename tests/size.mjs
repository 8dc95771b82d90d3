// @ts-check
/** `npm run size`: what a phone has to fetch, against the budgets. Reads `dist/client` as it was built. `-- --why` tells what the engine is made of. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, parseAst } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const client = join(root, 'dist/client')
const read = (/** @type {string} */ path) => readFileSync(join(client, path), 'utf8')
const gzip = (/** @type {string | Buffer} */ content) => gzipSync(content, { level: 9 }).length
const sum = (/** @type {number[]} */ sizes) => sizes.reduce((a, b) => a + b, 0)

/** Assets of this version; the folder also holds those of the version before. @type {string[]} */
const own = JSON.parse(read('.own-assets.json')).map((/** @type {string} */ name) => `assets/${name}`)

/** Paths that `index.html` asks for at once. @param {RegExp} tag */
function askedFor(tag) {
  return [...read('index.html').matchAll(/<(?:script|link)\b[^>]*>/g)].flatMap(([text]) => {
    const path = /\b(?:src|href)="\/([^"]+)"/.exec(text)?.[1]
    return tag.test(text) && path ? [path] : []
  })
}

/** A chunk and everything it imports before it runs. @param {string[]} paths @param {Set<string>} seen */
function withImports(paths, seen = new Set()) {
  for (const path of paths) {
    if (seen.has(path)) continue
    seen.add(path)
    const imports = parseAst(read(path)).body.flatMap((node) => ('source' in node && node.source ? [String(node.source.value)] : []))
    withImports(
      imports.map((name) => posix.join(posix.dirname(path), name)),
      seen,
    )
  }
  return seen
}

/** Chunks with code of a folder of the source. @param {RegExp} folder */
function chunksWith(folder) {
  return own.filter((path) => path.endsWith('.js') && existsSync(join(client, `${path}.map`)) && JSON.parse(read(`${path}.map`)).sources.some((/** @type {string} */ source) => folder.test(source)))
}

/** The page, its shell and Vandaag: what the first visit waits for. */
function firstRoute() {
  const today = chunksWith(/features\/today\/.*\.vue$/)
  if (today.length === 0) throw new Error('no chunk holds the screen Vandaag (src/client/features/today)')
  const scripts = [...withImports([...askedFor(/type="module"|rel="modulepreload"/), ...today])]
  const named = (/** @type {string} */ path) => basename(path).replace(/-[\w-]{8}\.\w+$/, '')
  const styles = new Set([...askedFor(/rel="stylesheet"/), ...own.filter((path) => path.endsWith('.css') && scripts.some((script) => named(script) === named(path)))])
  return { scripts, styles: [...styles] }
}

/**
 * What filling in an assignment loads beyond what every page does: its first route, and the engine and its schemas right after.
 * Without the package that merges long texts: that loads when there is a text to merge.
 * @param {readonly string[]} first
 */
function formsBeyond(first) {
  const screen = chunksWith(/features\/labs\/AssignmentDetail\.vue$/)
  if (screen.length === 0) throw new Error('no chunk holds the screen of an assignment (src/client/features/labs)')
  const everywhere = new Set([...first, ...withImports(chunksWith(/client\/sync\/(engine|mutate|photos|transport)\.ts$/))])
  const yjs = chunksWith(/node_modules\/(yjs|lib0)\//)
  return [...withImports(screen)].filter((path) => !everywhere.has(path) && !yjs.includes(path))
}

/** The size of a file as it travels. @param {string} path */
const travels = (path) => statSync(join(client, existsSync(join(client, `${path}.br`)) ? `${path}.br` : path)).size

/** The content that a first visit brings into the device's database. */
function content() {
  const { shards } = JSON.parse(read('pack/index.json'))
  return ['index.json', ...shards.map((/** @type {{ file: string }} */ { file }) => file)].map((file) => travels(`pack/${file}`))
}

/** What the service worker fetches at installation. */
function precached() {
  const paths = new Set([...read('service-worker.js').matchAll(/\burl["']?\s*:\s*["'`]([^"'`]+\.\w+)["'`]/g)].map(([, url]) => String(url)))
  if (!paths.has('index.html')) throw new Error('the list of the service worker could not be read')
  return [...paths].map(travels)
}

/** What the product syncs, declared: the schemas that any engine has to be given. They grow with the product, not with the engine. */
const DEFINITIONS = /\/domain\/collections\.ts$/

/** The sync engine with what it needs of store, domain and protocol, without those definitions and the packages it stands on, bundled as for a phone. */
/** @param {boolean} withDefinitions */
async function engine(withDefinitions) {
  const folder = join(root, 'src/client/sync')
  // What the app composes, and with it all that it loads; the forms for accounts and the editing of a text stand beside it.
  const files = ['client.ts', 'engine.ts', 'browser.ts']
  const entry = join(root, 'whole-engine.js')
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'whole-engine',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? files.map((file, at) => `export * as part${at} from ${JSON.stringify(join(folder, file))}`).join('\n') : null),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      minify: 'oxc',
      // As the other kinds of build keep spaces or add Vite's own preloading of chunks.
      ssr: entry,
      rollupOptions: { external: [/^(dexie|yjs|zod|vue|uuid)(\/|$)/, ...(withDefinitions ? [] : [DEFINITIONS])] },
    },
  })
  const outputs = Array.isArray(result) ? result : [result]
  return outputs.flatMap((each) => ('output' in each ? each.output : [])).flatMap((chunk) => (chunk.type === 'chunk' ? [chunk] : []))
}

const KB = 1_000
const { scripts, styles } = firstRoute()
const engineChunks = await engine(false)
const forms = formsBeyond(scripts)
const rows = [
  { what: 'first route, JavaScript (gzip)', size: sum(scripts.map((path) => gzip(read(path)))), budget: 95 * KB },
  { what: 'first route, CSS (gzip)', size: sum(styles.map((path) => gzip(read(path)))), budget: 12 * KB },
  { what: 'the form of an assignment beyond that (gzip)', size: sum(forms.map((path) => gzip(read(path)))), budget: 25 * KB },
  { what: 'precache and all content (as they travel)', size: sum(precached()) + sum(content()), budget: 1_500 * KB },
  { what: 'all content with its search index', size: sum(content()), budget: 1_200 * KB },
  { what: "the sync engine's own code (gzip)", size: sum(engineChunks.map(({ code }) => gzip(code))), budget: 12 * KB },
]

const shown = (/** @type {number} */ bytes) => `${(bytes / KB).toFixed(1)} kB`.padStart(10)
for (const { what, size, budget } of rows) console.log(`${size <= budget ? 'ok  ' : 'OVER'} ${what.padEnd(44)} ${shown(size)} of ${shown(budget)}`)
console.log(`     first route: ${[...scripts, ...styles].map((path) => `${basename(path)} ${(gzip(read(path)) / KB).toFixed(1)}`).join(', ')}`)
console.log(`     an assignment: ${forms.map((path) => `${basename(path)} ${(gzip(read(path)) / KB).toFixed(1)}`).join(', ')}`)
console.log(`     the engine with the definitions of all that is synced: ${shown(sum((await engine(true)).map(({ code }) => gzip(code)))).trim()}`)
if (process.argv.includes('--why')) {
  const modules = engineChunks.flatMap((chunk) => Object.entries(chunk.modules)).map(([id, { renderedLength }]) => ({ id: id.replace(root, ''), renderedLength }))
  for (const { id, renderedLength } of modules.sort((a, b) => b.renderedLength - a.renderedLength)) console.log(`${String(renderedLength).padStart(8)} B before minifying: ${id}`)
}
if (rows.some(({ size, budget }) => size > budget)) process.exitCode = 1
