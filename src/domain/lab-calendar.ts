/** A lab in someone's own calendar: its sessions, and what a team has to hand in. The same events in a file and in a subscription. */
import { meetingsFile, type MeetingEvent } from './calendar-file.ts'
import { gatheringWords, type LabSession } from './lab-sessions.ts'
import { writtenAt } from './lab-news.ts'
import type { Row } from './row.ts'

/** A session of the template with the date that this lab gave it; `changed` counts up with every change of it. Moments in ms. */
export type DatedSession = LabSession & { at: number | null; place: string | null; changed: number }

/** `row`: of `labSession`; undefined for a session that nobody dated. */
export function datedSession(session: LabSession, row: Pick<Row, 'values' | 'stamps'> | undefined): DatedSession {
  const { at, place } = (row?.values ?? {}) as { at?: string | null; place?: string | null }
  return { ...session, at: at ? Date.parse(at) : null, place: place?.trim() || null, changed: row ? Math.max(writtenAt(row, 'at'), writtenAt(row, 'place')) : 0 }
}

type Dated = DatedSession & { at: number }
export const datedIn = (sessions: readonly DatedSession[]): Dated[] => sessions.filter((session): session is Dated => session.at !== null).sort((a, b) => a.at - b.at)

type Place = { id: string; title: string }

/** A calendar takes the event with the higher number: seconds since the start of 2026, of the last change of the date. */
const sequenceOf = (changed: number): number => Math.max(0, Math.floor((changed - Date.UTC(2026, 0)) / 1_000))

/** `made`: when the file was made. `origin`: where the app lives, so that the event leads back to it. */
export const sessionEvents = ({ id, title }: Place, sessions: readonly DatedSession[], made: number, origin: string): MeetingEvent[] =>
  datedIn(sessions).map((session) => ({
    uid: `${id}-${session.id}@opstap`,
    sequence: sequenceOf(session.changed),
    title: `${session.title} (${title})`,
    description: [session.goal, ['Bereid voor:', ...session.preparation.map((each) => `- ${each}`)].join('\n'), `${origin}/leerlabo/${id}`].join('\n\n'),
    place: session.place ?? gatheringWords[session.gathering],
    start: session.at,
    end: session.at + session.minutes * 60_000,
    made,
  }))

/** The sessions as a file to add once. */
export const calendarOf = (lab: Place & { sessions: readonly DatedSession[] }, now: number, origin: string): string => meetingsFile(sessionEvents(lab, lab.sessions, now, origin))

/** `changed`: when the date was last set or moved. */
export type DatedAssignment = { id: string; title: string; due: number; changed: number }

/** How long a date to hand in takes up on the screen of a calendar; it ends at the date. */
const DUE_MS = 30 * 60_000

/** Dates by which a team hands in; they take no time of anybody. */
export const dueEvents = ({ id, title }: Place, assignments: readonly DatedAssignment[], made: number, origin: string): MeetingEvent[] =>
  assignments.map((assignment) => ({
    uid: `${id}-opdracht-${assignment.id}@opstap`,
    sequence: sequenceOf(assignment.changed),
    title: `Inleveren: ${assignment.title} (${title})`,
    description: `${origin}/leerlabo/${id}/opdracht/${assignment.id}`,
    start: assignment.due - DUE_MS,
    end: assignment.due,
    made,
    free: true,
  }))
