/** What other teams of a lab let this team read. */
import { sharedWork } from '../../../domain/collections.ts'
import type { Snapshot } from '../../../domain/snapshot.ts'
import { labSpace } from '../../../domain/spaces.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { rowsOf } from '../../db/rows.ts'
import { readLab } from './labs.ts'
import type { Spot } from './actions.ts'

export type Shared = { id: string; team: string; snapshot: Snapshot }

/** By the name of the team. */
export async function readShared(db: OpstapDatabase, { lab, team: own, assignment }: Spot): Promise<Shared[]> {
  const names = new Map((await readLab(db, lab))?.teams.map(({ id, name }) => [id, name]) ?? [])
  const rows = await rowsOf(db, labSpace(lab), sharedWork)
  return rows
    .flatMap(({ id, values: { team, assignment: of, snapshot } }): Shared[] => (team && team !== own && of === assignment && snapshot ? [{ id, team: names.get(team) ?? 'Een ander team', snapshot: snapshot as Snapshot }] : []))
    .sort((a, b) => a.team.localeCompare(b.team, 'nl'))
}
