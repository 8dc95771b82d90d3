/**
 * Takes work along when the person's dossier moves: from this device to the account at sign-in, and from the person's own
 * space to the team's once there is a team. Done twice, or on two devices at once, it still gives the same rows.
 */
import { v7 as uuidv7 } from 'uuid'
import { collectionNamed, collections, fieldOf, SCHEMA_VERSION, unitOf, type Collection } from '../../domain/collections.ts'
import { DELETED, isDeleted } from '../../domain/row.ts'
import { momentOf } from '../../domain/clock.ts'
import type { Stamp, MutationId, SpaceId } from '../../domain/ids.ts'
import { LOCAL_SPACE, personSpace } from '../../domain/spaces.ts'
import { merge } from '../../domain/merge.ts'
import type { SessionView } from '../../domain/session.ts'
import type { LocalRow, OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { selectRows } from '../db/rows.ts'
import { authorOf, dossierSpace, spaceFor } from './identity.ts'
import { rowKey, toLocal, withPending } from './overlay.ts'
import { takePen, type Clockwork } from './pen.ts'
import type { TextTools } from './text-tools.ts'

/** Runs in the transaction (rows, outbox, meta) that also stores the session. */
export async function adopt(db: OpstapDatabase, clock: Clockwork, session: SessionView, text: TextTools): Promise<void> {
  await adoptLocal(db, session, text)
  const own = personSpace(session.person.id)
  const dossier = dossierSpace(session)
  if (dossier !== own) await moveDossier(db, clock, own, dossier, session, text)
}

/** Entries without an author were never offered to a server: they get their author and space, and keep all the rest. */
async function adoptLocal(db: OpstapDatabase, session: SessionView, text: TextTools): Promise<void> {
  const entries = await db.outbox.where('[space+collection+row]').between([LOCAL_SPACE], [LOCAL_SPACE, []]).sortBy('n')
  const local = entries.filter(({ state }) => state === 'waiting')
  const moved = local.map((entry): OutboxEntry => {
    const definition = collectionNamed(entry.collection)
    return { ...entry, author: authorOf(session), space: definition ? spaceFor(definition, session) : personSpace(session.person.id) }
  })
  await db.outbox.bulkPut(moved)
  await selectRows(db, LOCAL_SPACE).delete()
  const perRow = groupBy(moved)
  for (const list of perRow.values()) {
    const { space, collection, row } = list[0]!
    const result = withPending(await db.rows.get([space, collection, row]), list, text.merge)
    if (result) await db.rows.put(toLocal(space, collection, row, result))
  }
}

const keyOf = ({ space, collection, row }: OutboxEntry) => rowKey(space, collection, row)

function groupBy(entries: readonly OutboxEntry[]): Map<string, OutboxEntry[]> {
  const groups = new Map<string, OutboxEntry[]>()
  for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry])
  return groups
}

/** Writes the rows of the person's dossier into the team's with their old stamps, then marks the old rows as deleted. */
async function moveDossier(db: OpstapDatabase, clock: Clockwork, from: SpaceId, to: SpaceId, session: SessionView, text: TextTools): Promise<void> {
  for (const definition of Object.values(collections) as unknown as Collection[]) {
    if (!definition.dossier) continue
    const rows = await selectRows(db, from, definition.name).toArray()
    for (const row of rows) {
      if (isDeleted(row)) continue
      await copyRow(db, clock, definition, row, to, session, text)
      await enqueue(db, clock, definition, { ...row, base: row.stamps }, { [DELETED]: true }, null, session, text)
    }
  }
}

/** One mutation per stamp of the row, so that each value competes with its true time of writing. */
export async function copyRow(
  db: OpstapDatabase,
  clock: Clockwork,
  definition: Collection,
  row: LocalRow,
  to: SpaceId,
  session: SessionView,
  text: TextTools,
): Promise<void> {
  const sets = new Map<Stamp, Record<string, unknown>>()
  for (const [field, value] of Object.entries(row.values)) {
    const stamp = row.stamps[unitOf(definition, field)]
    const known = fieldOf(definition, field)
    const writable = field === DELETED || (known && known.writers !== 'server')
    if (stamp && writable) sets.set(stamp, { ...sets.get(stamp), [field]: value })
  }
  for (const stamp of [...sets.keys()].sort()) {
    await enqueue(db, clock, definition, { space: to, id: row.id, base: {} }, sets.get(stamp)!, stamp, session, text)
  }
}

/** Row and outbox entry for one change with a given stamp, or with a new one. */
async function enqueue(
  db: OpstapDatabase,
  clock: Clockwork,
  definition: Collection,
  target: { space: SpaceId; id: string; base: Record<string, Stamp> },
  set: Record<string, unknown>,
  stamp: Stamp | null,
  session: SessionView,
  text: TextTools,
): Promise<void> {
  const pen = await takePen(db, clock)
  const made = pen.stamp()
  const hlc = stamp ?? made.hlc
  const at = stamp ? momentOf(stamp).ms - pen.offset : made.at
  const { space, id, base } = target
  const author = authorOf(session)
  const current = await db.rows.get([space, definition.name, id])
  const merged = merge(definition, current, { set, base, hlc, person: author }, text.merge)
  await db.rows.put(toLocal(space, definition.name, id, merged.row))
  await db.outbox.add({
    id: uuidv7({ random: clock.random(16), msecs: made.at }) as MutationId,
    client: pen.client,
    n: pen.number(),
    schema: SCHEMA_VERSION,
    at,
    hlc,
    space,
    collection: definition.name,
    row: id,
    set,
    base,
    author,
    state: 'waiting',
  })
  await pen.put()
}
