import { describe, expect, it } from 'vitest'
import { stampOf } from '../../src/domain/clock.ts'
import type { ClientId } from '../../src/domain/ids.ts'
import { anonymised, cut, proposalFile } from '../../src/domain/proposals.ts'
import { daysLeft, daysLeftWords, inOrderOfTerm, questionOf, stateOf, termFrom, yearFigures, type Question } from '../../src/domain/questions.ts'
import { compile } from '../../src/pack/compile.ts'
import { contentFolder } from '../pack/content-folder.ts'

const at = (text: string) => Date.parse(text)
const stamp = (moment: string) => stampOf({ ms: at(moment), counter: 0 }, 'aaaaaaaaaa' as ClientId)
const monday = '2026-11-23T09:00:00.000Z'
const asked = { type: 'advice', theme: 'gender', text: 'Hoe begin je?', context: null, mail: true } as const

const row = (values: Record<string, unknown> = {}, stamps: Record<string, string> = {}) => ({ id: 'q', values: { ...asked, ...values }, stamps: { asked: stamp(monday), ...stamps }, by: { asked: 'an' } }) as any
const registration = (receivedAt = monday, nis = '31006') => ({ id: 'q', values: { receivedAt, asker: { id: 'an', name: 'An' }, municipality: { nis, name: 'Damme' } }, stamps: {}, by: {} }) as any
const message = (unit: 'text' | 'answer', moment: string, text: string = unit) => ({ id: `${unit} ${moment}`, values: { question: 'q', [unit]: text }, stamps: { [unit]: stamp(moment) }, by: { [unit]: unit === 'text' ? 'an' : 'noor' } }) as any

describe('how far a question is', () => {
  const from = (rows: { values?: Record<string, unknown>; stamps?: Record<string, string>; messages?: any[]; sent?: boolean }) =>
    questionOf({ row: row(rows.values, rows.stamps), registration: rows.sent === false ? undefined : registration(), messages: rows.messages ?? [] })!

  it.each([
    ['waiting', { sent: false }],
    ['sent', {}],
    ['inProgress', { values: { assignee: 'noor' } }],
    ['answered', { messages: [message('answer', '2026-11-24T09:00:00Z')] }],
    ['inProgress', { values: { assignee: 'noor' }, messages: [message('answer', '2026-11-24T09:00:00Z'), message('text', '2026-11-25T09:00:00Z')] }],
    ['answered', { messages: [message('text', '2026-11-23T10:00:00Z'), message('answer', '2026-11-24T09:00:00Z')] }],
    ['closed', { values: { closed: true }, stamps: { closed: stamp('2026-11-26T09:00:00Z') }, messages: [message('answer', '2026-11-24T09:00:00Z')] }],
    ['sent', { values: { closed: true }, stamps: { closed: stamp('2026-11-26T09:00:00Z') }, messages: [message('text', '2026-11-27T09:00:00Z')] }],
    ['answered', { values: { closed: false }, stamps: { closed: stamp('2026-11-26T09:00:00Z') }, messages: [message('answer', '2026-11-24T09:00:00Z')] }],
  ] as const)('is %s', (state, rows) => expect(from(rows as never).state).toBe(state))

  it('puts messages in the order in which they were said, whoever said them', () => {
    const { messages } = from({ messages: [message('text', '2026-11-25T09:00:00Z', 'drie'), message('answer', '2026-11-24T09:00:00Z', 'twee'), message('text', '2026-11-23T10:00:00Z', 'een')] })
    expect(messages.map(({ text, from: side, person }) => [text, side, person])).toEqual([['een', 'team', 'an'], ['twee', 'desk', 'noor'], ['drie', 'team', 'an']])
  })

  it('leaves out what is not whole: a question without its text, a message without words', () => {
    expect(questionOf({ row: { id: 'q', values: { assignee: 'noor' }, stamps: {}, by: {} } as any, registration: undefined, messages: [] })).toBeUndefined()
    expect(from({ messages: [{ id: 'm', values: { question: 'q' }, stamps: {}, by: {} }] }).messages).toEqual([])
  })

  it('has the usual term from its arrival, or the one the desk stated', () => {
    expect(from({}).term).toBe('2026-11-30')
    expect(from({ values: { term: '2026-12-24' } }).term).toBe('2026-12-24')
    expect(from({ sent: false }).term).toBeNull()
    // Late in the evening in Brussels, the day after in universal time.
    expect(termFrom(at('2026-11-23T22:59:00Z'))).toBe('2026-11-30')
    expect(termFrom(at('2026-11-23T23:01:00Z'))).toBe('2026-12-01')
    expect(termFrom(at('2026-11-09T09:00:00Z'))).toBe('2026-11-17')
  })
})

const question = (more: Partial<Question>): Question => {
  const base = questionOf({ row: row(), registration: registration(), messages: [] })!
  const whole = { ...base, ...more }
  return { ...whole, state: stateOf(whole) }
}

describe('the queue', () => {
  it('says how much time is left in working days', () => {
    const one = question({ term: '2026-11-30' })
    expect(['2026-11-23', '2026-11-28', '2026-11-30', '2026-12-01', '2026-12-02'].map((today) => daysLeftWords(daysLeft(one, today)!))).toEqual([
      'nog 5 werkdagen',
      'nog 1 werkdag',
      'vandaag',
      '1 werkdag te laat',
      '2 werkdagen te laat',
    ])
    expect(daysLeft(question({ closedAt: at(monday) }), '2026-12-01')).toBeNull()
  })

  it('puts the one with the least time on top and what is done at the end, the newest first', () => {
    const answer = { id: 'a', from: 'desk' as const, person: 'noor', text: 'Zo', at: at('2026-11-24T09:00:00Z') }
    const questions = [
      question({ id: 'done long ago', messages: [answer] }),
      question({ id: 'time enough', term: '2026-12-24' }),
      question({ id: 'done just now', messages: [{ ...answer, at: at('2026-11-27T09:00:00Z') }] }),
      question({ id: 'later the same day', term: '2026-11-20', receivedAt: at('2026-11-13T12:00:00Z') }),
      question({ id: 'late', term: '2026-11-20', receivedAt: at('2026-11-13T09:00:00Z') }),
    ]
    expect(inOrderOfTerm(questions).map(({ id }) => id)).toEqual(['late', 'later the same day', 'time enough', 'done just now', 'done long ago'])
  })
})

describe('the figures of a year', () => {
  const answeredAfter = (moment: string) => [{ id: 'a', from: 'desk' as const, person: 'noor', text: 'Zo', at: at(moment) }]
  const questions = [
    question({ id: '1', messages: answeredAfter('2026-11-24T09:00:00Z') }),
    question({ id: '2', type: 'information', theme: null, messages: answeredAfter('2026-11-30T09:00:00Z') }),
    question({ id: '3', type: 'information', municipality: { nis: '11002', name: 'Antwerpen' } }),
    question({ id: '4', municipality: { nis: '99999', name: 'Nergens' }, messages: answeredAfter('2026-11-23T08:00:00Z') }),
    // Midnight in Brussels is an hour earlier in universal time: this one is of the new year.
    question({ id: '5', receivedAt: at('2026-12-31T23:30:00Z') }),
    question({ id: '6', receivedAt: null }),
  ]
  const years = yearFigures(questions, (nis) => ({ '31006': 'rural' as const, '11002': 'city' as const })[nis])

  it('counts what arrived, per type, theme and size', () => {
    expect(years.map(({ year, received, answered }) => [year, received, answered])).toEqual([[2027, 1, 0], [2026, 4, 3]])
    expect([...years[1]!.byType]).toEqual([['advice', 2], ['information', 2]])
    expect([...years[1]!.byTheme]).toEqual([['gender', 3], [null, 1]])
    expect([...years[1]!.bySize]).toEqual([['rural', 2], ['city', 1], [null, 1]])
  })

  it('gives the median of the working days to the first answer', () => {
    expect(years[1]!.medianDays).toBe(1)
    expect(years[0]!.medianDays).toBeNull()
    expect(yearFigures(questions.slice(0, 2), () => 'rural')[0]!.medianDays).toBe(3)
  })
})

describe('a proposal for the content', () => {
  it('has no municipality, name, address or number that the app knows or sees', () => {
    const text = 'In Damme vroeg Lien Maes (lien.maes@damme.be, 050 28 87 70 of +32 50 28 87 70) hoe. Lien belt, Maes mailt. Dammes plan niet, 12.000 inwoners en 2025-2030 wel.'
    expect(anonymised(text, { municipality: 'Damme', names: ['Lien Maes'] })).toBe(
      'In [gemeente] vroeg [naam] ([e-mailadres], [telefoonnummer] of [telefoonnummer]) hoe. [naam] belt, [naam] mailt. Dammes plan niet, 12.000 inwoners en 2025-2030 wel.',
    )
  })

  it('leaves little words of a name alone', () => {
    expect(anonymised('Van den Berg en van den anderen', { municipality: undefined, names: ['Jan Van den Berg'] })).toBe('Van den [naam] en van den anderen')
    expect(anonymised('Kosten (totaal)?', { municipality: 'A.B (C', names: [] })).toBe('Kosten (totaal)?')
  })

  const proposal = { question: 'Mogen we “toegankelijkheid” meetellen: ook als het\nniet in het plan staat? '.repeat(4), answer: 'Ja.\n\nSchrijf het op.', theme: 'gender' }

  it('is a file that the content takes as soon as it has a source', () => {
    const { name, text } = proposalFile(proposal, '2026-11-21')
    expect(name).toMatch(/^vraag-mogen-we-toegankelijkheid-meetellen-[a-z0-9-]+\.md$/)
    const withSource = text.replace('sources: []', "sources:\n  - { document: ledenbevraging-2025, chapter: '6.1' }")
    expect(compile(contentFolder({ [`terms/${name}`]: withSource })).problems).toEqual([])
    expect(compile(contentFolder({ [`terms/${name}`]: text })).problems.map(({ field }: any) => field)).toEqual(['sources'])
  })

  it('cuts on a whole word', () => {
    expect(cut('een twee drie vier', 14)).toBe('een twee drie…')
    expect(cut('kort', 14)).toBe('kort')
    expect(cut('x'.repeat(40), 14)).toBe(`${'x'.repeat(13)}…`)
  })
})
