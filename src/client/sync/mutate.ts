/** The one way by which a person's work is written: row and outbox entry in one transaction (SYNC, rule 1). */
import { v7 as uuidv7 } from 'uuid'
import { check, fieldOf, SCHEMA_VERSION, unitOf, type Collection, type Role, type TextValue } from '../../domain/collections.ts'
import { stampOf, tick } from '../../domain/clock.ts'
import type { Stamp, ClientId, MutationId, SpaceId } from '../../domain/ids.ts'
import { roleIn } from '../../domain/access.ts'
import { kindOf, LOCAL_SPACE } from '../../domain/spaces.ts'
import { merge } from '../../domain/merge.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import type { SessionView } from '../../domain/session.ts'
import type { OpstapDatabase, OutboxEntry } from '../db/database.ts'
import { authorOf, spaceFor } from './identity.ts'
import type { Environment } from './environment.ts'
import { beneathWith, toLocal } from './overlay.ts'
import { loadText, plainOnly, type TextTools } from './text-tools.ts'

export type Written = { kind: 'written'; at: number } | { kind: 'refused'; refusal: RefusalCode } | { kind: 'full' } | { kind: 'failed' }

type Clockwork = Pick<Environment, 'now' | 'random'>

export const newClientId = (random: Environment['random']): ClientId =>
  Array.from(random(10), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('') as ClientId

/**
 * Writes the values `set` of one row, in the space where the collection's rows belong unless `into` names another. Resolves after the bytes are on the disk; `full` and `failed` leave everything as it
 * was, so that the screen keeps what was typed. A change that the server would refuse is refused here with the same rule.
 */
export async function mutate(
  db: OpstapDatabase,
  clock: Clockwork,
  definition: Collection<any>,
  row: string,
  set: Record<string, unknown>,
  into?: SpaceId,
): Promise<Written> {
  const text = hasText(definition, set) ? await loadText() : plainOnly
  try {
    return await db.transaction('rw', db.rows, db.outbox, db.meta, async (): Promise<Written> => {
      const session = await db.read('session')
      const space = into ?? spaceFor(definition, session)
      const role = roleOf(space, session)
      const kind = space === LOCAL_SPACE ? (definition.lives.includes('person') ? 'person' : 'team') : kindOf(space)
      const full = await withGroups(db, space, definition, row, set)
      const refusal = check({ collection: definition.name, row, set: full }, kind, role)
      if (refusal) return { kind: 'refused', refusal }
      const at = clock.now()
      await record(db, clock, { space, definition, row, set: full, author: authorOf(session) }, text)
      return { kind: 'written', at }
    })
  } catch (error) {
    return isQuota(error) ? { kind: 'full' } : fail(error)
  }
}

const roleOf = (space: SpaceId, session: SessionView | undefined): Role | null => (space === LOCAL_SPACE ? 'owner' : session ? roleIn(space, session) : null)

const hasText = (definition: Collection, set: Record<string, unknown>) => Object.keys(set).some((field) => fieldOf(definition, field)?.merge === 'text')

function fail(error: unknown): Written {
  console.error(error)
  return { kind: 'failed' }
}

/** Linked fields travel together: the ones not set keep their value. */
async function withGroups(db: OpstapDatabase, space: SpaceId, definition: Collection, row: string, set: Record<string, unknown>) {
  const groups = new Set(Object.keys(set).map((field) => fieldOf(definition, field)?.group).filter(Boolean))
  const missing = Object.keys(definition.fields).filter((field) => groups.has(definition.fields[field]!.group) && !(field in set))
  if (missing.length === 0) return set
  const values = (await db.rows.get([space, definition.name, row]))?.values ?? {}
  return { ...Object.fromEntries(missing.filter((field) => field in values).map((field) => [field, values[field]])), ...set }
}

type Change = { space: SpaceId; definition: Collection; row: string; set: Record<string, unknown>; author: OutboxEntry['author'] }

/** Stamps the change and puts row and outbox entry; runs inside the caller's transaction over rows, outbox and meta. */
async function record(db: OpstapDatabase, clock: Clockwork, change: Change, text: TextTools): Promise<void> {
  const { space, definition, row, author } = change
  const current = await db.rows.get([space, definition.name, row])
  const stamp = await nextStamp(db, clock)
  const units = new Set(Object.keys(change.set).map((field) => unitOf(definition, field)))
  if (definition.deletable) for (const unit of Object.keys(current?.stamps ?? {})) units.add(unit)
  const base = Object.fromEntries([...units].filter((unit) => current?.stamps[unit]).map((unit) => [unit, current!.stamps[unit]!]))
  const merged = merge(definition, current, { set: change.set, base, hlc: stamp.hlc, person: author }, text.merge)
  if (await coalesce(db, definition, change, stamp, text)) {
    await db.rows.put(toLocal(space, definition.name, row, merged.row, current?.beneath))
    return
  }
  const id = uuidv7({ random: clock.random(16), msecs: stamp.at }) as MutationId
  await db.rows.put(toLocal(space, definition.name, row, merged.row, beneathWith(current, id)))
  await db.outbox.add({
    id,
    client: stamp.client,
    n: await nextNumber(db),
    schema: SCHEMA_VERSION,
    at: stamp.at,
    hlc: stamp.hlc,
    space,
    collection: definition.name,
    row,
    set: change.set,
    base,
    author,
    state: 'waiting',
  })
}

/** Typing on in the same text joins the update that was never offered to the server yet. */
async function coalesce(db: OpstapDatabase, definition: Collection, { space, row, set, author }: Change, stamp: { hlc: Stamp; at: number }, text: TextTools) {
  const [field, ...others] = Object.keys(set)
  if (others.length > 0 || fieldOf(definition, field!)?.merge !== 'text') return false
  const entries = await db.outbox.where('[space+collection+row]').equals([space, definition.name, row]).toArray()
  const last = entries.sort((a, b) => b.n - a.n)[0]
  const joins = last && last.state === 'waiting' && last.schema === SCHEMA_VERSION && last.author === author && Object.keys(last.set).join() === field
  if (!joins) return false
  const joined = text.join(last.set[field!] as TextValue, set[field!] as TextValue)
  await db.outbox.put({ ...last, set: { [field!]: joined }, hlc: stamp.hlc, at: stamp.at })
  return true
}

/** The next stamp of this device; also kept, so that a clock that goes back never gives an earlier one. */
export async function nextStamp(db: OpstapDatabase, clock: Clockwork): Promise<{ hlc: Stamp; at: number; client: ClientId }> {
  const client = await clientId(db, clock)
  const at = clock.now()
  const last = (await db.read('clock')) ?? { ms: 0, counter: 0 }
  const moment = tick(last, at + ((await db.read('offset')) ?? 0))
  await db.write('clock', moment)
  return { hlc: stampOf(moment, client), at, client }
}

async function clientId(db: OpstapDatabase, clock: Clockwork): Promise<ClientId> {
  const known = await db.read('client')
  if (known) return known
  const made = newClientId(clock.random)
  await db.write('client', made)
  return made
}

export async function nextNumber(db: OpstapDatabase): Promise<number> {
  const n = ((await db.read('n')) ?? 0) + 1
  await db.write('n', n)
  return n
}

/** The browser has no room left; Dexie wraps the error of the transaction. */
export function isQuota(error: unknown): boolean {
  const { name, inner } = (error ?? {}) as { name?: string; inner?: unknown }
  return name === 'QuotaExceededError' || (inner !== undefined && isQuota(inner))
}

