import { expect, it } from 'vitest'
import { clockOf, momentAt } from '../../src/domain/brussels-time.ts'
import { meetingsFile } from '../../src/domain/calendar-file.ts'

it.each([
  ['2026-05-12', '17:00', '2026-05-12T15:00:00.000Z'],
  ['2026-12-12', '09:30', '2026-12-12T08:30:00.000Z'],
  ['2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
  ['2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
])('%s %s is %s', (day, time, iso) => {
  expect(new Date(momentAt(day, time)).toISOString()).toBe(iso)
  expect(clockOf(Date.parse(iso))).toEqual({ day, time: `${time}:00` })
})

it('writes meetings at the hours of the clocks here, each with its own reminder', () => {
  const meeting = { uid: 'lab-start@opstap', sequence: 7, title: 'Start; kom, dan', description: 'Doel', made: Date.UTC(2026, 0, 1), start: Date.parse('2026-05-12T07:30:00Z'), end: Date.parse('2026-05-12T09:30:00Z'), place: 'Stadhuis' }
  const file = meetingsFile([meeting, { ...meeting, uid: 'lab-eind@opstap', start: Date.parse('2026-12-01T08:30:00Z'), end: Date.parse('2026-12-01T10:30:00Z'), place: undefined }])
  const lines = file.split('\r\n')
  expect(lines.filter((line) => line.startsWith('DT') && line.includes('TZID'))).toEqual([
    'DTSTART;TZID=Europe/Brussels:20260512T093000', 'DTEND;TZID=Europe/Brussels:20260512T113000', 'DTSTART;TZID=Europe/Brussels:20261201T093000', 'DTEND;TZID=Europe/Brussels:20261201T113000',
  ])
  expect(lines.filter((line) => /^(BEGIN|END):(VEVENT|VALARM|VTIMEZONE)/.test(line))).toHaveLength(10)
  expect(lines).toContain('SUMMARY:Start\\; kom\\, dan')
  expect(lines.filter((line) => line.startsWith('LOCATION'))).toEqual(['LOCATION:Stadhuis'])
  expect(lines.filter((line) => line === 'SEQUENCE:7')).toHaveLength(2)
  expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
})
