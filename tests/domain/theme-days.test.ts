import { describe, expect, it } from 'vitest'
import { addDays, dayInBrussels, inOrderOfComing, nextOccurrence, reminderDays, waitWords } from '../../src/domain/theme-days.ts'

const idahot = { from: '05-17', leadWeeks: 8 }
const sixteenDays = { from: '11-25', to: '12-10', leadWeeks: 8 }
const overNewYear = { from: '12-20', to: '01-05', leadWeeks: 4 }

describe('the next time of a theme day', () => {
  it.each([
    ['2026-03-21', { from: '2026-05-17', to: '2026-05-17', begin: '2026-03-22', days: 57, state: 'later' }],
    ['2026-03-22', { from: '2026-05-17', to: '2026-05-17', begin: '2026-03-22', days: 56, state: 'begin' }],
    ['2026-05-16', { from: '2026-05-17', to: '2026-05-17', begin: '2026-03-22', days: 1, state: 'begin' }],
    ['2026-05-17', { from: '2026-05-17', to: '2026-05-17', begin: '2026-03-22', days: 0, state: 'now' }],
    ['2026-05-18', { from: '2027-05-17', to: '2027-05-17', begin: '2027-03-22', days: 364, state: 'later' }],
    ['2027-12-31', { from: '2028-05-17', to: '2028-05-17', begin: '2028-03-22', days: 138, state: 'later' }],
  ] as const)('of one day, on %s', (today, expected) => {
    expect(nextOccurrence(idahot, today)).toEqual(expected)
  })

  it.each([
    ['2026-09-29', '2026-11-25', 'later'],
    ['2026-09-30', '2026-11-25', 'begin'],
    ['2026-11-24', '2026-11-25', 'begin'],
    ['2026-11-25', '2026-11-25', 'now'],
    ['2026-12-10', '2026-11-25', 'now'],
    ['2026-12-11', '2027-11-25', 'later'],
  ])('of the sixteen days from 25/11 to 10/12, on %s', (today, from, state) => {
    const next = nextOccurrence(sixteenDays, today)
    expect([next.from, next.to, next.state]).toEqual([from, `${from.slice(0, 4)}-12-10`, state])
  })

  it.each([
    ['2026-12-19', '2026-12-20', '2027-01-05', 'begin'],
    ['2026-12-31', '2026-12-20', '2027-01-05', 'now'],
    ['2027-01-05', '2026-12-20', '2027-01-05', 'now'],
    ['2027-01-06', '2027-12-20', '2028-01-05', 'later'],
  ])('of days that run over New Year, on %s', (today, from, to, state) => {
    expect(nextOccurrence(overNewYear, today)).toMatchObject({ from, to, state })
  })

  it('begins in the year before when the day is early in the year', () => {
    expect(nextOccurrence({ from: '02-11', leadWeeks: 8 }, '2026-12-17')).toMatchObject({ begin: '2026-12-17', state: 'begin', days: 56 })
  })

  it('counts days of the calendar over the change to summer time and over 29 February', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
    expect(nextOccurrence({ from: '03-31', leadWeeks: 1 }, '2028-02-28').days).toBe(32)
  })
})

it('puts the day that is on first, then the soonest', () => {
  const days = [idahot, sixteenDays, { from: '12-03', leadWeeks: 8 }]
  expect(inOrderOfComing(days, '2026-11-30').map(({ day }) => day.from)).toEqual(['11-25', '12-03', '05-17'])
  expect(inOrderOfComing(days, '2026-12-11').map(({ day }) => day.from)).toEqual(['05-17', '11-25', '12-03'])
})

it.each([
  [{ state: 'now', days: 0 }, 'vandaag'],
  [{ state: 'begin', days: 1 }, 'morgen'],
  [{ state: 'begin', days: 13 }, 'over 13 dagen'],
  [{ state: 'begin', days: 14 }, 'over 2 weken'],
  [{ state: 'later', days: 62 }, 'over 8 weken'],
] as const)('says how long it still is: %o', (next, words) => {
  expect(waitWords(next)).toBe(words)
})

it('reminds when it is time to begin, and later when that is past', () => {
  const remind = (today: string) => reminderDays(nextOccurrence(idahot, today))
  expect([remind('2026-01-01'), remind('2026-04-01'), remind('2026-05-12')]).toEqual([56, 7, 1])
})

it('knows the day in Brussels, in winter and in summer', () => {
  expect(dayInBrussels(Date.UTC(2026, 10, 21, 22, 59))).toBe('2026-11-21')
  expect(dayInBrussels(Date.UTC(2026, 10, 21, 23))).toBe('2026-11-22')
  expect(dayInBrussels(Date.UTC(2026, 5, 30, 22))).toBe('2026-07-01')
})
