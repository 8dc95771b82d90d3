import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correctStamps, later, momentOf, stampOf, tick, type Moment, type Written } from '../../src/domain/clock.ts'
import { Stamp, type ClientId } from '../../src/domain/ids.ts'

const client = 'abcdefghij' as ClientId
const moment = fc.record({ ms: fc.integer({ min: 0, max: 36 ** 9 - 2 }), counter: fc.integer({ min: 0, max: 36 ** 3 - 1 }) })
const compare = (a: Moment, b: Moment) => a.ms - b.ms || a.counter - b.counter

describe('stamps', () => {
  it('are ordered as text in the order of their moments, and read back', () => {
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [x, y] = [stampOf(a, client), stampOf(b, client)]
        expect(Stamp.safeParse(x).success).toBe(true)
        expect(momentOf(x)).toEqual(a)
        expect(x < y).toBe(compare(a, b) < 0)
      }),
    )
  })

  it('of one device always grow, whatever its wall clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e13, max: 1e13 }), { minLength: 2 }), (walls) => {
        let last: Moment = { ms: 0, counter: 0 }
        for (const wall of walls) {
          const next = tick(last, wall)
          expect(compare(next, last)).toBeGreaterThan(0)
          last = next
        }
      }),
    )
  })

  it('keeps the later of two moments', () => {
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        expect(compare(later(a, b), compare(a, b) > 0 ? a : b)).toBe(0)
      }),
    )
  })
})

describe('correcting a wrong clock', () => {
  const serverNow = Date.UTC(2026, 10, 21)

  /** What a device with this skew writes at these true times. */
  function written(trueTimes: readonly number[], skewAt: (index: number) => number): Written[] {
    let last: Moment = { ms: 0, counter: 0 }
    return trueTimes.map((time, i) => {
      const at = time + skewAt(i)
      last = tick(last, at)
      return { hlc: stampOf(last, client), at, client }
    })
  }

  it('leaves the stamps of a right clock as they are', () => {
    const batch = written([serverNow - 5_000, serverNow - 4_000, serverNow - 1], () => 0)
    expect(correctStamps(batch, { skewMs: 20, serverNow, measured: true, after: null })).toEqual(batch.map(({ hlc }) => hlc))
  })

  it('moves the stamps of a clock that is off by a constant to the true times', () => {
    for (const skew of [2 * 3600_000, -serverNow + 1_000, 10 * 365 * 86_400_000]) {
      const times = [serverNow - 60_000, serverNow - 30_000]
      const fixed = correctStamps(written(times, () => skew), { skewMs: -skew, serverNow, measured: false, after: null })
      expect(fixed.map((stamp) => momentOf(stamp).ms)).toEqual(times)
    }
  })

  it('never goes past the server time and always keeps the order of writing, however the clock jumped', () => {
    const jump = fc.integer({ min: -20 * 365 * 86_400_000, max: 20 * 365 * 86_400_000 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 86_400_000 }), jump), { minLength: 1, maxLength: 20 }), fc.boolean(), (events, measured) => {
        const ages = events.map(([age]) => age).sort((a, b) => b - a)
        const batch = written(ages.map((age) => serverNow - age), (i) => events[i]![1])
        const skewMs = -events.at(-1)![1]
        const fixed = correctStamps(batch, { skewMs, serverNow, measured, after: null })
        for (const [i, stamp] of fixed.entries()) {
          expect(momentOf(stamp).ms).toBeLessThanOrEqual(serverNow + 1_000)
          if (i > 0) expect(stamp > fixed[i - 1]!).toBe(true)
        }
      }),
    )
  })

  it('does not give an earlier stamp than the last one taken from the client', () => {
    const after = stampOf({ ms: serverNow - 10, counter: 5 }, client)
    const batch = written([serverNow - 3600_000], () => 7200_000)
    const [fixed] = correctStamps(batch, { skewMs: -7200_000, serverNow, measured: false, after })
    expect(fixed! > after).toBe(true)
  })
})
