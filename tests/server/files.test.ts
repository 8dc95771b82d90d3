import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let folder: string
const files: Record<string, string> = {
  'index.html': '<!doctype html><title>Opstap</title>',
  'painted/index.html': '<!doctype html><title>Vandaag – Opstap</title>',
  'painted/instrumenten.html': '<!doctype html><title>Instrumenten – Opstap</title>',
  'painted/instrumenten/gids.html': '<!doctype html><title>Gids – Opstap</title>',
  'service-worker.js': 'self.addEventListener("install", () => {})',
  'manifest.webmanifest': '{"name":"Opstap"}',
  'robots.txt': 'User-agent: *\nAllow: /\n',
  'assets/index-C0FFee12.js': `export default ${JSON.stringify('x'.repeat(3_000))}`,
  'pack/index.json': '{"version":"0123456789abcdef","shards":[{"name":"terms","file":"terms.0123456789abcdef.json"},{"name":"starter","file":"starter.0123456789abcdef.json"}]}',
  'pack/starter.0123456789abcdef.json': '{"items":[]}',
  '.own-assets.json': '["secret"]',
}

const put = (path: string, contents: string | Buffer) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), contents)
}
beforeAll(async () => {
  const outer = mkdtempSync(join(tmpdir(), 'opstap-files-'))
  folder = join(outer, 'client')
  mkdirSync(folder)
  writeFileSync(join(outer, 'secret'), 'outside')
  for (const [path, contents] of Object.entries(files)) put(path, contents)
  const script = Buffer.from(files['assets/index-C0FFee12.js']!)
  put('assets/index-C0FFee12.js.br', brotliCompressSync(script))
  put('assets/index-C0FFee12.js.gz', gzipSync(script))
  server = await startTestServer({ client: folder })
})
afterAll(async () => {
  await server.close()
  rmSync(dirname(folder), { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => server.request(path, { headers, method })
const navigation = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate' }

test('hashed files may be kept for ever, all others are asked for anew', async () => {
  const caching = async (path: string) => (await get(path)).headers.get('cache-control')
  for (const path of ['/assets/index-C0FFee12.js', '/pack/starter.0123456789abcdef.json']) expect(await caching(path), path).toBe('public, max-age=31536000, immutable')
  for (const path of ['/', '/index.html', '/service-worker.js', '/manifest.webmanifest', '/pack/index.json', '/robots.txt', '/starten']) expect(await caching(path), path).toBe('no-cache')
})

test.each([
  ['/', 'text/html; charset=utf-8'],
  ['/service-worker.js', 'text/javascript; charset=utf-8'],
  ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['/pack/index.json', 'application/json; charset=utf-8'],
  ['/robots.txt', 'text/plain; charset=utf-8'],
])('%s is %s, with the security headers', async (path, type) => {
  const answer = await get(path)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
})

test('a file that did not change is not sent again', async () => {
  const first = await get('/service-worker.js')
  const etag = first.headers.get('etag')!
  const again = await get('/service-worker.js', { 'if-none-match': `"other", W/${etag}` })
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
  put('service-worker.js', 'self.version = 2')
  const changed = await get('/service-worker.js', { 'if-none-match': etag })
  expect([changed.status, await changed.text()]).toEqual([200, 'self.version = 2'])
})

test('the compressed form is given to who can read it, each with its own tag', async () => {
  const path = '/assets/index-C0FFee12.js'
  const of = async (accept: string) => {
    const answer = await get(path, { 'accept-encoding': accept })
    return { encoding: answer.headers.get('content-encoding'), vary: answer.headers.get('vary'), etag: answer.headers.get('etag'), length: Number(answer.headers.get('content-length')), bytes: Buffer.from(await answer.arrayBuffer()) }
  }
  const [br, gz, plain] = [await of('gzip, deflate, br'), await of('gzip'), await of('identity')]
  expect([br.encoding, gz.encoding, plain.encoding]).toEqual(['br', 'gzip', null])
  expect(brotliDecompressSync(br.bytes).toString()).toBe(files['assets/index-C0FFee12.js'])
  expect(gunzipSync(gz.bytes).toString()).toBe(files['assets/index-C0FFee12.js'])
  expect(new Set([br.etag, gz.etag, plain.etag]).size).toBe(3)
  for (const one of [br, gz, plain]) expect([one.vary, one.length]).toEqual(['accept-encoding', one.bytes.length])
})

test('a compressed form of an older build is not given', async () => {
  put('assets/old-12345678.js', 'new')
  put('assets/old-12345678.js.br', brotliCompressSync(Buffer.from('old')))
  const file = join(folder, 'assets/old-12345678.js')
  const { mtimeMs } = statSync(file)
  utimesSync(`${file}.br`, new Date(mtimeMs - 60_000), new Date(mtimeMs - 60_000))
  const answer = await get('/assets/old-12345678.js', { 'accept-encoding': 'br' })
  expect([answer.headers.get('content-encoding'), await answer.text()]).toEqual([null, 'new'])
})

test('what is named after its contents is read once: a build that takes its place loses nothing of the one before', async () => {
  put('assets/early-12345678.js', 'early')
  const read = async () => (await get('/assets/early-12345678.js')).text()
  expect(await read()).toBe('early')
  rmSync(join(folder, 'assets/early-12345678.js'))
  expect(await read()).toBe('early')
  expect((await get('/assets/early-12345678.js', {}, 'HEAD')).headers.get('content-length')).toBe('5')
})

test('a page address opens the app, whatever its depth', async () => {
  for (const path of ['/starten', '/starten/opdracht-bespreken', '/zoeken?q=schepen', '/onbestaande/pagina']) {
    const answer = await get(path, navigation)
    expect([answer.status, await answer.text()], path).toEqual([200, files['index.html']])
  }
})

test('a page that was painted beforehand is given as it was painted', async () => {
  const painted = { '/': files['painted/index.html'], '/instrumenten': files['painted/instrumenten.html'], '/instrumenten/gids': files['painted/instrumenten/gids.html'] }
  for (const [path, page] of Object.entries(painted)) {
    const answer = await get(path, navigation)
    expect([answer.status, answer.headers.get('cache-control'), await answer.text()], path).toEqual([200, 'no-cache', page])
  }
})

test('a missing file is missing, also when a person opens it', async () => {
  for (const path of ['/assets/gone-12345678.js', '/assets/gone', '/pack/x', '/favicon.ico', '/nothing.png', '/starten/x.css']) {
    const answer = await get(path, navigation)
    expect([answer.status, answer.headers.get('content-type')], path).toEqual([404, 'application/json; charset=utf-8'])
  }
  expect((await get('/starten', { accept: 'image/*', 'sec-fetch-mode': 'no-cors' })).status).toBe(404)
})

test('nothing outside the folder, hidden or pre-compressed can be asked for', async () => {
  const hidden = ['/..%2fsecret', '/assets/..%2f..%2fsecret', '/..%5csecret', '/.own-assets.json', '/%2eown-assets.json', '/assets/index-C0FFee12.js.br', '/assets/index-C0FFee12.js.gz', '/%00', '/%', '/index.html%00.js', '/assets/', '/secret.txt']
  for (const path of hidden) expect((await get(path)).status, path).toBe(404)
  // These are taken apart before the server sees them: what remains is an address of a page.
  for (const path of ['/../secret', '/%2e%2e/secret', '/assets/%2e%2e/%2e%2e/secret']) expect(await (await get(path)).text(), path).toBe(files['index.html'])
})

test('files are read, never written', async () => {
  const head = await get('/robots.txt', {}, 'HEAD')
  expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', String(files['robots.txt']!.length)])
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const answer = await get('/robots.txt', { origin: 'http://localhost:3000' }, method)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  }
})

test('without a built client a person is told what to do', async () => {
  const empty = await startTestServer({ client: join(folder, 'nothing') })
  const answer = await empty.request('/')
  expect([answer.status, await answer.text()]).toEqual([503, 'Opstap is nog niet gebouwd. Start met: npm start\n'])
  await empty.close()
})

test('names the first content with the page that a person opens, and with nothing else', async () => {
  const link = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).headers.get('link')
  const ahead = '</pack/index.json>; rel=preload; as=fetch; crossorigin, </pack/starter.0123456789abcdef.json>; rel=preload; as=fetch; crossorigin'
  expect(await link('/starten/focus-kiezen', navigation)).toBe(ahead)
  // A painted page asks for it itself, after its styles.
  expect(await link('/', navigation)).toBeNull()
  // As a service worker fetches it to keep it.
  expect(await link('/index.html')).toBeNull()
  expect(await link('/robots.txt', navigation)).toBeNull()
})

test('shared photos that come this far are taken in nowhere, and the person is told', async () => {
  const answer = await get('/delen', navigation, 'POST')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/delen?mislukt=1')
  expect((await get('/', navigation, 'POST')).status).toBe(405)
})
