// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, defineComponent, h, onMounted, ref } from 'vue'
import { createMemoryHistory, RouterView, type RouteRecordRaw } from 'vue-router'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { handleFailures, isLoadFailure } from '../../../src/client/app/failures.ts'
import { accountOf, footerOf, menuOf } from '../../../src/client/app/navigation.ts'
import { createAppRouter } from '../../../src/client/app/router.ts'
import { useShellState } from '../../../src/client/app/shell-state.ts'
import PageHeader from '../../../src/client/ui/PageHeader.vue'

const screen = (title: string) => defineComponent({ render: () => h(PageHeader, { title }) })
/** A screen whose words come from the store a moment after it appears. */
const lateScreen = (title: string) =>
  defineComponent(() => {
    const there = ref(false)
    onMounted(() => setTimeout(() => (there.value = true), 5))
    return () => (there.value ? h(PageHeader, { title }) : h('p', 'wacht'))
  })
const more: RouteRecordRaw[] = [
  { path: '/een', component: screen('Een'), meta: { title: 'Een' } },
  { path: '/laat', component: lateScreen('Laat'), meta: { title: 'Laat' } },
  { path: '/instrumenten', component: screen('Instrumenten'), meta: { title: 'Instrumenten' } },
]

async function appAt(path: string) {
  const router = createAppRouter(createMemoryHistory(), more)
  await router.push(path)
  const app = mount({ render: () => h('main', h(RouterView)) }, { attachTo: document.body, global: { plugins: [router] } })
  await flushPromises()
  return { app, router }
}

beforeEach(() => {
  document.body.innerHTML = ''
  window.scrollTo = () => undefined
})

describe('navigation', () => {
  test('the first screen takes no focus; every next one gives it to its heading', async () => {
    const { app, router } = await appAt('/een')
    expect(document.title).toBe('Een – Opstap')
    expect(document.activeElement).toBe(document.body)
    await router.push('/instrumenten')
    await flushPromises()
    expect(document.title).toBe('Instrumenten – Opstap')
    expect(document.activeElement?.textContent).toBe('Instrumenten')
    app.unmount()
  })

  test('a heading that comes later gets the focus when it comes', async () => {
    const { app, router } = await appAt('/een')
    await router.push('/laat')
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Laat'))
    app.unmount()
  })

  test('another question on the same screen leaves the focus where one types', async () => {
    const { app, router } = await appAt('/een')
    const field = document.body.appendChild(document.createElement('input'))
    field.focus()
    await router.push('/een?q=drempel')
    await flushPromises()
    expect(document.activeElement).toBe(field)
    app.unmount()
  })

  test('an unknown address says so', async () => {
    const { app } = await appAt('/bestaat/niet')
    expect(app.get('h1').text()).toBe('Deze pagina is er niet')
    expect(document.title).toBe('Niet gevonden – Opstap')
    app.unmount()
  })
})

describe('the menu', () => {
  test('holds only screens that exist, and marks the one you are in, also deeper', async () => {
    const { app, router } = await appAt('/instrumenten')
    const words = menuOf(router, router.currentRoute.value).map(({ words }) => words)
    expect(words).toContain('Instrumenten')
    expect(words).not.toContain('Leerlabo')
    expect(menuOf(router, router.currentRoute.value).filter(({ current }) => current).map(({ to }) => to)).toEqual(['/instrumenten'])
    expect(menuOf(router, router.resolve('/instrumenten/lio')).filter(({ current }) => current).map(({ to }) => to)).toEqual(['/instrumenten'])
    expect(menuOf(router, router.resolve('/instrumentenkoffer')).filter(({ current }) => current)).toEqual([])
    expect(footerOf(router).map(({ to }) => to)).toEqual(['/toegankelijkheid', '/privacy', '/over'])
    app.unmount()
  })

  test('offers to sign in, or one’s account', () => {
    const router = createAppRouter(createMemoryHistory(), [
      { path: '/aanmelden', component: screen('Aanmelden'), meta: { title: 'Aanmelden' } },
      { path: '/account', component: screen('Account'), meta: { title: 'Account' } },
    ])
    expect(accountOf(router, false)?.words).toBe('Aanmelden')
    expect(accountOf(router, true)?.words).toBe('Account')
  })
})

describe('failures', () => {
  async function broken(component: ReturnType<typeof defineComponent>) {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const pinia = createPinia()
    setActivePinia(pinia)
    const router = createAppRouter(createMemoryHistory(), [
      ...more,
      { path: '/stuk', component, meta: { title: 'Stuk' } },
      { path: '/weg', component: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module: /assets/X.js')), meta: { title: 'Weg' } },
    ])
    const app = createApp({ render: () => h('main', h(RouterView)) })
    app.use(pinia).use(router)
    const state = useShellState()
    handleFailures(app, router, state)
    await router.push('/een')
    app.mount(document.body.appendChild(document.createElement('div')))
    return { app, router, state }
  }

  test('a screen that cannot be drawn is a failure; going elsewhere ends it', async () => {
    const { app, router, state } = await broken(
      defineComponent(() => {
        throw new Error('kapot')
      }),
    )
    await router.push('/stuk')
    await flushPromises()
    expect(state.failure).toEqual({ kind: 'crash' })
    await router.push('/een')
    expect(state.failure).toBeNull()
    app.unmount()
  })

  test('an action that fails leaves the screen where it is', async () => {
    const { app, router, state } = await broken(
      defineComponent({
        render: () =>
          h('button', {
            onClick: () => {
              throw new Error('kapot')
            },
          }),
      }),
    )
    await router.push('/stuk')
    await flushPromises()
    document.querySelector('button')!.click()
    expect([state.failure, state.mishap]).toEqual([null, true])
    app.unmount()
  })

  test('a part that does not load says where one wanted to go', async () => {
    const { app, router, state } = await broken(screen('Goed'))
    await router.push('/weg?x=1').catch(() => undefined)
    expect(state.failure).toEqual({ kind: 'part', path: '/weg?x=1' })
    app.unmount()
  })

  test('without a store no other screen is tried', async () => {
    const { app, router, state } = await broken(screen('Goed'))
    state.failure = { kind: 'store', message: 'Nieuwer' }
    await router.push('/instrumenten')
    expect(state.failure).toEqual({ kind: 'store', message: 'Nieuwer' })
    app.unmount()
  })

  test.each([
    ['Failed to fetch dynamically imported module: http://x/assets/a.js', true],
    ['error loading dynamically imported module: http://x/assets/a.js', true],
    ['Importing a module script failed.', true],
    ['Unable to preload CSS for /assets/a.css', true],
    ['Cannot read properties of undefined', false],
  ])('%s', (message, expected) => expect(isLoadFailure(new TypeError(message))).toBe(expected))
})
