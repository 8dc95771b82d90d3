import { describe, expect, it } from 'vitest'
import type { Figure } from '../../src/domain/content.ts'
import { figureCsv, figureText, headlineOf, respondentsWords, valueWords } from '../../src/domain/figures.ts'

const figure: Pick<Figure, 'title' | 'question' | 'unit' | 'rows' | 'n' | 'multiple' | 'caveat' | 'sources' | 'headline'> = {
  title: 'Lukt het?',
  question: 'Lukt het bij jullie?',
  unit: 'percent',
  rows: [
    { label: 'Succesvol', value: 56.5, count: 30 },
    { label: 'Zeer "succesvol"; echt', value: 34 },
    { label: 'Niet', value: 9.5, count: 5 },
  ],
  n: 1053,
  multiple: true,
  caveat: 'Vooral actieve besturen antwoordden.',
  sources: [{ document: 'ledenbevraging-2025', chapter: '9.2', n: 53 }],
}

describe('the number to remember', () => {
  it('is the first row, or the first rows together where the editor says so', () => {
    expect(headlineOf(figure)).toEqual({ value: 56.5, label: 'Succesvol' })
    expect(headlineOf({ ...figure, headline: { rows: 2, label: 'Succesvol of zeer succesvol' } })).toEqual({ value: 90.5, label: 'Succesvol of zeer succesvol' })
  })

  it('is written as people here write it', () => {
    expect([valueWords('percent', 56.5), valueWords('count', 12_000), valueWords('score', 2.35)]).toEqual(['56,5\u00a0%', '12.000', '2,35'])
    expect(respondentsWords(1053)).toContain('N\u00a0=\u00a01.053')
    expect(respondentsWords(null)).toContain('niet')
  })
})

it('is quoted with its question, N, caveat and source', () => {
  expect(figureText(figure).replaceAll('\u00a0', ' ').split('\n')).toEqual([
    'Lukt het?',
    'Vraag: Lukt het bij jullie?',
    '- Succesvol: 56,5 % (30)',
    '- Zeer "succesvol"; echt: 34 %',
    '- Niet: 9,5 % (5)',
    'N = 1.053: zoveel respondenten antwoordden. Meer dan één antwoord was mogelijk.',
    'Let op: Vooral actieve besturen antwoordden.',
    'Bron: VVSG, ledenbevraging Gelijkekansenbeleid 2025 · 9.2 · N = 53',
  ])
})

it('is a table that a spreadsheet here reads', () => {
  const csv = figureCsv(figure)
  expect(csv.startsWith('\uFEFF')).toBe(true)
  expect(csv.slice(1).split('\r\n')).toEqual([
    'Antwoord;Percentage;Aantal',
    'Succesvol;56,5;30',
    '"Zeer ""succesvol""; echt";34;',
    'Niet;9,5;5',
    '',
    'N;1053',
    'Bron;VVSG, ledenbevraging Gelijkekansenbeleid 2025 · 9.2 · N = 53',
    'Let op;Vooral actieve besturen antwoordden.',
    '',
  ])
  expect(figureCsv({ ...figure, unit: 'count', n: null, rows: [{ label: 'Ja', value: 4 }] })).toContain('Antwoord;Aantal\r\nJa;4\r\n\r\nN;niet vermeld in de bron')
})
