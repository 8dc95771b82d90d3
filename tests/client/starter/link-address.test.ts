import { describe, expect, test } from 'vitest'
import { evidence } from '../../../src/domain/collections.ts'
import { nameOfLink, readLink } from '../../../src/client/features/starter/link-address.ts'

describe('a link that someone types', () => {
  test.each([
    ['www.damme.be/verslag', 'https://www.damme.be/verslag'],
    ['  damme.be  ', 'https://damme.be/'],
    ['//damme.be/x', 'https://damme.be/x'],
    ['http://damme.be/oud', 'http://damme.be/oud'],
    ['HTTPS://Damme.be/A', 'https://damme.be/A'],
    ['damme.be:8080/nota', 'https://damme.be:8080/nota'],
    ['localhost:3000/map', 'https://localhost:3000/map'],
  ])('%j becomes an address that opens', (typed, url) => {
    expect(readLink(typed, ' Nota ')).toEqual({ kind: 'link', link: { url, title: 'Nota' } })
  })

  test.each([
    ['', 'Vul het adres van de link in.'],
    ['   ', 'Vul het adres van de link in.'],
    ['niks hier', 'Dit is geen webadres. Een adres ziet eruit als www.jouwgemeente.be/verslag.'],
    ['verslag', 'Dit is geen webadres. Een adres ziet eruit als www.jouwgemeente.be/verslag.'],
    ['https://', 'Dit is geen webadres. Een adres ziet eruit als www.jouwgemeente.be/verslag.'],
    ['an@damme.be', 'Dit is geen webadres. Een adres ziet eruit als www.jouwgemeente.be/verslag.'],
    ['https://damme.be@elders.be/', 'Dit is geen webadres. Een adres ziet eruit als www.jouwgemeente.be/verslag.'],
    ['javascript:alert(1)', 'Gebruik een adres dat begint met https:// of http://.'],
    ['mailto:an@damme.be', 'Gebruik een adres dat begint met https:// of http://.'],
  ])('%j is refused with what to do', (typed, words) => {
    expect(readLink(typed, '')).toEqual({ kind: 'problem', problem: { field: 'url', words } })
  })

  test('has an address of at most 2,000 characters, as it is written out', () => {
    const tooLong = { kind: 'problem', problem: { field: 'url', words: 'Dit adres is te lang. Er passen 2.000 tekens in.' } }
    expect(readLink(`damme.be/${'x'.repeat(1_983)}`, '').kind).toBe('link')
    expect(readLink(`damme.be/${'x'.repeat(1_984)}`, '')).toEqual(tooLong)
    expect(readLink(`damme.be/${'é'.repeat(400)}`, '')).toEqual(tooLong)
  })

  test('fits what the collection takes', () => {
    for (const typed of ['damme.be', 'http://damme.be/é?a=b#c', 'localhost:3000/map', `damme.be/${'x'.repeat(1_983)}`]) {
      const read = readLink(typed, '')
      expect(read.kind === 'link' && evidence.fields.url.schema.safeParse(read.link.url).success, typed).toBe(true)
    }
  })

  test('has a name of at most 200 characters', () => {
    expect(readLink('damme.be', 'n'.repeat(200)).kind).toBe('link')
    expect(readLink('damme.be', 'n'.repeat(201))).toEqual({ kind: 'problem', problem: { field: 'title', words: 'Deze naam is te lang. Er passen 200 tekens in.' } })
  })

  test('without a name is called by its address', () => {
    expect(nameOfLink({ url: 'https://www.damme.be/verslag/', title: '' })).toBe('damme.be/verslag')
    expect(nameOfLink({ url: 'https://damme.be/', title: 'Site' })).toBe('Site')
  })
})
