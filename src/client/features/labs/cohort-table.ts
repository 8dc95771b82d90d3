/** The cohort as a table for a spreadsheet: what the board shows, one line per team and assignment. Drafts are the team's alone. */
import { clockOf } from '../../../domain/brussels-time.ts'
import { assignmentStateWords, referenceOf, type Sent } from '../../../domain/labs.ts'
import type { Cell } from './cohort.ts'
import type { LabTeam } from './labs.ts'

export type BoardRow = { team: LabTeam; cell: Cell; latest: Sent | undefined }

/** `2026-05-12 17:00`, which a spreadsheet takes for a moment; empty for none. */
function moment(at: number | null | undefined): string {
  if (at === null || at === undefined) return ''
  const { day, time } = clockOf(at)
  return `${day} ${time.slice(0, 5)}`
}

const columns: readonly [words: string, of: (row: BoardRow) => string][] = [
  ['Team', ({ team }) => team.name],
  ['NIS-code', ({ team }) => team.nis],
  ['Opdracht', ({ cell }) => cell.assignment.title],
  ['Toestand', ({ cell }) => assignmentStateWords[cell.progress.state]],
  ['Laatste activiteit', ({ cell }) => moment(cell.activeAt)],
  ['Inleveren tegen', ({ cell }) => moment(cell.due)],
  ['Te laat', ({ cell }) => (cell.late ? 'ja' : 'nee')],
  ['Verzonden', ({ latest }) => moment(latest?.at)],
  ['Aangekomen', ({ latest }) => moment(latest?.arrivedAt)],
  ['Referentie', ({ latest }) => (latest ? referenceOf(latest.id) : '')],
]

export const cohortTable = (rows: readonly BoardRow[]): string[][] => [columns.map(([words]) => words), ...rows.map((row) => columns.map(([, of]) => of(row)))]
