/**
 * The merge rule, pure. The server applies it in the order of arrival and is the one authority on the result; a device
 * applies the same rule to show what it wrote on top of what it last pulled.
 */
import { clientOf, momentOf, stampOf, tick } from './clock.ts'
import type { Stamp } from './ids.ts'
import { DELETED, emptyRow, isDeleted, type Row } from './row.ts'
import { fieldOf, unitOf, type Collection, type TextValue } from './collection.ts'

export type Change = {
  set: Record<string, unknown>
  /** Per unit the stamp that the writer saw; a unit that had no value is left out. */
  base: Record<string, Stamp>
  hlc: Stamp
  person: string | null
}

export type Side = { value: unknown; stamp: Stamp; person: string | null }
/** Two values for one unit of which the winner did not see the loser. */
export type Conflict = { unit: string; winner: Side; loser: Side }

export type Merged = {
  row: Row
  /** At least one value of the row is now another. */
  changed: boolean
  /** Every value of the change is in the row as it was sent. */
  verbatim: boolean
  conflicts: Conflict[]
}

/** Merges two text values; kept outside so that the domain does not load the text library. */
export type MergeText = (current: TextValue | undefined, update: TextValue) => TextValue

/** Applies one change to a row and tells what became of it. Never throws on data that passed `check`. */
export function merge(definition: Collection | undefined, current: Row | undefined, change: Change, mergeText: MergeText): Merged {
  const before = current ?? emptyRow()
  const row: Row = { values: { ...before.values }, stamps: { ...before.stamps }, by: { ...before.by } }
  const result: Merged = { row, changed: false, verbatim: true, conflicts: [] }
  for (const [unit, set] of unitsOf(definition, change.set)) {
    if (unit === DELETED && set[DELETED] === true) mergeDelete(before, change, result)
    else mergeUnit(definition, unit, set, before, change, result, mergeText)
  }
  if (!(DELETED in change.set) && isDeleted(row) && result.changed) revive(before, change, result)
  return result
}

function unitsOf(definition: Collection | undefined, set: Record<string, unknown>): Map<string, Record<string, unknown>> {
  const units = new Map<string, Record<string, unknown>>()
  for (const [field, value] of Object.entries(set)) {
    const unit = definition ? unitOf(definition, field) : field
    units.set(unit, { ...units.get(unit), [field]: value })
  }
  return units
}

function mergeUnit(
  definition: Collection | undefined,
  unit: string,
  set: Record<string, unknown>,
  before: Row,
  change: Change,
  result: Merged,
  mergeText: MergeText,
): void {
  const field = definition && fieldOf(definition, Object.keys(set)[0]!)
  const rule = field?.merge ?? 'lastWriter'
  const stamp = before.stamps[unit]
  if (rule === 'text') {
    const text = mergeText(before.values[unit] as TextValue | undefined, set[unit] as TextValue)
    const other = stamp !== undefined && change.base[unit] !== stamp
    if (other) result.verbatim = false
    write(unit, { [unit]: text }, change, result, stamp !== undefined && stamp > change.hlc ? stamp : change.hlc)
    return
  }
  if (stamp === undefined) return write(unit, set, change, result, change.hlc)
  const same = equal(set, valuesIn(before, set))
  const seen = change.base[unit] === stamp
  const wins = rule === 'insertOnly' ? change.hlc < stamp : seen || change.hlc > stamp
  const unseen = !seen && clientOf(stamp) !== clientOf(change.hlc)
  if (unseen && !same && rule === 'lastWriter' && !field?.quiet) {
    const mine: Side = { value: valueOf(unit, set), stamp: change.hlc, person: change.person }
    const theirs: Side = { value: valueOf(unit, valuesIn(before, set)), stamp, person: before.by[unit] ?? null }
    result.conflicts.push({ unit, winner: wins ? mine : theirs, loser: wins ? theirs : mine })
  }
  if (wins) replace(unit, set, change, result, stamp)
  // The same value with the same stamp may have come from someone else, who wrote it back after a restore.
  else if (stamp !== change.hlc || !same || (before.by[unit] ?? null) !== change.person) result.verbatim = false
}

/**
 * Who saw a value and then changed it wrote later, whatever the clocks said meanwhile: a server that was a day ahead for an
 * hour must not make every edit of the next day lose. The new stamp then follows the one it replaces.
 */
function replace(unit: string, set: Record<string, unknown>, change: Change, result: Merged, replaced: Stamp): void {
  const backwards = change.hlc < replaced && change.base[unit] === replaced
  if (backwards) result.verbatim = false
  write(unit, set, change, result, backwards ? stampOf(tick(momentOf(replaced), 0), clientOf(change.hlc)) : change.hlc)
}

/** A delete that did not see the newest edit of another device loses: the edit stays, the wish to delete is shown. */
function mergeDelete(before: Row, change: Change, result: Merged): void {
  const unseen = Object.entries(before.stamps).find(
    ([unit, stamp]) => unit !== DELETED && change.base[unit] !== stamp && clientOf(stamp) !== clientOf(change.hlc),
  )
  if (!unseen) {
    const stamp = before.stamps[DELETED]
    if (stamp === undefined) write(DELETED, { [DELETED]: true }, change, result, change.hlc)
    else if (change.hlc > stamp || change.base[DELETED] === stamp) replace(DELETED, { [DELETED]: true }, change, result, stamp)
    else result.verbatim = false
    return
  }
  const [unit, stamp] = unseen
  result.verbatim = false
  result.conflicts.push({
    unit: DELETED,
    winner: { value: false, stamp, person: before.by[unit] ?? null },
    loser: { value: true, stamp: change.hlc, person: change.person },
  })
}

/** An edit of a deleted row by someone who had not seen the deletion brings the row back. */
function revive(before: Row, change: Change, result: Merged): void {
  const deletedAt = before.stamps[DELETED]!
  if (change.base[DELETED] === deletedAt) return
  result.verbatim = false
  result.conflicts.push({
    unit: DELETED,
    winner: { value: false, stamp: change.hlc, person: change.person },
    loser: { value: true, stamp: deletedAt, person: before.by[DELETED] ?? null },
  })
  write(DELETED, { [DELETED]: false }, change, result, change.hlc > deletedAt ? change.hlc : deletedAt)
}

function write(unit: string, values: Record<string, unknown>, change: Change, result: Merged, stamp: Stamp): void {
  Object.assign(result.row.values, values)
  result.row.stamps[unit] = stamp
  result.row.by[unit] = change.person
  result.changed = true
}

const valuesIn = (row: Row, set: Record<string, unknown>) => Object.fromEntries(Object.keys(set).map((field) => [field, row.values[field]]))
const valueOf = (unit: string, values: Record<string, unknown>) => (unit in values ? values[unit] : values)

/** Deep equality of JSON values. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal((a as any)[key], (b as any)[key]))
}
