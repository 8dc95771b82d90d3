/** `npm run build`: the client, its compressed forms, and the server, into `dist`. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { markBuilt, sourceStamp } from './source-stamp.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const dist = join(root, 'dist')
const stamp = sourceStamp(root)
rmSync(join(dist, 'stamp'), { force: true })
// Before Vite is loaded: Vue and its plugin choose their production form by it.
process.env.NODE_ENV = 'production'
const { build } = await import('vite')

// Built aside and put in place at once, so that a running server never gives half a version.
const next = join(dist, 'client.next')
await build({ root, logLevel: 'warn', build: { outDir: next, emptyOutDir: true } })
const own = carryOver(join(dist, 'client'), next)
await compress(next)
writeFileSync(join(next, '.own-assets.json'), JSON.stringify(own))
swap(next, join(dist, 'client'))

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: { ssr: join(root, 'src/server/main.ts'), outDir: join(dist, 'server'), emptyOutDir: true, target: 'node20', sourcemap: true },
})
markBuilt(root, stamp)

/** Assets of the version before stay one release: a page that is open still asks for them. Returns the names of this version. */
function carryOver(from, to) {
  const names = (folder) => (existsSync(join(folder, 'assets')) ? readdirSync(join(folder, 'assets')) : [])
  const own = names(to)
  const record = join(from, '.own-assets.json')
  const before = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : names(from)
  for (const name of before) {
    const file = join(from, 'assets', name)
    if (!own.includes(name) && existsSync(file)) cpSync(file, join(to, 'assets', name), { preserveTimestamps: true })
  }
  return own
}

async function compress(folder) {
  const packers = [
    ['.br', (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })],
    ['.gz', (bytes) => promisify(gzip)(bytes, { level: 9 })],
  ]
  const worth = new Set(['.html', '.js', '.css', '.json', '.svg', '.webmanifest', '.txt', '.xml'])
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !worth.has(extname(file)) || basename(file).startsWith('.') || statSync(file).size < 1_000) continue
    const bytes = readFileSync(file)
    for (const [suffix, pack] of packers) if (!existsSync(file + suffix)) writeFileSync(file + suffix, await pack(bytes))
  }
}

function swap(fresh, place) {
  const old = `${place}.old`
  rmSync(old, { recursive: true, force: true })
  mkdirSync(dirname(place), { recursive: true })
  if (existsSync(place)) renameSync(place, old)
  renameSync(fresh, place)
  rmSync(old, { recursive: true, force: true })
}
