/** The one way by which a person's work is written: row and outbox entry in one transaction (SYNC, rule 1). */
import { v7 as uuidv7 } from 'uuid'
import { check } from '../../domain/check.ts'
import { fieldOf, unitOf, type Collection, type Role, type TextValue } from '../../domain/collection.ts'
import { definitionOf, SCHEMA_VERSION, type Handle } from '../../domain/collections.ts'
import { momentOf } from '../../domain/clock.ts'
import type { Stamp, MutationId, SpaceId } from '../../domain/ids.ts'
import { roleIn } from '../../domain/access.ts'
import { kindOf, LOCAL_SPACE } from '../../domain/spaces.ts'
import { merge } from '../../domain/merge.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import type { SessionView } from '../../domain/session.ts'
import type { LocalRow, OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { authorOf, spaceFor } from './identity.ts'
import { beneathWith, rowKey, toLocal } from './overlay.ts'
import { takePen, type Clockwork, type Pen } from './pen.ts'
import { entriesOf } from './unsent.ts'
import { loadText, plainOnly, type TextTools } from './text-tools.ts'

export type Written = { kind: 'written'; at: number } | { kind: 'refused'; refusal: RefusalCode } | { kind: 'full' } | { kind: 'failed' }

/** Values of one row, for the space where the collection's rows belong unless `into` names another. */
export type Write = { definition: Handle; row: string; set: Record<string, unknown>; into?: SpaceId | undefined }
type Known = Write & { definition: Collection<any> }

/**
 * What is asked for while a write is under way goes together into the next transaction: filling in ten fields or bringing in
 * a thousand rows costs the disk little more than one.
 */
export function startWriting(db: OpstapDatabase, clock: Clockwork): (write: Write) => Promise<Written> {
  let waiting: { write: Known; done: (written: Written) => void }[] = []
  let before: Promise<unknown> = Promise.resolve()
  const drain = async () => {
    const together = waiting
    waiting = []
    const results = await mutateAll(db, clock, together.map(({ write }) => write))
    for (const [i, { done }] of together.entries()) done(results[i]!)
  }
  return (write) =>
    new Promise((done) => {
      if (waiting.push({ write: { ...write, definition: definitionOf(write.definition) }, done }) === 1) before = before.then(drain)
    })
}

/**
 * Resolves after the bytes are on the disk, with what became of each; `full` and `failed` leave everything as it was, so
 * that the screen keeps what was typed. A change that the server would refuse is refused here with the same rule, and is
 * no hindrance to the others.
 */
async function mutateAll(db: OpstapDatabase, clock: Clockwork, writes: readonly Known[]): Promise<Written[]> {
  try {
    const text = writes.some(hasText) ? await loadText() : plainOnly
    return await db.transaction('rw', db.rows, db.outbox, db.meta, async () => record(db, clock, writes, text))
  } catch (error) {
    if (writes.length === 1) return [isQuota(error) ? { kind: 'full' } : fail(error)]
    // Nobody's write may fail because of another's.
    const results: Written[] = []
    for (const write of writes) results.push(...(await mutateAll(db, clock, [write])))
    return results
  }
}

const roleOf = (space: SpaceId, session: SessionView | undefined): Role | null => (space === LOCAL_SPACE ? 'owner' : session ? roleIn(space, session) : null)

const hasText = ({ definition, set }: Pick<Known, 'definition' | 'set'>) => Object.keys(set).some((field) => fieldOf(definition, field)?.merge === 'text')

function fail(error: unknown): Written {
  console.error(error)
  return { kind: 'failed' }
}

/** Judges, stamps and puts the rows with their outbox entries; runs inside the caller's transaction over rows, outbox and meta. */
async function record(db: OpstapDatabase, clock: Clockwork, writes: readonly Known[], text: TextTools): Promise<Written[]> {
  const pen = await takePen(db, clock)
  const { session } = pen.known
  const changes = writes.map(({ into, ...write }): Change => ({ ...write, space: into ?? spaceFor(write.definition, session), author: authorOf(session) }))
  const stored = await db.rows.bulkGet(changes.map(({ space, definition, row }): [string, string, string] => [space, definition.name, row]))
  const shown = new Map<string, LocalRow>()
  const entries = new Map<MutationId, OutboxEntry>()
  /** The newest entry of a row, as far as it is of this transaction. */
  const newest = new Map<string, OutboxEntry>()
  const results: Written[] = []
  for (const [i, change] of changes.entries()) {
    const { space, definition, row } = change
    const key = rowKey(space, definition.name, row)
    const current = shown.get(key) ?? stored[i]
    const set = withGroups(definition, change.set, current?.values ?? {})
    const kind = space === LOCAL_SPACE ? (definition.lives.includes('person') ? 'person' : 'team') : kindOf(space)
    const refusal = check({ collection: definition.name, row, set }, kind, roleOf(space, session))
    if (refusal) {
      results.push({ kind: 'refused', refusal })
      continue
    }
    const entry = entryOf({ ...change, set }, baseOf(definition, set, current), pen, clock)
    const merged = merge(definition, current, { set, base: entry.base, hlc: entry.hlc, person: entry.author }, text.merge)
    const last = isTyping(change) ? (newest.get(key) ?? (await entriesOf(db, entry)).at(-1)) : undefined
    const joined = last && joins(last, entry) ? join(last, entry, text) : undefined
    const kept = joined ?? { ...entry, n: pen.number() }
    shown.set(key, toLocal(space, definition.name, row, merged.row, joined ? current?.beneath : beneathWith(current, entry.id)))
    entries.set(kept.id, kept)
    newest.set(key, kept)
    results.push({ kind: 'written', at: entry.at })
  }
  await Promise.all([db.rows.bulkPut([...shown.values()]), db.outbox.bulkPut([...entries.values()]), pen.put()])
  return results
}

type Change = { space: SpaceId; definition: Collection; row: string; set: Record<string, unknown>; author: OutboxEntry['author'] }

/** Linked fields travel together: the ones not set keep their value. */
function withGroups(definition: Collection, set: Record<string, unknown>, values: Record<string, unknown>) {
  const groups = new Set(Object.keys(set).map((field) => fieldOf(definition, field)?.group).filter(Boolean))
  const missing = Object.keys(definition.fields).filter((field) => groups.has(definition.fields[field]!.group) && !(field in set) && field in values)
  return missing.length === 0 ? set : { ...Object.fromEntries(missing.map((field) => [field, values[field]])), ...set }
}

/** Per unit that the change touches, the stamp that its writer saw; a deletable row is touched as a whole. */
function baseOf(definition: Collection, set: Change['set'], current: LocalRow | undefined): Record<string, Stamp> {
  const stamps = current?.stamps ?? {}
  const units = new Set(Object.keys(set).map((field) => unitOf(definition, field)))
  return Object.fromEntries(Object.entries(stamps).filter(([unit]) => definition.deletable || units.has(unit)))
}

/** The entry without its number, which it gets when it turns out not to join another. `stamp`: when it was written long before. */
export function entryOf({ space, definition, row, set, author }: Change, base: Record<string, Stamp>, pen: Pen, { random }: Clockwork, stamp?: Stamp | null): OutboxEntry {
  const now = pen.stamp()
  const [hlc, at] = stamp ? [stamp, momentOf(stamp).ms - pen.offset] : [now.hlc, now.at]
  const id = uuidv7({ random: random(16), msecs: now.at }) as MutationId
  return { id, client: pen.client, n: 0, schema: SCHEMA_VERSION, at, hlc, space, collection: definition.name, row, set, base, author, state: 'waiting' }
}

/** Only a text, and nothing else with it. */
const isTyping = ({ definition, set }: Change) => Object.keys(set).length === 1 && hasText({ definition, set })

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
