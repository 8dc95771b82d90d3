import { describe, expect, it } from 'vitest'
import { faultsOf, filledFrom, leftoverAnswers, readFilled, schemaOf, type Form } from '../../src/domain/assignment-form.ts'
import { WorksheetFields } from '../../src/domain/worksheet.ts'

const options = [{ id: 'ja', label: 'Ja' }, { id: 'nee', label: 'Nee' }]
const fields = WorksheetFields.parse([
  { id: 'wie', label: 'Wie?', kind: 'shortText' },
  { id: 'verhaal', label: 'Verhaal', kind: 'longText' },
  { id: 'kan', label: 'Kan het?', kind: 'choice', options },
  { id: 'ver', label: 'Hoe ver?', kind: 'scale', options },
  { id: 'zaal', label: 'De zaal', kind: 'multiChoice', options: [{ id: 'stil', label: 'Stil' }, { id: 'licht', label: 'Licht' }] },
  { id: 'dag', label: 'Welke dag?', kind: 'date' },
  { id: 'uren', label: 'Hoeveel uur?', kind: 'number' },
  { id: 'lijst', label: 'De lijst', kind: 'rows', columns: [{ id: 'wat', label: 'Wat?', kind: 'shortText' }, { id: 'hoe', label: 'Hoe?', kind: 'choice', options }] },
])
const form: Form = { fields, optional: [] }
const draft = {
  'value.wie': 'Jeugdwerker', 'text.verhaal': { y: 'AAA=', t: 'Er was eens' }, 'value.kan': 'ja', 'value.ver': 'nee', 'value.zaal.licht': true, 'value.zaal.stil': false,
  'value.dag': '2026-05-12', 'value.uren': 2.5,
}
const rows = [{ order: 1, 'value.wat': 'Bellen', 'value.hoe': 'ja' }, { order: 2 }]
const filled = filledFrom(fields, draft, () => rows)

describe('a form that is data', () => {
  it('takes what was filled in out of a draft, without empty rows', () => {
    expect(filled).toEqual({ wie: 'Jeugdwerker', verhaal: 'Er was eens', kan: 'ja', ver: 'nee', zaal: ['licht'], dag: '2026-05-12', uren: 2.5, lijst: [{ wat: 'Bellen', hoe: 'ja' }] })
    expect(faultsOf(form, filled)).toEqual([])
  })

  it('reads it back in words', () => {
    expect(readFilled(fields, filled, (day) => `dag ${day}`)).toEqual([
      { id: 'wie', label: 'Wie?', kind: 'words', words: 'Jeugdwerker' },
      { id: 'verhaal', label: 'Verhaal', kind: 'words', words: 'Er was eens' },
      { id: 'kan', label: 'Kan het?', kind: 'words', words: 'Ja' },
      { id: 'ver', label: 'Hoe ver?', kind: 'words', words: 'Nee' },
      { id: 'zaal', label: 'De zaal', kind: 'words', words: 'Licht' },
      { id: 'dag', label: 'Welke dag?', kind: 'words', words: 'dag 2026-05-12' },
      { id: 'uren', label: 'Hoeveel uur?', kind: 'words', words: '2,5' },
      { id: 'lijst', label: 'De lijst', kind: 'table', columns: ['Wat?', 'Hoe?'], rows: [['Bellen', 'Ja']] },
    ])
  })

  it('says of each question what is missing, and nothing of what is optional', () => {
    expect(faultsOf(form, {}).map(({ words }) => words)).toEqual([
      'Vul een antwoord in bij “Wie?”', 'Vul een antwoord in bij “Verhaal”', 'Kies een antwoord bij “Kan het?”', 'Kies een antwoord bij “Hoe ver?”', 'Kies een antwoord bij “De zaal”',
      'Vul een antwoord in bij “Welke dag?”', 'Vul een antwoord in bij “Hoeveel uur?”', 'Voeg minstens één rij toe bij “De lijst”',
    ])
    expect(faultsOf({ fields, optional: fields.map(({ id }) => id) }, {})).toEqual([])
  })

  it.each([
    ['kan', 'misschien'], ['zaal', ['donker']], ['dag', '2026-02-30'], ['uren', '3'], ['lijst', [{ hoe: 'misschien' }]], ['wie', '   '], ['verhaal', 'x'.repeat(20_001)],
  ])('refuses a wrong answer to %s', (field, value) => {
    expect(faultsOf(form, { ...filled, [field]: value } as never).map((fault) => fault.field)).toEqual([field])
  })

  it('refuses an answer to a question that is not asked', () => {
    expect(schemaOf(form).safeParse({ ...filled, extra: 'x' }).success).toBe(false)
  })

  it('keeps answers in sight of which the question is gone', () => {
    const changed = fields.filter(({ id }) => id !== 'wie' && id !== 'verhaal' && id !== 'uren')
    expect(leftoverAnswers(changed, draft)).toEqual(['Jeugdwerker', 'Er was eens', '2,5'])
    expect(leftoverAnswers(fields, draft)).toEqual([])
  })
})
