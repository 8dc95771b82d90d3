/** What facilitators weigh when they compose a group: who takes part, who might, and the mix of them. */
import { labCandidate } from '../../../domain/collections.ts'
import { sizeClasses } from '../../../domain/content-codes.ts'
import type { SizeClass } from '../../../domain/content.ts'
import { mixOf } from '../../../domain/lab-call.ts'
import { reviewSpace } from '../../../domain/spaces.ts'
import { itemsOf } from '../../db/content.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { rowsOf } from '../../db/rows.ts'
import { readStandpoint, type Standpoint } from './calls.ts'
import type { Lab } from './labs.ts'

/** A team as the facilitators weigh it. */
export type Weighed = Standpoint & { id: string; name: string; nis: string; size: SizeClass | null }

/** The call of a lab that someone facilitates, everyone who takes part or might, and the mix of them. */
export async function readCallOf(db: OpstapDatabase, lab: Lab) {
  const [session, candidates, municipalities] = await Promise.all([db.read('session'), rowsOf(db, reviewSpace(lab.id), labCandidate), itemsOf(db, 'municipality')])
  const sizeOf = new Map(municipalities.map(({ nis, sizeClass }) => [nis as string, sizeClass]))
  const inLab = new Set(lab.teams.map(({ id }) => id))
  const asked = candidates.filter(({ id }) => !inLab.has(id)).map(({ id, values }) => ({ id, name: values.name ?? id, nis: values.nis ?? '' }))
  const teams = await Promise.all(
    [...lab.teams, ...asked].map(async ({ id, name, nis }): Promise<Weighed> => ({ id, name, nis, size: sizeOf.get(nis) ?? null, ...(await readStandpoint(db, lab.id, id, inLab.has(id))) })),
  )
  const mix = mixOf(teams.map(({ standing, said, size }) => ({ standing, stage: said?.stage ?? null, size })), sizeClasses)
  const byName = teams.sort((a, b) => a.name.localeCompare(b.name, 'nl'))
  return { call: session?.calls?.find((call) => call.lab === lab.id), teams: byName, mix, person: session?.person.id ?? '' }
}

/** How many teams wait for an answer of the facilitators. */
export async function waitingCandidates(db: OpstapDatabase, lab: Lab): Promise<number> {
  const inLab = new Set(lab.teams.map(({ id }) => id))
  const asked = (await rowsOf(db, reviewSpace(lab.id), labCandidate)).filter(({ id }) => !inLab.has(id))
  const standpoints = await Promise.all(asked.map(({ id }) => readStandpoint(db, lab.id, id, false)))
  return standpoints.filter(({ standing }) => standing === 'candidate').length
}
