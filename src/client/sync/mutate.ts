/** The one way by which a person's work is written: row and outbox entry in one transaction (SYNC, rule 1). */
import { v7 as uuidv7 } from 'uuid'
import { check, fieldOf, SCHEMA_VERSION, unitOf, type Collection, type Refusal, type Role, type TextValue } from '../../domain/collections.ts'
import type { Stamp, MutationId, SpaceId } from '../../domain/ids.ts'
import { roleIn } from '../../domain/access.ts'
import { kindOf, LOCAL_SPACE } from '../../domain/spaces.ts'
import { merge } from '../../domain/merge.ts'
import type { SessionView } from '../../domain/session.ts'
import type { LocalRow, OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { authorOf, spaceFor } from './identity.ts'
import { beneathWith, rowKey, toLocal } from './overlay.ts'
import { takePen, type Clockwork, type Pen } from './pen.ts'
import { loadText, plainOnly, type TextTools } from './text-tools.ts'

export type Written = { kind: 'written'; at: number } | { kind: 'refused'; refusal: Refusal } | { kind: 'full' } | { kind: 'failed' }

/** Values of one row, for the space where the collection's rows belong unless `into` names another. */
export type Write = { definition: Collection<any>; row: string; set: Record<string, unknown>; into?: SpaceId | undefined }

/** Writes in one transaction at most; the rest goes into the next. */
const MAX_TOGETHER = 1_000

/**
 * What is asked for while a write is under way goes together into the next transaction: filling in ten fields or bringing in
 * a thousand rows costs the disk little more than one.
 */
export function startWriting(db: OpstapDatabase, clock: Clockwork): (write: Write) => Promise<Written> {
  const waiting: { write: Write; done: (written: Written) => void }[] = []
  let busy = false
  const drain = async () => {
    busy = true
    while (waiting.length > 0) {
      const together = waiting.splice(0, MAX_TOGETHER)
      const results = await mutateAll(db, clock, together.map(({ write }) => write))
      for (const [i, { done }] of together.entries()) done(results[i]!)
    }
    busy = false
  }
  return (write) =>
    new Promise((done) => {
      waiting.push({ write, done })
      if (!busy) void drain()
    })
}

/** Writes the values `set` of one row; see `mutateAll`. */
export async function mutate(db: OpstapDatabase, clock: Clockwork, definition: Collection<any>, row: string, set: Record<string, unknown>, into?: SpaceId): Promise<Written> {
  return (await mutateAll(db, clock, [{ definition, row, set, into }]))[0]!
}

/**
 * Resolves after the bytes are on the disk, with what became of each; `full` and `failed` leave everything as it was, so
 * that the screen keeps what was typed. A change that the server would refuse is refused here with the same rule, and is
 * no hindrance to the others.
 */
async function mutateAll(db: OpstapDatabase, clock: Clockwork, writes: readonly Write[]): Promise<Written[]> {
  try {
    const text = writes.some(hasText) ? await loadText() : plainOnly
    return await db.transaction('rw', db.rows, db.outbox, db.meta, async () => record(db, clock, writes, text))
  } catch (error) {
    // Nobody's write may fail because of another's.
    if (writes.length > 1) return writes.reduce<Promise<Written[]>>(async (before, write) => [...(await before), ...(await mutateAll(db, clock, [write]))], Promise.resolve([]))
    return [isQuota(error) ? { kind: 'full' } : fail(error)]
  }
}

const roleOf = (space: SpaceId, session: SessionView | undefined): Role | null => (space === LOCAL_SPACE ? 'owner' : session ? roleIn(space, session) : null)

const isText = (definition: Collection, field: string) => fieldOf(definition, field)?.merge === 'text'
const hasText = ({ definition, set }: Write) => Object.keys(set).some((field) => isText(definition, field))

function fail(error: unknown): Written {
  console.error(error)
  return { kind: 'failed' }
}

/** Judges, stamps and puts the rows with their outbox entries; runs inside the caller's transaction over rows, outbox and meta. */
async function record(db: OpstapDatabase, clock: Clockwork, writes: readonly Write[], text: TextTools): Promise<Written[]> {
  const pen = await takePen(db, clock)
  const { session } = pen
  const changes = writes.map(({ into, ...write }): Change => ({ ...write, space: into ?? spaceFor(write.definition, session), author: authorOf(session) }))
  const rows = new Map<string, LocalRow>()
  for (const row of await db.rows.bulkGet(changes.map(({ space, definition, row }) => [space, definition.name, row]))) if (row) rows.set(rowKey(row.space, row.collection, row.id), row)
  const changed = new Map<string, LocalRow>()
  const fresh: OutboxEntry[] = []
  const grown = new Map<MutationId, OutboxEntry>()
  const results: Written[] = []
  for (const change of changes) {
    const { space, definition, row } = change
    const key = rowKey(space, definition.name, row)
    const current = rows.get(key)
    const set = withGroups(definition, change.set, current?.values ?? {})
    const kind = space === LOCAL_SPACE ? (definition.lives.includes('person') ? 'person' : 'team') : kindOf(space)
    const refusal = check({ collection: definition.name, row, set }, kind, roleOf(space, session))
    if (refusal) {
      results.push({ kind: 'refused', refusal })
      continue
    }
    const entry = entryOf({ ...change, set }, current, pen, clock)
    const merged = merge(definition, current, { set, base: entry.base, hlc: entry.hlc, person: entry.author }, text.merge)
    const last = isTyping(change) ? await lastOf(db, entry, fresh, grown) : undefined
    const joined = last !== undefined && joins(last, entry)
    const shown = toLocal(space, definition.name, row, merged.row, joined ? current?.beneath : beneathWith(current, entry.id))
    rows.set(key, shown)
    changed.set(key, shown)
    if (!joined) fresh.push({ ...entry, n: pen.number() })
    else if (fresh.includes(last)) fresh[fresh.indexOf(last)] = join(last, entry, text)
    else grown.set(last.id, join(last, entry, text))
    results.push({ kind: 'written', at: entry.at })
  }
  await Promise.all([db.rows.bulkPut([...changed.values()]), db.outbox.bulkAdd(fresh), db.outbox.bulkPut([...grown.values()]), pen.put()])
  return results
}

type Change = { space: SpaceId; definition: Collection; row: string; set: Record<string, unknown>; author: OutboxEntry['author'] }

/** Linked fields travel together: the ones not set keep their value. */
function withGroups(definition: Collection, set: Record<string, unknown>, values: Record<string, unknown>) {
  const groups = new Set(Object.keys(set).map((field) => fieldOf(definition, field)?.group).filter(Boolean))
  const missing = Object.keys(definition.fields).filter((field) => groups.has(definition.fields[field]!.group) && !(field in set) && field in values)
  return missing.length === 0 ? set : { ...Object.fromEntries(missing.map((field) => [field, values[field]])), ...set }
}

/** The entry without its number, which it gets when it turns out not to join another. */
function entryOf({ space, definition, row, set, author }: Change, current: LocalRow | undefined, pen: Pen, { random }: Clockwork): OutboxEntry {
  const { hlc, at } = pen.stamp()
  const units = new Set(Object.keys(set).map((field) => unitOf(definition, field)))
  if (definition.deletable) for (const unit of Object.keys(current?.stamps ?? {})) units.add(unit)
  const base: Record<string, Stamp> = {}
  for (const unit of units) if (current?.stamps[unit]) base[unit] = current.stamps[unit]
  const id = uuidv7({ random: random(16), msecs: at }) as MutationId
  return { id, client: pen.client, n: 0, schema: SCHEMA_VERSION, at, hlc, space, collection: definition.name, row, set, base, author, state: 'waiting' }
}

/** Only a text, and nothing else with it. */
const isTyping = ({ definition, set }: Change) => Object.keys(set).length === 1 && hasText({ definition, row: '', set })

/** The newest entry of the row, of this transaction or before it. */
async function lastOf(db: OpstapDatabase, { space, collection, row }: OutboxEntry, fresh: readonly OutboxEntry[], grown: ReadonlyMap<MutationId, OutboxEntry>): Promise<OutboxEntry | undefined> {
  const here = fresh.reduce<OutboxEntry | undefined>((last, entry) => (entry.space === space && entry.collection === collection && entry.row === row ? entry : last), undefined)
  if (here) return here
  const stored = await db.outbox.where('[space+collection+row]').equals([space, collection, row]).toArray()
  return stored.map((entry) => grown.get(entry.id) ?? entry).sort((a, b) => b.n - a.n)[0]
}

/** Typing on in the same text joins the update that was never offered to the server yet. */
const joins = (last: OutboxEntry, { schema, author, set }: OutboxEntry) =>
  last.state === 'waiting' && last.schema === schema && last.author === author && Object.keys(last.set).join() === Object.keys(set).join()

function join(last: OutboxEntry, { set, hlc, at }: OutboxEntry, text: TextTools): OutboxEntry {
  const [field] = Object.keys(set) as [string]
  return { ...last, set: { [field]: text.join(last.set[field] as TextValue, set[field] as TextValue) }, hlc, at }
}

/** The browser has no room left; Dexie wraps the error of the transaction. */
export function isQuota(error: unknown): boolean {
  const { name, inner } = (error ?? {}) as { name?: string; inner?: unknown }
  return name === 'QuotaExceededError' || (inner !== undefined && isQuota(inner))
}
