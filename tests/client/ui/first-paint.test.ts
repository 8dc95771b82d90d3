// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { House } from '@lucide/vue'
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, test } from 'vitest'
import AppShell from '../../../src/client/ui/AppShell.vue'
import { mountAt } from './mounting.ts'

enableAutoUnmount(afterEach)

const root = join(import.meta.dirname, '../../..')
const html = readFileSync(join(root, 'index.html'), 'utf8')
const page = new DOMParser().parseFromString(html, 'text/html')
const shell = () =>
  mountAt(AppShell, {
    props: { entries: [{ to: '/', words: 'Vandaag', icon: House, current: true }], account: { to: '/aanmelden', words: 'Aanmelden' }, footer: [{ to: '/over', words: 'Over Opstap' }] },
    slots: { default: '<h1>Vandaag</h1>' },
  })

/** The classes of an element and of what it stands in; those that the router adds draw nothing. */
const placeOf = (element: Element | null) => [element, element?.parentElement].map((one) => one?.className.replaceAll(/router-link-[a-z-]+ ?/g, '').trim())

describe('index.html', () => {
  test('draws the frame of the app at the same places: same bars, same brand, same main', async () => {
    const app = await shell()
    for (const part of ['.shell', '.shell-header', '.shell-brand', '.shell-brand-name', '.shell-nav', '.shell-main']) {
      const [painted, running] = [page.querySelector(part), app.element.parentElement!.querySelector(part)]
      expect([part, ...placeOf(painted)]).toEqual([part, ...placeOf(running)])
    }
    expect(page.querySelector('.mark')!.innerHTML.replaceAll(/\s+/g, '')).toBe(app.get('.mark').element.innerHTML.replaceAll(/\s+/g, ''))
    expect(page.querySelector('main')!.id).toBe(app.get('main').element.id)
  })

  test('needs nothing inline: the content policy of the server allows none', () => {
    expect(page.querySelectorAll('style, [style], script:not([src])')).toHaveLength(0)
    expect([...page.querySelectorAll('*')].flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on')))).toEqual([])
  })

  test('says its language and what it is, has one h1, and speaks to those without script', () => {
    expect(page.documentElement.lang).toBe('nl-BE')
    expect(page.querySelector('meta[name=description]')!.getAttribute('content')!.length).toBeGreaterThan(50)
    expect(page.querySelectorAll('h1')).toHaveLength(1)
    expect(page.querySelector('noscript')!.textContent).toContain('JavaScript')
  })

  test('colours the bar of the browser like the paper', () => {
    const css = readFileSync(join(root, 'src/client/ui/tokens.css'), 'utf8')
    const papers = new Set([...css.matchAll(/--paper: (#\w+);/g)].map(([, colour]) => colour))
    expect(new Set([...page.querySelectorAll('meta[name=theme-color]')].map((meta) => meta.getAttribute('content')))).toEqual(papers)
  })
})

describe('AppShell', () => {
  test('has the landmarks, in the order of reading', async () => {
    const app = await shell()
    const order = app.findAll('a.skip-link, header, nav, main, footer, [role=status]').map(({ element }) => element.tagName)
    expect(order).toEqual(['A', 'HEADER', 'NAV', 'MAIN', 'FOOTER', 'DIV'])
    expect(app.get('nav').attributes('aria-label')).toBe('Hoofdmenu')
    expect(app.get('nav a').attributes('aria-current')).toBe('page')
  })

  test('the skip link brings focus into the content', async () => {
    const app = await shell()
    expect(app.get('.skip-link').text()).toBe('Ga naar de inhoud')
    await app.get('.skip-link').trigger('click')
    expect(document.activeElement).toBe(app.get('main').element)
  })

  test('offers no account while there is no screen for it', async () => {
    const app = await mountAt(AppShell, { props: { entries: [], footer: [] } })
    expect(app.find('.shell-account').exists()).toBe(false)
  })
})
