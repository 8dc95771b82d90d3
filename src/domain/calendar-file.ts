/**
 * Calendar files (RFC 5545) with an event of whole days or with meetings, as small as theme days and sessions need them. The
 * `ics` package would be 24 kB on the phone for the same lines.
 */
import { clockOf } from './brussels-time.ts'

export type DayEvent = {
  /** Stays the same when the event is offered again, so that a calendar replaces the old one. */
  uid: string
  /** Counts up when the event changes. */
  sequence: number
  title: string
  description: string
  /** First and last day, `2026-05-17`. */
  from: string
  to: string
  /** When the file was made, ms since 1970. */
  made: number
  /** Reminds at nine in the morning, this many days before the first day. */
  remindDaysBefore: number
}

/** Morning of the reminder, in hours after midnight. */
const REMIND_AT = 9

export const calendarFile = (event: DayEvent): string =>
  calendar([
    ...beginning(event),
    `DTSTART;VALUE=DATE:${compact(event.from)}`,
    // The end is the first day after it.
    `DTEND;VALUE=DATE:${compact(dayAfter(event.to))}`,
    ...wording(event),
    'TRANSP:TRANSPARENT',
    ...alarm(event.title, `-P${event.remindDaysBefore - 1}DT${24 - REMIND_AT}H`),
  ])

/** A meeting at an hour; moments in ms since 1970. */
export type MeetingEvent = Pick<DayEvent, 'uid' | 'sequence' | 'title' | 'description' | 'made'> & {
  start: number
  end: number
  place?: string | undefined
  /** Whoever has it in the calendar is free all the same. */
  free?: true
}

/**
 * Reminds a day before. The hours are those of the clocks here, also where the phone is elsewhere. `followed`: the name under
 * which a calendar that comes back for the file shows it.
 */
export const meetingsFile = (meetings: readonly MeetingEvent[], followed?: string): string =>
  calendar(
    meetings.flatMap((meeting) => [
      ...beginning(meeting),
      `DTSTART;TZID=Europe/Brussels:${localTime(meeting.start)}`,
      `DTEND;TZID=Europe/Brussels:${localTime(meeting.end)}`,
      ...wording(meeting),
      ...(meeting.place ? [`LOCATION:${escape(meeting.place)}`] : []),
      ...(meeting.free ? ['TRANSP:TRANSPARENT'] : []),
      ...alarm(meeting.title, '-P1D'),
    ]),
    [...(followed === undefined ? [] : following(followed)), ...brussels],
  )

/** RFC 7986, and before them the names that older calendars know. */
const following = (name: string) => [`X-WR-CALNAME:${escape(name)}`, 'X-PUBLISHED-TTL:PT4H', `NAME:${escape(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT4H']

/** `events`: the lines of each, from BEGIN to its alarm. `before`: what goes before them. */
function calendar(events: readonly string[], before: readonly string[] = []): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Opstap//Opstap//NL', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', ...before, ...events, 'END:VCALENDAR']
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

const beginning = ({ uid, sequence, made }: Pick<DayEvent, 'uid' | 'sequence' | 'made'>) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  `SEQUENCE:${sequence}`,
  `DTSTAMP:${new Date(made).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`,
]

const wording = ({ title, description }: Pick<DayEvent, 'title' | 'description'>) => [`SUMMARY:${escape(title)}`, `DESCRIPTION:${escape(description)}`]

/** Closes the event too. */
const alarm = (title: string, trigger: string) => ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escape(title)}`, `TRIGGER:${trigger}`, 'END:VALARM', 'END:VEVENT']

/** The rule of summer time since 1996. */
const brussels = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Brussels',
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
]

const localTime = (moment: number) => {
  const { day, time } = clockOf(moment)
  return `${compact(day)}T${time.replaceAll(':', '')}`
}
const compact = (day: string) => day.replaceAll('-', '')
const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const escape = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n')

/** A line is at most 75 octets; what follows goes on after a line break and a space. No character is cut. */
function fold(line: string): string {
  const parts = ['']
  let octets = 0
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0)!)
    if (octets + size > 75) {
      parts.push('')
      octets = 1
    }
    parts[parts.length - 1] += character
    octets += size
  }
  return parts.join('\r\n ')
}

/** In UTF-8. */
const octetsOf = (codePoint: number) => (codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4)
