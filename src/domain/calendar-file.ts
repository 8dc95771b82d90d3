/**
 * Calendar files (RFC 5545) with one event of whole days, as small as a theme day needs them. The `ics` package would be
 * 24 kB on the phone for the same lines.
 */
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

export function calendarFile(event: DayEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Opstap//Opstap//NL',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${new Date(event.made).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`,
    `DTSTART;VALUE=DATE:${compact(event.from)}`,
    // The end is the first day after it.
    `DTEND;VALUE=DATE:${compact(dayAfter(event.to))}`,
    `SUMMARY:${escape(event.title)}`,
    `DESCRIPTION:${escape(event.description)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escape(event.title)}`,
    `TRIGGER:-P${event.remindDaysBefore - 1}DT${24 - REMIND_AT}H`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
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
