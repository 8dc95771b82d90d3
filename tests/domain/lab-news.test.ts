import { describe, expect, it } from 'vitest'
import { stampOf } from '../../src/domain/clock.ts'
import type { ClientId } from '../../src/domain/ids.ts'
import { begunIn, daysUntil, dueDateWords, leftShort, openDates, readId, unreadIn, type LabRow } from '../../src/domain/lab-news.ts'

const at = (iso: string) => Date.parse(iso)
const row = (collection: string, id: string, values: Record<string, unknown>, written = at('2026-05-01T08:00:00.000Z')): LabRow => {
  const stamp = stampOf({ ms: written, counter: 0 }, 'toestelaan' as ClientId)
  const each = <T>(value: T) => Object.fromEntries(Object.keys(values).map((field) => [field, value]))
  return { collection, id, values, stamps: each(stamp), by: each('bart') }
}

describe('days until a date', () => {
  it.each([
    ['2026-05-12T15:00:00Z', '2026-05-09T21:59:00Z', 3],
    // Past midnight here, not yet in UTC.
    ['2026-05-12T15:00:00Z', '2026-05-09T22:01:00Z', 2],
    ['2026-05-12T21:59:00Z', '2026-05-11T22:01:00Z', 0],
    // Over the beginning and the end of summer time.
    ['2026-03-30T06:00:00Z', '2026-03-27T22:30:00Z', 3],
    ['2026-10-26T22:30:00Z', '2026-10-23T22:30:00Z', 2],
    ['2026-05-12T15:00:00Z', '2026-05-14T08:00:00Z', -2],
  ])('%s from %s: %i', (due, now, days) => expect(daysUntil(at(due), at(now))).toBe(days))

  it('are told as people count', () => {
    const due = at('2026-05-12T15:00:00Z')
    expect(leftShort(due, at('2026-05-09T10:00:00Z'))).toBe('nog 3 dagen')
    expect(leftShort(due, at('2026-05-11T21:00:00Z'))).toBe('nog 1 dag')
    expect(leftShort(due, at('2026-05-12T06:00:00Z'))).toBe('vandaag')
    expect(leftShort(due, at('2026-05-12T16:00:00Z'))).toBe('te laat sinds 17.00 uur')
    expect(leftShort(due, at('2026-05-14T06:00:00Z'))).toBe('2 dagen te laat')
    expect(dueDateWords(due, at('2026-05-09T10:00:00Z'))).toBe('dinsdag 12 mei 2026, 17.00 uur (nog 3 dagen)')
    expect(dueDateWords(due, at('2026-05-14T06:00:00Z'))).toBe('dinsdag 12 mei 2026, 17.00 uur (2 dagen te laat, je kan nog versturen)')
  })
})

describe('dates that still ask something of a team', () => {
  const lab = [row('labAssignment', 'persona', { due: '2026-05-12T15:00:00.000Z' }), row('labAssignment', 'reis', { due: '2026-05-10T15:00:00.000Z' }), row('labAssignment', 'later', { due: null })]
  const open = (entry: LabRow[], begun: string[] = []) => openDates({ lab, entry, begun: new Set(begun) }).map(({ assignment, state }) => `${assignment} ${state}`)
  const sent = row('submission', 's1', { assignment: 'persona' })
  const feedback = (verdict: string, releasedAt: string) => row('feedback', `f-${releasedAt}`, { submission: 's1', verdict, releasedAt })

  it('are the soonest first, by what was not sent', () => {
    expect(open([])).toEqual(['reis notStarted', 'persona notStarted'])
    expect(open([], ['persona'])).toEqual(['reis notStarted', 'persona draft'])
    expect(open([sent])).toEqual(['reis notStarted'])
  })

  it('are also of what has to be completed, as the newest feedback says', () => {
    expect(open([sent, feedback('toComplete', '2026-05-02T08:00:00.000Z')])).toEqual(['reis notStarted', 'persona toComplete'])
    expect(open([sent, feedback('done', '2026-05-03T08:00:00.000Z'), feedback('toComplete', '2026-05-02T08:00:00.000Z')])).toEqual(['reis notStarted'])
    expect(open([sent, feedback('toComplete', '2026-05-02T08:00:00.000Z'), row('submission', 's2', { assignment: 'persona' }, at('2026-05-04T08:00:00Z'))])).toEqual(['reis notStarted'])
  })

  it('go by the extension, also where the lab has no date, and not by one that was taken back', () => {
    const due = (entry: LabRow[], wanted: string) => openDates({ lab, entry, begun: new Set() }).find(({ assignment }) => assignment === wanted)?.due
    expect(due([row('extension', 'reis', { due: '2026-06-01T15:00:00.000Z' })], 'reis')).toBe(at('2026-06-01T15:00:00Z'))
    expect(due([row('extension', 'los', { due: '2026-06-01T15:00:00.000Z' })], 'los')).toBe(at('2026-06-01T15:00:00Z'))
    expect(due([row('extension', 'reis', { due: null })], 'reis')).toBe(at('2026-05-10T15:00:00Z'))
    expect(due([], 'later')).toBeUndefined()
  })
})

describe('what someone did not read', () => {
  const said = row('announcement', 'a1', { text: 'Een andere zaal.', from: 'Bart' })
  const gone = row('announcement', 'a2', { text: 'Toch niet.', from: 'Bart', deleted: true })
  const entry = [row('submission', 's1', { assignment: 'persona' }), row('feedback', 'f1', { submission: 's1', verdict: 'done', from: 'Bart', releasedAt: '2026-05-02T08:00:00.000Z' }), row('feedback', 'f2', { submission: 'unknown', verdict: 'done', releasedAt: '2026-05-02T08:00:00.000Z' })]
  const unread = (...reads: [string, string][]) => {
    const found = unreadIn('lab', { lab: [said, gone], entry }, reads.map(([id, moment]) => ({ id, values: { at: moment } })))
    return [...found.said, ...found.given].map(({ id }) => id)
  }

  it('is what came after the last look at that place', () => {
    expect(unread()).toEqual(['a1', 'f1'])
    expect(unread([readId('lab'), '2026-05-01T08:00:00.000Z'])).toEqual(['f1'])
    expect(unread([readId('lab'), '2026-05-01T07:59:59.999Z'], [readId('lab', 'persona'), '2026-05-02T08:00:00.000Z'])).toEqual(['a1'])
    expect(unread([readId('lab', 'reis'), '2026-06-01T08:00:00.000Z'])).toEqual(['a1', 'f1'])
  })
})

describe('a draft that was begun', () => {
  it.each([
    [{ 'value.naam': 'Zonnebloem' }, true],
    [{ 'text.dag': { y: '', t: ' ' } }, false],
    [{ 'text.dag': { y: '', t: 'Vroeg op' } }, true],
    [{ 'value.kan': false, 'value.wie': null, order: 3 }, false],
  ])('%j: %s', (values, begun) => expect(begunIn([{ id: 'lab--persona', values }], 'lab').has('persona')).toBe(begun))

  it('is of its own lab', () => expect([...begunIn([{ id: 'elders--persona', values: { 'value.naam': 'x' } }], 'lab')]).toEqual([]))
})
