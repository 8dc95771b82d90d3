/** A call in the words of the screen. */
import { isOpen, type Standing } from '../../../domain/lab-call.ts'
import { fullDayWords } from '../../ui/dates.ts'
import type { Status } from '../../ui/tones.ts'

/** `Kandidaat stellen kan tot en met dinsdag 12 mei 2026. Er is plaats voor 8 teams.` */
export function callWords(call: { lastDay: string | null; places: number | null; closed: boolean }, now: number): string {
  if (call.closed) return 'Deze oproep is gesloten.'
  const until = call.lastDay ? fullDayWords(call.lastDay) : ''
  if (!isOpen(call, now)) return `Deze oproep liep tot en met ${until}.`
  const places = call.places === null ? '' : ` Er is plaats voor ${call.places === 1 ? '1 team' : `${call.places} teams`}.`
  return `${until ? `Kandidaat stellen kan tot en met ${until}.` : 'De oproep staat open. Er is geen laatste dag.'}${places}`
}

/** `2 kandidaten wachten`; empty for none. */
export const candidatesWords = (count: number): string => (count === 0 ? '' : count === 1 ? '1 kandidaat wacht' : `${count} kandidaten wachten`)

export const standingWords: Record<Exclude<Standing, 'takesPart'>, Status> = {
  candidate: { words: 'Je team is kandidaat', tone: 'active' },
  declined: { words: 'Deze keer niet', tone: 'muted' },
}
