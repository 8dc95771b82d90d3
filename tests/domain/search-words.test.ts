import { stemmer } from '@orama/stemmers/dutch'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWordReader, fold, isStopWord, joinedWords, splitCompound, wordsIn, type WordKnowledge } from '../../src/domain/search-words.ts'

const lexicon = new Set('actie actieplan plan plannen gelijke kansen beleid regenboog vlag huis toegankelijkheid ambtenaar bestuur bestuurs akkoord thema dag afhaken overdragen opvolgen'.split(' '))
const nothing: WordKnowledge = { forms: {}, same: [], leadsTo: {} }
const reader = (knowledge: Partial<WordKnowledge> = {}) => createWordReader(stemmer, { ...nothing, ...knowledge }, lexicon)

describe('the words of a text', () => {
  test('are told in lower case without accents, with their place', () => {
    expect(wordsIn('Eén Çavaria-vlag, 17 mei.')).toEqual([
      { word: 'een', start: 0, end: 3 },
      { word: 'cavaria', start: 4, end: 11 },
      { word: 'vlag', start: 12, end: 16 },
      { word: '17', start: 18, end: 20 },
      { word: 'mei', start: 21, end: 24 },
    ])
    expect(fold('Coördinatoren ÏJ')).toBe('coordinatoren ij')
  })

  test("an apostrophe s belongs to its word: collega's, foto’s", () => {
    expect(wordsIn("collega's en foto’s").map(({ word }) => word)).toEqual(['collega', 'en', 'foto'])
    expect(wordsIn("'s morgens").map(({ word }) => word)).toEqual(['s', 'morgens'])
  })

  test('a place always points at the word itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { word, start, end } of wordsIn(text)) {
          expect(end).toBeGreaterThan(start)
          expect(fold(text.slice(start, end)).replace(/['’]s$/, '')).toBe(word)
        }
      }),
    )
  })

  test('what a hyphen holds together is one word too', () => {
    expect(joinedWords('een e-mail over wij-zij-denken')).toEqual(['email', 'wijzijdenken'])
    expect(joinedWords('los - en - vast')).toEqual([])
  })
})

describe('one root for all forms of a word', () => {
  const families = [
    ['drempel', 'drempels'],
    ['plan', 'plannen'],
    ['schepen', 'schepenen'],
    ['kans', 'kansen'],
    ['toegankelijk', 'toegankelijke', 'toegankelijkheid'],
    ['overtuigen', 'overtuigt', 'overtuigd', 'overtuiging'],
    ['stoppen', 'stopt', 'stop'],
    ['brief', 'brieven'],
    ['prijs', 'prijzen'],
    ['subsidie', 'subsidies'],
    ['school', 'scholen'],
    ['mandataris', 'mandatarissen'],
    ['verankeren', 'verankerd', 'verankering'],
    ['afhaken', 'afgehaakt'],
    ['opvolgen', 'opgevolgd'],
  ]
  test.each(families)('%s', (...forms) => {
    expect(new Set(forms.map(reader().root)).size).toBe(1)
  })

  test('and another for another word', () => {
    const apart = ['schepen', 'school', 'plan', 'plein', 'kans', 'drempel', 'budget', 'subsidie', 'beleid', 'belang']
    expect(new Set(apart.map(reader().root)).size).toBe(apart.length)
  })

  test('what no ending shows is told by the editors', () => {
    expect(reader().root('steden')).not.toBe(reader().root('stad'))
    const { root } = reader({ forms: { steden: 'stad', ouderen: 'senior' } })
    expect(root('steden')).toBe(root('stad'))
    expect(root('ouderen')).not.toBe(root('ouders'))
  })
})

describe('a compound', () => {
  test.each([
    ['actieplan', ['actie', 'plan']],
    ['gelijkekansenbeleid', ['gelijke', 'kansen', 'beleid']],
    ['bestuursakkoord', ['bestuurs', 'akkoord']],
    ['toegankelijkheidsambtenaar', ['toegankelijkheid', 'ambtenaar']],
    ['regenboogvlag', ['regenboog', 'vlag']],
    ['themadag', ['thema', 'dag']],
  ])('%s comes apart over the words of the content', (word, parts) => {
    expect(splitCompound(word, lexicon)).toEqual(parts)
  })

  test.each(['plan', 'kapitein', 'planeet', 'vlaggen', '2025plan'])('%s does not', (word) => {
    expect(splitCompound(word, lexicon)).toEqual([])
  })

  test('is found by its parts, in whatever form', () => {
    const { terms, root } = reader()
    expect(terms('Het gelijkekansenbeleid')).toEqual(expect.arrayContaining([root('beleid'), root('kans'), root('gelijk')]))
    expect(terms('actieplannen')).toContain(root('plan'))
  })
})

describe('everything under which a text is found', () => {
  test('leaves out what says nothing', () => {
    expect(reader().terms('Wat is dat en waarom niet')).toEqual([])
    expect(['de', 'een', 'hoeveel'].every(isStopWord)).toBe(true)
    expect(['schepen', 'drempel', 'tijd'].some(isStopWord)).toBe(false)
  })

  test('holds the notions that other words say too, also as a phrase', () => {
    const { terms } = reader({ same: [['lgbti', 'holebi', 'regenboog'], ['actieplan', 'plan van aanpak']] })
    const notion = (text: string) => terms(text).filter((term) => term.startsWith('~'))
    expect(notion('holebi')).toEqual(notion('LGBTI+'))
    expect(notion('een regenboogvlag')).toEqual(notion('holebi'))
    expect(notion('een plan van aanpak')).toEqual(notion('actieplannen'))
    expect(notion('een plan')).toEqual([])
  })

  test('puts a verb together that came apart', () => {
    const { terms, root } = reader()
    expect(terms('Draag je werk goed over als je vertrekt')).toContain(root('overdragen'))
    expect(terms('Kies een cijfer en volg het op.')).toContain(root('opvolgen'))
    expect(terms('Ze haken af.')).toContain(root('afhaken'))
    // A preposition in the middle of a sentence is no half of a verb.
    expect(terms('Volg op de kaart de weg')).not.toContain(root('opvolgen'))
    expect(terms('Ik draag. Het is over.')).not.toContain(root('overdragen'))
  })

  test('leads one way only where editors say so', () => {
    const { leadsTo, root } = reader({ leadsTo: { rolstoel: ['toegankelijk'] } })
    expect(leadsTo(root('rolstoelen'))).toEqual([root('toegankelijkheid')])
    expect(leadsTo(root('toegankelijk'))).toEqual([])
  })
})
