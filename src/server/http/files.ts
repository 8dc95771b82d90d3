/** The built client: hashed files for ever, everything else fresh; a page address gives the app itself. */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { SHARE_PATH } from '../../domain/shared-photos.ts'
import { encodingFor, problemAnswer } from './answer.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
}

const suffixes = { br: '.br', gzip: '.gz' } as const

/** Named after their contents: Vite's assets and the shards of the content pack. */
const isHashed = (path: string) => path.startsWith('/assets/') || /^\/pack\/[a-z-]+\.[0-9a-f]{16}\.json$/.test(path)
const FOR_EVER = 'public, max-age=31536000, immutable'

/** `read`: each form of it that was asked for; all of the client together is a few MB. */
type Stored = { etag: string; size: number; encodings: ReadonlySet<'br' | 'gzip'>; read: Map<string, Promise<Uint8Array<ArrayBuffer>>> }

/** Answers a request for anything outside `/api`. `folder` is the built client. */
export function fileServer(folder: string): (request: Request) => Promise<Response> {
  /** What was learned of a file, until it changes on disk. */
  const known = new Map<string, { mtimeMs: number; stored: Stored }>()

  async function lookUp(path: string): Promise<Stored | null> {
    const before = known.get(path)
    // Under this name nothing else comes, also when the folder makes room for a next build.
    if (before && isHashed(path)) return before.stored
    const file = join(folder, path)
    const facts = await stat(file).catch(() => null)
    if (!facts?.isFile()) return null
    if (before?.mtimeMs === facts.mtimeMs && before.stored.size === facts.size) return before.stored
    const stored: Stored = { etag: await etagOf(file), size: facts.size, encodings: await siblings(file, facts.mtimeMs), read: new Map() }
    known.set(path, { mtimeMs: facts.mtimeMs, stored })
    return stored
  }

  async function serve(path: string, stored: Stored, request: Request): Promise<Response> {
    const wanted = encodingFor(request.headers.get('accept-encoding'))
    const encoding = [wanted, wanted && ('gzip' as const)].find((one) => one && stored.encodings.has(one)) ?? null
    const etag = `"${stored.etag}${encoding ? `-${encoding}` : ''}"`
    const headers = new Headers({
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'cache-control': isHashed(path) ? FOR_EVER : 'no-cache',
      etag,
      ...(stored.encodings.size > 0 ? { vary: 'accept-encoding' } : {}),
    })
    const ahead = path === '/index.html' && request.headers.get('sec-fetch-mode') === 'navigate' ? await contentAhead() : null
    if (ahead) headers.set('link', ahead)
    if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
    if (encoding) headers.set('content-encoding', encoding)
    const bytes = await contentsOf(path + (encoding ? suffixes[encoding] : ''), stored)
    headers.set('content-length', String(bytes.byteLength))
    return new Response(request.method === 'HEAD' ? null : bytes, { headers })
  }

  function contentsOf(file: string, { read }: Stored): Promise<Uint8Array<ArrayBuffer>> {
    let contents = read.get(file)
    if (!contents) {
      contents = readFile(join(folder, file)).then((bytes) => new Uint8Array(bytes))
      read.set(file, contents)
      // What could not be read now may be read later.
      contents.catch(() => read.delete(file))
    }
    return contents
  }

  let first: { etag: string; link: string } | undefined

  /**
   * What a first visit needs of the content, told with the page: so that it is under way before the app asks. A painted page asks for
   * it itself, when one can read. Only to a person who opens the page: what a service worker keeps would name these files for ever.
   */
  async function contentAhead(): Promise<string | null> {
    const index = await lookUp('/pack/index.json')
    if (!index) return null
    if (first?.etag === index.etag) return first.link
    const { shards = [] } = JSON.parse(await readFile(join(folder, 'pack/index.json'), 'utf8')) as { shards?: { name: string; file: string }[] }
    const files = ['index.json', ...shards.filter(({ name }) => name === 'starter').map(({ file }) => file)]
    first = { etag: index.etag, link: files.map((file) => `</pack/${file}>; rel=preload; as=fetch; crossorigin`).join(', ') }
    return first.link
  }

  return async (request) => {
    // Shared photos are the device's: without its service worker they come this far, and go nowhere. The screen says so.
    if (request.method === 'POST' && new URL(request.url).pathname === SHARE_PATH) return new Response(null, { status: 303, headers: { location: `${SHARE_PATH}?mislukt=1` } })
    if (request.method !== 'GET' && request.method !== 'HEAD') return problemAnswer('method_not_allowed', new Headers({ allow: 'GET, HEAD' }))
    const path = safePath(new URL(request.url).pathname)
    if (path === null) return problemAnswer('not_found')
    const stored = path === '/' ? null : await lookUp(path)
    if (stored) return serve(path, stored, request)
    if (!isPage(path, request)) return problemAnswer('not_found')
    // Where a page was painted beforehand one reads before the first script has run; the other pages begin with the frame.
    const painted = `/painted${path === '/' ? '/index' : path}.html`
    const page = (await lookUp(painted)) ? painted : '/index.html'
    const app = await lookUp(page)
    return app ? serve(page, app, request) : new Response('Opstap is nog niet gebouwd. Start met: npm start\n', { status: 503, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  }
}

/** A path that stays inside the folder and names no hidden or pre-compressed file; null for any other. */
function safePath(pathname: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (/[\0\\]/.test(path) || path.split('/').some((part) => part.startsWith('.')) || /\.(br|gz)$/.test(path)) return null
  return normalize(path).split(sep).join('/')
}

/** A page address has no extension and is opened by a person; a missing file is missing. */
function isPage(path: string, request: Request): boolean {
  if (path === '/') return true
  if (extname(path) !== '' || /^\/(assets|pack|icons|fonts)\//.test(path)) return false
  const mode = request.headers.get('sec-fetch-mode')
  return mode === 'navigate' || (request.headers.get('accept') ?? '*/*').match(/text\/html|\*\/\*/) !== null
}

const etagOf = async (file: string) => createHash('sha256').update(await readFile(file)).digest('base64url').slice(0, 16)

/** Compressed forms that belong to this version of the file. */
async function siblings(file: string, mtimeMs: number): Promise<ReadonlySet<'br' | 'gzip'>> {
  const found = new Set<'br' | 'gzip'>()
  for (const [encoding, suffix] of Object.entries(suffixes) as ['br' | 'gzip', string][]) {
    const facts = await stat(file + suffix).catch(() => null)
    if (facts && facts.mtimeMs >= mtimeMs) found.add(encoding)
  }
  return found
}

/** Weak comparison, as RFC 9110 asks for If-None-Match. */
const matches = (ifNoneMatch: string | null, etag: string) =>
  ifNoneMatch !== null && ifNoneMatch.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')))
