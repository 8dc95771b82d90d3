// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { h } from 'vue'
import { afterEach, describe, expect, test } from 'vitest'
import ErrorSummary from '../../../src/client/ui/ErrorSummary.vue'
import RadioGroup from '../../../src/client/ui/RadioGroup.vue'
import TextArea from '../../../src/client/ui/TextArea.vue'
import TextField from '../../../src/client/ui/TextField.vue'
import { mountAt, named } from './mounting.ts'

enableAutoUnmount(afterEach)

describe('TextField', () => {
  test('the label names it; hint and error describe it in reading order', async () => {
    const field = await mountAt(TextField, { props: { label: 'E-mailadres', hint: 'We sturen je een code.', error: 'Vul een e-mailadres in', type: 'email', autocomplete: 'email' } })
    const input = field.get('input')
    expect(document.querySelector<HTMLLabelElement>('label')!.control).toBe(input.element)
    expect(named(input.attributes('aria-describedby'))).toBe('We sturen je een code. | Vul een e-mailadres in')
    expect(input.attributes()).toMatchObject({ 'aria-invalid': 'true', type: 'email', autocomplete: 'email' })
  })

  test('without hint and error it points at nothing', async () => {
    const input = (await mountAt(TextField, { props: { label: 'Code' } })).get('input')
    expect(input.attributes('aria-describedby')).toBeUndefined()
    expect(input.attributes('aria-invalid')).toBeUndefined()
  })

  test('what is typed comes out', async () => {
    const field = await mountAt(TextField, { props: { label: 'Code', modelValue: '12' } })
    await field.get('input').setValue('1234')
    expect(field.emitted('update:modelValue')).toEqual([['1234']])
  })
})

test('TextArea: named by its label, and listeners of the screen reach the field itself', async () => {
  let left = 0
  const field = await mountAt(TextArea, { props: { label: 'Notitie', modelValue: 'Gesproken met An', onBlur: () => (left += 1) } })
  const area = field.get('textarea')
  expect(document.querySelector<HTMLLabelElement>('label')!.control).toBe(area.element)
  expect(area.element.value).toBe('Gesproken met An')
  await area.trigger('blur')
  expect(left).toBe(1)
})

describe('RadioGroup', () => {
  const props = {
    legend: 'Heb je deze taak afgerond?',
    options: [
      { value: 'yes', label: 'Ja' },
      { value: 'later', label: 'Nee, ik kom later terug', hint: 'De taak blijft op Bezig staan.' },
    ],
  }

  test('a group with the question as its name, each radio with its answer', async () => {
    const group = await mountAt(RadioGroup, { props: { ...props, error: 'Kies een antwoord' } })
    expect(group.get('fieldset > legend').text()).toBe('Heb je deze taak afgerond?')
    expect(named(group.get('fieldset').attributes('aria-describedby'))).toBe('Kies een antwoord')
    const answers = group.findAll('input').map(({ element }) => [...element.labels!].map((label) => label.querySelector('.radio-words')!.textContent))
    expect(answers).toEqual([['Ja'], ['Nee, ik kom later terug']])
    expect(named(group.findAll('input')[1]!.attributes('aria-describedby'))).toBe('De taak blijft op Bezig staan.')
  })

  test('choosing gives the value; two groups on a screen do not share their choice', async () => {
    const chosen: string[] = []
    const group = () => h(RadioGroup, { ...props, 'onUpdate:modelValue': (value: string | null) => void chosen.push(String(value)) })
    const screen = await mountAt({ render: () => [group(), group()] })
    await screen.findAll('input')[1]!.setValue(true)
    expect(chosen).toEqual(['later'])
    expect(new Set(screen.findAll('input').map(({ element }) => element.name)).size).toBe(2)
  })
})

describe('ErrorSummary', () => {
  const errors = [{ field: 'mail', words: 'Vul een e-mailadres in' }]

  test('takes focus when it appears and again when the errors are others', async () => {
    const summary = await mountAt(ErrorSummary, { props: { errors } })
    expect(document.activeElement).toBe(summary.element)
    expect(summary.get('h2').text()).toBe('Er is een probleem')
    ;(document.activeElement as HTMLElement).blur()
    await summary.setProps({ errors: [{ field: 'mail', words: 'Dit is geen e-mailadres' }] })
    expect(document.activeElement).toBe(summary.element)
  })

  test('a line leads to its field, also when the id is that of a group', async () => {
    await mountAt(TextField, { props: { id: 'mail', label: 'E-mailadres' } })
    await mountAt(RadioGroup, { props: { id: 'done', legend: 'Afgerond?', options: [{ value: 'yes', label: 'Ja' }] } })
    const summary = await mountAt(ErrorSummary, { props: { errors: [...errors, { field: 'done', words: 'Kies een antwoord' }] } })
    const [mail, done] = summary.findAll('a')
    await mail!.trigger('click')
    expect(document.activeElement?.id).toBe('mail')
    await done!.trigger('click')
    expect((document.activeElement as HTMLInputElement).type).toBe('radio')
  })
})
