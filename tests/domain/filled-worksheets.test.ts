import { describe, expect, it } from 'vitest'
import {
  answered,
  answerFields,
  answerWords,
  belongingOf,
  guideStart,
  inOrder,
  numberAsTyped,
  orderAtEnd,
  ordersAfterMove,
  readNumber,
  sheetId,
  tableRowId,
  tableStart,
  topicWords,
  writtenAnswer,
} from '../../src/domain/filled-worksheets.ts'
import type { Topic } from '../../src/domain/worksheet.ts'
import { Worksheet } from '../../src/domain/worksheet.ts'

const options = [{ id: 'ja', label: 'Ja, dit jaar' }, { id: 'nee', label: 'Nee' }]
const worksheet = Worksheet.parse({
  id: 'start',
  title: 'Onze start',
  intro: 'Vul dit in.',
  fields: [
    { id: 'opdracht', label: 'Wat mogen we?', kind: 'longText' },
    { id: 'trekker', label: 'Wie steunt dit?', kind: 'shortText' },
    { id: 'budget', label: 'Budget', kind: 'number' },
    { id: 'wanneer', label: 'Wanneer?', kind: 'date' },
    { id: 'kan', label: 'Kan het?', kind: 'choice', options },
    { id: 'zaal', label: 'De zaal', kind: 'multiChoice', options },
    { id: 'lijst', label: 'Maatregelen', kind: 'rows', columns: [{ id: 'wat', label: 'Wat?', kind: 'shortText' }, { id: 'hoe', label: 'Hoe?', kind: 'choice', options }] },
  ],
})
const perTheme = Worksheet.parse({ ...worksheet, id: 'gesprek', perTheme: true })
const topics: Topic[] = [{ id: 'thema-1', title: null }, { id: 'wonen', title: 'Wonen' }]
const guide = { id: 'gids', title: 'Gids', worksheets: [worksheet, perTheme], topics }
const field = (id: string) => worksheet.fields.find((one) => one.id === id)!
const day = (iso: string) => `dag ${iso}`

describe('where answers are kept', () => {
  const sheet = sheetId({ guide: 'gids', worksheet: 'start' })
  const themed = sheetId({ guide: 'gids', worksheet: 'gesprek', topic: 'wonen' })

  it('joins the ids in one that begins with the guide', () => {
    expect([sheet, themed]).toEqual(['gids--start', 'gids--gesprek--wonen'])
    expect(tableRowId(themed, 'lijst', 'u-1')).toBe('gids--gesprek--wonen--lijst--u-1')
    for (const id of [sheet, themed]) expect(id.startsWith(guideStart('gids'))).toBe(true)
    expect('gids-twee--start'.startsWith(guideStart('gids'))).toBe(false)
    expect(tableRowId(sheet, 'lijst-twee', 'u').startsWith(tableStart(sheet, 'lijst'))).toBe(false)
  })

  it('finds back what they belong to', () => {
    expect(belongingOf(guide, sheet)).toEqual({ worksheet, topic: undefined, question: undefined })
    expect(belongingOf(guide, themed)).toEqual({ worksheet: perTheme, topic: { topic: topics[1], number: 2 }, question: undefined })
    expect(belongingOf(guide, tableRowId(themed, 'lijst', 'u')).question?.id).toBe('lijst')
    expect(belongingOf(guide, tableRowId(sheet, 'lijst', 'u')).question?.id).toBe('lijst')
    expect(belongingOf(guide, 'gids--weg--lijst--u')).toEqual({ worksheet: undefined, topic: undefined, question: undefined })
  })

  it('gives every question its own fields, and every option of a multiple choice', () => {
    expect(['opdracht', 'trekker', 'zaal', 'lijst'].map((id) => answerFields(field(id)))).toEqual([['text.opdracht'], ['value.trekker'], ['value.zaal.ja', 'value.zaal.nee'], []])
  })
})

describe('answers in words', () => {
  const answers = {
    'text.opdracht': { y: 'AAA=', t: ' Uitzoeken \n' },
    'value.trekker': 'Schepen',
    'value.budget': 1250.5,
    'value.wanneer': '2026-12-01',
    'value.kan': 'ja',
    'value.zaal.nee': true,
    'value.zaal.ja': false,
  }
  it.each([
    ['opdracht', 'Uitzoeken'],
    ['trekker', 'Schepen'],
    ['budget', '1.250,5'],
    ['wanneer', 'dag 2026-12-01'],
    ['kan', 'Ja, dit jaar'],
    ['zaal', 'Nee'],
    ['lijst', ''],
  ])('of %s', (id, words) => {
    expect(answerWords(field(id), answers, day)).toBe(words)
    expect(answerWords(field(id), {}, day)).toBe('')
  })

  it('tells an option that was taken away as it was kept', () => {
    expect(answerWords(field('kan'), { 'value.kan': 'ooit' }, day)).toBe('ooit')
  })

  it('tells one written answer with its question', () => {
    const told = (row: string, name: string, value: unknown) => writtenAnswer(guide, row, name, value, day)
    expect(told('gids--start', 'value.kan', 'nee')).toEqual({ question: 'Kan het?', words: 'Nee' })
    expect(told('gids--start', 'value.zaal.ja', true)).toEqual({ question: 'De zaal', words: 'Ja, dit jaar' })
    expect(told('gids--start', 'value.zaal.ja', false)).toEqual({ question: 'De zaal', words: 'niet: Ja, dit jaar' })
    expect(told('gids--gesprek--wonen--lijst--u', 'value.hoe', 'ja')).toEqual({ question: 'Maatregelen Hoe?', words: 'Ja, dit jaar' })
    expect(told('gids--start', 'value.weg', 'x')).toBeUndefined()
  })

  it('names a theme that has no name yet', () => {
    expect(topics.map((topic, index) => topicWords(topic, index + 1))).toEqual(['Thema 1 (naam aan te vullen door de VVSG)', 'Wonen'])
  })

  it('counts questions with an answer, and a table that holds something', () => {
    expect(answered(worksheet, {}, () => [])).toEqual({ done: 0, total: 7 })
    expect(answered(worksheet, answers, () => [{ 'value.wat': ' ' }])).toEqual({ done: 6, total: 7 })
    expect(answered(worksheet, { 'value.zaal.ja': false, 'value.kan': null }, () => [{}, { 'value.hoe': 'ja' }])).toEqual({ done: 1, total: 7 })
  })
})

it.each([
  ['12', 12],
  ['2,5', 2.5],
  ['2.5', 2.5],
  ['1.250', 1250],
  ['1.250,50', 1250.5],
  ['€ 12 000', 12000],
  ['-3', -3],
  ['1.25.0', undefined],
  ['twee', undefined],
  ['1e5', undefined],
  ['', undefined],
])('reads %j as a number', (typed, value) => {
  expect(readNumber(typed)).toBe(value)
})

it('writes a number as it is typed', () => {
  expect([12, 2.5].map(numberAsTyped)).toEqual(['12', '2,5'])
})

describe('the order of rows', () => {
  const rows = (...orders: number[]) => orders.map((order, index) => ({ id: `r${index}`, order }))
  const after = (list: { id: string; order: number }[], id: string, by: -1 | 1) => {
    const moved = ordersAfterMove(list, id, by)
    return { writes: moved.length, ids: inOrder(list.map((row) => moved.find((one) => one.id === row.id) ?? row)).map((row) => row.id) }
  }

  it('puts a new row at the end', () => {
    expect([orderAtEnd([]), orderAtEnd(rows(1, 4.5))]).toEqual([1, 5.5])
  })

  it('moves a row one place with one write', () => {
    expect(after(rows(1, 2, 3), 'r0', 1)).toEqual({ writes: 1, ids: ['r1', 'r0', 'r2'] })
    expect(after(rows(1, 2, 3), 'r2', -1)).toEqual({ writes: 1, ids: ['r0', 'r2', 'r1'] })
    expect(after(rows(1, 2), 'r0', 1)).toEqual({ writes: 1, ids: ['r1', 'r0'] })
    expect(after(rows(1, 2), 'r1', -1)).toEqual({ writes: 1, ids: ['r1', 'r0'] })
  })

  it('numbers anew where there is no room between', () => {
    expect(after(rows(1, 1, 1), 'r0', 1).ids).toEqual(['r1', 'r0', 'r2'])
    const next = 1 + Number.EPSILON
    expect(after(rows(1, next, 3), 'r2', -1).ids).toEqual(['r0', 'r2', 'r1'])
  })

  it('stays within the list', () => {
    expect([ordersAfterMove(rows(1, 2), 'r0', -1), ordersAfterMove(rows(1, 2), 'r1', 1), ordersAfterMove(rows(1), 'weg', 1)]).toEqual([[], [], []])
  })
})
