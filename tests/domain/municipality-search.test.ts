import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { searchMunicipalities, municipalityOfAddress, municipalityWords, type Named } from '../../src/domain/municipality-search.ts'

/** The real list: what is found must be found among all of them. */
const municipalities = parse(readFileSync(new URL('../../src/content/municipalities.yaml', import.meta.url), 'utf8')) as Named[]
const search = (typed: string, most?: number) => searchMunicipalities(municipalities, typed, most).map(municipalityWords)

test('the list is the whole one', () => {
  expect(municipalities).toHaveLength(285)
})

describe('names of today', () => {
  test.each(municipalities.map(({ name }) => name))('%s is the first answer to its own name', (name) => {
    expect(search(name)[0]).toBe(name)
  })
  test('the beginning of a name goes before a word in it, and that before a part of a word', () => {
    const listed = ['Oudenham', 'Lo-Ham', 'Hamme'].map((name, at) => ({ nis: `0000${at}`, name, formerNames: [] }))
    expect(searchMunicipalities(listed, 'ham').map(municipalityWords)).toEqual(['Hamme', 'Lo-Ham', 'Oudenham'])
    expect(search('lo-ham')).toContain('Tessenderlo-Ham')
  })
  test('one or two letters find beginnings only', () => {
    expect(search('mm', 50)).toEqual([])
    expect(search('da', 50)).toContain('Damme')
  })
  test('what fits nothing gives nothing', () => {
    expect(search('Atlantis')).toEqual([])
  })
})

describe('how it is written makes no difference', () => {
  test.each([
    ['sint pieters leeuw', 'Sint-Pieters-Leeuw'],
    ['SINTPIETERSLEEUW', 'Sint-Pieters-Leeuw'],
    ['St.-Niklaas', 'Sint-Niklaas'],
    ['st niklaas', 'Sint-Niklaas'],
    ['  heist op den berg ', 'Heist-op-den-Berg'],
    ['Zuiënkerke', 'Zuienkerke'],
    ['de pinte', 'Nazareth-De Pinte'],
  ])('%s → %s', (typed, name) => {
    expect(search(typed)[0]).toBe(name)
  })
  test('accents in the list make no difference either', () => {
    const listed = [{ nis: '00001', name: 'Liège-Ô', formerNames: [] }]
    expect(searchMunicipalities(listed, 'liege o')).toHaveLength(1)
  })
  test('a word that begins with st is not Sint', () => {
    expect(search('st')).toContain('Staden')
    expect(search('Staden')[0]).toBe('Staden')
  })
})

describe('names that a merger took away', () => {
  test.each([
    ['Borsbeek', 'Antwerpen (vroeger Borsbeek)'],
    ['borsb', 'Antwerpen (vroeger Borsbeek)'],
    ['galmaarden', 'Pajottegem (vroeger Galmaarden)'],
    ['Moerbeke', 'Lokeren (vroeger Moerbeke)'],
    ['Kortessem', 'Hasselt (vroeger Kortessem)'],
  ])('%s → %s', (typed, words) => {
    expect(search(typed)[0]).toBe(words)
  })
  test.each(municipalities.flatMap(({ name, formerNames }) => formerNames.map((former) => [former, name])))('%s leads to %s', (former, name) => {
    expect(searchMunicipalities(municipalities, former).map(({ municipality }) => municipality.name)).toContain(name)
  })
  test('is left out where the name of today says it already', () => {
    expect(search('Borgloon')[0]).toBe('Tongeren-Borgloon')
    expect(search('Kruibeke')[0]).toBe('Beveren-Kruibeke-Zwijndrecht')
  })
  test('a name of today goes before a former one that fits as well', () => {
    const listed = [
      { nis: '00001', name: 'Zee', formerNames: ['Berg'] },
      { nis: '00002', name: 'Bergen', formerNames: [] },
      { nis: '00003', name: 'Aberg', formerNames: ['Berge'] },
    ]
    expect(searchMunicipalities(listed, 'berg').map(municipalityWords)).toEqual(['Zee (vroeger Berg)', 'Bergen', 'Aberg (vroeger Berge)'])
    expect(searchMunicipalities(listed, 'be').map(municipalityWords)[0]).toBe('Bergen')
  })
})

describe('without a word', () => {
  test('the first of the alphabet, and never more than asked', () => {
    expect(search('', 3)).toEqual(['Aalst', 'Aalter', 'Aarschot'])
    expect(search('-.', 2)).toHaveLength(2)
    expect(search('e', 5)).toHaveLength(5)
  })
})

describe('the municipality of an address', () => {
  const of = (email: string) => municipalityOfAddress(municipalities, email)?.name ?? null
  test.each([
    ['an@damme.be', 'Damme'],
    ['an@stad.gent.be', 'Gent'],
    ['an@sint-gillis-waas.be', 'Sint-Gillis-Waas'],
    ['an@borsbeek.be', 'Antwerpen'],
  ])('%s → %s', (email, name) => {
    expect(of(email)).toBe(name)
  })
  test.each(['an@gmail.com', 'an@damme', 'damme.be', '', 'an@vvsg.be'])('%s → nothing', (email) => {
    expect(of(email)).toBeNull()
  })
})
