// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import type { SessionView } from '../../../src/domain/session.ts'
import { session as member } from '../starter/stage.ts'
import { arrived, ENTRY, facilitator, LAB, lab, labDevice, NOW, open, participant, rows, type } from './stage.ts'

const call = { lab: LAB, template: 'leerlabo-klein', title: 'Labo van het najaar', lastDay: '2025-05-30', places: 8, closed: false }
const reached = (more: Partial<typeof call> = {}): SessionView => ({ ...member, labs: [], calls: [{ ...call, ...more }] })
const SAID = '0190b6a2-7c1e-7abc-8def-0123456789e1'
const path = `/leerlabo/${LAB}/oproep`
const pick = async (screen: Awaited<ReturnType<typeof open>>, label: RegExp) => {
  ;(await screen.get<HTMLInputElement>('input', label)).click()
  await flushPromises()
}

describe('a team', () => {
  test('sees the call, puts itself forward without a connection, says it otherwise, withdraws and comes back', async () => {
    const { client, passTime } = await labDevice()
    await client.signedIn(reached())
    const list = await open(client, '/leerlabo')
    await list.says('Kandidaat stellen kan tot en met vrijdag 30 mei 2025. Er is plaats voor 8 teams.')
    const screen = await open(client, path)
    await screen.says('Labo van het najaar')
    await screen.press(/^Stel je kandidaat/)
    await screen.says('Er is een probleem')
    expect(screen.all('.error-summary li')).toEqual(['Kies hoe ver jullie staan', 'Schrijf waarom jullie graag meedoen'])
    await pick(screen, /^Groeier/)
    await type(screen, 'Waarom doen jullie graag mee?', 'We willen meer mensen bereiken.')
    await screen.press(/^Stel je kandidaat/)
    await screen.says('Je team is kandidaat')
    await screen.says('Wacht op verzending')
    expect(await rows(client, 'candidacy')).toMatchObject([{ space: ENTRY, values: { stage: 'growing', motivation: 'We willen meer mensen bereiken.', from: 'Mieke' } }])
    expect((await client.unsent()).filter(({ collection }) => collection === 'candidacy')).toHaveLength(1)

    await screen.press('Pas aan')
    await pick(screen, /^Koploper/)
    await screen.press('Bewaar je kandidatuur')
    await screen.says('Koploper')
    await vi.waitFor(async () => expect((await rows(client, 'candidacy')).filter(({ values }) => values['deleted'] !== true)).toMatchObject([{ values: { stage: 'frontrunner', motivation: 'We willen meer mensen bereiken.' } }]))
    await screen.press('Trek je kandidatuur in')
    await screen.says('Je kandidatuur is ingetrokken.')
    await screen.press('Zet terug')
    await screen.says('Je team is kandidaat')
    await passTime()
    await list.says('Je team is kandidaat')
  })

  test('finds what it typed again, also when it was not sent', async () => {
    const { client } = await labDevice()
    await client.signedIn(reached())
    const screen = await open(client, path)
    await type(screen, 'Waarom doen jullie graag mee?', 'Half af')
    screen.wrapper.unmount()
    await vi.waitFor(async () => expect(JSON.stringify(await client.db.read('choices'))).toContain('Half af'))
    const again = await open(client, path)
    await vi.waitFor(async () => expect((await again.get<HTMLTextAreaElement>('textarea', 'Waarom doen jullie graag mee?')).value).toBe('Half af'))
  })

  test('reads why it is not this time, and what two colleagues wrote at once', async () => {
    const { client } = await labDevice()
    await client.signedIn(reached({ closed: true }))
    await arrived(client, ENTRY, 'candidacy', SAID, { stage: 'starter', motivation: 'Wij beginnen.', from: 'An' }, NOW - 60_000)
    await arrived(client, ENTRY, 'candidacy', SAID.replace('e1', 'e2'), { stage: 'growing', motivation: 'Wij doen al iets.', from: 'Bo' }, NOW - 90_000)
    const screen = await open(client, path)
    await screen.says('Wij beginnen.')
    expect(screen.text).toContain('Wij doen al iets.')
    await arrived(client, ENTRY, 'candidacyReply', SAID, { text: 'Volgend jaar graag.', from: 'Bart' })
    await screen.says('Volgend jaar graag.')
    await screen.says('Deze oproep is gesloten. Je team kan zich niet meer kandidaat stellen.')
    expect(screen.wrapper.find('form').exists()).toBe(false)
    const list = await open(client, '/leerlabo')
    await list.says('Deze keer niet')
  })

  test('is led into the lab once it takes part', async () => {
    const { client } = await labDevice()
    await client.signedIn({ ...participant, calls: [call] })
    const screen = await open(client, path)
    await screen.says('Je team doet mee')
    expect(screen.wrapper.find(`a[href="/leerlabo/${LAB}"]`).exists()).toBe(true)
    const list = await open(client, '/leerlabo')
    await list.says('Deze leerlabo’s bestaan')
    expect(list.text).not.toContain('zoeken teams')
  })

  test('is needed: who has none is told so, and an ended call is not offered', async () => {
    const { client } = await labDevice()
    const alone = await open(client, path)
    await alone.says('Meld je eerst aan')
    await client.signedIn({ ...member, teams: [], calls: [] })
    await alone.says('Kies eerst je gemeente')
    await client.signedIn(reached({ lastDay: '2025-05-11' }))
    const list = await open(client, '/leerlabo')
    await list.says('Je team zit nog in geen leerlabo')
    expect(list.text).not.toContain('Labo van het najaar')
    const screen = await open(client, path)
    await screen.says('Deze oproep liep tot en met zondag 11 mei 2025.')
  })

  test('that was invited directly says how far it is', async () => {
    const { client } = await labDevice()
    await lab(client)
    const screen = await open(client, `/leerlabo/${LAB}`)
    await screen.says('Hoe ver staan jullie?')
    await screen.press('Geef door')
    await screen.says('Kies hoe ver jullie staan.')
    await pick(screen, /^Starter/)
    const form = (await screen.get('button', 'Geef door')).closest('form')!
    for (const _press of [1, 2]) form.dispatchEvent(new Event('submit', { cancelable: true }))
    await screen.says('Jullie doen mee als starter.')
    await client.written()
    expect(await rows(client, 'candidacy')).toMatchObject([{ space: ENTRY, values: { stage: 'starter', from: 'Mieke' } }])
    expect('motivation' in (await rows(client, 'candidacy'))[0]!.values).toBe(false)
  })
})

describe('a facilitator', () => {
  const other = `entry:${LAB}:elders`
  async function stage(calls: SessionView['calls'] = [call]) {
    const here = await labDevice()
    await lab(here.client, { ...facilitator, calls })
    await arrived(here.client, `review:${LAB}`, 'labCandidate', 'elders', { name: 'Elders', nis: '11001' })
    await arrived(here.client, other, 'candidacy', SAID, { stage: 'starter', motivation: 'Wij beginnen.', from: 'Cas' })
    return here
  }

  test('sees the mix in words and numbers, and answers a candidate', async () => {
    const { client } = await stage()
    const screen = await open(client, `/begeleiding/${LAB}/oproep`)
    await screen.says('Wij beginnen.')
    expect(screen.all('.mix')[0]).toBe('Hoe ver staan ze?Doet meeKandidaatSamenStarter011Groeiernog geen000Koplopernog geen000Nog niet gekend101')
    expect(screen.all('.mix')[1]).toContain('Landelijk (minder dan 15.000)')
    await screen.press(/^Niet deze keer/)
    await screen.press('Verstuur antwoord')
    await screen.says('Schrijf een woord voor het team.')
    await type(screen, 'Een woord voor het team', 'Volgend jaar graag.')
    await screen.press('Verstuur antwoord')
    await vi.waitFor(async () => expect(await rows(client, 'candidacyReply')).toMatchObject([{ space: other, id: SAID, values: { text: 'Volgend jaar graag.', from: 'Bart' } }]))
    await screen.says('Er wacht geen kandidaat')
    await screen.press(/^Zet terug bij de kandidaten/)
    await vi.waitFor(async () => expect((await rows(client, 'candidacyReply'))[0]!.values['deleted']).toBe(true))
    await screen.get('button', /^Neem op/)
  })

  test('keeps what was typed when a colleague answers first', async () => {
    const { client } = await stage()
    const screen = await open(client, `/begeleiding/${LAB}/oproep`)
    await screen.press(/^Niet deze keer/)
    await type(screen, 'Een woord voor het team', 'Bel ons eens.')
    await vi.waitFor(async () => expect(JSON.stringify(await client.db.read('choices'))).toContain('Bel ons eens.'))
    await arrived(client, other, 'candidacyReply', SAID, { text: 'Volgend jaar.', from: 'Dina' })
    await screen.says('Volgend jaar.')
    await screen.says('Bel ons eens.')
    await screen.press('Wis wat ik schreef')
    expect(screen.text).not.toContain('Bel ons eens.')
    await vi.waitFor(async () => expect(JSON.stringify(await client.db.read('choices'))).not.toContain('Bel ons eens.'))
  })

  test('is told that half a day is no day', async () => {
    const { client } = await stage([])
    const screen = await open(client, `/begeleiding/${LAB}/oproep`)
    const day = await screen.get<HTMLInputElement>('input', 'Laatste dag')
    Object.defineProperty(day, 'validity', { value: { badInput: true } })
    await screen.press('Open de oproep')
    await screen.says('Vul de hele datum in, of laat het veld leeg')
    expect(screen.all('.error-summary li')).toHaveLength(1)
  })

  test('is told that candidates wait, and what opening and taking in need', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    const { client } = await stage([])
    const board = await open(client, `/begeleiding/${LAB}`)
    await board.says('Oproep: 1 kandidaat wacht')
    const list = await open(client, '/begeleiding')
    await list.says('1 gemeente · 1 kandidaat wacht')
    const screen = await open(client, `/begeleiding/${LAB}/oproep`)
    await screen.says('Er is nog geen oproep.')
    await type(screen, 'Laatste dag', '2025-05-11')
    await type(screen, 'Aantal plaatsen', 'veel')
    await screen.press('Open de oproep')
    await screen.says('Er is een probleem')
    expect(screen.all('.error-summary li')).toEqual(['Kies een dag die nog niet voorbij is, of laat het veld leeg', 'Schrijf een getal van 1 tot 500, of laat het veld leeg'])
    await type(screen, 'Laatste dag', '2025-05-30')
    await type(screen, 'Aantal plaatsen', '8')
    await screen.press('Open de oproep')
    await screen.says('Hiervoor is een verbinding nodig. Probeer het straks opnieuw.')
    expect((await screen.get<HTMLInputElement>('input', 'Aantal plaatsen')).value).toBe('8')
    vi.unstubAllGlobals()
  })
})
