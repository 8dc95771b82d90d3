/** A device with a small starter path on it, whose time the test holds in its hand, and the screens of the path. */
import { flushPromises, mount } from '@vue/test-utils'
import 'fake-indexeddb/auto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { onTestFinished, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { stampOf } from '../../../src/domain/clock.ts'
import type { ClientId, PersonId } from '../../../src/domain/ids.ts'
import type { SessionView } from '../../../src/domain/session.ts'
import { OpstapDatabase } from '../../../src/client/db/database.ts'
import { routes as starter } from '../../../src/client/features/starter/routes.ts'
import { routes as today } from '../../../src/client/features/today/routes.ts'
import { dossierSpace } from '../../../src/client/sync/identity.ts'
import { clientKey, createClient, type Client } from '../../../src/client/sync/client.ts'
import { give, Screen } from '../library/stage.ts'

/** Monday 12 May 2025, 10.00 in Brussels: long past, so that times are always told with their day. */
export const NOW = Date.UTC(2025, 4, 12, 8)

const front = (id: string, title: string, more: string) =>
  `---\nid: ${id}\ntitle: ${title}\nsummary: Kort over ${title}.\nthemes: [algemeen]\nsources:\n  - { document: ledenbevraging-2025, chapter: '9.2', n: 53 }\nreviewedOn: 2026-11-21\n${more}---\n`
const task = (id: string, title: string, phase: string, order: number, { after = '', links = 'cijfer-een', why = 'Daarom.' } = {}) => ({
  [`tasks/${id}.md`]: `${front(id, title, `phase: ${phase}\norder: ${order}\nminutes: 75\nafter: [${after}]\nlinks: [${links}]\n`)}## Waarom\n${why}\n\n## Zo pak je het aan\n1. Bel.\n2. Plan.\n3. Schrijf.\n\n## Klaar als\n- Het staat op papier.\n\n## Tip voor kleine besturen\nDoe het samen.\n`,
})

/** Two phases: `taak-een` and `taak-twee` in the first, `taak-drie` (after `taak-twee`) in the second. */
export const path: Record<string, string> = {
  ...task('taak-een', 'Praat met je chef', 'begin', 1, { why: 'Zie [het cijfer](id:cijfer-een), [de praktijk](id:praktijk-een) en [taak twee](id:taak-twee).', links: 'cijfer-een, aanbod-een, taak-drie' }),
  ...task('taak-twee', 'Lees het akkoord', 'begin', 2),
  ...task('taak-drie', 'Kies een thema', 'vervolg', 1, { after: 'taak-twee' }),
  'figures/cijfer-een.md': `${front('cijfer-een', 'Hoeveel besturen', 'subject: beleid\nunit: percent\nn: 53\nmultiple: true\nrows:\n  - { label: Ja, value: 43 }\n  - { label: Nee, value: 57.5 }\ncaveat: Vooral actieve besturen.\nmeaning: Je bent niet alleen.\n')}De meeste zeggen nee.\n`,
}

/** A device without a connection. `passTime` runs what waits for time to pass. */
export async function device(files: Record<string, string> | null = path): Promise<{ client: Client; passTime: () => Promise<void> }> {
  let seed = 1
  let reads = 0
  let waiting: (() => void)[] = []
  const client = createClient(new OpstapDatabase('opstap', { indexedDB: new IDBFactory(), IDBKeyRange }), {
    // No two things happen at the same moment.
    now: () => NOW + (reads += 1),
    random: (count) => Uint8Array.from({ length: count }, () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 24),
    after: (_ms, run) => {
      waiting.push(run)
      return () => void (waiting = waiting.filter((other) => other !== run))
    },
    transport: { sync: async () => ({ kind: 'offline' }), session: async () => ({ kind: 'offline' }), listen: () => () => undefined },
    onWake: () => () => undefined,
    locks: null,
  })
  await client.db.open()
  onTestFinished(() => client.stop())
  if (files) await give(client, files)
  const passTime = async () => {
    const due = waiting
    waiting = []
    for (const run of due) run()
    await flushPromises()
  }
  return { client, passTime }
}

export const session: SessionView = {
  person: { id: 'mieke' as PersonId, email: 'mieke@demo.example', name: 'Mieke' },
  roles: [],
  teams: [{ id: 'damme', nis: '31006', name: 'Damme', role: 'member' }],
  requests: [],
}

/** A row as it came from the server: written by `person` at `at` (ms since 1970) in the dossier of who is signed in. */
export async function arrived(client: Client, collection: string, id: string, values: Record<string, unknown>, person: string, at = NOW - 60_000): Promise<void> {
  const space = dossierSpace(await client.db.read('session'))
  const fields = Object.keys(values)
  const stamp = stampOf({ ms: at, counter: 0 }, 'andertoest' as ClientId)
  const keys = collection === 'evidence' ? [`${space}|evidence.task|${String(values['task'])}`] : []
  await client.db.rows.put({ space, collection, id, values, stamps: Object.fromEntries(fields.map((field) => [field, stamp])), by: Object.fromEntries(fields.map((field) => [field, person])), keys })
}

export const signedIn = (client: Client): Promise<void> => client.signedIn(session)

const components = [...today, ...starter, ...starter.flatMap(({ children }) => children ?? [])].map(({ component }) => component)

/** Opens a path of the app, on a phone unless `wide`. */
export async function open(client: Client, at: string, { wide = false } = {}): Promise<Screen> {
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: wide && query.includes('min-width'), addEventListener: () => undefined, removeEventListener: () => undefined }))
  onTestFinished(() => void vi.unstubAllGlobals())
  // Loaded beforehand: a first load takes longer than a test waits.
  await Promise.all(components.map((component) => (component as () => Promise<unknown>)()))
  const elsewhere = defineComponent({ render: () => h('p', 'elders') })
  const router = createRouter({ history: createMemoryHistory(), routes: [...today, ...starter, { path: '/:rest(.*)*', component: elsewhere }] })
  await router.push(at)
  await router.isReady()
  const wrapper = mount(defineComponent({ render: () => h('main', [h(RouterView)]) }), {
    attachTo: document.body,
    global: { plugins: [router], provide: { [clientKey as symbol]: client } },
  })
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  return new Screen(wrapper, router)
}
