/**
 * What was written in some rows, put together for reading: who, when, what. The server tells it of its whole log, a device
 * of its own changes; both by this rule.
 */
import { fieldOf, unitOf, type Collection, type TextValue } from './collection.ts'
import { collectionNamed } from './collections.ts'
import { isFreeText } from './keep-both.ts'
import { DELETED } from './row.ts'

/** One change as it was logged. Times in ms since 1970. */
export type LoggedChange = {
  id: string
  collection: string
  row: string
  set: Record<string, unknown>
  person: string | null
  at: number
  /** When the server got it; null: it did not yet. */
  receivedAt: number | null
  /** `superseded`: a later value was there already; `parked`: it was not applied. */
  status: 'applied' | 'superseded' | 'parked'
}

/** One unit of a row as someone left it. */
export type Version = Omit<LoggedChange, 'set'> & {
  // Its `id` is that of the last change, a dot, and the unit.
  unit: string
  /** Of a text: its plain words. Of linked fields: an object. */
  value: unknown
}

/** Reads a text update on top of those before it of the same text; gives the plain words after it. */
export type ReadText = (update: TextValue) => string

/** Typing is saved every second; who typed on within this time, in ms, wrote one version. */
const SESSION_MS = 600_000
/** A step that takes out this many characters ends the version before it: what was there can be wanted back. */
const MUCH_REMOVED = 20

/** `changes` in the order of arrival; the versions come newest first. `textReader` makes a reader for each text. */
export function versionsOf(changes: readonly LoggedChange[], textReader: () => ReadText): Version[] {
  const versions: Version[] = []
  const latest = new Map<string, Version>()
  const texts = new Map<string, { read: ReadText; applied: TextValue[] }>()
  for (const change of changes) {
    const definition = collectionNamed(change.collection)
    if (!definition) continue
    for (const [unit, value] of unitsToTell(definition, change.set)) {
      const key = `${change.collection}\n${change.row}\n${unit}`
      const { set: _set, ...logged } = change
      const isText = fieldOf(definition, unit)?.merge === 'text'
      const version: Version = { ...logged, id: `${change.id}.${unit}`, unit, value: isText ? textAfter(value as TextValue, change, key) : value }
      const before = latest.get(key)
      if (before && isOneStretch(definition, before, version)) versions.splice(versions.indexOf(before), 1)
      versions.push(version)
      latest.set(key, version)
    }
  }
  return versions.map((_, index) => versions[versions.length - 1 - index]!)

  function textAfter(update: TextValue, { status }: LoggedChange, key: string): string {
    const text = texts.get(key) ?? { read: textReader(), applied: [] }
    texts.set(key, text)
    if (status !== 'parked') {
      text.applied.push(update)
      return text.read(update)
    }
    // What was not applied is no part of the text that goes on.
    const aside = textReader()
    for (const one of text.applied) aside(one)
    return aside(update)
  }
}

/** What people choose or type; what a row is made with and never changes goes without saying. */
function unitsToTell(definition: Collection, set: Record<string, unknown>): Map<string, unknown> {
  const units = new Map<string, unknown>()
  for (const [name, value] of Object.entries(set)) {
    const field = fieldOf(definition, name)
    if (name !== DELETED && (!field || field.merge === 'insertOnly' || field.quiet || field.writers === 'server')) continue
    const unit = unitOf(definition, name)
    units.set(unit, unit === name ? value : { ...(units.get(unit) as object | undefined), [name]: value })
  }
  return units
}

function isOneStretch(definition: Collection, before: Version, now: Version): boolean {
  const together = before.person === now.person && before.status === 'applied' && now.status === 'applied' && now.at - before.at <= SESSION_MS && now.at >= before.at
  if (!together || typeof before.value !== 'string' || typeof now.value !== 'string' || !isFreeText(definition, now.unit)) return false
  return removedBetween(before.value, now.value) < MUCH_REMOVED
}

function removedBetween(before: string, now: string): number {
  const shorter = Math.min(before.length, now.length)
  let start = 0
  while (start < shorter && before[start] === now[start]) start += 1
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end += 1
  return before.length - start - end
}
