/** Dates and times as people here write them: `dinsdag 12 mei`, `14.32`. Always in Brussels' time. */
const ZONE = 'Europe/Brussels'
const LOCALE = 'nl-BE'

/** A moment: a Date, milliseconds since 1970, or an ISO text; a calendar day (`2026-05-12`) is that day wherever you are. */
export type When = Date | number | string

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, ...options })
const longDay = format({ weekday: 'long', day: 'numeric', month: 'long' })
const longDayAndYear = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const plainDay = format({ day: 'numeric', month: 'long', year: 'numeric' })
const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const yearOf = format({ year: 'numeric' })
const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE })

/** Noon of a calendar day lies on that day in Brussels, in summer and in winter. */
export const momentOf = (when: When): Date => new Date(typeof when === 'string' && /^\d{4}-\d\d-\d\d$/.test(when) ? `${when}T12:00:00Z` : when)

/** `dinsdag 12 mei`; with the year when that is not this one. */
export function dayWords(when: When, now: When = Date.now()): string {
  const moment = momentOf(when)
  return (yearOf.format(moment) === yearOf.format(momentOf(now)) ? longDay : longDayAndYear).format(moment)
}

/** `12 mei 2026`, for dates of documents and statements. */
export const dateWords = (when: When): string => plainDay.format(momentOf(when))

/** `dinsdag 12 mei 2026`, for a date that counts. */
export const fullDayWords = (when: When): string => longDayAndYear.format(momentOf(when))

/** `14.32` */
export const timeWords = (when: When): string => clock.format(momentOf(when)).replace(':', '.')

/** `om 14.32` today, `gisteren om 14.32`, else `op dinsdag 12 mei om 14.32`. */
export function momentWords(when: When, now: When = Date.now()): string {
  const time = `om ${timeWords(when)}`
  const days = calendarDays(when, now)
  if (days === 0) return time
  return days === 1 ? `gisteren ${time}` : `op ${dayWords(when, now)} ${time}`
}

/** How many calendar days `when` lies before `now`. */
export function calendarDays(when: When, now: When = Date.now()): number {
  const noon = (moment: When) => Date.parse(`${dayOf.format(momentOf(moment))}T12:00:00Z`)
  return Math.round((noon(now) - noon(when)) / 86_400_000)
}
