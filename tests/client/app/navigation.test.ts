// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, defineComponent, h, onMounted, ref } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type RouteRecordRaw } from 'vue-router'
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
  { path: '/twee', component: screen('Twee'), meta: { title: 'Twee' } },
]

function appRouter(extra: RouteRecordRaw[] = []) {
  const router = createAppRouter(createMemoryHistory())
  for (const route of [...more, ...extra]) router.addRoute(route)
  return router
}

async function appAt(path: string) {
  const router = appRouter()
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
    await router.push('/twee')
    await flushPromises()
    expect(document.title).toBe('Twee – Opstap')
    expect(document.activeElement?.textContent).toBe('Twee')
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
  const routerWith = (...paths: string[]) =>
    createRouter({ history: createMemoryHistory(), routes: [...paths, '/:rest(.*)*'].map((path) => ({ path, component: screen(path), meta: { title: path } })) })
  const current = (router: ReturnType<typeof routerWith>, path: string) => menuOf(router, { path }).filter((entry) => entry.current).map(({ to }) => to)

  test('holds only screens that exist, in their own order', () => {
    const router = routerWith('/instrumenten', '/', '/over')
    expect(menuOf(router, { path: '/' }).map(({ words }) => words)).toEqual(['Vandaag', 'Instrumenten'])
    expect(footerOf(router).map(({ words }) => words)).toEqual(['Over Opstap'])
  })

  test('marks where one is, also deeper within it', () => {
    const router = routerWith('/', '/instrumenten')
    expect(current(router, '/')).toEqual(['/'])
    expect(current(router, '/instrumenten')).toEqual(['/instrumenten'])
    expect(current(router, '/instrumenten/lio')).toEqual(['/instrumenten'])
    expect(current(router, '/instrumentenkoffer')).toEqual([])
  })

  test('offers to sign in, or one’s account, as far as there is a screen for it', () => {
    const router = routerWith('/aanmelden', '/account')
    expect(accountOf(router, false)?.words).toBe('Aanmelden')
    expect(accountOf(router, true)?.words).toBe('Account')
    expect(accountOf(routerWith('/'), false)).toBeUndefined()
  })

  test('the app has the screens that bookmarks rely on', () => {
    const paths = appRouter().getRoutes().map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['/', '/starten', '/starten/:task', '/wachtrij', '/aanmelden', '/account', '/team', '/toegankelijkheid', '/privacy', '/over']))
  })
})

describe('failures', () => {
  async function broken(component: ReturnType<typeof defineComponent>) {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const pinia = createPinia()
    setActivePinia(pinia)
    const router = appRouter([
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
    await router.push('/twee')
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
