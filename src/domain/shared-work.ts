/** Which work of a team the other teams of its lab may read. */
import { latestFirst } from './labs.ts'

type Entered<S> = {
  /** `at`: when it was sent, ms since 1970. */
  sent: readonly { id: string; at: number; assignment: string; snapshot: S }[]
  /** The submissions of which the feedback was released. */
  released: ReadonlySet<string>
  /** The assignments of which the team lets others read its work. */
  agreed: ReadonlySet<string>
}

/** By assignment: what was sent last of what has feedback, where the form of then said that teams may share it and the team agreed. */
export function toShare<S extends { shared?: true }>({ sent, released, agreed }: Entered<S>): Map<string, S> {
  const shared = new Map<string, S>()
  for (const { id, assignment, snapshot } of latestFirst(sent)) {
    if (agreed.has(assignment) && released.has(id) && snapshot.shared && !shared.has(assignment)) shared.set(assignment, snapshot)
  }
  return shared
}

/** The row that holds it. */
export const sharedRow = (team: string, assignment: string): string => `${team}--${assignment}`
