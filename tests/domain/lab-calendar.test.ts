import { describe, expect, it } from 'vitest'
import { meetingsFile } from '../../src/domain/calendar-file.ts'
import { stampOf } from '../../src/domain/clock.ts'
import type { ClientId } from '../../src/domain/ids.ts'
import { calendarOf, datedSession, dueEvents, sessionEvents } from '../../src/domain/lab-calendar.ts'
import type { LabSession } from '../../src/domain/lab-sessions.ts'

const session: LabSession = { id: 'start', title: 'Vertrekken', phase: 'insight', gathering: 'online', minutes: 120, goal: 'Elkaar kennen.', agenda: ['Welkom', 'Vragen'], preparation: ['Lees dit.'], assignments: ['persona'] }
const changed = Date.UTC(2026, 3, 1)
const stamp = stampOf({ ms: changed, counter: 0 }, 'toestelaan' as ClientId)
const dated = (at: string | null, place: string | null = null) => datedSession(session, { values: { at, place }, stamps: { at: stamp, place: stamp } })
const lab = { id: 'labvanvlaand', title: 'Ons labo' }
const linesOf = (file: string) => file.replaceAll('\r\n ', '').split('\r\n')

describe('the sessions of a lab in a calendar', () => {
  it('are those with a date, in their order, at the hours of the clocks here', () => {
    const sessions = [{ ...dated('2026-12-01T08:30:00.000Z'), id: 'winter' }, dated('2026-05-12T07:30:00.000Z', ' Stadhuis '), { ...dated(null), id: 'ooit' }]
    const lines = linesOf(calendarOf({ ...lab, sessions }, changed, 'https://opstap.example'))
    expect(lines.filter((line) => /^(UID|DTSTART;|DTEND;|LOCATION|SUMMARY|SEQUENCE)/.test(line))).toEqual([
      'UID:labvanvlaand-start@opstap',
      `SEQUENCE:${(changed - Date.UTC(2026, 0)) / 1_000}`,
      'DTSTART;TZID=Europe/Brussels:20260512T093000',
      'DTEND;TZID=Europe/Brussels:20260512T113000',
      'SUMMARY:Vertrekken (Ons labo)',
      'LOCATION:Stadhuis',
      'UID:labvanvlaand-winter@opstap',
      `SEQUENCE:${(changed - Date.UTC(2026, 0)) / 1_000}`,
      'DTSTART;TZID=Europe/Brussels:20261201T093000',
      'DTEND;TZID=Europe/Brussels:20261201T113000',
      'SUMMARY:Vertrekken (Ons labo)',
      'LOCATION:Online',
    ])
    expect(lines).toContain('DESCRIPTION:Elkaar kennen.\\n\\nBereid voor:\\n- Lees dit.\\n\\nhttps://opstap.example/leerlabo/labvanvlaand')
    expect(lines.filter((line) => line.startsWith('X-'))).toEqual([])
  })

  it('are the same in a file and in a subscription, which has a name and says how often to come back', () => {
    const sessions = [dated('2026-05-12T07:30:00.000Z')]
    const followed = linesOf(meetingsFile(sessionEvents(lab, sessions, changed, 'https://opstap.example'), 'Ons labo, samen'))
    const extra = ['X-WR-CALNAME:Ons labo\\, samen', 'X-PUBLISHED-TTL:PT4H', 'NAME:Ons labo\\, samen', 'REFRESH-INTERVAL;VALUE=DURATION:PT4H']
    expect(followed).toEqual(expect.arrayContaining(extra))
    expect(followed.filter((line) => !extra.includes(line))).toEqual(linesOf(calendarOf({ ...lab, sessions }, changed, 'https://opstap.example')))
  })
})

it('a date to hand in ends at that moment, takes no time, and reminds the day before', () => {
  const lines = linesOf(meetingsFile(dueEvents(lab, [{ id: 'persona', title: 'Maak een mens', due: Date.UTC(2026, 4, 12, 15), changed }], changed, 'https://opstap.example')))
  expect(lines).toEqual(
    expect.arrayContaining(['DTSTART;TZID=Europe/Brussels:20260512T163000', 'DTEND;TZID=Europe/Brussels:20260512T170000', 'SUMMARY:Inleveren: Maak een mens (Ons labo)', 'TRANSP:TRANSPARENT', 'TRIGGER:-P1D', 'DESCRIPTION:https://opstap.example/leerlabo/labvanvlaand/opdracht/persona']),
  )
})
