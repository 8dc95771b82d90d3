/**
 * Takes work along when the person's dossier moves: from this device to the account at sign-in, and from the person's own
 * space to the team's once there is a team. Done twice, or on two devices at once, it still gives the same rows.
 */
import { fieldOf, mayWrite, unitOf, type Collection, type TextValue } from '../../domain/collection.ts'
import { collectionNamed, collections } from '../../domain/collections.ts'
import { DELETED, isDeleted } from '../../domain/row.ts'
import type { Stamp, SpaceId } from '../../domain/ids.ts'
import { roleIn } from '../../domain/access.ts'
import { LOCAL_SPACE, personSpace } from '../../domain/spaces.ts'
import { equal, merge } from '../../domain/merge.ts'
import { upcast } from '../../domain/upcast.ts'
import type { SessionView } from '../../domain/session.ts'
import type { LocalRow, OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { selectRows } from '../db/rows.ts'
import { authorOf, spaceFor } from './identity.ts'
import { entryOf } from './mutate.ts'
import { beneathWith, layAgain, pendingByRow, rowKey, toLocal } from './overlay.ts'
import { newClientId, takePen, type Clockwork } from './pen.ts'
import type { TextTools } from './text-tools.ts'
import { unowned } from './unsent.ts'

/** Runs in the transaction (rows, outbox, meta) that also stores the session. */
export async function adopt(db: OpstapDatabase, clock: Clockwork, session: SessionView, text: TextTools): Promise<void> {
  await adoptLocal(db, session, text)
  if (session.teams.length > 0) await moveDossier(db, clock, session, text)
}

/** Entries without an author were never offered to a server: they get their author and space, and keep all the rest. */
async function adoptLocal(db: OpstapDatabase, session: SessionView, text: TextTools): Promise<void> {
  const entries = await unowned(db).sortBy('n')
  const local = entries.filter(({ state }) => state === 'waiting')
  const moved = local.map((entry): OutboxEntry => {
    const definition = collectionNamed(upcast(entry).collection)
    return { ...entry, author: authorOf(session), space: definition ? spaceFor(definition, session) : personSpace(session.person.id) }
  })
  await db.outbox.bulkPut(moved)
  await selectRows(db, LOCAL_SPACE).delete()
  await layAllAgain(db, moved, text)
}

/**
 * Someone else signs in on this device. What the server holds for them comes anew; the changes of the one before stay in the
 * outbox, sealed: not sent, not shown, until that person is back. Each has a stream of changes of their own, so that two people
 * on one device are told apart as on two. Runs before the new session is stored.
 */
export async function changePerson(db: OpstapDatabase, { random }: Pick<Clockwork, 'random'>, session: SessionView): Promise<void> {
  const before = await db.read('session')
  if (!before || before.person.id === session.person.id) return
  await db.rows.filter(({ space }) => space !== LOCAL_SPACE).delete()
  await db.cursors.clear()
  await db.write('client', newClientId(random))
}

/** What a person left here unsent, before someone else signed in, shows again. Runs after the session was stored. */
export async function unseal(db: OpstapDatabase, text: TextTools): Promise<void> {
  await layAllAgain(db, [...(await pendingByRow(db)).values()].flat(), text)
}

async function layAllAgain(db: OpstapDatabase, entries: readonly OutboxEntry[], text: TextTools): Promise<void> {
  const rows = new Map(entries.map((entry) => [rowKey(entry.space, entry.collection, entry.row), entry]))
  for (const entry of rows.values()) await layAgain(db, entry, text.merge)
}

/** Writes the rows of the person's dossier into the team's with their old stamps, then marks the old rows as deleted. */
async function moveDossier(db: OpstapDatabase, clock: Clockwork, session: SessionView, text: TextTools): Promise<void> {
  const from = personSpace(session.person.id)
  for (const definition of Object.values(collections) as unknown as Collection[]) {
    if (!definition.dossier) continue
    const to = spaceFor(definition, session)
    const rows = await selectRows(db, from, definition.name).toArray()
    for (const row of rows) {
      if (isDeleted(row)) continue
      await copyRow(db, clock, definition, await withoutKnown(db, definition, row, to, text), to, session, text)
      await enqueue(db, clock, definition, { ...row, base: row.stamps }, { [DELETED]: true }, null, session, text)
    }
  }
}

/** What is not there yet: a row that another device brought back to life meanwhile is moved once more, and was moved before. */
async function withoutKnown(db: OpstapDatabase, definition: Collection, row: LocalRow, to: SpaceId, text: TextTools): Promise<LocalRow> {
  const there = await db.rows.get([to, definition.name, row.id])
  if (!there) return row
  const adds = ([field, value]: [string, unknown]): boolean => {
    const known = there.values[field]
    if (known !== undefined && fieldOf(definition, field)?.merge === 'text') return text.merge(known as TextValue, value as TextValue).y !== (known as TextValue).y
    const unit = unitOf(definition, field)
    return there.stamps[unit] !== row.stamps[unit] || !equal(known, value)
  }
  return { ...row, values: Object.fromEntries(Object.entries(row.values).filter(adds)) }
}

/** One mutation per stamp of the row, so that each value competes with its true time of writing; of what the person may write there. False where that is nothing. */
export async function copyRow(
  db: OpstapDatabase,
  clock: Clockwork,
  definition: Collection,
  row: LocalRow,
  to: SpaceId,
  session: SessionView,
  text: TextTools,
): Promise<boolean> {
  const sets = new Map<Stamp, Record<string, unknown>>()
  const role = roleIn(to, session)
  if (role === null || definition.writers?.includes(role) === false) return false
  for (const [field, value] of Object.entries(row.values)) {
    const stamp = row.stamps[unitOf(definition, field)]
    const known = fieldOf(definition, field)
    const writable = field === DELETED ? (definition.deleters?.includes(role) ?? true) : known && mayWrite(known, role)
    if (stamp && writable) sets.set(stamp, { ...sets.get(stamp), [field]: value })
  }
  for (const stamp of [...sets.keys()].sort()) {
    await enqueue(db, clock, definition, { space: to, id: row.id, base: {} }, sets.get(stamp)!, stamp, session, text)
  }
  return sets.size > 0
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
  const { space, id: row, base } = target
  const current = await db.rows.get([space, definition.name, row])
  const entry = { ...entryOf({ space, definition, row, set, author: authorOf(session) }, base, pen, clock, stamp), n: pen.number() }
  const merged = merge(definition, current, { set, base, hlc: entry.hlc, person: entry.author }, text.merge)
  await db.rows.put(toLocal(space, definition.name, row, merged.row, beneathWith(current, entry.id)))
  await db.outbox.add(entry)
  await pen.put()
}
