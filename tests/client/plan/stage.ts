/** The quickscan, the path and the action plan as screens on one device. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { onTestFinished, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { routes as plan } from '../../../src/client/features/plan/routes.ts'
import { routes as quickscan } from '../../../src/client/features/quickscan/routes.ts'
import { routes as starter } from '../../../src/client/features/starter/routes.ts'
import { routes as today } from '../../../src/client/features/today/routes.ts'
import { clientKey, type Client } from '../../../src/client/sync/client.ts'
import { Screen } from '../library/stage.ts'

const routes = [...today, ...starter, ...quickscan, ...plan]

export async function open(client: Client, at: string): Promise<Screen> {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }))
  vi.stubGlobal('scrollTo', () => undefined)
  onTestFinished(() => void vi.unstubAllGlobals())
  // Loaded beforehand: a first load takes longer than a test waits.
  await Promise.all(routes.flatMap((route) => [route, ...(route.children ?? [])]).map(({ component }) => (component as () => Promise<unknown>)()))
  const router = createRouter({ history: createMemoryHistory(), routes: [...routes, { path: '/:rest(.*)*', component: defineComponent({ render: () => h('p', 'elders') }) }] })
  await router.push(at)
  await router.isReady()
  const wrapper = mount(defineComponent({ render: () => h('main', [h(RouterView)]) }), { attachTo: document.body, global: { plugins: [router], provide: { [clientKey as symbol]: client } } })
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  return new Screen(wrapper, router)
}

export async function check(screen: Screen, label: string): Promise<void> {
  ;(await screen.get<HTMLInputElement>('input', label)).click()
  await flushPromises()
}

export async function type(screen: Screen, label: string | RegExp, text: string): Promise<void> {
  const field = await screen.get<HTMLInputElement>('input, textarea', label)
  field.focus()
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('blur'))
  await flushPromises()
}

/** What the device holds of a collection by now, deleted rows left out. */
export const stored = async (client: Client, collection: string) => (await client.db.rows.filter((row) => row.collection === collection).toArray()).filter(({ values }) => values['deleted'] !== true)
