// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, test } from 'vitest'
import ComboBox from '../../../src/client/ui/ComboBox.vue'
import ModalDialog from '../../../src/client/ui/ModalDialog.vue'
import { mountAt, named } from './mounting.ts'

enableAutoUnmount(afterEach)

const towns = ['Aalst', 'Aalter', 'Antwerpen', 'Damme'].map((label) => ({ value: label.toLowerCase(), label }))
const search = (typed: string) => towns.filter(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase()))
const options = () => [...document.querySelectorAll('[role=option]')].map((option) => option.textContent?.trim())

describe('ComboBox', () => {
  test('is a combobox named by its label and described by its hint', async () => {
    const box = await mountAt(ComboBox, { props: { label: 'Gemeente', hint: 'Typ een paar letters.', search, nothing: 'Geen gemeente gevonden' } })
    const input = box.get('[role=combobox]')
    expect(document.querySelector<HTMLLabelElement>('label')!.control).toBe(input.element)
    expect(named(input.attributes('aria-describedby'))).toBe('Typ een paar letters.')
  })

  test('typing narrows, choosing gives the value and shows the name', async () => {
    const box = await mountAt(ComboBox, { props: { label: 'Gemeente', search, nothing: 'Geen gemeente gevonden' } })
    await box.get('input').trigger('click')
    await flushPromises()
    expect(options()).toEqual(['Aalst', 'Aalter', 'Antwerpen', 'Damme'])
    await box.get('input').setValue('aa')
    await flushPromises()
    expect(options()).toEqual(['Aalst', 'Aalter'])
    await box.get('input').trigger('keydown', { key: 'ArrowDown' })
    await box.get('input').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(box.emitted('update:modelValue')).toHaveLength(1)
    const chosen = box.emitted('update:modelValue')![0]![0] as string
    expect(['aalst', 'aalter']).toContain(chosen)
    expect(box.get('input').element.value.toLowerCase()).toBe(chosen)
  })

  test('says so when nothing fits', async () => {
    const box = await mountAt(ComboBox, { props: { label: 'Gemeente', search, nothing: 'Geen gemeente gevonden' } })
    await box.get('input').trigger('click')
    await box.get('input').setValue('xyz')
    await flushPromises()
    expect(options()).toEqual([])
    expect(box.text()).toContain('Geen gemeente gevonden')
  })
})

describe('ModalDialog', () => {
  test('is named and described, holds focus, and closes with Escape', async () => {
    const dialog = await mountAt(ModalDialog, { props: { open: true, title: 'Alles wissen?', description: 'Er zijn 3 wijzigingen.' }, slots: { default: '<button>Wis</button>' } })
    await flushPromises()
    const box = document.querySelector('[role=dialog]')!
    expect(named(box.getAttribute('aria-labelledby'))).toBe('Alles wissen?')
    expect(named(box.getAttribute('aria-describedby'))).toBe('Er zijn 3 wijzigingen.')
    expect(box.contains(document.activeElement)).toBe(true)
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    expect(dialog.emitted('update:open')).toEqual([[false]])
  })
})
