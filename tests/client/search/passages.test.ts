import { stemmer } from '@orama/stemmers/dutch'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWordReader } from '../../../src/domain/search-words.ts'
import { createHighlighter, type Marked } from '../../../src/client/features/search/passages.ts'

const reader = createWordReader(stemmer, { forms: {}, same: [['handicap', 'beperking']], leadsTo: {} }, new Set(['toegankelijkheid', 'ambtenaar', 'drempel', 'drempels']))
const { mark, passage } = createHighlighter(reader)
/** Wanted at full weight: everything that this text says. */
const asked = (text: string) => new Map(reader.terms(text).map((term) => [term, 1]))
const shown = (marked: Marked) => marked.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')
const plain = (marked: Marked) => marked.map(({ text }) => text).join('')

describe('marking', () => {
  test('takes whole words, in every form and within compounds', () => {
    expect(shown(mark('Drempels: elke drempel telt.', asked('drempel')))).toBe('[Drempels]: elke [drempel] telt.')
    expect(shown(mark('De toegankelijkheidsambtenaar', asked('toegankelijk')))).toBe('De [toegankelijkheidsambtenaar]')
    expect(shown(mark('met een beperking', asked('handicap')))).toBe('met een [beperking]')
    expect(shown(mark('Niets ervan', asked('drempel')))).toBe('Niets ervan')
  })

  test('changes no letter of the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, question) => {
        expect(plain(mark(text, asked(question)))).toBe(text)
      }),
    )
  })
})

describe('the piece that is shown', () => {
  const long = `Eerst ${'heel veel andere woorden '.repeat(12)}en dan pas een drempel en ${'nog meer woorden '.repeat(20)}tot slot.`

  test('is the first text that tells something the title does not', () => {
    const texts = ['Een samenvatting.', 'Over de drempel.', 'Nog een drempel.']
    expect(shown(passage(texts, 'Een titel', asked('drempel')))).toBe('Over de [drempel].')
    expect(shown(passage(texts, 'Drempels', asked('drempel')))).toBe('Een samenvatting.')
    expect(shown(passage(texts, 'Een titel', asked('xylofoon')))).toBe('Een samenvatting.')
    expect(shown(passage([], 'Een titel', asked('drempel')))).toBe('')
  })

  test('lies around what was asked for, cut between words', () => {
    const piece = shown(passage([long], '', asked('drempel')))
    expect(piece).toMatch(/^… .*\[drempel\].* …$/)
    expect(piece.length).toBeLessThan(190)
    const cut = plain(passage([long], '', asked('drempel'))).replaceAll('…', '').trim()
    expect(long).toContain(cut)
    expect(long.split(' ')).toEqual(expect.arrayContaining(cut.split(' ')))
  })

  test('is the beginning when nothing of it was asked for', () => {
    expect(shown(passage([long], '', asked('xylofoon')))).toMatch(/^Eerst .* …$/)
  })
})
