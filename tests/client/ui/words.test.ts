import { describe, expect, test } from 'vitest'
import { calendarDays, dateWords, dayWords, momentWords, timeWords } from '../../../src/client/ui/dates.ts'
import { bytesWords, minutesWords, numberWords, percentWords } from '../../../src/client/ui/numbers.ts'

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('dates', () => {
  test('a day is written out; the year only when it is another one', () => {
    expect(dayWords('2026-05-12', '2026-01-01')).toBe('dinsdag 12 mei')
    expect(dayWords('2026-05-12', '2025-12-31')).toBe('dinsdag 12 mei 2026')
    expect(dateWords('2026-11-21')).toBe('21 november 2026')
  })

  test('the time is Brussels’, in summer and in winter, with a point', () => {
    expect(timeWords('2026-07-01T12:32:00.000Z')).toBe('14.32')
    expect(timeWords('2026-01-01T13:05:00.000Z')).toBe('14.05')
    expect(timeWords('2026-01-01T23:30:00.000Z')).toBe('00.30')
  })

  test('a moment says its day only when it was not today', () => {
    const now = '2026-05-12T20:00:00.000Z'
    expect(momentWords('2026-05-12T12:32:00.000Z', now)).toBe('om 14.32')
    expect(momentWords('2026-05-11T21:59:00.000Z', now)).toBe('gisteren om 23.59')
    expect(momentWords('2026-05-11T22:01:00.000Z', now)).toBe('om 00.01')
    expect(momentWords('2026-05-04T12:32:00.000Z', now)).toBe('op maandag 4 mei om 14.32')
  })

  test('days are counted by the calendar, also over a change of the clock', () => {
    expect(calendarDays('2026-03-28T23:30:00.000Z', '2026-03-30T00:30:00.000Z')).toBe(1)
    expect(calendarDays('2026-10-24', '2026-10-26')).toBe(2)
    expect(calendarDays('2026-05-13', '2026-05-12')).toBe(-1)
  })
})

describe('numbers', () => {
  test('thousands with a point, decimals with a comma', () => {
    expect(numberWords(12_000)).toBe('12.000')
    expect(numberWords(2.35)).toBe('2,35')
    expect(plain(percentWords(75))).toBe('75 %')
  })

  test.each([
    [10, '10 min'],
    [60, '1 uur'],
    [90, '1 uur 30 min'],
    [480, '8 uur'],
  ])('%i minutes', (minutes, words) => expect(plain(minutesWords(minutes))).toBe(words))

  test.each([
    [1, '1 byte'],
    [812, '812 bytes'],
    [12_400, '12 kB'],
    [999_600, '1 MB'],
    [1_440_000, '1,4 MB'],
    [2_000_000_000, '2 GB'],
  ])('%i bytes', (bytes, words) => expect(plain(bytesWords(bytes))).toBe(words))
})
