/** Labs in the words of the screen. */
import { daysWords, dueDateWords, hourWords, leftShort } from '../../../domain/lab-news.ts'
import { assignmentStateWords, type AssignmentState, type Progress, type Verdict } from '../../../domain/labs.ts'
import { calendarDays, dayWords, fullDayWords, momentWords, timeWords } from '../../ui/dates.ts'
import type { Status, StatusTone } from '../../ui/tones.ts'

const tones: Record<AssignmentState, StatusTone> = {
  notStarted: 'open',
  draft: 'active',
  waiting: 'waiting',
  sent: 'done',
  inReview: 'active',
  feedbackPrepared: 'active',
  feedbackGiven: 'done',
  toComplete: 'problem',
  done: 'done',
}
export const statusOf = (state: AssignmentState): Status => ({ words: assignmentStateWords[state], tone: tones[state] })

/** `om 14.32 door An`; empty for what nobody did yet. */
export const doneWords = ({ at, by }: Pick<Progress, 'at' | 'by'>, now: number): string => [at === null ? '' : momentWords(at, now), by ? `door ${by}` : ''].filter(Boolean).join(' ')

/** `Inleveren tegen dinsdag 12 mei 2026, 17.00 uur` */
export const dateOfDue = (due: number): string => `Inleveren tegen ${fullDayWords(due)}, ${hourWords(due)}`

/** `Inleveren tegen dinsdag 12 mei 2026, 17.00 uur (nog 3 dagen)` */
export const dueWords = (due: number, now: number): string => `Inleveren tegen ${dueDateWords(due, now)}`

/** For a row: `tegen dinsdag 12 mei (nog 3 dagen)` */
export const dueShort = (due: number, now: number): string => `tegen ${dayWords(due, now)} (${leftShort(due, now)})`

/** How late something came: `2 dagen te laat verstuurd`. */
export function lateWords(due: number, sentAt: number): string {
  const late = calendarDays(due, sentAt)
  return late > 0 ? `${daysWords(late)} te laat verstuurd` : 'te laat verstuurd'
}

/** `dinsdag 12 mei, 9.30 tot 11.30 uur` */
export const sessionWords = (at: number, minutes: number, now: number): string => `${dayWords(at, now)}, ${timeWords(at)} tot ${hourWords(at + minutes * 60_000)}`

export const verdictHints: Record<Verdict, string> = {
  feedbackGiven: 'Het team leest het. Er hoeft niets opnieuw.',
  toComplete: 'Het team vult aan en verstuurt opnieuw.',
  done: 'Het is goed zo.',
}
