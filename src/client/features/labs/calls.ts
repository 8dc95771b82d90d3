/** What the screens of a call read from the device's store. */
import { candidacy, candidacyReply } from '../../../domain/collections.ts'
import { standingOf, type Said, type Standing } from '../../../domain/lab-call.ts'
import { writtenAt } from '../../../domain/lab-news.ts'
import { latestFirst } from '../../../domain/labs.ts'
import type { LabCall, SessionView } from '../../../domain/session.ts'
import { entrySpace } from '../../../domain/spaces.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { rowsOf } from '../../db/rows.ts'

export type Reply = { text: string; by: string; at: number }

/** What a team said of itself for a lab, and what it was answered. `all`: of colleagues who spoke at once, the latest first. */
export type Standpoint = { said: Said | undefined; all: Said[]; reply: Reply | undefined; standing: Standing | null }

export async function readStandpoint(db: OpstapDatabase, lab: string, team: string, takesPart: boolean): Promise<Standpoint> {
  const space = entrySpace(lab, team)
  const [rows, replies] = await Promise.all([rowsOf(db, space, candidacy), rowsOf(db, space, candidacyReply)])
  const all = latestFirst(rows.flatMap((row): Said[] => {
    const { stage, motivation, from } = row.values
    return stage ? [{ id: row.id, stage, motivation: motivation ?? null, at: writtenAt(row, 'stage'), by: from ?? '' }] : []
  }))
  const said = all[0]
  const answer = replies.find(({ id }) => id === said?.id)
  const standing = standingOf(takesPart, said, new Set(replies.map(({ id }) => id)))
  const reply = answer && { text: answer.values.text ?? '', by: answer.values.from ?? '', at: writtenAt(answer, 'reply') }
  return { said, all, reply, standing }
}

export const takesPartIn = (session: SessionView | undefined, lab: string, team: string): boolean => (session?.labs ?? []).some((place) => place.id === lab && place.role === 'participant' && place.teams.includes(team))

export type OwnCall = Standpoint & { call: LabCall; team: SessionView['teams'][number] }

/** The calls that reach this person, once for each own team. */
export async function readOwnCalls(db: OpstapDatabase): Promise<OwnCall[]> {
  const session = await db.read('session')
  const each = (session?.calls ?? []).flatMap((call) => session!.teams.map((team) => ({ call, team })))
  return Promise.all(each.map(async ({ call, team }) => ({ call, team, ...(await readStandpoint(db, call.lab, team.id, takesPartIn(session, call.lab, team.id))) })))
}
