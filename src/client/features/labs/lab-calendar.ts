/** The sessions of a lab as events in someone's own calendar. */
import { meetingsFile, type MeetingEvent } from '../../../domain/calendar-file.ts'
import { gatheringWords } from '../../../domain/lab-sessions.ts'
import type { DatedSession, Lab } from './labs.ts'

/** A calendar takes the event with the higher number: seconds since the start of 2026, of the last change of the date. */
const sequenceOf = (changed: number): number => Math.max(0, Math.floor((changed - Date.UTC(2026, 0)) / 1_000))

type Dated = DatedSession & { at: number }
export const datedIn = (sessions: readonly DatedSession[]): Dated[] => sessions.filter((session): session is Dated => session.at !== null).sort((a, b) => a.at - b.at)

/** `origin`: where this app lives, so that the event leads back to it. */
export function calendarOf({ id, title, sessions }: Pick<Lab, 'id' | 'title' | 'sessions'>, now: number, origin: string): string {
  return meetingsFile(
    datedIn(sessions).map(
      (session): MeetingEvent => ({
        uid: `${id}-${session.id}@opstap`,
        sequence: sequenceOf(session.changed),
        title: `${session.title} (${title})`,
        description: [session.goal, ['Bereid voor:', ...session.preparation.map((each) => `- ${each}`)].join('\n'), `${origin}/leerlabo/${id}`].join('\n\n'),
        place: session.place ?? gatheringWords[session.gathering],
        start: session.at,
        end: session.at + session.minutes * 60_000,
        made: now,
      }),
    ),
  )
}
