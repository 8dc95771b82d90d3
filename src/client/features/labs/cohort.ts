/** How a lab stands: per team and assignment what was sent, what waits for a facilitator, and what is late. */
import { dueOf, isLate, progressOf, type AssignmentState, type Progress } from '../../../domain/labs.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { nothingExchanged, readEntries, type Exchange, type Lab, type LabTeam } from './labs.ts'

/** `gone`: the assignment is not in the lab any more, but this team sent it. */
export type Cell = { assignment: { id: string; title: string; gone?: true }; progress: Progress; due: number | null; extended: boolean; late: boolean; activeAt: number | null }
export type TeamLine = { team: LabTeam; cells: Cell[] }

/** `entries`: where they were read already. */
export async function readCohort(db: OpstapDatabase, lab: Lab, now: number, entries?: Awaited<ReturnType<typeof readEntries>>): Promise<TeamLine[]> {
  const all = entries ?? (await readEntries(db, lab.id))
  return lab.teams.map((team) => {
    const entry = all.get(team.id) ?? new Map<string, Exchange>()
    return { team, cells: assignmentsIn(lab, entry).map((assignment) => cellOf(lab, assignment, entry.get(assignment.id) ?? nothingExchanged, now)) }
  })
}

/** Those of the lab, and those that were taken out of the content after this team sent them. */
export const assignmentsIn = (lab: Lab, entry: ReadonlyMap<string, Exchange>): Cell['assignment'][] => [
  ...lab.assignments.values(),
  ...[...entry].flatMap(([id, { sent }]): Cell['assignment'][] => (sent[0] && !lab.assignments.has(id) ? [{ id, title: sent[0].snapshot.title, gone: true }] : [])),
]

export function cellOf(lab: Lab, assignment: Cell['assignment'], { sent, messages, extension }: Exchange, now: number): Cell {
  // A draft is the team's alone: for a facilitator nothing has begun until something was sent.
  const progress = progressOf(false, sent)
  const due = dueOf(lab.dates.get(assignment.id), extension)
  const moments = [...sent.map(({ at }) => at), ...messages.map(({ at }) => at), progress.at ?? 0].filter(Boolean)
  return { assignment, progress, due, extended: extension !== null, late: isLate(due, sent, now), activeAt: moments.length > 0 ? Math.max(...moments) : null }
}

/** What waits for a facilitator. */
const waiting: readonly AssignmentState[] = ['sent', 'inReview', 'feedbackPrepared']
export const waitsForFacilitator = ({ progress }: Cell): boolean => waiting.includes(progress.state)
