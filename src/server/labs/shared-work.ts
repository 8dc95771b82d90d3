/**
 * Work that teams of a lab let each other read: copies that the server makes in the lab's space when the feedback is released
 * and the team agreed, and empties when it changes its mind or leaves the lab.
 */
import { sql } from 'kysely'
import { toShare, sharedRow } from '../../domain/shared-work.ts'
import type { SpaceId, Stamp } from '../../domain/ids.ts'
import { momentOf } from '../../domain/clock.ts'
import type { Snapshot } from '../../domain/snapshot.ts'
import { entrySpace, labSpace } from '../../domain/spaces.ts'
import type { ServerPort } from '../port.ts'
import type { SyncPort } from '../sync/apply.ts'
import { writeAsServer } from '../sync/server-write.ts'

type Held = { snapshot: Snapshot | null }

/** Makes the copies of one team's work tell what was released and agreed. Run after each change of it, and at start for every team. */
export async function writeShared(port: SyncPort, lab: string, team: string): Promise<void> {
  // Once more after writing: what was agreed may have changed between the reading and the writing.
  for (let round = 0; round < 5; round++) {
    const [wanted, held] = await Promise.all([sharedBy(port, lab, team), heldOf(port, lab, team)])
    const changes = [...new Set([...wanted.keys(), ...held.keys()])].flatMap((assignment) => {
      const snapshot = wanted.get(assignment) ?? null
      return JSON.stringify(held.get(assignment)?.snapshot ?? null) === JSON.stringify(snapshot) ? [] : [{ assignment, snapshot }]
    })
    if (changes.length === 0) return
    const space = labSpace(lab)
    await writeAsServer(port, changes.map(({ assignment, snapshot }) => ({ space, collection: 'sharedWork', row: sharedRow(team, assignment), set: { team, assignment, snapshot } })))
    await forget(port, space, changes.filter(({ snapshot }) => snapshot === null).map(({ assignment }) => sharedRow(team, assignment)))
  }
}

export async function writeAllShared(port: SyncPort): Promise<void> {
  for (const { lab, team } of await port.db.selectFrom('lab_team').select(['lab', 'team']).execute()) await writeShared(port, lab, team)
}

type Row = { collection: string; id: string; values: Record<string, unknown>; stamps: Record<string, Stamp> }

async function sharedBy({ db }: Pick<ServerPort, 'db'>, lab: string, team: string): Promise<Map<string, Snapshot>> {
  const takesPart = await db.selectFrom('lab_team').select('team').where('lab', '=', lab).where('team', '=', team).where('left_at', 'is', null).executeTakeFirst()
  if (!takesPart) return new Map()
  const found = await db.selectFrom('sync_row').select(['collection', 'id', 'row_values', 'stamps']).where('space', '=', entrySpace(lab, team)).where('collection', 'in', ['submission', 'feedback', 'sharing']).execute()
  const rows = found.map(({ row_values, stamps, ...row }): Row => ({ ...row, values: JSON.parse(row_values) as Row['values'], stamps: JSON.parse(stamps) as Row['stamps'] }))
  const of = (collection: string) => rows.filter((row) => row.collection === collection)
  return toShare({
    sent: of('submission').flatMap(({ id, values, stamps }) =>
      stamps['snapshot'] ? [{ id, at: momentOf(stamps['snapshot']).ms, assignment: values['assignment'] as string, snapshot: values['snapshot'] as Snapshot }] : []),
    released: new Set(of('feedback').map(({ values }) => values['submission'] as string)),
    agreed: new Set(of('sharing').filter(({ values }) => values['agreed'] === true).map(({ id }) => id)),
  })
}

async function heldOf({ db }: Pick<ServerPort, 'db'>, lab: string, team: string): Promise<Map<string, Held>> {
  const rows = await db.selectFrom('sync_row').select('row_values').where('space', '=', labSpace(lab)).where('collection', '=', 'sharedWork').where(sql<boolean>`starts_with(id, ${sharedRow(team, '')})`).execute()
  return new Map(rows.map(({ row_values }) => JSON.parse(row_values) as Held & { assignment: string }).map((held) => [held.assignment, held]))
}

/** What is no longer shared is not to be read in the history of the copy either. What the team sent keeps its own. */
async function forget({ db }: Pick<ServerPort, 'db'>, space: SpaceId, rows: readonly string[]): Promise<void> {
  if (rows.length === 0) return
  await db.updateTable('sync_mutation').set({ payload: '' }).where('space', '=', space).where('collection', '=', 'sharedWork').where('row', 'in', [...rows]).where('person', 'is', null).execute()
}
