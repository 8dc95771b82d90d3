/** When theme days come, how long that still is, and when to begin. Calendar days as `2026-05-17`; no clock, no time zone. */
import { clockOf } from './brussels-time.ts'
import type { ThemeDay } from './content.ts'

type Dates = Pick<ThemeDay, 'from' | 'to' | 'leadWeeks'>

/** One time that a theme day comes. `from` and `to` are the first and the last day, `begin` the day to start preparing. */
export type Occurrence = {
  from: string
  to: string
  begin: string
  /** Calendar days from today to the first day; 0 or less while it is on. */
  days: number
  /** `now`: it is on. `begin`: within the time it takes to prepare. */
  state: 'now' | 'begin' | 'later'
}

const DAY_MS = 86_400_000

/** The calendar day in Brussels at this moment (ms since 1970). */
export const dayInBrussels = (now: number): string => clockOf(now).day

const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS
export const addDays = (day: string, count: number): string => new Date((numberOf(day) + count) * DAY_MS).toISOString().slice(0, 10)

/** The time that is on, or else the next one. A theme that runs over New Year ends in the year after it began. */
export function nextOccurrence({ from, to = from, leadWeeks }: Dates, today: string): Occurrence {
  const year = Number(today.slice(0, 4))
  const wraps = to < from
  const times = [year - 1, year, year + 1].map((start) => ({ from: `${start}-${from}`, to: `${wraps ? start + 1 : start}-${to}` }))
  const next = times.find((time) => time.to >= today)!
  const begin = addDays(next.from, -7 * leadWeeks)
  const state = next.from <= today ? 'now' : begin <= today ? 'begin' : 'later'
  return { ...next, begin, days: numberOf(next.from) - numberOf(today), state }
}

/** With their next time, the soonest first. */
export function inOrderOfComing<D extends Dates>(days: readonly D[], today: string): { day: D; next: Occurrence }[] {
  return days
    .map((day) => ({ day, next: nextOccurrence(day, today) }))
    .sort((a, b) => (a.next.from < b.next.from ? -1 : a.next.from > b.next.from ? 1 : 0))
}

/** `nu bezig`, `morgen`, `over 5 dagen`, `over 3 weken`. */
export function waitWords({ state, days }: Pick<Occurrence, 'state' | 'days'>, lasts = false): string {
  if (state === 'now') return lasts ? 'nu bezig' : 'vandaag'
  if (days === 1) return 'morgen'
  return days < 14 ? `over ${days} dagen` : `over ${Math.floor(days / 7)} weken`
}

/** How many days before it a calendar reminds: when it is time to begin, or, where that is past, a week or a day before. */
export const reminderDays = ({ state, from, begin, days }: Occurrence): number => (state === 'later' ? numberOf(from) - numberOf(begin) : days > 7 ? 7 : 1)
