import { describe, expect, it } from 'vitest'
import { calendarFile, type DayEvent } from '../../src/domain/calendar-file.ts'

const event: DayEvent = {
  uid: 'dag-idahot-2027@opstap',
  sequence: 2,
  title: 'IDAHOT',
  description: 'Hang de vlag.',
  from: '2027-05-17',
  to: '2027-05-17',
  made: Date.UTC(2026, 10, 21, 9, 5, 7, 123),
  remindDaysBefore: 56,
}
const linesOf = (file: string) => file.replaceAll('\r\n ', '').split('\r\n')
const line = (name: string, changes: Partial<DayEvent> = {}) => linesOf(calendarFile({ ...event, ...changes })).filter((each) => each.startsWith(name))

describe('a calendar file', () => {
  it('is one event of whole days with a reminder', () => {
    expect(linesOf(calendarFile(event))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Opstap//Opstap//NL',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:dag-idahot-2027@opstap',
      'SEQUENCE:2',
      'DTSTAMP:20261121T090507Z',
      'DTSTART;VALUE=DATE:20270517',
      'DTEND;VALUE=DATE:20270518',
      'SUMMARY:IDAHOT',
      'DESCRIPTION:Hang de vlag.',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:IDAHOT',
      // 56 days before, at nine in the morning.
      'TRIGGER:-P55DT15H',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  it('ends every line as the standard asks', () => {
    expect(calendarFile({ ...event, description: 'Een\nTwee\r\nDrie\rVier' }).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it('ends on the day after the last, also over a month and a year', () => {
    expect(line('DTEND', { from: '2026-11-25', to: '2026-12-31' })).toEqual(['DTEND;VALUE=DATE:20270101'])
    expect(line('DTEND', { from: '2028-02-28', to: '2028-02-28' })).toEqual(['DTEND;VALUE=DATE:20280229'])
  })

  it('keeps what would read as a part of the file', () => {
    const description = 'Koffie, thee; en \\ taart\nBEGIN:VALARM'
    expect(line('DESCRIPTION', { description })[0]).toBe('DESCRIPTION:Koffie\\, thee\\; en \\\\ taart\\nBEGIN:VALARM')
    expect(line('BEGIN:VALARM', { description })).toHaveLength(1)
  })

  it('folds at 75 octets and cuts no character', () => {
    const description = `${'é'.repeat(60)}${'👩‍🚀🏳️‍🌈'.repeat(20)}`
    const file = calendarFile({ ...event, description })
    for (const each of file.split('\r\n')) expect(Buffer.byteLength(each)).toBeLessThanOrEqual(75)
    expect(line('DESCRIPTION', { description })[0]).toBe(`DESCRIPTION:${description}`)
    expect(file).not.toContain('\ufffd')
    expect(Buffer.from(file).toString()).toBe(file)
  })

  it('reminds the day before where the lead is one day', () => {
    expect(line('TRIGGER', { remindDaysBefore: 1 })).toEqual(['TRIGGER:-P0DT15H'])
  })
})
