// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { announcement } from '../../../src/client/ui/announce.ts'
import { device, give, offer, open } from './stage.ts'

const offers = {
  ...offer('aanbod-een', 'Zonder adres', { themes: 'gender' }),
  ...offer('aanbod-twee', 'Met adres', { themes: 'lgbti', type: 'training', contact: 'website: https://www.example.org/aanbod\nemail: hallo@example.org\nphone: null\n' }),
  ...offer('aanbod-drie', 'Alweer een', { themes: 'gender, handicap' }),
}

async function list(path = '/aanbod') {
  const client = await device()
  await give(client, offers)
  const screen = await open(client, path)
  await screen.says('Zonder adres')
  return screen
}

describe('/aanbod', () => {
  test('groups by kind of offer, by name within', async () => {
    const screen = await list()
    expect(screen.all('h2')).toEqual(['Expertise (2)', 'Vorming (1)'])
    expect(screen.all('.offer-title')).toEqual(['Alweer een', 'Zonder adres', 'Met adres'])
  })

  test('gives the contact that a source confirms and says what is missing', async () => {
    const screen = await list()
    const [, without, known] = screen.wrapper.findAll('.offer')
    expect(without!.get('.offer-contact').text()).toBe('website, e-mailadres en telefoonnummerAan te vullen door de VVSG')
    expect(known!.get('.offer-contact').text()).toContain('telefoonnummerAan te vullen door de VVSG')
    expect(known!.findAll('.offer-contact a').map((link) => [link.attributes('href'), link.text()])).toEqual([
      ['https://www.example.org/aanbod', 'example.org/aanbod'],
      ['mailto:hallo@example.org', 'hallo@example.org'],
    ])
  })

  test('filters by theme and kind, in the address, and loosens when nothing is left', async () => {
    const screen = await list()
    await screen.pick('Thema', 'Gender')
    expect(screen.router.currentRoute.value.query).toEqual({ thema: 'gender' })
    expect(screen.all('.offer-title')).toEqual(['Alweer een', 'Zonder adres'])
    await vi.waitFor(() => expect(announcement.value.trim()).toBe('2 keer aanbod'))
    await screen.pick('Soort', 'Vorming')
    await screen.says('Niemand past bij beide keuzes samen')
    await screen.press('Toon alle thema’s (1)')
    expect(screen.router.currentRoute.value.query).toEqual({ soort: 'training' })
    expect(screen.all('.offer-title')).toEqual(['Met adres'])
  })

  test('opens the one that the address names and puts the reader there', async () => {
    const screen = await list('/aanbod#aanbod-een')
    const entry = screen.wrapper.get<HTMLDetailsElement>('#aanbod-een')
    await vi.waitFor(() => expect(entry.element.open).toBe(true))
    expect(document.activeElement).toBe(entry.get('summary').element)
    expect(screen.wrapper.get<HTMLDetailsElement>('#aanbod-twee').element.open).toBe(false)
  })
})
