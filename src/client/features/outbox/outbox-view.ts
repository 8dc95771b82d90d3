/** What the outbox shows, read from the store in one go. */
import type { SpaceId } from '../../../domain/ids.ts'
import { unitOf } from '../../../domain/collection.ts'
import { collectionNamed, collections } from '../../../domain/collections.ts'
import { kindOf } from '../../../domain/spaces.ts'
import { DELETED, isDeleted } from '../../../domain/row.ts'
import type { OpstapDatabase, OutboxEntry } from '../../db/database.ts'
import { selectRows } from '../../db/rows.ts'
import type { Identity } from '../../sync/client.ts'
import { builtOn } from '../../sync/delete-unsent.ts'
import { authorOf, dossierSpace } from '../../sync/identity.ts'
import { mayWriteIn } from '../../sync/parked.ts'
import { workSpaces } from '../../sync/work-spaces.ts'
import { readChoices, type Choice } from './choices.ts'
import { readNames } from './names.ts'
import { changeWords, type Wording } from './wording.ts'

export type Line = {
  entry: OutboxEntry
  words: Wording
  bytes: number
  /** The person may still write there; a parked change without it cannot be tried again. */
  open: boolean
  /** How many later changes go along when this one is deleted; null: it cannot be deleted here. */
  along: number | null
}

export type OutboxView = {
  signedIn: boolean
  expired: boolean
  /** Rows of the dossier and the person on this device. */
  kept: number
  waiting: Line[]
  parked: Line[]
  /** The latest that the server has. */
  safe: Line[]
  choices: Choice[]
  /** Changes of someone else that wait on this device. */
  sealed: number
  syncedAt: number | undefined
  /** Server's clock − own clock, in ms; 0 as long as it was not measured. */
  offset: number
}

/** Rows that are nobody's work. */
const madeByServer = new Set<string>([collections.member.name, collections.questionRegistration.name, collections.conflict.name])

/** How many changes the server has already are shown. */
const SAFE_SHOWN = 8

export async function readOutbox(db: OpstapDatabase): Promise<OutboxView> {
  const session = await db.read('session')
  const author = authorOf(session)
  const dossier = dossierSpace(session)
  const pending = await db.outbox.where('state').anyOf('waiting', 'sent', 'parked').sortBy('n')
  const own = pending.filter((entry) => entry.author === author)
  const waiting = own.filter(({ state }) => state !== 'parked')
  const safe = await latestAcked(db, author, dossier)
  const names = await readNames(db, dossier, [...own, ...safe])
  const line = (entry: OutboxEntry): Line => ({
    entry,
    words: changeWords(entry, unitsIn(entry), names),
    bytes: new TextEncoder().encode(JSON.stringify(entry)).length,
    open: mayWriteIn(entry.space, session),
    along: session && !isMove(entry, waiting, dossier) ? builtOn(entry, waiting.filter((other) => isSameRow(entry, other))).length - 1 : null,
  })
  return {
    signedIn: session !== undefined,
    expired: (await db.read('expired')) ?? false,
    kept: await countKept(db, session),
    waiting: (session ? waiting : latestPerThing([...waiting].sort((a, b) => b.n - a.n))).map(line),
    parked: own.filter(({ state }) => state === 'parked').map(line),
    safe: safe.map(line),
    choices: await readChoices(db),
    sealed: pending.length - own.length,
    syncedAt: await db.read('syncedAt'),
    offset: (await db.read('offset')) ?? 0,
  }
}

const isSameRow = (a: OutboxEntry, b: OutboxEntry): boolean => a.space === b.space && a.collection === b.collection && a.row === b.row

/** Part of the dossier's move to the team: half of a move would lose the row. */
function isMove({ space, collection, row }: OutboxEntry, waiting: readonly OutboxEntry[], dossier: SpaceId): boolean {
  if (!collectionNamed(collection)?.dossier || kindOf(dossier) === 'person' || kindOf(space) === 'desk') return false
  if (space !== dossier) return true
  return waiting.some((other) => other.space !== space && other.collection === collection && other.row === row && other.set[DELETED] === true)
}

/** What the server took last; ids sort by the time of writing. Work that moved to the team is told once, where it is now. */
async function latestAcked(db: OpstapDatabase, author: string | null, dossier: SpaceId): Promise<OutboxEntry[]> {
  const isShown = (entry: OutboxEntry) =>
    entry.author === author && entry.collection !== collections.conflict.name && (entry.space === dossier || kindOf(entry.space) === 'desk' || !collectionNamed(entry.collection)?.dossier)
  const acked = db.outbox.where('state').equals('acked')
  // oxlint-disable-next-line unicorn/no-array-reverse -- a query, not an array
  const latest = await acked.reverse().filter(isShown).limit(SAFE_SHOWN * 5).toArray()
  return latestPerThing(latest).slice(0, SAFE_SHOWN)
}

async function countKept(db: OpstapDatabase, session: Identity['session']): Promise<number> {
  const counts = await Promise.all(workSpaces(session).map((space) => selectRows(db, space).filter((row) => !madeByServer.has(row.collection) && !isDeleted(row)).count()))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The values that a change set, per unit: linked fields as one. */
function unitsIn({ collection, set }: Pick<OutboxEntry, 'collection' | 'set'>): Record<string, unknown> {
  const definition = collectionNamed(collection)
  const units: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(set)) {
    const unit = definition ? unitOf(definition, field) : field
    units[unit] = unit === field ? value : { ...(units[unit] as object | undefined), [field]: value }
  }
  return units
}

/** The first of each thing in `entries`: a status that was changed five times is one thing. */
function latestPerThing(entries: readonly OutboxEntry[]): OutboxEntry[] {
  const things = new Map<string, OutboxEntry>()
  for (const entry of entries) {
    const key = [entry.space, entry.collection, entry.row, ...Object.keys(entry.set).sort()].join('\n')
    if (!things.has(key)) things.set(key, entry)
  }
  return [...things.values()]
}
