import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createVocabulary, slips } from '../../../src/client/features/search/vocabulary.ts'

const words = ['plan', 'planlast', 'plannen', 'plein', 'schepen', 'schepenen', 'toegankelijk', 'toegankelijkheid']
const { startingWith, near } = createVocabulary(words, [9, 1, 5, 2, 7, 8, 3, 4])

describe('completing', () => {
  test('gives the most common first, no more than asked', () => {
    expect(startingWith('plan', 10)).toEqual(['plan', 'plannen', 'planlast'])
    expect(startingWith('plan', 2)).toEqual(['plan', 'plannen'])
    expect(startingWith('sch', 10)).toEqual(['schepenen', 'schepen'])
    expect(startingWith('x', 10)).toEqual([])
    expect(startingWith('toegankelijkheden', 10)).toEqual([])
  })
})

describe('slips', () => {
  test.each([
    ['toegankelijkhied', 'toegankelijkheid', 1],
    ['schepne', 'schepen', 1],
    ['pln', 'plan', 1],
    ['plaan', 'plan', 1],
    ['plen', 'plan', 1],
    ['plan', 'plan', 0],
    ['tegankelijkhied', 'toegankelijkheid', 2],
  ])('%s for %s: %i', (typed, meant, count) => {
    expect(slips(typed, meant, 3)).toBe(count)
  })

  test('are counted the same both ways, and stop counting above what was asked', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        const count = slips(a, b, 20)
        expect(slips(b, a, 20)).toBe(count)
        expect(count === 0).toBe(a === b)
        expect(count).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
        expect(slips(a, b, 1) > 1).toBe(count > 1)
      }),
    )
  })

  test('lead to the nearest word, the most common of two', () => {
    expect(near('toegankelijkhied', 2, 3)).toEqual([{ word: 'toegankelijkheid', edits: 1 }])
    expect(near('plin', 1, 5).map(({ word }) => word)).toEqual(['plan', 'plein'])
    expect(near('plan', 0, 5)).toEqual([{ word: 'plan', edits: 0 }])
    expect(near('xxxx', 1, 5)).toEqual([])
  })

  test('miss no word that is near, however letters are compared beforehand', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'e', 'n', 's'), minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1 }), word, fc.integer({ min: 0, max: 2 }), (list, typed, edits) => {
        const sorted = list.toSorted()
        const vocabulary = createVocabulary(sorted, sorted.map(() => 1))
        const found = vocabulary.near(typed, edits, 100).map((each) => each.word)
        expect(found.toSorted()).toEqual(sorted.filter((each) => slips(typed, each, edits) <= edits))
      }),
    )
  })
})
