import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stampOf } from '../../src/domain/clock.ts'
import type { Stamp, ClientId } from '../../src/domain/ids.ts'
import type { Collection, TextValue } from '../../src/domain/collection.ts'
import { collections } from '../../src/domain/collections.ts'
import { equal, merge, type Change, type MergeText } from '../../src/domain/merge.ts'
import { isDeleted, type Row } from '../../src/domain/row.ts'

const { evidence, filledWorksheet, position, taskProgress, worksheetRow } = collections as unknown as Record<string, Collection>
const clients = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'] as ClientId[]
const stamp = (ms: number, client = 0): Stamp => stampOf({ ms, counter: 0 }, clients[client]!)
/** Joins texts as sets of words, so that order does not matter: enough to see whether a text got lost. */
const mergeText: MergeText = (a, b) => {
  const words = new Set([...(a?.t ?? '').split(' '), ...(b.t ?? '').split(' ')].filter(Boolean))
  return { y: '', t: [...words].sort().join(' ') }
}
const change = (set: Record<string, unknown>, hlc: Stamp, base: Record<string, Stamp> = {}): Change => ({ set, base, hlc, person: hlc.slice(14) })
const apply = (definition: Collection, changes: Change[]) => changes.reduce<Row | undefined>((row, one) => merge(definition, row, one, mergeText).row, undefined)!

describe('merging values', () => {
  it('ends the same in whatever order the changes arrive', () => {
    const changes = fc.array(
      fc.record({ ms: fc.integer({ min: 1, max: 50 }), client: fc.integer({ min: 0, max: 2 }), status: fc.constantFrom('done', 'inProgress'), note: fc.option(fc.constantFrom('een', 'twee', 'drie')) }),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(changes, fc.infiniteStream(fc.nat()), (list, order) => {
        const seen = new Map(list.map(({ ms, client, status, note }) => [stamp(ms, client), change({ status, ...(note ? { note: { y: '', t: note } } : {}) }, stamp(ms, client))]))
        const all = [...seen.values()]
        const keys = new Map(all.map((one) => [one, order.next().value as number]))
        const shuffled = [...all].sort((a, b) => keys.get(a)! - keys.get(b)!)
        const [one, other] = [apply(taskProgress!, all), apply(taskProgress!, shuffled)]
        expect(other.values).toEqual(one.values)
        expect(other.stamps).toEqual(one.stamps)
      }),
    )
  })

  it('applied twice is applied once', () => {
    const row = apply(taskProgress!, [change({ status: 'done' }, stamp(2))])
    const again = merge(taskProgress, row, change({ status: 'done' }, stamp(2)), mergeText)
    expect(again).toMatchObject({ row, changed: false, verbatim: true, conflicts: [] })
  })

  it('is not taken as sent when the same value stands in the name of another', () => {
    const row = apply(taskProgress!, [{ ...change({ status: 'done' }, stamp(2)), person: 'bo' }])
    const original = merge(taskProgress, row, change({ status: 'done' }, stamp(2)), mergeText)
    expect(original).toMatchObject({ row, changed: false, verbatim: false })
  })

  it('shows a conflict exactly when the winner did not see the loser', () => {
    const row = apply(taskProgress!, [change({ status: 'done' }, stamp(5, 0))])
    const blind = merge(taskProgress, row, change({ status: 'inProgress' }, stamp(6, 1)), mergeText)
    expect(blind.conflicts).toMatchObject([{ unit: 'status', winner: { value: 'inProgress' }, loser: { value: 'done' } }])
    const seeing = merge(taskProgress, row, change({ status: 'inProgress' }, stamp(6, 1), { status: stamp(5, 0) }), mergeText)
    expect(seeing.conflicts).toEqual([])
    const late = merge(taskProgress, row, change({ status: 'inProgress' }, stamp(4, 1)), mergeText)
    expect(late).toMatchObject({ changed: false, verbatim: false, conflicts: [{ winner: { value: 'done' }, loser: { value: 'inProgress' } }] })
    const same = merge(taskProgress, row, change({ status: 'done' }, stamp(6, 1)), mergeText)
    expect(same.conflicts).toEqual([])
    const ownDevice = merge(taskProgress, row, change({ status: 'inProgress' }, stamp(6, 0)), mergeText)
    expect(ownDevice.conflicts).toEqual([])
  })

  it('lets who saw a value and changed it win, whatever the clocks said', () => {
    const ahead = apply(taskProgress!, [change({ status: 'done' }, stamp(90_000, 0))])
    const { row, conflicts, verbatim } = merge(taskProgress, ahead, change({ status: 'inProgress' }, stamp(5_000, 1), { status: stamp(90_000, 0) }), mergeText)
    expect(row.values).toEqual({ status: 'inProgress' })
    expect(row.stamps.status! > stamp(90_000, 0)).toBe(true)
    expect(row.stamps.status).toContain(clients[1])
    expect([conflicts, verbatim]).toEqual([[], false])
  })

  it('asks nobody to choose between two places where a person was last', () => {
    const row = apply(position!, [change({ path: '/starten/a', at: 'a' }, stamp(2, 0))])
    const later = merge(position, row, change({ path: '/starten/b', at: 'b' }, stamp(3, 1)), mergeText)
    expect(later).toMatchObject({ changed: true, conflicts: [], row: { values: { path: '/starten/b' } } })
  })

  it('wins or loses linked fields together', () => {
    const row = apply(position!, [change({ path: '/starten/a', at: 'a' }, stamp(2, 0)), change({ path: '/starten/b', at: 'b' }, stamp(1, 1))])
    expect(row.values).toEqual({ path: '/starten/a', at: 'a' })
    expect(Object.keys(row.stamps)).toEqual(['place'])
  })

  it('keeps the first value of an insert-only field', () => {
    const row = apply(evidence!, [change({ task: 'later' }, stamp(9, 0)), change({ task: 'eerst' }, stamp(3, 1)), change({ task: 'midden' }, stamp(5, 2))])
    expect(row.values.task).toBe('eerst')
  })

  it('never loses a text', () => {
    const row = apply(taskProgress!, [change({ note: { y: '', t: 'een' } }, stamp(5, 0)), change({ note: { y: '', t: 'twee' } }, stamp(3, 1))])
    expect((row.values.note as TextValue).t).toBe('een twee')
  })
})

describe('merging fields that content names', () => {
  it('keeps what two people filled in under different questions', () => {
    const one = change({ 'value.trekker': 'Schepen', 'text.opdracht': { y: '', t: 'een' } }, stamp(5, 0))
    const other = change({ 'value.start': '2026-12-01', 'text.opdracht': { y: '', t: 'twee' } }, stamp(4, 1))
    const merged = merge(filledWorksheet, apply(filledWorksheet!, [one]), other, mergeText)
    expect(merged.conflicts).toEqual([])
    expect(merged.row.values).toEqual({ 'value.trekker': 'Schepen', 'value.start': '2026-12-01', 'text.opdracht': { y: '', t: 'een twee' } })
  })

  it('shows two answers to one question as a choice', () => {
    const row = apply(filledWorksheet!, [change({ 'value.trekker': 'Schepen' }, stamp(5, 0))])
    expect(merge(filledWorksheet, row, change({ 'value.trekker': 'Directeur' }, stamp(6, 1)), mergeText).conflicts).toMatchObject([{ unit: 'value.trekker' }])
  })

  it('keeps a row of which a cell was written by someone who had not seen its removal', () => {
    const made = change({ order: 1, 'value.wat': 'Bord' }, stamp(1, 0))
    const seen = { order: stamp(1, 0), 'value.wat': stamp(1, 0) }
    const row = apply(worksheetRow!, [made, change({ deleted: true }, stamp(3, 1), seen), change({ 'value.rol': 'Balie' }, stamp(2, 0), seen)])
    expect(isDeleted(row)).toBe(false)
    expect(row.values).toMatchObject({ 'value.wat': 'Bord', 'value.rol': 'Balie' })
  })

  it('asks nobody to choose between two orders', () => {
    const row = apply(worksheetRow!, [change({ order: 1 }, stamp(1, 0))])
    expect(merge(worksheetRow, row, change({ order: 2 }, stamp(2, 1)), mergeText)).toMatchObject({ conflicts: [], row: { values: { order: 2 } } })
  })
})

describe('deleting', () => {
  const inserted = change({ task: 'x', title: 'Nota' }, stamp(1, 0))
  const seen = { task: stamp(1, 0), title: stamp(1, 0) }

  it('hides a row that nobody changed since', () => {
    const row = apply(evidence!, [inserted, change({ deleted: true }, stamp(2, 1), seen)])
    expect(isDeleted(row)).toBe(true)
  })

  it('gives way to an edit that it did not see, in either order of arrival', () => {
    const edit = change({ title: 'Nieuw' }, stamp(3, 0), seen)
    const remove = change({ deleted: true }, stamp(4, 1), seen)
    for (const order of [
      [inserted, edit, remove],
      [inserted, remove, edit],
    ]) {
      const row = apply(evidence!, order)
      expect(isDeleted(row)).toBe(false)
      expect(row.values.title).toBe('Nieuw')
    }
    const last = merge(evidence, apply(evidence!, [inserted, edit]), remove, mergeText)
    expect(last.conflicts).toMatchObject([{ unit: 'deleted', winner: { value: false }, loser: { value: true } }])
  })

  it('stays when the editor had seen it, and can be taken back', () => {
    const removed = apply(evidence!, [inserted, change({ deleted: true }, stamp(2, 1), seen)])
    const knowing = merge(evidence, removed, change({ title: 'Toch' }, stamp(3, 0), { ...seen, deleted: stamp(2, 1) }), mergeText)
    expect(isDeleted(knowing.row)).toBe(true)
    const back = merge(evidence, removed, change({ deleted: false }, stamp(3, 0), { deleted: stamp(2, 1) }), mergeText)
    expect(isDeleted(back.row)).toBe(false)
  })
})

it('compares JSON values by contents', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(equal(value, structuredClone(value))).toBe(true)
    }),
  )
  for (const [a, b] of [[1, '1'], [[], {}], [{ a: 1 }, { b: 1 }], [null, {}], [[1, 2], [2, 1]]]) expect(equal(a, b)).toBe(false)
})
