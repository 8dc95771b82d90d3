// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import { taskProgress } from '../../../src/domain/collections.ts'
import { LOCAL_SPACE } from '../../../src/domain/spaces.ts'
import { rowOf, rowsOf } from '../../../src/client/db/rows.ts'
import type { Client } from '../../../src/client/sync/client.ts'
import { openText } from '../../../src/protocol/text.ts'
import type { Screen } from '../library/stage.ts'
import { arrived, device, open, signedIn } from './stage.ts'

async function task(client: Client, id = 'taak-een'): Promise<Screen> {
  const screen = await open(client, `/starten/${id}`)
  await vi.waitFor(() => expect(screen.wrapper.find('.task').exists()).toBe(true))
  return screen
}
const statusIn = async (client: Client, id = 'taak-een') => (await rowOf(client.db, await client.spaceOf(taskProgress), 'taskProgress', id))?.values.status
const group = (screen: Screen, legend: string) => screen.wrapper.findAll('fieldset').find((fieldset) => fieldset.get('legend').text() === legend)!
const choose = async (screen: Screen, legend: string, label: string) => {
  const option = group(screen, legend).findAll('label').find((each) => each.text() === label)!
  await option.get('input').setValue(true)
  await flushPromises()
}
const checked = (screen: Screen, legend: string) => group(screen, legend).findAll('label').filter((label) => (label.get('input').element as HTMLInputElement).checked).map((label) => label.text())
const note = (screen: Screen) => screen.get<HTMLTextAreaElement>('textarea', 'Notitie')
const typeNote = async (screen: Screen, words: string) => {
  const field = await note(screen)
  field.value = words
  field.setSelectionRange(words.length, words.length)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}

describe('a task', () => {
  test('says why, how, when it is done, and what helps a small municipality', async () => {
    const { client } = await device()
    const screen = await task(client)
    expect(document.title).toBe('Praat met je chef – Opstap')
    expect(screen.all('h1')).toEqual(['Praat met je chef'])
    expect(screen.all('.task-text h2')).toEqual(['Waarom', 'Zo pak je het aan', 'Klaar als', 'Tip voor kleine besturen'])
    expect(screen.all('.text-zo-pak-je-het-aan ol > li')).toEqual(['Bel.', 'Plan.', 'Schrijf.'])
    await screen.says('Fase 1: Titel van begin')
    expect(screen.text).toMatch(/Reken op 1.uur.15.min/)
    await screen.says('VVSG, ledenbevraging Gelijkekansenbeleid 2025')
  })

  test('advises what is wise to do first, until that is done', async () => {
    const { client } = await device()
    const screen = await task(client, 'taak-drie')
    await screen.says('Doe dit liefst eerst: Lees het akkoord')
    await client.write(taskProgress, 'taak-twee', { status: 'done' })
    await vi.waitFor(() => expect(screen.text).not.toContain('Doe dit liefst eerst'))
  })

  test('leads to its neighbours on the path', async () => {
    const { client } = await device()
    const screen = await task(client, 'taak-twee')
    expect(screen.all('.task-beside a')).toEqual(['Vorige taakPraat met je chef', 'Volgende taakKies een thema'])
  })

  test('is remembered as the place where the person was, once', async () => {
    const { client } = await device()
    await task(client)
    await vi.waitFor(async () => expect((await rowsOf(client.db, LOCAL_SPACE, 'position')).map(({ id, values }) => [id, values])).toEqual([['taak-een', { path: '/starten/taak-een', at: expect.stringMatching(/^2025-05-12T08:00:00/) }]]))
    const entries = await client.db.outbox.count()
    await task(client)
    expect(await client.db.outbox.count()).toBe(entries)
  })

  test('that does not exist says so calmly, and keeps showing what was written about it', async () => {
    const { client } = await device()
    await client.write(taskProgress, 'taak-weg', { status: 'done' })
    const screen = await open(client, '/starten/taak-weg')
    await vi.waitFor(() => expect(screen.all('h1')).toEqual(['Deze taak bestaat niet (meer)']))
    expect(screen.wrapper.get('a[href="/starten"]').text()).toBe('Naar alle taken')
    expect(await rowsOf(client.db, LOCAL_SPACE, 'position')).toEqual([])
    const opened = openText()
    opened.splice({ at: 0, removed: 0, inserted: 'Dit was belangrijk.' })
    await client.write(taskProgress, 'taak-weg', { note: opened.unsettled()!.value })
    await screen.says('Dit was belangrijk.')
  })
})

describe('the status', () => {
  test('is chosen from three; the saved line comes after the store', async () => {
    const { client } = await device()
    const screen = await task(client)
    expect(group(screen, 'Status').findAll('label').map((label) => label.text())).toEqual(['Nog niet begonnen', 'Bezig', 'Niet van toepassing'])
    expect(checked(screen, 'Status')).toEqual(['Nog niet begonnen'])
    expect(screen.text).not.toContain('Bewaard op dit toestel')
    await choose(screen, 'Status', 'Bezig')
    await screen.says('Bewaard op dit toestel')
    expect(await statusIn(client)).toBe('inProgress')
    expect(screen.all('.task-facts .status')).toEqual(['Bezig'])
  })

  test('follows what a colleague chooses', async () => {
    const { client } = await device()
    const screen = await task(client)
    await client.write(taskProgress, 'taak-een', { status: 'notApplicable' })
    await vi.waitFor(() => expect(checked(screen, 'Status')).toEqual(['Niet van toepassing']))
  })

  test('that could not be stored is told, and the choice goes back', async () => {
    const { client } = await device()
    const screen = await task(client)
    client.write = async () => ({ kind: 'full' })
    await choose(screen, 'Status', 'Bezig')
    await screen.says('Niet bewaard: dit toestel heeft geen plaats meer.')
    expect(await statusIn(client)).toBeUndefined()
    expect(checked(screen, 'Status')).toEqual(['Nog niet begonnen'])
    expect(screen.all('.task-facts .status')).toEqual(['Nog niet begonnen'])
  })

  test('is drawn at once, called saved only after the store, and afterwards follows the store again', async () => {
    const { client } = await device()
    const screen = await task(client)
    const write = client.write
    let release!: () => void
    const gate = new Promise<void>((resolve) => (release = resolve))
    client.write = async (...change) => (await gate, write(...change))
    await choose(screen, 'Status', 'Bezig')
    expect(screen.all('.task-facts .status')).toEqual(['Bezig'])
    expect(screen.text).not.toContain('Bewaard op dit toestel')
    release()
    await screen.says('Bewaard op dit toestel')
    await write(taskProgress, 'taak-een', { status: 'notApplicable' })
    await vi.waitFor(() => expect(screen.all('.task-facts .status')).toEqual(['Niet van toepassing']))
  })
})

describe('the question at the end', () => {
  const QUESTION = 'Heb je deze taak afgerond?'

  test('with `Ja` finishes the task and shows the next step', async () => {
    const { client } = await device()
    const screen = await task(client)
    expect(group(screen, QUESTION).findAll('label').map((label) => label.text())).toEqual(['Ja', 'Nee, ik kom later terug'])
    expect(checked(screen, QUESTION)).toEqual([])
    await choose(screen, QUESTION, 'Ja')
    await screen.says('Volgende stap')
    expect(await statusIn(client)).toBe('done')
    expect(screen.wrapper.get('.finish a.button').attributes('href')).toBe('/starten/taak-twee')
    expect(checked(screen, 'Status')).toEqual([])
    await screen.says('Afgerond op ')
  })

  test('says that the task is finished only once the store has it', async () => {
    const { client } = await device()
    const screen = await task(client)
    const write = client.write
    let release!: () => void
    const gate = new Promise<void>((resolve) => (release = resolve))
    client.write = async (...change) => (await gate, write(...change))
    await choose(screen, QUESTION, 'Ja')
    expect(screen.all('.task-facts .status')).toEqual(['Afgerond'])
    expect(screen.text).not.toContain('Afgerond op')
    release()
    await screen.says('Afgerond op')
  })

  test('says when a phase is finished, and when all is', async () => {
    const { client } = await device()
    for (const id of ['taak-twee', 'taak-drie']) await client.write(taskProgress, id, { status: 'done' })
    const screen = await task(client)
    await choose(screen, QUESTION, 'Ja')
    await screen.says('Daarmee is de fase ‘Titel van begin’ klaar.')
    await screen.says('Er staat geen enkele taak meer open.')
    expect(screen.wrapper.find('.finish a.button').exists()).toBe(false)
  })

  test('with `Nee` leaves the task open, also one that was finished', async () => {
    const { client } = await device()
    const screen = await task(client)
    await choose(screen, QUESTION, 'Nee, ik kom later terug')
    await screen.says('De taak blijft open.')
    expect(await statusIn(client)).toBe('inProgress')
    await choose(screen, QUESTION, 'Ja')
    await screen.says('Afgerond op ')
    await choose(screen, QUESTION, 'Nee, ik kom later terug')
    await vi.waitFor(async () => expect(await statusIn(client)).toBe('inProgress'))
    await vi.waitFor(() => expect(checked(screen, QUESTION)).toEqual(['Nee, ik kom later terug']))
  })

  test('tells who finished it and when, as far as that is known', async () => {
    const { client } = await device()
    await signedIn(client)
    await arrived(client, 'member', 'an', { name: 'An Peeters', role: 'lead' }, 'server')
    await arrived(client, 'taskProgress', 'taak-een', { status: 'done' }, 'an', Date.UTC(2025, 4, 11, 12, 32))
    await arrived(client, 'taskProgress', 'taak-twee', { status: 'done' }, 'weg', Date.UTC(2025, 4, 11, 12, 32))
    const screen = await task(client)
    await screen.says('Afgerond op zondag 11 mei 2025 om 14.32 door An Peeters')
    await screen.router.push('/starten/taak-twee')
    await screen.says('Afgerond op zondag 11 mei 2025 om 14.32')
    await screen.router.push('/starten/taak-drie')
    await vi.waitFor(() => expect(screen.all('h1')).toEqual(['Kies een thema']))
    await choose(screen, QUESTION, 'Ja')
    await screen.says('door jou')
  })
})

describe('the note', () => {
  test('is saved by itself and is there again afterwards', async () => {
    const { client, passTime } = await device()
    const screen = await task(client)
    await typeNote(screen, 'Gebeld met An.')
    await screen.says('Wordt bewaard op dit toestel')
    expect(screen.text).not.toContain('Bewaard op dit toestel op')
    await vi.waitFor(passTime)
    await screen.says('Bewaard op dit toestel op maandag 12 mei 2025 om 10.00')
    expect(screen.all('.task-facts .status')).toEqual(['Bezig'])
    screen.wrapper.unmount()
    const again = await task(client)
    expect((await note(again)).value).toBe('Gebeld met An.')
  })

  test('is saved when the person leaves before the wait is over, and when the page is hidden', async () => {
    const { client } = await device()
    const screen = await task(client)
    await typeNote(screen, 'Snel weg.')
    await screen.router.push('/starten')
    const stored = async () => (await rowOf(client.db, LOCAL_SPACE, 'taskProgress', 'taak-een'))?.values.note?.t
    expect(await stored()).toBe('Snel weg.')
    await screen.router.push('/starten/taak-een')
    await vi.waitFor(async () => expect((await note(screen)).value).toBe('Snel weg.'))
    await typeNote(screen, 'Snel weg. En terug.')
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    vi.restoreAllMocks()
    await vi.waitFor(async () => expect(await stored()).toBe('Snel weg. En terug.'))
  })

  test('that cannot be saved stays, with the reason, and holds the person once', async () => {
    const { client } = await device()
    const screen = await task(client)
    client.write = async () => ({ kind: 'full' })
    await typeNote(screen, 'Kostbaar.')
    await screen.router.push('/starten')
    expect(screen.router.currentRoute.value.path).toBe('/starten/taak-een')
    await screen.says('Niet bewaard: dit toestel heeft geen plaats meer.')
    expect((await note(screen)).value).toBe('Kostbaar.')
    await screen.router.push('/starten')
    expect(screen.router.currentRoute.value.path).toBe('/starten')
  })

  test('takes in what a colleague wrote meanwhile', async () => {
    const { client } = await device()
    const screen = await task(client)
    await typeNote(screen, 'Mijn zin.')
    ;(await note(screen)).dispatchEvent(new Event('blur'))
    await screen.says('Bewaard op dit toestel')
    const row = (await rowOf(client.db, LOCAL_SPACE, 'taskProgress', 'taak-een'))!
    const theirs = openText(row.values.note)
    theirs.splice({ at: 0, removed: 0, inserted: 'Van An. ' })
    await client.write(taskProgress, 'taak-een', { note: theirs.unsettled()!.value })
    await vi.waitFor(async () => expect((await note(screen)).value).toBe('Van An. Mijn zin.'))
  })

  test('says how much fits and who reads along', async () => {
    const { client } = await device()
    const screen = await task(client)
    const field = await note(screen)
    const hint = () => document.getElementById(field.getAttribute('aria-describedby')!)!.textContent
    await vi.waitFor(() => expect(hint()).toContain('Dit blijft op dit toestel'))
    expect(hint()).toContain('Hoogstens 20.000 tekens')
    await signedIn(client)
    await vi.waitFor(() => expect(hint()).toContain('Je team leest en schrijft mee.'))
  })
})

describe('a link as evidence', () => {
  const add = async (screen: Screen, url: string, title = '') => {
    await screen.press('Voeg een link toe')
    const fields = screen.wrapper.findAll<HTMLInputElement>('.evidence-form input')
    await fields[0]!.setValue(url)
    await fields[1]!.setValue(title)
    await screen.wrapper.get('.evidence-form').trigger('submit')
    await flushPromises()
  }
  const links = (screen: Screen) => screen.wrapper.findAll('.evidence-link').map((link) => [link.text(), link.attributes('href')])

  test('is refused with the reason at the field, which gets the focus', async () => {
    const { client } = await device()
    const screen = await task(client)
    await add(screen, 'niks hier')
    await screen.says('Dit is geen webadres.')
    const field = screen.wrapper.get('.evidence-form input')
    expect(field.attributes('aria-invalid')).toBe('true')
    expect(document.activeElement).toBe(field.element)
    expect(await client.db.outbox.filter(({ collection }) => collection === 'evidence').count()).toBe(0)
  })

  test('is added, removed and put back in its place', async () => {
    const { client } = await device()
    const screen = await task(client)
    await add(screen, 'damme.be/verslag', 'Verslag')
    await vi.waitFor(() => expect(links(screen)).toEqual([['Verslag', 'https://damme.be/verslag']]))
    await add(screen, 'www.damme.be/map')
    await vi.waitFor(() => expect(links(screen)).toHaveLength(2))
    expect(links(screen)[1]).toEqual(['damme.be/map', 'https://www.damme.be/map'])

    const button = (label: string) => screen.wrapper.get<HTMLElement>(`button[aria-label="${label}"]`)
    await button('Verwijder: Verslag').trigger('click')
    await vi.waitFor(() => expect(screen.all('.evidence-row')[0]).toMatch(/^Verwijderd\./))
    await vi.waitFor(() => expect(document.activeElement).toBe(button('Zet terug: Verslag').element))
    expect((await rowsOf(client.db, LOCAL_SPACE, 'evidence')).map(({ values }) => values.url)).toEqual(['https://www.damme.be/map'])

    await button('Zet terug: Verslag').trigger('click')
    await vi.waitFor(() => expect(links(screen)[0]).toEqual(['Verslag', 'https://damme.be/verslag']))
    await vi.waitFor(() => expect(document.activeElement).toBe(button('Verwijder: Verslag').element))
  })

  test('belongs to its own task', async () => {
    const { client } = await device()
    const screen = await task(client)
    await add(screen, 'damme.be')
    await vi.waitFor(() => expect(links(screen)).toHaveLength(1))
    await screen.router.push('/starten/taak-twee')
    await vi.waitFor(() => expect(screen.all('h1')).toEqual(['Lees het akkoord']))
    expect(links(screen)).toEqual([])
  })
})

describe('what belongs to a task', () => {
  const opened = (screen: Screen) => screen.wrapper.findAll<HTMLDetailsElement>('.linked details').filter(({ element }) => element.open).map(({ element }) => element.id)
  const linked = async () => {
    const { client } = await device()
    const screen = await task(client)
    await vi.waitFor(() => expect(screen.wrapper.find('#hierbij-praktijk-een').exists()).toBe(true))
    return screen
  }

  test('is grouped by kind: what the task names and what its text links', async () => {
    const screen = await linked()
    expect(screen.all('.linked h3')).toEqual(['Cijfers', 'Zo deden andere besturen het', 'Wie kan helpen', 'Taken die hierbij horen'])
    expect(screen.all('.linked .task-row-link')).toEqual(['Kies een thema', 'Lees het akkoord'])
  })

  test('shows of a figure its numbers, how many answered, its source and what to watch for', async () => {
    const screen = await linked()
    const figure = screen.wrapper.get('#hierbij-cijfer-een').element.textContent!.replace(/[\s\u00a0]+/g, ' ')
    for (const words of ['Ja', '43 %', '57,5 %', 'N = 53', 'Meer dan één antwoord kon.', 'Let op: Vooral actieve besturen.', 'Je bent niet alleen.', 'Bron: VVSG, ledenbevraging']) expect(figure).toContain(words)
  })

  test('invents no contact that the sources do not give', async () => {
    const screen = await linked()
    expect(screen.wrapper.get('#hierbij-aanbod-een').text()).toContain('Aan te vullen door de VVSG: website, e-mail, telefoon.')
  })

  test('opens in place from a link in the text; a link to a task goes there', async () => {
    const screen = await linked()
    await screen.wrapper.get('.task-text a[data-item="praktijk-een"]').trigger('click', { button: 0 })
    await vi.waitFor(() => expect(opened(screen)).toEqual(['hierbij-praktijk-een']))
    expect(document.activeElement?.textContent).toContain('Titel van praktijk-een')
    expect(screen.wrapper.get('#hierbij-praktijk-een a[href="/praktijken/praktijk-een"]').text()).toBe('Open op een eigen pagina')
    expect(screen.router.currentRoute.value.hash).toBe('#hierbij-praktijk-een')
    await screen.wrapper.get('.task-text a[data-item="taak-twee"]').trigger('click', { button: 0 })
    await vi.waitFor(() => expect(screen.all('h1')).toEqual(['Lees het akkoord']))
  })

  test('is open when the address asks for it', async () => {
    const { client } = await device()
    const screen = await open(client, '/starten/taak-een#hierbij-cijfer-een')
    await vi.waitFor(() => expect(opened(screen)).toEqual(['hierbij-cijfer-een']))
  })
})
