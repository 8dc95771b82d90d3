// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { taskProgress } from '../../../src/domain/collections.ts'
import { announcement } from '../../../src/client/ui/announce.ts'
import { longText, open, phone, writeTitle, type SearchStage } from './stage.ts'

beforeEach(() => {
  document.body.innerHTML = ''
})

const expectHit = (stage: SearchStage, hit: string) => vi.waitFor(() => expect(stage.hits).toContain(hit), 5_000)
const expectNoHit = (stage: SearchStage, hit: string) => vi.waitFor(() => expect(stage.hits).not.toContain(hit), 5_000)
const says = (stage: SearchStage, words: string) => vi.waitFor(() => expect(stage.text).toContain(words), 5_000)

describe('typing', () => {
  test('finds at once, tells the kind, marks the words and says the count', async () => {
    const stage = await open(await phone(), '/zoeken')
    await stage.type('drempels')
    await expectHit(stage, 'Cijfer: Welke drempels ervaren besturen?')
    const first = stage.wrapper.get('.hit')
    expect(first.get('.hit-title mark').text()).toBe('drempels')
    expect(first.get('a').attributes('href')).toBe('/cijfers/cijfer-drempels')
    await vi.waitFor(() => expect(announcement.value).toMatch(/^\d+ resultaten voor drempels\.$/))
  })

  test('follows every letter, and empties when the field is emptied', async () => {
    const stage = await open(await phone(), '/zoeken')
    await stage.type('omst')
    await expectHit(stage, 'Begrip: Omstaander')
    await stage.type('omst qqqq zzzz')
    await stage.press(/Wis de zoekvraag/)
    expect(stage.hits).toEqual([])
    expect(document.activeElement).toBe(stage.field)
    await says(stage, 'Vragen die collega’s stellen')
  })

  test('shows ten finds, more on demand, and goes on where the new ones begin', async () => {
    const stage = await open(await phone(), '/zoeken')
    await stage.type('gemeente')
    await vi.waitFor(() => expect(stage.hits).toHaveLength(10), 5_000)
    await stage.press(/Toon meer resultaten/)
    expect(stage.hits).toHaveLength(30)
    expect(document.activeElement).toBe(stage.wrapper.findAll('.hit-link')[10]!.element)
  })

  test('tells what a slip was taken for', async () => {
    const stage = await open(await phone(), '/zoeken')
    await stage.type('intersectionalitiet')
    await expectHit(stage, 'Begrip: Intersectionaliteit')
    await says(stage, 'Geen tekst met ‘intersectionalitiet’. Dit lijkt erop: ‘intersectionaliteit’.')
  })

  test('says it when there is nothing, with words that come close', async () => {
    const stage = await open(await phone(), '/zoeken')
    await stage.type('omxtaxnxer')
    await says(stage, 'Niets gevonden voor ‘omxtaxnxer’')
    expect(stage.wrapper.findAll('.button').map((link) => link.text())).toContain('omstaander')
    expect(stage.text).not.toContain('Stel een vraag')
  })

  test('offers to ask the helpdesk where there is one', async () => {
    const stage = await open(await phone(), '/zoeken?q=xylofoon', { screens: ['/hulp'] })
    await says(stage, 'Stel een vraag')
  })

  test('knows a municipality by a name that a merger took away', async () => {
    const stage = await open(await phone(), '/zoeken')
    await stage.type('borsbeek')
    await expectHit(stage, 'Gemeente: Antwerpen')
    await says(stage, 'Borsbeek hoort sinds de fusies van 2025 bij Antwerpen.')
    expect(stage.wrapper.findAll('.hit a, .hit button')).toEqual([])
  })
})

describe('the filter', () => {
  test('tells how many there are of each kind and shows one kind', async () => {
    const stage = await open(await phone(), '/zoeken?q=drempels')
    await expectHit(stage, 'Cijfer: Welke drempels ervaren besturen?')
    const count = Number(/\d+/.exec(stage.button(/^Taken/).textContent!)![0])
    await stage.press(/^Taken/)
    expect(stage.hits.every((hit) => /^(Taak|Fase): /.test(hit))).toBe(true)
    expect(stage.hits).toHaveLength(Math.min(10, count))
    expect(stage.button(/^Taken/).getAttribute('aria-pressed')).toBe('true')
    await vi.waitFor(() => expect(stage.router.currentRoute.value.query).toEqual({ q: 'drempels', soort: 'taak' }))
    await stage.press(/^Alles/)
    expect(stage.hits).toContain('Cijfer: Welke drempels ervaren besturen?')
  })

  test('lets go of a kind of which the next question finds nothing', async () => {
    const stage = await open(await phone(), '/zoeken?q=drempels&soort=taak')
    await vi.waitFor(() => expect(stage.hits.length).toBeGreaterThan(0), 5_000)
    await stage.type('borsbeek')
    expect(stage.hits).toEqual(['Gemeente: Antwerpen'])
  })

  test('leaves out kinds that have no screen', async () => {
    const stage = await open(await phone(), '/zoeken?q=drempels', { screens: ['/starten', '/starten/:task'] })
    await vi.waitFor(() => expect(stage.hits.length).toBeGreaterThan(0), 5_000)
    expect(stage.hits.filter((hit) => !/^(Taak|Fase|Begrip): /.test(hit))).toEqual([])
  })
})

describe('a word of the glossary', () => {
  test('opens and closes on the spot', async () => {
    const stage = await open(await phone(), '/zoeken')
    await stage.type('regierol')
    await expectHit(stage, 'Begrip: Regierol')
    const title = stage.button(/^Regierol$/)
    expect(title.getAttribute('aria-expanded')).toBe('false')
    await stage.press(/^Regierol$/)
    expect(title.getAttribute('aria-expanded')).toBe('true')
    expect(stage.wrapper.get(`#${title.getAttribute('aria-controls')}`).text()).toContain('Ook: regie')
    await stage.press(/^Regierol$/)
    expect(stage.wrapper.find(`#${title.getAttribute('aria-controls')}`).exists()).toBe(false)
  })

  test('is open when a link in a text led to it', async () => {
    const stage = await open(await phone(), '/zoeken?q=Regierol')
    await vi.waitFor(() => expect(stage.wrapper.find('.hit-term').exists()).toBe(true), 5_000)
    expect(stage.button(/^Regierol$/).getAttribute('aria-expanded')).toBe('true')
  })
})

describe("the person's own notes", () => {
  test('are found as they are written, changed and deleted, and the rest is not read again for it', async () => {
    const device = await phone()
    const { client } = device
    const stage = await open(device, '/zoeken')
    await stage.type('kwartelslag')
    await says(stage, 'Niets gevonden')
    const read = vi.spyOn(client.db.searchParts, 'toCollection')
    const id = await writeTitle(device, 'focus-kiezen', 'Verslag over de kwartelslag')
    await expectHit(stage, 'Eigen notitie: Kies één of twee thema\'s voor het eerste jaar')
    expect(stage.wrapper.get('.hit-text mark').text()).toBe('kwartelslag')
    expect(stage.wrapper.get('.hit a').attributes('href')).toBe('/starten/focus-kiezen')

    await writeTitle(device, 'focus-kiezen', 'Verslag over iets anders', id)
    await says(stage, 'Niets gevonden')
    await client.write(taskProgress, 'mat-overtuigen', { note: longText('Eerst de kwartelslag, dan de rest.') })
    await expectHit(stage, 'Eigen notitie: Zet gelijke kansen op de agenda van het MAT')
    await client.write(taskProgress, 'mat-overtuigen', { deleted: true })
    await says(stage, 'Niets gevonden')
    expect(read).not.toHaveBeenCalled()
  })

  test('stay words: nothing in them becomes a part of the page', async () => {
    const device = await phone()
    await writeTitle(device, 'focus-kiezen', '<img src=x onerror=alert(1)> kwartelslag <b>vet</b>')
    const stage = await open(device, '/zoeken?q=kwartelslag')
    await says(stage, '<img src=x onerror=alert(1)> kwartelslag <b>vet</b>')
    expect(stage.wrapper.findAll('.hit img, .hit b')).toEqual([])
  })

  test('complete and correct what one types, also words that no text has', async () => {
    const device = await phone()
    await writeTitle(device, 'focus-kiezen', 'Overleg met Fatmanur van het buurthuis')
    const stage = await open(device, '/zoeken')
    await stage.type('fatma')
    await expectHit(stage, 'Eigen notitie: Kies één of twee thema\'s voor het eerste jaar')
    await stage.type('fatmanru')
    await expectHit(stage, 'Eigen notitie: Kies één of twee thema\'s voor het eerste jaar')
  })

  test('leave the results when they leave the device', async () => {
    const device = await phone()
    await writeTitle(device, 'focus-kiezen', 'De kwartelslag')
    const stage = await open(device, '/zoeken?q=kwartelslag')
    await expectHit(stage, 'Eigen notitie: Kies één of twee thema\'s voor het eerste jaar')
    stage.wrapper.unmount()
    await device.client.db.rows.clear()
    const again = await open(device, '/zoeken?q=kwartelslag')
    await says(again, 'Niets gevonden')
    await expectNoHit(again, 'Eigen notitie: Kies één of twee thema\'s voor het eerste jaar')
  })
})

describe('the question', () => {
  test('stays in the address, so that the way back finds it again', async () => {
    const device = await phone()
    const stage = await open(device, '/zoeken')
    await stage.type('drempels')
    await expectHit(stage, 'Cijfer: Welke drempels ervaren besturen?')
    await stage.enter()
    expect(stage.router.currentRoute.value.query).toEqual({ q: 'drempels' })
    await stage.type('tolk')
    await vi.waitFor(() => expect(stage.hits.length).toBeGreaterThan(0), 5_000)
    stage.wrapper.get<HTMLAnchorElement>('.hit a').element.click()
    await vi.waitFor(() => expect(stage.router.currentRoute.value.path).not.toBe('/zoeken'))
    stage.router.back()
    await vi.waitFor(() => expect(stage.router.currentRoute.value.fullPath).toBe('/zoeken?q=tolk'))
    await vi.waitFor(() => expect(stage.field.value).toBe('tolk'))
  })

  test('is offered again on this device, until the list is wiped', async () => {
    const device = await phone()
    const stage = await open(device, '/zoeken')
    await stage.type('drempels')
    await expectHit(stage, 'Cijfer: Welke drempels ervaren besturen?')
    await stage.enter()
    await stage.press(/Wis de zoekvraag/)
    await says(stage, 'Onlangs gezocht')
    expect(stage.wrapper.get('ul a').attributes('href')).toBe('/zoeken?q=drempels')
    expect(await device.client.db.read('choices')).toMatchObject({ recentSearches: '["drempels"]' })
    await stage.press(/Wis deze lijst/)
    await vi.waitFor(() => expect(stage.text).not.toContain('Onlangs gezocht'))
    expect(await device.client.db.outbox.count()).toBe(0)
  })

  test('goes when one comes by the menu again', async () => {
    const stage = await open(await phone(), '/zoeken?q=drempels')
    await expectHit(stage, 'Cijfer: Welke drempels ervaren besturen?')
    await stage.router.push('/zoeken')
    await says(stage, 'Vragen die collega’s stellen')
    expect(stage.field.value).toBe('')
    expect(document.activeElement).toBe(stage.field)
  })
})

describe('the field', () => {
  test('takes the focus when one comes by the menu', async () => {
    const stage = await open(await phone(), '/zoeken', { from: '/' })
    await vi.waitFor(() => expect(document.activeElement).toBe(stage.field))
  })

  test('leaves it where it was on a reload, and when a link asks a question', async () => {
    const device = await phone()
    const stage = await open(device, '/zoeken')
    expect(document.activeElement).not.toBe(stage.field)
    stage.wrapper.unmount()
    const linked = await open(device, '/zoeken?q=drempels', { from: '/' })
    await expectHit(linked, 'Cijfer: Welke drempels ervaren besturen?')
    expect(document.activeElement).not.toBe(linked.field)
  })
})

test('without the content it says so, and begins by itself when that is there', async () => {
  const device = await phone({ content: false })
  const stage = await open(device, '/zoeken?q=drempels')
  await says(stage, 'Zoeken is nog niet klaar op dit toestel')
  await device.fill()
  await expectHit(stage, 'Cijfer: Welke drempels ervaren besturen?')
})

test('who comes back finds the index still read', async () => {
  const device = await phone()
  const read = vi.spyOn(device.client.db.searchParts, 'toCollection')
  const stage = await open(device, '/zoeken?q=drempels')
  await expectHit(stage, 'Cijfer: Welke drempels ervaren besturen?')
  stage.wrapper.unmount()
  const again = await open(device, '/zoeken?q=schepenen')
  await expectHit(again, 'Cijfer: Hoeveel schepenen zijn bevoegd voor gelijke kansen?')
  expect(read).toHaveBeenCalledTimes(1)
})
