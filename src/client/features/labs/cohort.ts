/** How a lab stands: per team and assignment what was sent, what waits for a facilitator, and what is late. */
import { dueOf, isLate, progressOf, type AssignmentState, type Progress } from '../../../domain/labs.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { nothingExchanged, readEntry, type Assignment, type Exchange, type Lab, type LabTeam } from './labs.ts'

export type Cell = { assignment: Assignment; progress: Progress; due: number | null; extended: boolean; late: boolean; activeAt: number | null }
export type TeamLine = { team: LabTeam; cells: Cell[] }

export async function readCohort(db: OpstapDatabase, lab: Lab, now: number): Promise<TeamLine[]> {
  const entries = await Promise.all(lab.teams.map(({ id }) => readEntry(db, lab.id, id)))
  return lab.teams.map((team, index) => ({ team, cells: [...lab.assignments.values()].map((assignment) => cellOf(lab, assignment, entries[index]!.get(assignment.id) ?? nothingExchanged, now)) }))
}

export function cellOf(lab: Lab, assignment: Assignment, { sent, messages, extension }: Exchange, now: number): Cell {
  // A draft is the team's alone: for a facilitator nothing has begun until something was sent.
  const progress = progressOf(false, sent)
  const due = dueOf(lab.dates.get(assignment.id), extension)
  const moments = [...sent.map(({ at }) => at), ...messages.map(({ at }) => at), progress.at ?? 0].filter(Boolean)
  return { assignment, progress, due, extended: extension !== null, late: isLate(due, sent, now), activeAt: moments.length > 0 ? Math.max(...moments) : null }
}

/** What waits for a facilitator. */
const waiting: readonly AssignmentState[] = ['sent', 'inReview', 'feedbackPrepared']
export const waitsForFacilitator = ({ progress }: Cell): boolean => waiting.includes(progress.state)
