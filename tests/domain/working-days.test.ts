import { describe, expect, it } from 'vitest'
import { addWorkingDays, easterSunday, isWorkingDay, workingDaysBetween } from '../../src/domain/working-days.ts'

it.each([
  [2000, '2000-04-23'],
  [2008, '2008-03-23'],
  [2011, '2011-04-24'],
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
  [2049, '2049-04-18'],
  [2076, '2076-04-19'],
])('Easter of %i', (year, day) => expect(easterSunday(year)).toBe(day))

describe('the ten legal holidays', () => {
  const days = ['2026-01-01', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-07-21', '2026-08-15', '2026-11-01', '2026-11-11', '2026-12-25']
  it.each(days)('%s is none to work on', (day) => expect(isWorkingDay(day)).toBe(false))

  it('leaves 253 working days in 2026', () => {
    // 261 weekdays, and eight of the ten holidays fall on one (15 August is a Saturday, 1 November a Sunday).
    expect(workingDaysBetween('2025-12-31', '2026-12-31')).toBe(253)
  })

  it.each(['2026-12-24', '2026-12-28', '2026-04-03', '2026-05-15', '2026-07-10'])('%s is one to work on', (day) => expect(isWorkingDay(day)).toBe(true))
})

it.each([
  ['2026-11-23', 5, '2026-11-30'],
  ['2026-11-21', 5, '2026-11-27'],
  ['2026-11-20', 5, '2026-11-27'],
  ['2026-11-09', 5, '2026-11-17'],
  ['2026-12-23', 5, '2026-12-31'],
  ['2026-12-31', 1, '2027-01-04'],
  ['2026-04-02', 5, '2026-04-10'],
  ['2026-05-13', 1, '2026-05-15'],
  ['2028-02-28', 2, '2028-03-01'],
  ['2026-11-23', 0, '2026-11-23'],
])('%s and %i working days is %s', (day, count, expected) => expect(addWorkingDays(day, count)).toBe(expected))

it.each([
  ['2026-11-23', '2026-11-30', 5],
  ['2026-11-30', '2026-11-23', -5],
  ['2026-11-21', '2026-11-22', 0],
  ['2026-11-10', '2026-11-12', 1],
  ['2026-11-23', '2026-11-23', 0],
])('between %s and %s lie %i', (from, to, expected) => expect(workingDaysBetween(from, to)).toBe(expected))
