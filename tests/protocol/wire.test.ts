/** The wire is a promise to every app that is out there. Here each kept release holds the present one to it. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { oldestProtocol } from '../../src/protocol/upcast.ts'
import { keptReleases } from '../releases/release.ts'
import { fingerprint, misfits, protocolBreaks, schemaBreaks, wireForm, type Json, type WireForm } from '../support/wire.ts'

const releases = keptReleases()
const now = wireForm()
const ACCEPTED_MONTHS = 24

const ago = (moment: string, at: Date) => {
  const then = new Date(moment)
  return (at.getFullYear() - then.getFullYear()) * 12 + at.getMonth() - then.getMonth()
}

test('there is a release to hold on to', () => expect(releases.length).toBeGreaterThan(0))

describe.each(releases)('apps of release $version', ({ version, takenAt, wire, ...release }) => {
  test('are described as they were: a kept release is never edited', () => {
    expect(fingerprint(wire), `tests/releases/${version}/wire.json was changed. Put it back.`).toBe(release.fingerprint)
  })

  test('can send and read: the wire did not change without a raised PROTOCOL_VERSION', () => {
    if (wire.protocol < now.protocol) return expect(oldestProtocol()).toBeLessThanOrEqual(wire.protocol)
    expect(protocolBreaks(wire, now), hint(version, 'PROTOCOL_VERSION in src/protocol/sync.ts', 'src/protocol/upcast.ts', wire.protocol)).toEqual([])
  })

  test('wrote what is still taken: no collection changed without a raised SCHEMA_VERSION', () => {
    if (wire.schema < now.schema) return
    expect(schemaBreaks(wire, now), hint(version, 'SCHEMA_VERSION in src/domain/collections.ts', 'src/domain/upcast.ts', wire.schema)).toEqual([])
  })

  test('may send for 24 months', () => {
    const tooOld = ago(takenAt, new Date()) > ACCEPTED_MONTHS
    expect(tooOld || oldestProtocol() <= wire.protocol).toBe(true)
  })
})

const hint = (version: string, constant: string, steps: string, from: number) =>
  `Apps of release ${version} (number ${from}) do not fit here any more. Take the change back, or raise ${constant} and add the step from ${from} to ${steps}. ` +
  `Only while ${version} is not released yet: npm run release:keep.`

describe('what breaks a promise and what does not', () => {
  const changed = (change: (form: any) => void): WireForm => {
    const form = structuredClone(now)
    change(form)
    return form
  }
  const form = (schema: z.core.$ZodType): Json => JSON.parse(JSON.stringify(z.toJSONSchema(schema)))
  const field = (schema: z.core.$ZodType, more: object = {}) => ({ merge: 'lastWriter', group: null, writers: null, optional: false, schema: form(schema), ...more })

  test.each<[string, (form: any) => void]>([
    ['a new collection', ({ collections }) => (collections.meeting = structuredClone(collections.evidence))],
    ['a new field', ({ collections }) => (collections.taskProgress.fields.due = field(z.string()))],
    ['a new place for a collection', ({ collections }) => collections.bookmark.lives.push('team')],
    ['one more option', ({ collections }) => collections.taskProgress.fields.status.schema.enum.push('waiting')],
    ['longer texts', ({ collections }) => (collections.evidence.fields.title.schema.maxLength = 1_000)],
    ['a new field of a group that may be left out', ({ collections }) => (collections.position.fields.zoom = field(z.optional(z.number()), { group: 'place', optional: true }))],
  ])('%s breaks nothing that old apps wrote', (_what, change) => expect(schemaBreaks(now, changed(change))).toEqual([]))

  test.each<[string, (form: any) => void, string]>([
    ['a collection that is gone', ({ collections }) => delete collections.bookmark, 'bookmark'],
    ['a field that is gone', ({ collections }) => delete collections.taskProgress.fields.note, 'taskProgress.note'],
    ['one option less', ({ collections }) => collections.taskProgress.fields.status.schema.enum.pop(), 'taskProgress.status'],
    ['a shorter text', ({ collections }) => (collections.evidence.fields.title.schema.maxLength = 20), 'evidence.title'],
    ['another way to merge', ({ collections }) => (collections.taskProgress.fields.note.merge = 'lastWriter'), 'taskProgress.note'],
    ['fewer people who may write', ({ collections }) => (collections.evidence.fields.title.writers = ['lead']), 'evidence.title'],
    ['another kind of id', ({ collections }) => (collections.evidence.id = form(z.string())), 'evidence (id)'],
    ['a place less', ({ collections }) => (collections.evidence.lives = ['team']), 'evidence in person'],
    ['no deleting any more', ({ collections }) => (collections.evidence.deletable = false), 'evidence'],
    ['a demanded field in a group', ({ collections }) => (collections.position.fields.zoom = field(z.number(), { group: 'place' })), 'position.zoom'],
    ['an answer of a worksheet of another kind', ({ collections }) => (collections.filledWorksheet.open.value.schema = form(z.string())), 'filledWorksheet.value'],
  ])('%s does', (_what, change, where) => {
    const breaks = schemaBreaks(now, changed(change))
    // A pattern that is gone takes more than before: that is no break.
    expect(breaks).toEqual(where === 'evidence (id)' ? expect.any(Array) : [where])
  })

  test.each<[string, (form: any) => void]>([
    ['a request may have more that need not be there', ({ requests }) => (requests.SyncRequest.properties.battery = { type: 'number' })],
    ['an answer may have more', ({ answers }) => ((answers.SyncAnswer.properties.motd = { type: 'string' }), answers.SyncAnswer.required.push('motd'))],
    ['limits may grow', ({ limits }) => (limits.MAX_MUTATIONS *= 2)],
  ])('%s', (_what, change) => expect(protocolBreaks(now, changed(change))).toEqual([]))

  test.each<[string, (form: any) => void, string]>([
    ['a request that must have more', ({ requests }) => ((requests.SyncRequest.properties.tab = { type: 'string' }), requests.SyncRequest.required.push('tab')), 'SyncRequest.tab'],
    ['a part of a request of another form', ({ requests }) => (requests.SyncRequest.properties.now = { type: 'string' }), 'SyncRequest.now'],
    ['an answer without something', ({ answers }) => delete answers.SyncAnswer.properties.acks && (answers.SyncAnswer.required = answers.SyncAnswer.required.filter((name: string) => name !== 'acks')), 'SyncAnswer.acks'],
    ['a status that old apps do not know', ({ answers }) => answers.SyncAnswer.properties.acks.items.properties.status.enum.push('delayed'), 'SyncAnswer.acks[].status'],
    ['a lower limit', ({ limits }) => (limits.MAX_MUTATIONS = 10), 'MAX_MUTATIONS'],
  ])('%s is a break', (_what, change, where) => expect(protocolBreaks(now, changed(change))).toEqual([where]))

  test('a form that is not understood counts as another one', () => {
    expect(misfits({ type: 'string', format: 'date' }, { type: 'string', format: 'time' }, 'x')).toEqual(['x'])
    expect(misfits({ type: 'string' }, { type: 'string', pattern: '^a' }, 'x')).toEqual(['x'])
  })
})
