// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { scanRound } from '../../../src/domain/collections.ts'
import type { Client } from '../../../src/client/sync/client.ts'
import type { Screen } from '../library/stage.ts'
import { check, open, stored } from '../plan/stage.ts'
import { device, NOW, path } from '../starter/stage.ts'

const year = new Date(NOW).getFullYear()
const round = `scan-een--${year}`
const heading = (screen: Screen) => screen.all('h1')
const asks = (screen: Screen, question: string) => vi.waitFor(() => expect(heading(screen)).toEqual([question]))
const answers = async (client: Client) => (await stored(client, 'scanRound'))[0]?.values

async function begun(): Promise<{ client: Client; screen: Screen }> {
  const { client } = await device(path)
  const screen = await open(client, '/quickscan')
  await screen.press('Begin met de scan')
  await asks(screen, 'Doen jullie al iets')
  return { client, screen }
}

async function finished(first: string): Promise<{ client: Client; screen: Screen }> {
  const { client, screen } = await begun()
  await check(screen, first)
  await screen.says('Bewaard op dit toestel')
  return { client, screen }
}

describe('a scan', () => {
  test('tells what it is before it begins, and keeps nothing until then', async () => {
    const { client } = await device(path)
    const screen = await open(client, '/quickscan')
    await screen.says('Vul dit samen in.')
    expect(screen.all('.scan-parts li')).toEqual(['Het begin', 'Verder'])
    expect(await client.db.outbox.count()).toBe(0)
  })

  test('asks one question at a time and says in words how far it is', async () => {
    const { screen } = await begun()
    await screen.says('Deel 1 van 2: Het begin')
    await screen.says('Vraag 1 van 1 · 0 van 2 beantwoord')
    expect(document.title).toBe('Waar staan we? – Opstap')
    expect(screen.wrapper.find('fieldset legend').text()).toBe('Doen jullie al iets')
    expect(screen.all('.scan-buttons button')).toEqual(['Sla over'])
  })

  test('keeps an answer at once and says so only then', async () => {
    const { client, screen } = await begun()
    expect(screen.text).not.toContain('Bewaard op dit toestel')
    await check(screen, 'Ja hoor')
    await screen.says('Bewaard op dit toestel')
    expect(await answers(client)).toMatchObject({ 'value.werking': 'ja' })
    await screen.press('Wis je antwoord')
    await vi.waitFor(async () => expect(await answers(client)).toMatchObject({ 'value.werking': null }))
  })

  test('goes on to what follows from the answer, back, and past what is skipped', async () => {
    const { screen } = await finished('Ja hoor')
    await screen.press('Volgende')
    await asks(screen, 'Hoe dan')
    await check(screen, 'Samen')
    await screen.says('1 van 2 · 2 van 3 beantwoord')
    await screen.press('Volgende')
    await asks(screen, 'Met wie')
    await screen.press('Vorige')
    await asks(screen, 'Hoe dan')
    expect(document.activeElement?.tagName).toBe('H1')
  })

  test('goes straight to the end for who does not work on it, with the order that follows', async () => {
    const { client, screen } = await finished('Nog niet')
    await screen.press('Bekijk het resultaat')
    await screen.says('Hier begin je best')
    expect(screen.all('.order-link')).toEqual(['Lees het akkoord'])
    expect(screen.all('.order-why')).toEqual(['Er is nog niets.'])
    expect((await answers(client))!['finishedAt']).toMatch(/^2025-05-12/)
  })

  test('takes no other answer beside one that stands alone', async () => {
    const { client, screen } = await finished('Ja hoor')
    await screen.press('Volgende')
    await asks(screen, 'Hoe dan')
    await check(screen, 'Samen')
    await screen.says('2 van 3 beantwoord')
    await check(screen, 'Niets daarvan')
    await vi.waitFor(async () => expect(await answers(client)).toMatchObject({ 'value.hoe.samen': false, 'value.hoe.niet': true }))
    await vi.waitFor(() => expect(screen.wrapper.findAll<HTMLInputElement>('input').map(({ element }) => element.checked)).toEqual([false, false, true]))
  })

  test('is left and gone on with at the same question', async () => {
    const { client, screen } = await finished('Ja hoor')
    await screen.press('Volgende')
    await asks(screen, 'Hoe dan')
    screen.wrapper.unmount()
    const again = await open(client, '/quickscan')
    await again.says('Jullie beantwoordden 1 van de 2 vragen.')
    await again.press('Ga verder waar je was')
    await asks(again, 'Hoe dan')
    expect(again.router.currentRoute.value.fullPath).toBe('/quickscan?vraag=hoe')
  })

  test('says why an answer was not kept, and stays there', async () => {
    const { client, screen } = await begun()
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(client, 'write').mockResolvedValue({ kind: 'full' })
    await check(screen, 'Ja hoor')
    await screen.says('Niet bewaard: dit toestel heeft geen plaats meer.')
    await screen.press('Sla over')
    expect(heading(screen)).toEqual(['Doen jullie al iets'])
  })
})

describe('the result', () => {
  const result = async (set: Record<string, unknown>) => {
    const { client } = await device(path)
    await client.write(scanRound, round, { finishedAt: new Date(NOW).toISOString(), ...set })
    return { client, screen: await open(client, '/quickscan') }
  }

  test('stands beside the figure, with its N and the way to it', async () => {
    const { screen } = await result({ 'value.werking': 'ja' })
    await screen.says('Jullie antwoorden naast Vlaanderen')
    expect(screen.all('.beside-mine')).toEqual(['Ja hoorjullie antwoord43 %'])
    expect(screen.wrapper.get('.answer a[href="/cijfers/cijfer-een"]').element.parentElement!.textContent).toMatch(/N.=.53/)
    await screen.says('sloegen jullie over')
  })

  test('says how far a part is as an aid, on how many answers', async () => {
    const { screen } = await result({ 'value.werking': 'ja', 'value.hoe.samen': true, 'value.wie': 'buren' })
    await screen.says('Zo ver zijn jullie')
    expect(screen.all('.maturity')).toEqual(['VerderJullie groeien.Op weg, op basis van 2 antwoorden'])
    await screen.says('niet over een persoon')
  })

  test('is taken over as the order of the path in one press, and taken back in one', async () => {
    const { client, screen } = await result({ 'value.werking': 'nee' })
    await screen.press('Neem deze volgorde over')
    await screen.says('Je pad volgt deze volgorde')
    const today = await open(client, '/')
    await vi.waitFor(() => expect(today.wrapper.get('.card-sun h2').text()).toBe('Lees het akkoord'))
    const starten = await open(client, '/starten')
    await starten.says('Eerst voor jullie')
    expect(starten.wrapper.findAll('.route .task-row-link').map((link) => link.attributes('href'))).toEqual(['/starten/taak-twee', '/starten/taak-een', '/starten/taak-drie'])
    await starten.press('Zet de gewone volgorde terug')
    await vi.waitFor(() => expect(today.wrapper.get('.card-sun h2').text()).toBe('Praat met je chef'))
    await screen.says('Neem deze volgorde over')
    await starten.press('Zet jullie volgorde terug')
    await vi.waitFor(() => expect(today.wrapper.get('.card-sun h2').text()).toBe('Lees het akkoord'))
  })

  test('is compared with the round before, and a next year begins a new one', async () => {
    const { client } = await device(path)
    await client.write(scanRound, `scan-een--${year - 1}`, { finishedAt: '2024-05-12T08:00:00.000Z', 'value.werking': 'nee' })
    const screen = await open(client, '/quickscan')
    await screen.press(`Begin de scan van ${year}`)
    await asks(screen, 'Doen jullie al iets')
    expect(screen.wrapper.findAll<HTMLInputElement>('input').some(({ element }) => element.checked)).toBe(false)
    await client.write(scanRound, round, { finishedAt: new Date(NOW).toISOString(), 'value.werking': 'ja' })
    const after = await open(client, '/quickscan')
    await after.says(`Sinds de scan van ${year - 1}`)
    expect(after.all('.changed')).toEqual([`Doen jullie al iets${year - 1}Nog niet${year}Ja hoor`])
  })
})

test('a newcomer finds the way to it on Vandaag and on Starten', async () => {
  const { client } = await device(path)
  const today = await open(client, '/')
  await vi.waitFor(() => expect(today.wrapper.find('main a[href="/quickscan"]').exists()).toBe(true))
  const starten = await open(client, '/starten')
  await vi.waitFor(() => expect(starten.wrapper.find('main a[href="/quickscan"]').exists()).toBe(true))
  expect(starten.wrapper.find('main a[href="/actieplan"]').exists()).toBe(true)
})
