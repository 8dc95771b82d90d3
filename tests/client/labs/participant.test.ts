// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import { arrived, DAY, ENTRY, LAB, lab, labDevice, NOW, open, rows, send, SENT, type } from './stage.ts'

const path = `/leerlabo/${LAB}/opdracht/persona`

async function fill(screen: Awaited<ReturnType<typeof open>>): Promise<void> {
  await type(screen, 'Hoe heet die', 'Zonnebloem')
  await type(screen, 'Een gewone dag', 'Brengt de kinderen.')
  const choice = await screen.get<HTMLInputElement>('input', 'Rust')
  choice.click()
  await flushPromises()
}

describe('a lab', () => {
  test('is listed with what is open, and shows its sessions over the phases', async () => {
    const { client } = await labDevice()
    await lab(client)
    const list = await open(client, '/leerlabo')
    await list.says('Labo van het voorjaar')
    expect(list.text).toContain('2 opdrachten open')
    const screen = await open(client, `/leerlabo/${LAB}`)
    await screen.says('Volgende sessie')
    expect(screen.all('h2')).toEqual(expect.arrayContaining(['Inzicht', 'Testing']))
    expect(screen.text).toContain('Niet begonnen')
    expect(screen.text).toContain('(nog 3 dagen)')
    expect(screen.text).toContain('Nog geen datum')
  })

  test('of which one has no part shows what its template says, without states', async () => {
    const { client } = await labDevice()
    const screen = await open(client, '/leerlabo/leerlabo-klein')
    await screen.says('Hoe begin je?')
    expect(screen.text).not.toContain('Niet begonnen')
    expect(screen.wrapper.find('a[href="/leerlabo/opdrachten/persona"]').exists()).toBe(true)
  })

  test('that is not there any more says where the work is', async () => {
    const { client } = await labDevice()
    const screen = await open(client, `/leerlabo/${LAB}/opdracht/persona`)
    await screen.says('Deze opdracht is er niet')
    await screen.says('Je antwoorden staan nog in de ruimte van je team')
    expect(screen.all('h1')).toEqual(['Deze opdracht is er niet'])
  })
})

describe('an assignment', () => {
  test('is filled in by the team, and says its state and its date', async () => {
    const { client, passTime } = await labDevice()
    await lab(client)
    const screen = await open(client, path)
    await screen.says('Inleveren tegen donderdag 15 mei 2025, 10.00 uur (nog 3 dagen)')
    await screen.says('Niet begonnen')
    await fill(screen)
    await passTime()
    await screen.says('Concept')
    expect(await rows(client, 'assignmentAnswer')).toMatchObject([{ space: 'team:damme', id: `${LAB}--persona`, values: { 'value.naam': 'Zonnebloem', 'value.wil': 'rust' } }])
    expect(await rows(client, 'submission')).toEqual([])
  })

  test('is not sent while something is missing; what is optional may be', async () => {
    const { client, passTime } = await labDevice()
    await lab(client)
    const screen = await open(client, path)
    await screen.says('Niet begonnen')
    await type(screen, 'Hoe heet die', 'Zonnebloem')
    await passTime()
    await screen.press(/^Kijk je antwoorden na/)
    await screen.says('Er is een probleem')
    expect(screen.all('.error-summary li')).toEqual(['Vul een antwoord in bij “Een gewone dag”', 'Kies een antwoord bij “Wat wil die”'])
  })

  test('is checked, sent as a snapshot, and gets a receipt that does not say more than is so', async () => {
    const { client, passTime } = await labDevice()
    await lab(client)
    const screen = await open(client, path)
    await screen.says('Niet begonnen')
    await fill(screen)
    await passTime()
    await screen.press(/^Kijk je antwoorden na/)
    await vi.waitFor(() => expect(screen.router.currentRoute.value.query).toEqual({ stap: 'nakijken' }))
    await screen.says('Brengt de kinderen.')
    expect(screen.text).toContain('Niet ingevuld')
    const button = await screen.get<HTMLButtonElement>('button', /begeleider|klaar/)
    button.click()
    button.click()
    await screen.says('Klaar om te versturen')
    await screen.says('Wacht op verzending')
    expect(screen.text).not.toContain('Aangekomen')
    const sent = await rows(client, 'submission')
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ space: ENTRY, values: { assignment: 'persona', from: 'Mieke', snapshot: { version: 1, answers: { naam: 'Zonnebloem', dag: 'Brengt de kinderen.', wil: 'rust' } } } })
    expect((await client.unsent()).filter(({ collection }) => collection === 'submission')).toHaveLength(1)
  })

  test('shows feedback, asks to complete, and keeps what was sent before with the form of then', async () => {
    const { client } = await labDevice()
    await lab(client)
    await send(client)
    await arrived(client, ENTRY, 'feedback', '0190b6a2-7c1e-7abc-8def-0123456789ff', { submission: SENT, text: 'Wie kent die dag?', verdict: 'toComplete', from: 'Bart', releasedAt: new Date(NOW - 3_600_000).toISOString() })
    const screen = await open(client, path)
    await screen.says('Wie kent die dag?')
    await screen.says('Aan te vullen')
    await screen.get('button', /^Kijk je antwoorden na/)
    await arrived(client, ENTRY, 'submission', '0190b6a2-7c1e-7abc-8def-0123456789cc', { assignment: 'persona', snapshot: (await rows(client, 'submission'))[0]!.values['snapshot'], from: 'An', arrivedAt: new Date(NOW).toISOString() }, NOW - 60_000)
    await screen.says('Eerder verstuurd')
    expect(screen.text).toContain('Hoe heette die toen')
    expect(screen.text).toContain('Klaproos')
    expect(screen.all('.status')[0]).toBe('Verstuurd')
  })

  test('says that it came too late, counted from the sending on the device', async () => {
    const { client } = await labDevice()
    await lab(client)
    await arrived(client, `lab:${LAB}`, 'labAssignment', 'persona', { due: new Date(NOW - 2 * DAY).toISOString() })
    const open1 = await open(client, path)
    await open1.says('(2 dagen te laat, je kan nog versturen)')
    await send(client)
    const receipt = await open(client, `${path}?stap=verstuurd`)
    await receipt.says('1 dag te laat verstuurd')
    expect(receipt.text).toContain('Aangekomen op de server')
  })

  test('what was sent in time is not late when it is completed after the date', async () => {
    const { client } = await labDevice()
    await lab(client)
    await arrived(client, `lab:${LAB}`, 'labAssignment', 'persona', { due: new Date(NOW - DAY / 2).toISOString() })
    await send(client)
    const { snapshot } = (await rows(client, 'submission'))[0]!.values
    await arrived(client, ENTRY, 'submission', '0190b6a2-7c1e-7abc-8def-0123456789cc', { assignment: 'persona', snapshot, from: 'An', arrivedAt: new Date(NOW).toISOString() }, NOW - 60_000)
    const receipt = await open(client, `${path}?stap=verstuurd`)
    await receipt.says('Aangekomen op de server')
    expect(receipt.text).not.toContain('te laat')
  })

  test('takes a message to the facilitator', async () => {
    const { client } = await labDevice()
    await lab(client)
    const screen = await open(client, path)
    await screen.says('Gesprek met je begeleider')
    await screen.press(/^Plaats bericht/)
    await screen.says('Schrijf eerst je bericht.')
    await type(screen, 'Je bericht', 'Mag het later?')
    await screen.press(/^Plaats bericht/)
    await vi.waitFor(async () => expect(await rows(client, 'message')).toMatchObject([{ space: ENTRY, values: { text: 'Mag het later?', assignment: 'persona' } }]))
    await screen.says('Jij,')
  })

  test('keeps in sight what was answered to a question that is gone', async () => {
    const { client } = await labDevice()
    await lab(client)
    await arrived(client, 'team:damme', 'assignmentAnswer', `${LAB}--persona`, { 'value.weg': 'Dit schreven we vroeger' })
    const screen = await open(client, path)
    await screen.says('Antwoorden op vragen die er niet meer staan')
    expect(screen.text).toContain('Dit schreven we vroeger')
  })
})
