// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createMemoryHistory, createRouter } from 'vue-router'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { announcement } from '../../../src/client/ui/announce.ts'
import { definitionsKey, type Definition } from '../../../src/client/ui/definitions.ts'
import ProseText from '../../../src/client/ui/ProseText.vue'

enableAutoUnmount(afterEach)

const meaning: Definition = { title: 'Brugfiguur', summary: 'Een vaste helper.', html: '<p>Bij <span data-term="mat">het MAT</span>, zie <a data-item="taak" href="/starten/taak">de taak</a>.</p>' }
const text = '<p>Een <span data-term="brugfiguur">brugfiguur</span> en het <span data-term="mat">MAT</span>.</p><ul><li>Nog een <span data-term="weg">begrip</span></li></ul>'

async function prose(html = text, define: ((id: string) => Promise<Definition | undefined>) | null = async (id) => (id === 'weg' ? undefined : { ...meaning, title: id })) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  await router.push('/')
  const wrapper = mount(ProseText, { props: { html }, attachTo: document.body, global: { plugins: [router], provide: define ? { [definitionsKey as symbol]: define } : {} } })
  const word = (id: string) => wrapper.get<HTMLElement>(`.prose > * [data-term="${id}"]`)
  return { wrapper, router, word, notes: () => document.querySelectorAll('.term-note') }
}

describe('a word of the glossary', () => {
  test('can be pressed, and shows its meaning behind its paragraph', async () => {
    const { word, notes } = await prose()
    expect([word('brugfiguur').attributes('role'), word('brugfiguur').attributes('tabindex'), word('brugfiguur').attributes('aria-expanded')]).toEqual(['button', '0', 'false'])
    await word('brugfiguur').trigger('click')
    await flushPromises()
    const note = notes()[0]!
    expect(note.textContent).toContain('Een vaste helper.')
    expect(note.parentElement!.previousElementSibling).toBe(word('brugfiguur').element.closest('p'))
    expect(word('brugfiguur').attributes('aria-expanded')).toBe('true')
    expect(document.getElementById(word('brugfiguur').attributes('aria-controls')!)).toBe(note)
    expect(announcement.value.trim()).toBe('brugfiguur: Een vaste helper.')
  })

  test.each(['Enter', ' '])('opens and closes by the keyboard (%s)', async (key) => {
    const { word, notes } = await prose()
    await word('mat').trigger('keydown', { key })
    await flushPromises()
    expect(notes()).toHaveLength(1)
    await word('mat').trigger('keydown', { key })
    await flushPromises()
    expect(notes()).toHaveLength(0)
    expect(word('mat').attributes('aria-expanded')).toBe('false')
  })

  test('closes with Escape and with its button, and gives the focus back', async () => {
    const { word, notes } = await prose()
    const close = [
      () => document.querySelector('.term-note')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
      () => document.querySelector<HTMLElement>('.term-close')!.click(),
    ]
    for (const way of close) {
      await word('brugfiguur').trigger('click')
      await flushPromises()
      way()
      await flushPromises()
      expect(notes()).toHaveLength(0)
      expect(document.activeElement).toBe(word('brugfiguur').element)
    }
  })

  test('has one meaning open at a time, and leaves nothing behind', async () => {
    const { wrapper, word, notes } = await prose()
    await word('brugfiguur').trigger('click')
    await flushPromises()
    await word('mat').trigger('click')
    await flushPromises()
    expect(notes()).toHaveLength(1)
    expect(word('brugfiguur').attributes('aria-expanded')).toBe('false')
    await word('mat').trigger('click')
    await flushPromises()
    expect(wrapper.get('.prose').element.querySelectorAll(':scope > div')).toHaveLength(0)
  })

  test('stays closed when the device does not know it, and is a plain word where nobody defines', async () => {
    const { word, notes } = await prose()
    await word('weg').trigger('click')
    await flushPromises()
    expect(notes()).toHaveLength(0)
    const inert = await prose(text, null)
    expect(inert.word('mat').attributes('role')).toBeUndefined()
  })

  test('is closed by another text', async () => {
    const { wrapper, word, notes } = await prose()
    await word('mat').trigger('click')
    await flushPromises()
    await wrapper.setProps({ html: '<p>Een <span data-term="mat">MAT</span>.</p>' })
    await flushPromises()
    expect(notes()).toHaveLength(0)
    expect(word('mat').attributes('role')).toBe('button')
  })
})

describe('a link', () => {
  test('to another item stays in the app, also from within a meaning', async () => {
    const { wrapper, router, word } = await prose(`${text}<p><a data-item="x" href="/cijfers/x">cijfer</a> <a href="https://example.org">elders</a></p>`)
    await wrapper.get('a[data-item="x"]').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/cijfers/x')
    await word('mat').trigger('click')
    await flushPromises()
    document.querySelector<HTMLElement>('.term-note a')!.click()
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/starten/taak')
  })

  test('that opens elsewhere is left to the browser', async () => {
    const { wrapper, router } = await prose('<p><a data-item="x" href="/cijfers/x">cijfer</a> <a class="out" href="https://example.org">elders</a></p>')
    const left: boolean[] = []
    const stop = (event: Event) => {
      left.push(!event.defaultPrevented)
      event.preventDefault()
    }
    document.body.addEventListener('click', stop)
    onTestFinished(() => document.body.removeEventListener('click', stop))
    await wrapper.get('.out').trigger('click')
    await wrapper.get('a[data-item]').trigger('click', { ctrlKey: true })
    await flushPromises()
    expect(left).toEqual([true, true])
    expect(router.currentRoute.value.fullPath).toBe('/')
  })

  test('to a place on the page tells which item was meant', async () => {
    const { wrapper, router } = await prose('<p><a data-item="x" href="#hierbij-x">verder</a></p>')
    await wrapper.get('a').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.hash).toBe('#hierbij-x')
    expect(wrapper.emitted('follow')).toEqual([['x']])
  })
})
