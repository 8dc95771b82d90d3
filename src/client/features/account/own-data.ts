/** Everything that is the person's, on this device and on the server, readable by people and programs. */
import { momentOf } from '../../../domain/clock.ts'
import type { Stamp, SpaceId } from '../../../domain/ids.ts'
import type { LocalRow, OpstapDatabase, OutboxEntry } from '../../db/database.ts'
import { selectRows } from '../../db/rows.ts'
import { workSpaces } from '../../sync/work-spaces.ts'
import type { Session } from './actions.ts'

export type OwnData = {
  opstap: 'my-data'
  version: 1
  savedAt: string
  account: Session | null
  /** The rows of the own space, of the teams' dossiers and of what they asked the helpdesk, as this device shows them. */
  work: { space: SpaceId; collection: string; id: string; values: Record<string, unknown>; written: Record<string, { at: string; by: string | null }> }[]
  /** The own changes, with what became of them. */
  changes: { at: string; state: OutboxEntry['state']; space: SpaceId; collection: string; row: string; set: Record<string, unknown> }[]
  choices: Record<string, string>
  /** What the server keeps of the person; null without an account or a connection. */
  server: unknown
}

export async function ownData(db: OpstapDatabase, now: number, server: unknown = null): Promise<OwnData> {
  const session = await db.read('session')
  const rows = (await Promise.all(workSpaces(session).map((space) => selectRows(db, space).toArray()))).flat()
  const author = session?.person.id ?? null
  const entries = (await db.outbox.orderBy('n').toArray()).filter((entry) => entry.author === author)
  const choices = Object.entries((await db.read('choices')) ?? {}).filter(([key]) => !key.startsWith('draft:') || key.startsWith(`draft:${author ?? ''}:`))
  return {
    opstap: 'my-data',
    version: 1,
    savedAt: iso(now),
    account: session ?? null,
    work: rows.map(readableRow),
    changes: entries.map(({ at, state, space, collection, row, set }) => ({ at: iso(at), state, space, collection, row, set: readable(set) })),
    choices: Object.fromEntries(choices),
    server,
  }
}

const iso = (ms: number): string => new Date(Math.min(Math.max(ms, 0), 8.64e15)).toISOString()

const readableRow = ({ space, collection, id, values, stamps, by }: LocalRow) => ({
  space,
  collection,
  id,
  values: readable(values),
  written: Object.fromEntries(Object.entries(stamps).map(([unit, stamp]) => [unit, { at: iso(momentOf(stamp as Stamp).ms), by: by[unit] ?? null }])),
})

/** A long text as its plain words. */
const readable = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).map(([field, value]) => [field, plainText(value) ?? value]))

function plainText(value: unknown): string | undefined {
  const text = (value as { t?: unknown } | null)?.t
  return typeof text === 'string' ? text : undefined
}
