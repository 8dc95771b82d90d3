// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { facilitator, DAY, ENTRY, lab, LAB, labDevice, arrived, NOW, open, participant, rows, send, SENT } from './stage.ts'
import { offeredFiles } from '../library/stage.ts'
import { open as openToday, path } from '../starter/stage.ts'
import { followBadge } from '../../../src/client/app/app-badge.ts'
import { readComing, readLabNews } from '../../../src/client/db/lab-news.ts'
import type { Client } from '../../../src/client/sync/client.ts'
import { countWaiting } from '../../../src/client/sync/waiting.ts'

const HOUR = 3_600_000
const feedback = (client: Client, more: Record<string, unknown> = {}) =>
  arrived(client, ENTRY, 'feedback', '0190b6a2-7c1e-7abc-8def-0123456789ff', { submission: SENT, text: 'Wie kent die dag?', verdict: 'toComplete', from: 'Bart', releasedAt: new Date(NOW - HOUR).toISOString(), ...more })
const said = (client: Client, id = '0190b6a2-7c1e-7abc-8def-0123456789ee', at = NOW - 2 * HOUR) => arrived(client, `lab:${LAB}`, 'announcement', id, { text: 'Een andere zaal.', from: 'Bart' }, at)
const date = (client: Client, assignment: string, at: number) => arrived(client, `lab:${LAB}`, 'labAssignment', assignment, { due: new Date(at).toISOString() })
const reads = async (client: Client) => Object.fromEntries((await rows(client, 'labRead')).map(({ id, values }) => [id, values['at']]))

describe('Vandaag', () => {
  const news = (screen: Awaited<ReturnType<typeof openToday>>) => screen.all('.news-words')

  test('shows what comes from a lab: the next session, and dates within three days of what was not sent', async () => {
    const { client } = await labDevice(path)
    await lab(client)
    await date(client, 'testje', NOW + 4 * DAY)
    await arrived(client, `lab:${LAB}`, 'labSession', 'einde', { at: new Date(NOW + 8 * DAY).toISOString(), place: null })
    const screen = await openToday(client, '/')
    await screen.says('Komt eraan')
    expect(screen.all('section[aria-labelledby=coming] li')).toEqual([
      expect.stringMatching(/^Opdracht: Maak een mens\s*Labo van het voorjaar\s*Niet begonnen\s*Tegen donderdag 15 mei.* \(nog 3 dagen\)$/),
      expect.stringMatching(/^Sessie: Vertrekken\s*Labo van het voorjaar\s*Donderdag 15 mei.*, 10\.00 uur · Online$/),
    ])
    expect(screen.wrapper.findAll('section[aria-labelledby=coming] a').map((link) => link.attributes('href'))).toEqual([`/leerlabo/${LAB}/opdracht/persona`, `/leerlabo/${LAB}`])
    await send(client)
    await vi.waitFor(() => expect(screen.all('section[aria-labelledby=coming] li')).toHaveLength(1))
  })

  test('shows feedback and announcements until they are read, also at a first visit, and puts them away for good', async () => {
    const { client } = await labDevice(path)
    await lab(client)
    await send(client)
    await feedback(client)
    await said(client)
    await said(client, '0190b6a2-7c1e-7abc-8def-0123456789dd', NOW - 15 * DAY)
    const screen = await openToday(client, '/')
    await vi.waitFor(() => expect(news(screen)).toEqual(['Maak een mensBart gaf feedback: Aan te vullen.', 'Labo van het voorjaarBart plaatste een bericht.']))
    expect(screen.all('h2')).toContain('Nieuw voor jou')
    expect(screen.wrapper.findAll('.news-words a').map((link) => link.attributes('href'))).toEqual([`/leerlabo/${LAB}/opdracht/persona`, `/leerlabo/${LAB}`])
    expect(await countWaiting(client.db, NOW)).toBe(2)
    await screen.wrapper.get('button[aria-label="Verberg: Labo van het voorjaar"]').trigger('click')
    await vi.waitFor(() => expect(news(screen)).toHaveLength(1))
    expect(document.activeElement?.id).toBe('news')
    expect(await countWaiting(client.db, NOW)).toBe(1)
    screen.wrapper.unmount()

    const assignment = await open(client, `/leerlabo/${LAB}/opdracht/persona`)
    await assignment.says('Wie kent die dag?')
    await vi.waitFor(async () => expect(await reads(client)).toEqual({ [`${LAB}--persona`]: new Date(NOW - HOUR).toISOString() }))
    assignment.wrapper.unmount()
    const again = await openToday(client, '/')
    await again.says('Komt eraan')
    expect(news(again)).toEqual([])
    expect(await countWaiting(client.db, NOW)).toBe(0)
  })

  test('says nothing of labs to who is in none', async () => {
    const { client } = await labDevice(path)
    await lab(client, { ...participant, labs: [] })
    await said(client)
    const screen = await openToday(client, '/')
    await screen.says('Je eerste stap')
    // Nobody waits for these lines: that the screen does not show them now says little.
    expect([await readLabNews(client.db, NOW), await readComing(client.db, NOW)]).toEqual([[], []])
    expect(screen.text).not.toContain('Komt eraan')
    expect(screen.text).not.toContain('Nieuw')
  })

  test('shows a facilitator the sessions, and not what the teams have to do', async () => {
    const { client } = await labDevice(path)
    await lab(client, facilitator)
    await said(client)
    const screen = await openToday(client, '/')
    await screen.says('Sessie: Vertrekken')
    expect(screen.all('section[aria-labelledby=coming] li')).toHaveLength(1)
    expect(news(screen)).toEqual([])
  })
})

describe('what was seen', () => {
  test('is noted once, when the page is in sight', async () => {
    const { client } = await labDevice()
    await lab(client)
    await said(client)
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    onTestFinished(() => visibility.mockRestore())
    const screen = await open(client, `/leerlabo/${LAB}`)
    await screen.says('Een andere zaal.')
    await flushPromises()
    expect(await reads(client)).toEqual({})
    visibility.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.waitFor(async () => expect(await reads(client)).toEqual({ [LAB]: new Date(NOW - 2 * HOUR).toISOString() }))
    const written = await client.db.outbox.count()
    document.dispatchEvent(new Event('visibilitychange'))
    await flushPromises()
    expect(await client.db.outbox.count()).toBe(written)
    await said(client, '0190b6a2-7c1e-7abc-8def-0123456789dd', NOW - HOUR)
    await vi.waitFor(async () => expect(await reads(client)).toEqual({ [LAB]: new Date(NOW - HOUR).toISOString() }))
  })
})

describe('the badge', () => {
  test('counts what came unread and choices, not tasks and dates; and follows', async () => {
    const { client } = await labDevice()
    const shown: (number | 'none')[] = []
    followBadge(client, { setAppBadge: async (count) => void shown.push(count!), clearAppBadge: async () => void shown.push('none') })
    await vi.waitFor(() => expect(shown).toEqual(['none']))
    await lab(client)
    await said(client)
    await vi.waitFor(() => expect(shown).toEqual(['none', 1]))
    const question = '0190b6a2-7c1e-7abc-8def-0123456789aa'
    await arrived(client, 'desk:damme', 'question', question, { type: 'advice', theme: null, text: 'Hoe?', context: null, mail: true })
    const key: [string, string, string] = ['desk:damme', 'question', question]
    await client.db.rows.update(key, { stamps: { asked: (await client.db.rows.get(key))!.stamps['text']! } })
    await arrived(client, 'desk:damme', 'questionRegistration', question, { receivedAt: new Date(NOW - DAY).toISOString(), asker: { id: 'mieke', name: 'Mieke' }, municipality: { nis: '31006', name: 'Damme' } })
    await arrived(client, 'desk:damme', 'questionMessage', '0190b6a2-7c1e-7abc-8def-0123456789a1', { question, answer: 'Zo.' })
    await vi.waitFor(() => expect(shown.at(-1)).toBe(2))
    const side = { value: 'x', stamp: 's', person: null }
    await arrived(client, 'team:damme', 'conflict', 'taskProgress:x:status:s', { collection: 'taskProgress', row: 'x', unit: 'status', winner: side, loser: side })
    await vi.waitFor(() => expect(shown.at(-1)).toBe(3))
    await arrived(client, 'team:damme', 'conflict', 'taskProgress:x:status:s', { collection: 'taskProgress', row: 'x', unit: 'status', winner: side, loser: side, settledAt: new Date(NOW).toISOString() })
    await vi.waitFor(() => expect(shown.at(-1)).toBe(2))
    await client.signOut(true)
    await vi.waitFor(() => expect(shown.at(-1)).toBe('none'))
  })

  test('is no matter where the browser refuses it', async () => {
    const { client } = await labDevice()
    const refuse = vi.fn<() => Promise<void>>(() => Promise.reject(new DOMException('not installed')))
    followBadge(client, { setAppBadge: refuse, clearAppBadge: refuse })
    await vi.waitFor(() => expect(refuse).toHaveBeenCalledOnce())
  })
})

describe('a lab in the own calendar', () => {
  const serve = (answer: (body: { renew: boolean }) => [number, unknown] | 'offline') => {
    const asked: unknown[] = []
    vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
      asked.push([init.method, address, JSON.parse(String(init.body))])
      const given = answer(JSON.parse(String(init.body)) as { renew: boolean })
      if (given === 'offline') throw new TypeError('Failed to fetch')
      return new Response(JSON.stringify(given[1]), { status: given[0] })
    })
    onTestFinished(() => void vi.unstubAllGlobals())
    return asked
  }
  const address = (name: string) => `https://opstap.example/api/labs/${LAB}/calendar/${name}.ics`

  test.each([['a participant', participant], ['a facilitator', facilitator]])('of %s: as a file, and under an address that can be replaced', async (_who, session) => {
    const asked = serve(({ renew }) => [200, { address: address(renew ? 'nieuw' : 'eerst') }])
    const copied: string[] = []
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async (text: string) => void copied.push(text) } })
    const { client } = await labDevice()
    await lab(client, session)
    const screen = await open(client, `/leerlabo/${LAB}`)
    const files = offeredFiles()
    await screen.press('Zet de sessies in mijn agenda')
    expect(await files[0]!.text()).toContain(`UID:${LAB}-start@opstap`)
    expect(asked).toEqual([])

    await screen.press('Abonneer op deze agenda')
    await screen.says(address('eerst'))
    expect((await screen.get('a', 'Open in mijn agenda')).getAttribute('href')).toBe(address('eerst').replace('https:', 'webcal:'))
    expect(document.activeElement?.textContent).toBe('Abonneer op deze agenda')
    await screen.press('Kopieer het adres')
    expect(copied).toEqual([address('eerst')])
    await screen.press('Maak een nieuw adres')
    await screen.says(address('nieuw'))
    await screen.says('Het oude werkt niet meer.')
    expect(screen.text).not.toContain(address('eerst'))
    expect(asked).toEqual([['POST', `/api/labs/${LAB}/calendar`, { renew: false }], ['POST', `/api/labs/${LAB}/calendar`, { renew: true }]])
  })

  test('says that an address needs a connection, and that the file does not', async () => {
    serve(() => 'offline')
    const { client } = await labDevice()
    await lab(client)
    const screen = await open(client, `/leerlabo/${LAB}`)
    await screen.press('Abonneer op deze agenda')
    await screen.says('Hiervoor is een verbinding nodig.')
    expect(screen.all('button')).toContain('Zet de sessies in mijn agenda')
  })
})
