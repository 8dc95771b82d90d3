// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import type { Client } from '../../../src/client/sync/client.ts'
import { announcement } from '../../../src/client/ui/announce.ts'
import { practiceUse } from '../../../src/domain/collections.ts'
import type { PersonId } from '../../../src/domain/ids.ts'
import { device, give, open, practice, type Screen } from './stage.ts'

const practices = {
  ...practice('praktijk-een', 'Dorp begint', { themes: 'gender', sizes: 'rural, small' }),
  ...practice('praktijk-twee', 'Stad meet', { themes: 'gender, lgbti', sizes: 'city', phase: 'vervolg' }),
  ...practice('praktijk-drie', 'Iedereen belt', { themes: 'lgbti', sizes: 'rural, small, medium, city', cost: 'low' }),
}
const titles = (screen: Screen) => screen.all('.task-row-link')

async function list(query = '', client?: Client) {
  const on = client ?? (await device())
  if (!client) await give(on, practices)
  const screen = await open(on, `/praktijken${query}`)
  await vi.waitFor(() => expect(screen.wrapper.find('.beside').exists()).toBe(true))
  return screen
}

describe('/praktijken', () => {
  test('shows them all, and only choices that occur', async () => {
    const screen = await list()
    expect(screen.all('h2')).toEqual(['3 praktijken'])
    expect(titles(screen)).toEqual(['Iedereen belt', 'Dorp begint', 'Stad meet'])
    expect(screen.all('option')).toEqual([
      ...['Alle thema’s', 'Gender', 'LGBTI+'],
      ...['Maakt niet uit', 'Landelijk (minder dan 15.000)', 'Klein (15.000 tot 25.000)', 'Middelgroot (25.000 of meer)', 'Grootstad of centrumstad'],
      ...['Alle fasen', 'Titel van begin', 'Titel van vervolg'],
      ...['Elke kostprijs', 'Weinig geld nodig', 'Kostprijs niet bekend'],
    ])
  })

  test('keeps what is chosen in the address and says how many are left', async () => {
    const screen = await list()
    await screen.pick('Thema', 'LGBTI+')
    expect(screen.router.currentRoute.value.query).toEqual({ thema: 'lgbti' })
    expect(titles(screen)).toEqual(['Iedereen belt', 'Stad meet'])
    await vi.waitFor(() => expect(announcement.value.trim()).toBe('2 praktijken'))
    await screen.pick('Fase van het pad', 'Titel van vervolg')
    expect(screen.router.currentRoute.value.query).toEqual({ thema: 'lgbti', fase: 'vervolg' })
    await vi.waitFor(() => expect(announcement.value.trim()).toBe('1 praktijk'))
    await screen.says('Gekozen: LGBTI+, Titel van vervolg')
    await screen.press('Wis')
    expect(screen.router.currentRoute.value.query).toEqual({})
    expect(titles(screen)).toHaveLength(3)
  })

  test('comes back with the choices of its address', async () => {
    const screen = await list('?thema=gender&kost=unknown')
    expect(titles(screen)).toEqual(['Dorp begint', 'Stad meet'])
    expect((await screen.get<HTMLSelectElement>('select', 'Thema')).value).toBe('gender')
  })

  test('puts besturen of the same size first and leaves none out', async () => {
    const screen = await list('?grootte=rural')
    expect(screen.all('h2, h3')).toEqual(['3 praktijken', 'Uit besturen zoals het jouwe (2)', 'Uit andere besturen (1)'])
    expect(titles(screen)).toEqual(['Iedereen belt', 'Dorp begint', 'Stad meet'])
    await screen.pick('Grootte van je bestuur (inwoners)', 'Grootstad of centrumstad')
    expect(titles(screen)).toEqual(['Iedereen belt', 'Stad meet', 'Dorp begint'])
  })

  test('starts from the size of the own municipality, until one says it does not matter', async () => {
    const client = await device()
    await give(client, practices)
    await client.db.write('session', { person: { id: 'an' as PersonId, email: 'an@demo.example', name: 'An' }, roles: [], teams: [{ id: 't', nis: '11002', name: 'Antwerpen', role: 'lead' }], requests: [] })
    const screen = await list('', client)
    await vi.waitFor(() => expect(titles(screen)).toEqual(['Iedereen belt', 'Stad meet', 'Dorp begint']))
    await screen.pick('Grootte van je bestuur (inwoners)', 'Maakt niet uit')
    expect(screen.router.currentRoute.value.query).toEqual({ grootte: 'alle' })
    expect(screen.all('h3')).toEqual([])
  })

  test('loosens a choice when nothing is left', async () => {
    const screen = await list('?thema=lgbti&fase=begin&kost=unknown')
    await screen.says('Geen enkele praktijk past bij alles samen')
    expect(screen.all('.empty-actions button')).toEqual(['Toon alle thema’s (1)', 'Toon alle fasen (1)', 'Toon elke kostprijs (1)', 'Wis alle keuzes'])
    await screen.press('Toon elke kostprijs (1)')
    expect(titles(screen)).toEqual(['Iedereen belt'])
  })
})

async function detail() {
  const client = await device()
  await give(client, practices)
  const screen = await open(client, '/praktijken/praktijk-een')
  await screen.says('Wat deden ze')
  return { client, screen }
}
type Use = { status?: string; note?: { t: string }; deleted?: boolean }
const stored = async (client: Client) => (await client.db.rows.get([await client.spaceOf(practiceUse), 'practiceUse', 'praktijk-een']))?.values as Use | undefined

describe('/praktijken/:practice', () => {
  test('tells it in four parts, with what it is about and where it comes from', async () => {
    const { screen } = await detail()
    expect(document.title).toBe('Dorp begint – Opstap')
    expect(screen.all('h2').slice(0, 4)).toEqual(['Wat deden ze', 'Wat was er nodig', 'Wat leverde het op', 'Les'])
    for (const words of ['landelijk, klein', 'Kostprijs niet bekend', 'Actie 4. Bestuur in de bron, zonder naam: Gemeente 01.', 'VVSG, ledenbevraging']) expect(screen.text).toContain(words)
    expect((await screen.get('a', 'Titel van begin')).getAttribute('href')).toBe('/starten#fase-begin')
  })

  test('is applied with one press, with the focus on what came of it', async () => {
    const { client, screen } = await detail()
    await screen.press('Wij passen dit toe')
    await screen.says('Bewaard op dit toestel')
    expect(await stored(client)).toEqual({ status: 'using' })
    expect((await client.unsent()).map(({ collection, row, set }) => ({ collection, row, set }))).toEqual([{ collection: 'practiceUse', row: 'praktijk-een', set: { status: 'using' } }])
    const radio = await screen.get<HTMLInputElement>('input[type=radio]', 'Wij passen dit toe')
    await vi.waitFor(() => expect(document.activeElement).toBe(radio))
    ;(await screen.get<HTMLInputElement>('input[type=radio]', 'Wij deden dit')).click()
    await vi.waitFor(async () => expect(await stored(client)).toEqual({ status: 'used' }))
    await vi.waitFor(() => expect(announcement.value.trim()).toBe('Bewaard: Wij deden dit'))
  })

  test('takes a report that is saved by itself', async () => {
    const { client, screen } = await detail()
    await screen.press('Wij overwegen dit')
    const area = await screen.get<HTMLTextAreaElement>('textarea', 'Hoe liep het?')
    area.value = 'Het liep goed.'
    area.dispatchEvent(new Event('input', { bubbles: true }))
    area.dispatchEvent(new Event('blur', { bubbles: true }))
    await vi.waitFor(async () => expect((await stored(client))?.note?.t).toBe('Het liep goed.'))
  })

  test('can be taken away and put back, with the report it had', async () => {
    const { client, screen } = await detail()
    await screen.press('Wij passen dit toe')
    await screen.press('Haal dit weg')
    await screen.says('Verwijderd.')
    const back = await screen.get('button', 'Zet terug')
    await vi.waitFor(() => expect(document.activeElement).toBe(back))
    expect((await stored(client))?.deleted).toBe(true)
    await screen.press('Zet terug')
    await screen.get('input[type=radio]', 'Wij passen dit toe')
    expect(await stored(client)).toMatchObject({ status: 'using', deleted: false })
  })

  test('can be chosen again after it was taken away', async () => {
    const { client, screen } = await detail()
    await screen.press('Wij passen dit toe')
    await screen.press('Haal dit weg')
    await screen.press('Wij overwegen dit')
    await screen.get('input[type=radio]', 'Wij overwegen dit')
    expect(await stored(client)).toMatchObject({ status: 'considering', deleted: false })
  })

  test('says why it was not saved, and keeps the choice open', async () => {
    const { client, screen } = await detail()
    const write = vi.spyOn(client.db.rows, 'bulkPut').mockRejectedValue(Object.assign(new Error('full'), { name: 'QuotaExceededError' }))
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await screen.press('Wij passen dit toe')
    await screen.says('Niet bewaard: dit toestel heeft geen plaats meer.')
    write.mockRestore()
    await screen.press('Wij passen dit toe')
    await screen.get('input[type=radio]', 'Wij passen dit toe')
    expect(await stored(client)).toEqual({ status: 'using' })
  })

  test('is marked in the list', async () => {
    const { client, screen } = await detail()
    await screen.press('Wij passen dit toe')
    const overview = await list('', client)
    await vi.waitFor(() => expect(overview.all('.status')).toEqual(['Wij passen dit toe']))
    await flushPromises()
  })

  test('says so when there is no such practice', async () => {
    const client = await device()
    await give(client)
    await (await open(client, '/praktijken/weg')).says('Deze praktijk bestaat niet (meer)')
  })
})
