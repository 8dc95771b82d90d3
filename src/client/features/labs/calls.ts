/** What the screens of a call read from the device's store. */
import { candidacy, candidacyReply, labCandidate, sharedWork } from '../../../domain/collections.ts'
import { momentOf } from '../../../domain/clock.ts'
import type { SizeClass } from '../../../domain/content.ts'
import { latestSaid, mixOf, standingOf, type Said, type Standing } from '../../../domain/lab-call.ts'
import type { LabCall, SessionView } from '../../../domain/session.ts'
import type { Snapshot } from '../../../domain/snapshot.ts'
import { entrySpace, labSpace, reviewSpace } from '../../../domain/spaces.ts'
import { sizeClasses } from '../../../domain/content.ts'
import { itemsOf } from '../../db/content.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { rowsOf } from '../../db/rows.ts'
import type { Lab } from './labs.ts'

export type Reply = { text: string; by: string; at: number }

/** What a team said of itself for a lab, and what it was answered. `all`: of colleagues who spoke at once, the latest first. */
export type Standpoint = { said: Said | undefined; all: Said[]; reply: Reply | undefined; standing: Standing | null }

export async function readStandpoint(db: OpstapDatabase, lab: string, team: string, takesPart: boolean): Promise<Standpoint> {
  const space = entrySpace(lab, team)
  const [rows, replies] = await Promise.all([rowsOf(db, space, candidacy), rowsOf(db, space, candidacyReply)])
  const all = rows.flatMap(({ id, values: { stage, motivation, from }, stamps }): Said[] =>
    stage ? [{ id, stage, motivation: motivation ?? null, at: stamps['stage'] ? momentOf(stamps['stage']).ms : 0, by: from ?? '' }] : [])
  const said = latestSaid(all)
  const answer = replies.find(({ id }) => id === said?.id)
  const standing = standingOf(takesPart, said, new Set(replies.map(({ id }) => id)))
  const reply = answer && { text: answer.values.text ?? '', by: answer.values.from ?? '', at: answer.stamps['text'] ? momentOf(answer.stamps['text']).ms : 0 }
  return { said, all: all.sort((a, b) => b.at - a.at), reply, standing }
}

export const takesPartIn = (session: SessionView | undefined, lab: string, team: string): boolean => (session?.labs ?? []).some((place) => place.id === lab && place.role === 'participant' && place.teams.includes(team))

export type OwnCall = Standpoint & { call: LabCall; team: SessionView['teams'][number] }

/** The calls that reach this person, once for each own team. */
export async function readOwnCalls(db: OpstapDatabase): Promise<OwnCall[]> {
  const session = await db.read('session')
  const each = (session?.calls ?? []).flatMap((call) => session!.teams.map((team) => ({ call, team })))
  return Promise.all(each.map(async ({ call, team }) => ({ call, team, ...(await readStandpoint(db, call.lab, team.id, takesPartIn(session, call.lab, team.id))) })))
}

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
  return { call: session?.calls?.find((call) => call.lab === lab.id), teams: byName, mix }
}

/** How many teams wait for an answer of the facilitators. */
export async function waitingCandidates(db: OpstapDatabase, lab: Lab): Promise<number> {
  const { teams } = await readCallOf(db, lab)
  return teams.filter(({ standing }) => standing === 'candidate').length
}

export type Shared = { id: string; team: string; snapshot: Snapshot }

/** What other teams of the lab let this team read for an assignment, by the name of the team. */
export async function readShared(db: OpstapDatabase, lab: Lab, own: string, assignment: string): Promise<Shared[]> {
  const names = new Map(lab.teams.map(({ id, name }) => [id, name]))
  const rows = await rowsOf(db, labSpace(lab.id), sharedWork)
  return rows
    .flatMap(({ id, values: { team, assignment: of, snapshot } }): Shared[] => (team && team !== own && of === assignment && snapshot ? [{ id, team: names.get(team) ?? 'Een ander team', snapshot: snapshot as Snapshot }] : []))
    .sort((a, b) => a.team.localeCompare(b.team, 'nl'))
}
