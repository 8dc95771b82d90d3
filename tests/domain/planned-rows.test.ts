import { describe, expect, it } from 'vitest'
import { sheetId, tableRowId } from '../../src/domain/filled-worksheets.ts'
import { plannedRows } from '../../src/domain/planned-rows.ts'
import { Topics, Worksheets } from '../../src/domain/worksheet.ts'

const measures = {
  id: 'lijst',
  label: 'Maatregelen',
  kind: 'rows',
  intoActionPlan: true,
  columns: [
    { id: 'doel', label: 'Voor welk doel?', kind: 'shortText', planPart: 'goal' },
    { id: 'wat', label: 'Wat doen we?', kind: 'longText', planPart: 'action' },
    { id: 'rol', label: 'Wie?', kind: 'shortText', planPart: 'role' },
    { id: 'tegen', label: 'Tegen wanneer?', kind: 'date', planPart: 'term' },
    { id: 'geld', label: 'Euro', kind: 'number', planPart: 'budget' },
    { id: 'merken', label: 'Waaraan zien we het?', kind: 'shortText', planPart: 'indicator' },
    { id: 'plek', label: 'Waar?', kind: 'choice', planPart: 'anchoring', options: [{ id: 'plan', label: 'Meerjarenplan' }, { id: 'functie', label: 'Een functie' }] },
    { id: 'los', label: 'Nog iets?', kind: 'shortText' },
  ],
}
/** Stays in the guide. */
const loose = { ...measures, intoActionPlan: false, columns: [{ id: 'wat', label: 'Wat?', kind: 'longText' }, { id: 'waar', label: 'Waar?', kind: 'shortText' }] }
const rough = {
  ...measures,
  id: 'ruw',
  columns: [{ id: 'wat', label: 'Wat?', kind: 'shortText', planPart: 'action' }, { id: 'wanneer', label: 'Wanneer?', kind: 'shortText', planPart: 'term' }],
}
const guide = {
  id: 'gids',
  title: 'De gids',
  topics: Topics.parse([{ id: 'thema-1', title: null }, { id: 'wonen', title: 'Wonen' }]),
  worksheets: Worksheets.parse([
    { id: 'start', title: 'Onze start', intro: 'Begin.', fields: [loose, rough] },
    { id: 'gesprek', title: 'Ons gesprek', intro: 'Praat.', perTheme: true, fields: [measures] },
  ]),
}
const day = (iso: string) => `dag ${iso}`
const ids = {
  loose: tableRowId(sheetId({ guide: 'gids', worksheet: 'start' }), 'lijst', 'u'),
  rough: (unique: string) => tableRowId(sheetId({ guide: 'gids', worksheet: 'start' }), 'ruw', unique),
  themed: (topic: string, unique: string) => tableRowId(sheetId({ guide: 'gids', worksheet: 'gesprek', topic }), 'lijst', unique),
}
const nothing = { goal: '', action: '', role: '', term: '', budget: '', indicator: '', anchoring: '' }

describe('rows of worksheets as actions', () => {
  it('tell every part in words, and where they come from', () => {
    const answers = {
      'value.doel': ' Veilig zwemmen ',
      'text.wat': { y: 'AAA=', t: 'De redders oefenen\n' },
      'value.rol': 'Sportdienst',
      'value.tegen': '2027-05-17',
      'value.geld': 1250.5,
      'value.merken': 'Minder klachten',
      'value.plek': 'plan',
      'value.los': 'Iets anders',
    }
    expect(plannedRows(guide, [{ id: ids.themed('wonen', 'a'), order: 1, answers }], day)).toEqual([
      {
        id: 'gids--gesprek--wonen--lijst--a',
        parts: { goal: 'Veilig zwemmen', action: 'De redders oefenen', role: 'Sportdienst', term: 'dag 2027-05-17', budget: '1.250,5', indicator: 'Minder klachten', anchoring: 'Meerjarenplan' },
        due: '2027-05-17',
        origin: { guide: { id: 'gids', title: 'De gids' }, worksheet: { id: 'gesprek', title: 'Ons gesprek' }, topic: 'Wonen', path: '/instrumenten/gids#werkblad-gesprek' },
      },
    ])
  })

  it('have no day where the term is told in words', () => {
    const [row] = plannedRows(guide, [{ id: ids.rough('a'), order: 1, answers: { 'value.wat': 'Bellen', 'value.wanneer': 'voor de zomer' } }], day)
    expect(row).toMatchObject({ parts: { ...nothing, action: 'Bellen', term: 'voor de zomer' }, due: undefined, origin: { topic: undefined } })
  })

  it('come in the order of the guide, then of the theme, then of the table', () => {
    const themed = (topic: string, unique: string, order: number) => ({ id: ids.themed(topic, unique), order, answers: { 'text.wat': { y: '', t: unique } } })
    const rows = [themed('wonen', 'vierde', 1), themed('thema-1', 'derde', 9), themed('thema-1', 'tweede', 2), { id: ids.rough('a'), order: 5, answers: { 'value.wat': 'eerste' } }]
    expect(plannedRows(guide, rows, day).map(({ parts, origin }) => [parts.action, origin.topic])).toEqual([
      ['eerste', undefined],
      ['tweede', 'Thema 1 (naam aan te vullen door de VVSG)'],
      ['derde', 'Thema 1 (naam aan te vullen door de VVSG)'],
      ['vierde', 'Wonen'],
    ])
  })

  it.each([
    ['without an action', ids.rough('a'), { 'value.wanneer': 'morgen' }],
    ['with an action of spaces', ids.rough('a'), { 'value.wat': '  ' }],
    ['of a table that stays in the guide', ids.loose, { 'text.wat': { y: '', t: 'Bellen' } }],
    ['of another guide', 'gids-twee--start--ruw--a', { 'value.wat': 'Bellen' }],
    ['of a worksheet that is gone', 'gids--weg--ruw--a', { 'value.wat': 'Bellen' }],
    ['of a theme that is gone', ids.themed('weg', 'a'), { 'text.wat': { y: '', t: 'Bellen' } }],
  ])('are left out %s', (_case, id, answers) => {
    expect(plannedRows(guide, [{ id, order: 1, answers }], day)).toEqual([])
  })
})
