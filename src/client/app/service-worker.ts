/**
 * Makes the app open without a network: everything the build made of code is cached when a version installs. The content lies
 * in the device's database (client/db/pack-import.ts). It answers only for what it cached and for pages; it never touches `/api`
 * nor anything but GET, with one exception: the gallery of the device brings shared photos by POST, and without a network nobody
 * else can take them in.
 */
import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { SHARE_PATH } from '../../domain/shared-photos.ts'
import { receiveShared } from './receive-shared.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (string | { url: string; revision: string | null })[] }

const PAGE = '/index.html'
/** Holds the list of what the release before this one had cached. */
const RELEASES = 'opstap-releases'
const RELEASE_RECORD = '/__release'

const precache = new PrecacheController()
precache.addToCacheList(self.__WB_MANIFEST)

self.addEventListener('install', (event) => {
  void precache.install(event)
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropAllBut(2).then(() => self.clients.claim()))
})

/** Only after the person chose to update; until then the old version goes on. */
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method === 'POST' && new URL(request.url).pathname === SHARE_PATH && request.mode === 'navigate') event.respondWith(receiveShared(request))
})

registerRoute(new PrecacheRoute(precache))
/** The path as it was painted beforehand, so that it stands there before the first script has run. */
registerRoute(new NavigationRoute(precache.createHandlerBoundToURL('/painted/starten.html'), { allowlist: [/^\/starten\/?$/] }))
registerRoute(new NavigationRoute(precache.createHandlerBoundToURL(PAGE), { denylist: [/^\/api(\/|$)/, /\/[^/?]+\.[a-z0-9]+$/i] }))
// A page of the release before may still ask for a part it had not loaded yet.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/') && !precache.getCacheKeyForURL(url.href),
  async ({ request }) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request),
)

/** Removes what neither this nor the `releases - 1` releases before it cached. */
async function dropAllBut(releases: number): Promise<void> {
  const record = await caches.open(RELEASES)
  const current = [...precache.getURLsToCacheKeys().values()]
  const known = ((await (await record.match(RELEASE_RECORD))?.json()) ?? []) as string[][]
  const kept = [current, ...known.filter((release) => release.join() !== current.join())].slice(0, releases)
  await record.put(RELEASE_RECORD, Response.json(kept))
  const wanted = new Set(kept.flat())
  const cache = await caches.open(precache.strategy.cacheName)
  const stale = (await cache.keys()).filter(({ url }) => !wanted.has(url))
  await Promise.all(stale.map((request) => cache.delete(request)))
}
