import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TaskStatus } from '../../src/domain/collections.ts'
import { ScanParts } from '../../src/domain/quickscan.ts'
import { askedOf, besideFigure, changesSince, countAnswered, maturityOf, placeWords, proposeOrder, roundId, ticksFor, writtenScanAnswer, yearOf } from '../../src/domain/scan.ts'
import { stagesOf, tasksOf } from '../../src/domain/starter.ts'
import { compile } from '../../src/pack/compile.ts'

const choice = (id: string, options: object[], more = {}) => ({ id, label: `Vraag ${id}`, kind: 'choice', options, ...more })
const many = (id: string, options: object[], more = {}) => ({ id, label: `Vraag ${id}`, kind: 'multiChoice', options, ...more })
const brings = (...tasks: string[]) => tasks.map((task) => ({ task, because: `Omdat ${task}.` }))
const says = { starter: 'S.', growing: 'G.', frontrunner: 'F.' }

const parts = ScanParts.parse([
  { id: 'een', title: 'Een', questions: [choice('werking', [{ id: 'ja', label: 'Ja' }, { id: 'nee', label: 'Nee', brings: brings('a') }])] },
  {
    id: 'twee',
    title: 'Twee',
    skipIf: { question: 'werking', is: ['nee'] },
    stages: says,
    questions: [
      many('wat', [{ id: 'x', label: 'X', stage: 'frontrunner', brings: brings('c') }, { id: 'y', label: 'Y', stage: 'starter' }, { id: 'geen', label: 'Geen', alone: true }], { figure: 'cijfer' }),
      choice('zwaarst', [{ id: 'x', label: 'X', showIf: { question: 'wat', is: ['x'] }, stage: 'growing', brings: brings('c') }, { id: 'y', label: 'Y', showIf: { question: 'wat', is: ['y'] }, stage: 'starter' }], { showIf: { question: 'wat', is: ['x', 'y'] } }),
    ],
  },
  { id: 'drie', title: 'Drie', questions: [choice('later', [{ id: 'ja', label: 'Ja', brings: brings('d') }, { id: 'nee', label: 'Nee' }])] },
])
const questions = (answers: Record<string, unknown>) => askedOf(parts, answers).map(({ question }) => question.id)
const find = (answers: Record<string, unknown>, id: string) => askedOf(parts, answers).find(({ question }) => question.id === id)!

describe('the questions that come', () => {
  it('are all of them until an answer says otherwise, without what follows up on an answer', () => {
    expect(questions({})).toEqual(['werking', 'wat', 'later'])
    expect(questions({ 'value.wat.x': true })).toEqual(['werking', 'wat', 'zwaarst', 'later'])
  })

  it('pass over a part for who does not work on it, and its answers then count for nothing', () => {
    const answers = { 'value.werking': 'nee', 'value.wat.x': true, 'value.zwaarst': 'x' }
    expect(questions(answers)).toEqual(['werking', 'later'])
    expect(proposeOrder(askedOf(parts, answers), [{ id: 'a', after: [] }, { id: 'c', after: [] }], () => 'notStarted', 'scan').map(({ task }) => task)).toEqual(['a'])
  })

  it('offer only what was said before', () => {
    expect(find({ 'value.wat.y': true }, 'zwaarst').options.map(({ id }) => id)).toEqual(['y'])
    // What was chosen and is no longer offered is no answer.
    expect(find({ 'value.wat.y': true, 'value.zwaarst': 'x' }, 'zwaarst').chosen).toEqual([])
  })

  it('are counted and placed in words', () => {
    const answers = { 'value.werking': 'ja', 'value.wat.x': true }
    expect(countAnswered(askedOf(parts, answers))).toBe(2)
    const asked = askedOf(parts, answers)
    expect(placeWords(asked, asked[2]!)).toEqual({ part: 'Deel 2 van 3: Twee', question: 'Vraag 2 van 2' })
    const short = askedOf(parts, { 'value.werking': 'nee' })
    expect(placeWords(short, short[1]!).part).toBe('Deel 2 van 2: Drie')
  })
})

it('ticks what stands alone only alone', () => {
  const both = find({ 'value.wat.x': true, 'value.wat.y': true }, 'wat')
  expect(ticksFor(both, 'geen', true)).toEqual({ 'value.wat.geen': true, 'value.wat.x': false, 'value.wat.y': false })
  expect(ticksFor(find({ 'value.wat.geen': true }, 'wat'), 'y', true)).toEqual({ 'value.wat.y': true, 'value.wat.geen': false })
  expect(ticksFor(both, 'x', false)).toEqual({ 'value.wat.x': false })
})

describe('how far along a part is', () => {
  const stage = (answers: Record<string, unknown>, part = parts[1]!) => maturityOf(askedOf(parts, answers), part)

  it('is the furthest of one question, and the lower middle of all', () => {
    expect(stage({ 'value.wat.x': true, 'value.wat.y': true })).toEqual({ stage: 'frontrunner', answers: 1 })
    expect(stage({ 'value.wat.x': true, 'value.zwaarst': 'x' })).toEqual({ stage: 'growing', answers: 2 })
    expect(stage({ 'value.wat.x': true, 'value.wat.y': true, 'value.zwaarst': 'y' })).toEqual({ stage: 'starter', answers: 2 })
  })

  it('is not said without an answer that tells', () => {
    expect(stage({})).toBeUndefined()
    expect(stage({ 'value.wat.geen': true })).toBeUndefined()
    expect(stage({ 'value.later': 'ja' }, parts[2])).toBeUndefined()
  })
})

it('puts an answer beside the figure in the words of the figure’s own rows', () => {
  const [question] = ScanParts.parse([{ id: 'd', title: 'D', questions: [choice('q', [{ id: 'a', label: 'Wij wel', row: 'Ja' }, { id: 'b', label: 'Wij niet', row: 'Neen' }, { id: 'c', label: 'Geen idee' }], { figure: 'cijfer' })] }])
  const [asked] = askedOf([question!], { 'value.q': 'b' })
  const rows = [{ label: 'Ja', value: 45 }, { label: 'In voorbereiding', value: 40 }, { label: 'Neen', value: 15.5 }]
  expect(besideFigure(asked!, { rows, unit: 'percent' })).toEqual([
    { label: 'Wij wel', mine: false, words: '45\u00a0%' },
    { label: 'Wij niet', mine: true, words: '15,5\u00a0%' },
  ])
})

describe('the order that the answers propose', () => {
  const tasks = [{ id: 'a', after: [] }, { id: 'b', after: ['a'] }, { id: 'c', after: ['b', 'scan', 'weg'] }, { id: 'd', after: [] }, { id: 'scan', after: [] }]
  const propose = (answers: Record<string, unknown>, known: Record<string, TaskStatus> = {}) => proposeOrder(askedOf(parts, answers), tasks, (id) => known[id] ?? 'notStarted', 'scan')

  it('gives every task its reason, and first what it waits for', () => {
    expect(propose({ 'value.wat.x': true, 'value.zwaarst': 'x', 'value.later': 'ja' })).toEqual([
      { task: 'a', reasons: [], before: 'b' },
      { task: 'b', reasons: [], before: 'c' },
      { task: 'c', reasons: ['Omdat c.'], before: undefined },
      { task: 'd', reasons: ['Omdat d.'], before: undefined },
    ])
  })

  it('leaves out what is closed', () => {
    expect(propose({ 'value.wat.x': true }, { a: 'done', b: 'notApplicable' }).map(({ task }) => task)).toEqual(['c'])
    expect(propose({ 'value.later': 'ja' }, { d: 'done' })).toEqual([])
  })

  it('is nothing without answers', () => expect(propose({})).toEqual([]))
})

describe('with the scan that ships', () => {
  const { items } = compile(fileURLToPath(new URL('../../src/content', import.meta.url)))
  const scan = items.find((item) => item.kind === 'quickscan')!
  const tasks = tasksOf(stagesOf(items.filter((item) => item.kind === 'phase'), items.filter((item) => item.kind === 'task')))
  const every = scan.parts.flatMap(({ questions: of }) => of)
  const someAnswers = fc.tuple(...every.map(({ kind, options }) => (kind === 'choice' ? fc.option(fc.constantFrom(...options.map(({ id }) => id))) : fc.subarray(options.map(({ id }) => id))))).map((given) =>
    Object.fromEntries(every.flatMap(({ id }, at): [string, unknown][] => (Array.isArray(given[at]) ? given[at].map((option): [string, unknown] => [`value.${id}.${option}`, true]) : given[at] === null ? [] : [[`value.${id}`, given[at]]]))),
  )

  it('has six parts and about 25 questions, fewer for who does not work on it', () => {
    expect(scan.parts).toHaveLength(6)
    expect(every.length).toBeGreaterThanOrEqual(24)
    expect(every.length).toBeLessThanOrEqual(28)
    expect(askedOf(scan.parts, { 'value.werking': 'nee' }).map(({ part }) => part.id)).toEqual(['profiel', 'profiel', 'profiel', 'profiel', 'toekomst', 'toekomst'])
  })

  it('never proposes a task before one that it waits for, nor twice, nor one without a reason', () => {
    fc.assert(
      fc.property(someAnswers, fc.subarray(tasks.map(({ id }) => id)), (answers, done) => {
        const proposed = proposeOrder(askedOf(scan.parts, answers), tasks, (id) => (done.includes(id) ? 'done' : 'notStarted'), scan.task)
        const order = proposed.map(({ task }) => task)
        expect(new Set(order).size).toBe(order.length)
        expect(order.filter((id) => done.includes(id) || id === scan.task)).toEqual([])
        expect(proposed.filter(({ reasons, before }) => reasons.length === 0 && before === undefined)).toEqual([])
        expect(proposed.filter(({ reasons, before }) => reasons.length > 0 && before === undefined).length).toBeLessThanOrEqual(8)
        for (const id of order) {
          const waits = tasks.find((task) => task.id === id)!.after.filter((earlier) => earlier !== scan.task && !done.includes(earlier))
          expect(waits.filter((earlier) => !order.slice(0, order.indexOf(id)).includes(earlier))).toEqual([])
        }
      }),
      { numRuns: 200 },
    )
  })

  it('brings forward what the answers of a starting officer ask for', () => {
    const answers = { 'value.werking': 'nee', 'value.tijd': 'geen' }
    const proposed = proposeOrder(askedOf(scan.parts, answers), tasks, () => 'notStarted', scan.task)
    expect(proposed.map(({ task }) => task)).toEqual(['opdracht-bespreken', 'tijd-en-mandaat-vastleggen', 'lopende-acties-verzamelen'])
    expect(proposed[1]!.reasons).toEqual(['Er is geen vaste tijd. Leg die eerst vast, dan houd je het vol.'])
  })

  it('stands beside the figures of the survey', () => {
    // From the report of the members' survey 2025: 9.2 drempels (N = 53), 6.3 schepenen (N = 67), 7.2 beleidsnota (N = 53).
    const figureOf = (id: string) => items.find((item) => item.id === id && item.kind === 'figure') as Extract<(typeof items)[number], { kind: 'figure' }>
    const beside = (question: string, answers: Record<string, unknown>) => {
      const asked = askedOf(scan.parts, answers).find((each) => each.question.id === question)!
      const figure = figureOf(asked.question.figure!)
      return { n: figure.n, mine: besideFigure(asked, figure).filter(({ mine }) => mine).map(({ words }) => words) }
    }
    expect(beside('drempels', { 'value.drempels.personeel': true, 'value.drempels.opvolging': true })).toEqual({ n: 53, mine: ['75\u00a0%', '15\u00a0%'] })
    expect(beside('schepenen', { 'value.schepenen': 'geen' })).toEqual({ n: 67, mine: ['12\u00a0%'] })
    expect(beside('beleidsnota', { 'value.beleidsnota': 'in-voorbereiding' })).toEqual({ n: 53, mine: ['40\u00a0%'] })
  })
})

it('tells what changed since an earlier round, among what was answered in both', () => {
  const now = askedOf(parts, { 'value.werking': 'ja', 'value.wat.x': true, 'value.later': 'ja' })
  const before = askedOf(parts, { 'value.werking': 'ja', 'value.wat.y': true })
  expect(changesSince(now, before).map(({ question, ...words }) => [question.id, words])).toEqual([['wat', { before: ['Y'], now: ['X'] }]])
})

it('names a round by its year', () => {
  expect(roundId('waar-staan-we', 2027)).toBe('waar-staan-we--2027')
  expect(yearOf('waar-staan-we--2027')).toBe(2027)
})

it('puts a written answer in words', () => {
  expect(writtenScanAnswer(parts, 'value.werking', 'ja')).toEqual({ question: 'Vraag werking', words: 'Ja' })
  expect(writtenScanAnswer(parts, 'value.werking', null)).toEqual({ question: 'Vraag werking', words: 'Geen antwoord' })
  expect(writtenScanAnswer(parts, 'value.wat.x', false)).toEqual({ question: 'Vraag wat', words: 'niet: X' })
  expect(writtenScanAnswer(parts, 'value.weg', 'x')).toBeUndefined()
})
