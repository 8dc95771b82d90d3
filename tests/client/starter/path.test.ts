// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { taskProgress } from '../../../src/domain/collections.ts'
import type { Client } from '../../../src/client/sync/client.ts'
import type { Screen } from '../library/stage.ts'
import { device, open } from './stage.ts'

async function starten(client: Client, { wide = false } = {}): Promise<Screen> {
  const screen = await open(client, '/starten', { wide })
  await vi.waitFor(() => expect(screen.wrapper.find('.route').exists()).toBe(true))
  return screen
}
const titles = (screen: Screen) => screen.all('.route .task-row-link')
const describedBy = (element: Element) =>
  element.getAttribute('aria-describedby')!.split(' ').map((id) => document.getElementById(id)!.textContent!.replace(/\s+/g, ' ').trim()).join(' ')

describe('/starten', () => {
  test('lists phases with their tasks in path order, each row one link tied to its status and minutes', async () => {
    const { client } = await device()
    const screen = await starten(client)
    expect(document.title).toBe('Starten – Opstap')
    expect(screen.all('h1')).toEqual(['Starten'])
    expect(screen.all('.route h2')).toEqual(['Titel van begin', 'Titel van vervolg'])
    expect(titles(screen)).toEqual(['Praat met je chef', 'Lees het akkoord', 'Kies een thema'])
    const links = screen.wrapper.findAll('.route .task-row-link').map(({ element }) => element)
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['/starten/taak-een', '/starten/taak-twee', '/starten/taak-drie'])
    expect(describedBy(links[0]!)).toMatch(/Nog niet begonnen ?1.uur.15.min/)
    expect(screen.wrapper.findAll('.route section').map(({ element }) => document.getElementById(element.getAttribute('aria-labelledby')!)?.textContent)).toEqual(['Titel van begin', 'Titel van vervolg'])
  })

  test('tells progress per phase and overall, live, and draws it as stops', async () => {
    const { client } = await device()
    const screen = await starten(client)
    await screen.says('0 van 3 afgerond')
    await client.write(taskProgress, 'taak-een', { status: 'done' })
    await client.write(taskProgress, 'taak-drie', { status: 'notApplicable' })
    await screen.says('1 van 2 afgerond')
    expect(screen.all('.route-phase-count')).toEqual(['1 van 2 afgerond', 'Niet van toepassing'])
    expect(screen.wrapper.findAll('.route-stop').map((stop) => stop.classes().at(-1))).toEqual(['route-done', 'route-here', 'route-skipped'])
  })

  test('offers the one place to go on', async () => {
    const { client } = await device()
    const screen = await starten(client)
    await screen.says('Je eerste stap')
    expect(screen.wrapper.get('.card-sun a').attributes('href')).toBe('/starten/taak-een')
    await client.write(taskProgress, 'taak-een', { status: 'done' })
    await screen.says('Volgende stap')
    expect(screen.wrapper.get('.card-sun a').attributes('href')).toBe('/starten/taak-twee')
    for (const id of ['taak-twee', 'taak-drie']) await client.write(taskProgress, id, { status: 'done' })
    await screen.says('Je hebt het hele pad afgelegd')
    expect(screen.wrapper.find('.card-sun').exists()).toBe(false)
  })

  test('shows only the tasks with a status, and says so when there are none', async () => {
    const { client } = await device()
    await client.write(taskProgress, 'taak-twee', { status: 'inProgress' })
    await client.write(taskProgress, 'taak-drie', { status: 'done' })
    const screen = await starten(client)
    await screen.pick('Toon', 'Nog te doen')
    expect(titles(screen)).toEqual(['Praat met je chef', 'Lees het akkoord'])
    expect(screen.all('.route h2')).toEqual(['Titel van begin'])
    await screen.pick('Toon', 'Bezig')
    expect(titles(screen)).toEqual(['Lees het akkoord'])
    await screen.pick('Toon', 'Niet van toepassing')
    await screen.says('Geen enkele taak staat nu op ‘Niet van toepassing’.')
    await screen.press('Toon alle taken')
    expect(titles(screen)).toHaveLength(3)
  })

  test('keeps the list beside the task where there is room, and only there', async () => {
    const { client } = await device()
    const wide = await starten(client, { wide: true })
    await wide.router.push('/starten/taak-twee')
    await vi.waitFor(() => expect(wide.all('h1')).toEqual(['Lees het akkoord']))
    expect(titles(wide)).toContain('Kies een thema')
    expect(wide.wrapper.findAll('.starter-list [aria-current="page"]').map(({ element }) => element.textContent)).toEqual(['Lees het akkoord'])
    const list = wide.wrapper.get('.starter-list').element
    await wide.router.push('/starten/taak-drie')
    await vi.waitFor(() => expect(wide.all('h1')).toEqual(['Kies een thema']))
    expect(wide.wrapper.get('.starter-list').element).toBe(list)
    wide.wrapper.unmount()

    const phone = await starten(client)
    await phone.router.push('/starten/taak-twee')
    await vi.waitFor(() => expect(phone.all('h1')).toEqual(['Lees het akkoord']))
    expect(phone.wrapper.find('.starter-list').exists()).toBe(false)
  })

  test('waits without its content, and fills by itself when it comes', async () => {
    const { client } = await device(null)
    const screen = await open(client, '/starten')
    expect(screen.all('h1')).toEqual(['Starten'])
    expect(screen.wrapper.find('.wait').exists()).toBe(true)
    const { give } = await import('../library/stage.ts')
    const { path } = await import('./stage.ts')
    await give(client, path)
    await screen.says('0 van 3 afgerond')
    expect(screen.wrapper.find('.wait').exists()).toBe(false)
  })

  test('says honestly that the content is not there when there is no connection', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const { client } = await device(null)
    const screen = await open(client, '/starten')
    await screen.says('De inhoud staat nog niet op dit toestel')
    expect(screen.wrapper.find('.wait').exists()).toBe(false)
    vi.restoreAllMocks()
  })
})
