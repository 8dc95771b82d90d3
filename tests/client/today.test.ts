// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import { taskProgress } from '../../src/domain/collections.ts'
import type { Client } from '../../src/client/sync/client.ts'
import { give, type Screen } from './library/stage.ts'
import { arrived, device, NOW, open, path, signedIn } from './starter/stage.ts'

async function today(client: Client): Promise<Screen> {
  const screen = await open(client, '/')
  await vi.waitFor(() => expect(screen.wrapper.find('.today').exists()).toBe(true))
  return screen
}
const main = (screen: Screen) => screen.wrapper.get('.card-sun')
const DAY = 86_400_000
const visitedBefore = (client: Client, previous = NOW - 2 * DAY) => client.db.write('visits', { previous, current: NOW })
const news = (screen: Screen) => screen.all('.news-words')

describe('a newcomer', () => {
  test('gets one clear first step and the way ahead', async () => {
    const { client } = await device()
    const screen = await today(client)
    expect(document.title).toBe('Vandaag – Opstap')
    expect(screen.all('h1')).toEqual(['Vandaag'])
    expect(main(screen).text()).toMatch(/Je eerste stap · 1.uur.15.min/)
    expect(main(screen).get('h2').text()).toBe('Praat met je chef')
    expect(screen.wrapper.findAll('.button-primary').map((button) => [button.text(), button.attributes('href')])).toEqual([['Begin met deze taak', '/starten/taak-een']])
    await screen.says('Alles werkt ook zonder internet en zonder account.')
    await screen.says('2 fasen, in je eigen tempo')
    expect(screen.wrapper.get('a[href="/starten"]').text()).toBe('Bekijk alle taken')
    expect(screen.text).not.toContain('Nieuw sinds')
  })

  test('sees what the app is while its content comes, and then the first step', async () => {
    const { client } = await device(null)
    const screen = await open(client, '/')
    await screen.says('Opstap helpt je stap voor stap')
    expect(screen.wrapper.find('.wait').exists()).toBe(true)
    await give(client, path)
    await vi.waitFor(() => expect(main(screen).get('h2').text()).toBe('Praat met je chef'))
  })
})

describe('who comes back', () => {
  test('goes on where they were, with the next step after it', async () => {
    const { client } = await device()
    const task = await open(client, '/starten/taak-twee')
    await vi.waitFor(async () => expect(await client.db.outbox.count()).toBe(1))
    task.wrapper.unmount()
    const screen = await today(client)
    expect(main(screen).text()).toContain('Verder waar je was')
    expect(main(screen).get('h2').text()).toBe('Lees het akkoord')
    expect(main(screen).get('a').attributes('href')).toBe('/starten/taak-twee')
    expect(screen.wrapper.get('.today-row').attributes('href')).toBe('/starten/taak-een')
    expect(screen.text).not.toContain('Alles werkt ook zonder internet')
  })

  test('gets the next step of the team where they opened nothing themselves', async () => {
    const { client } = await device()
    await signedIn(client)
    await arrived(client, 'taskProgress', 'taak-een', { status: 'done' }, 'an')
    const screen = await today(client)
    expect(main(screen).text()).toContain('Volgende stap')
    expect(main(screen).get('h2').text()).toBe('Lees het akkoord')
    await screen.says('1 van 3 afgerond')
    await arrived(client, 'taskProgress', 'taak-twee', { status: 'inProgress' }, 'an')
    await vi.waitFor(() => expect(main(screen).get('a').text()).toBe('Ga verder'))
  })

  test('of a path that is finished reads so', async () => {
    const { client } = await device()
    for (const id of ['taak-een', 'taak-twee', 'taak-drie']) await client.write(taskProgress, id, { status: id === 'taak-drie' ? 'notApplicable' : 'done' })
    const screen = await today(client)
    await screen.says('Je hebt het hele pad afgelegd')
    await screen.says('2 van 2 afgerond')
    expect(screen.wrapper.find('.card-sun').exists()).toBe(false)
  })
})

describe('what is new since the previous visit', () => {
  const team = async () => {
    const { client } = await device()
    await signedIn(client)
    await visitedBefore(client)
    await arrived(client, 'member', 'an', { name: 'An', role: 'lead' }, 'server')
    return client
  }

  test('is what colleagues did, newest first, and nothing of oneself or of before', async () => {
    const client = await team()
    await arrived(client, 'taskProgress', 'taak-een', { status: 'done' }, 'an', NOW - 3_000)
    await arrived(client, 'taskProgress', 'taak-twee', { status: 'done' }, 'mieke', NOW - 2_000)
    await arrived(client, 'taskProgress', 'taak-drie', { note: { y: 'AAA=', t: 'x' } }, 'vertrokken', NOW - 1_000)
    await arrived(client, 'evidence', '0190a1b2-0000-7000-8000-000000000001', { task: 'taak-een', kind: 'link', url: 'https://damme.be/', title: '' }, 'an', NOW - 500)
    await arrived(client, 'evidence', '0190a1b2-0000-7000-8000-000000000002', { task: 'taak-twee', kind: 'link', url: 'https://damme.be/', title: '' }, 'an', NOW - 3 * DAY)
    const screen = await today(client)
    await vi.waitFor(() =>
      expect(news(screen)).toEqual(['Praat met je chefAn voegde een link toe.', 'Kies een themaEen collega schreef in de notitie.', 'Praat met je chefAn rondde deze taak af.']),
    )
    expect(screen.wrapper.get('.news-words a').attributes('href')).toBe('/starten/taak-een')
  })

  test('is also what editors changed since, and not before', async () => {
    const { client } = await device({ ...path, 'tasks/taak-twee.md': path['tasks/taak-twee.md']!.replace('reviewedOn', 'version: 3\nchanges:\n  - { version: 2, on: 2025-05-01, what: Lang geleden. }\n  - { version: 3, on: 2025-05-12, what: Een stap erbij. }\nreviewedOn') })
    await visitedBefore(client)
    const screen = await today(client)
    await vi.waitFor(() => expect(news(screen)).toEqual(['Lees het akkoordDe tekst is aangepast: Een stap erbij.']))
  })

  test('is at most five lines, each of which goes away for good', async () => {
    const client = await team()
    for (let n = 0; n < 7; n += 1) {
      await arrived(client, 'evidence', `0190a1b2-0000-7000-8000-00000000000${n}`, { task: 'taak-een', kind: 'link', url: 'https://damme.be/', title: '' }, 'an', NOW - 1_000 * (n + 1))
    }
    const screen = await today(client)
    await vi.waitFor(() => expect(news(screen)).toHaveLength(5))
    for (let left = 7; left > 0; left -= 1) {
      await screen.wrapper.get('button[aria-label="Verberg: Praat met je chef"]').trigger('click')
      await flushPromises()
      expect(news(screen)).toHaveLength(Math.min(5, left - 1))
    }
    screen.wrapper.unmount()
    await vi.waitFor(async () => expect(JSON.parse((await client.db.read('choices'))!['dismissedNews']!)).toHaveLength(7))
    await arrived(client, 'taskProgress', 'taak-een', { status: 'done' }, 'an', NOW - 10)
    const again = await today(client)
    await vi.waitFor(() => expect(news(again)).toEqual(['Praat met je chefAn rondde deze taak af.']))
  })

  test('gives the focus to its heading when a line goes away', async () => {
    const client = await team()
    for (const [id, ago] of [['taak-een', 1], ['taak-twee', 2]] as const) await arrived(client, 'taskProgress', id, { status: 'done' }, 'an', NOW - ago)
    const screen = await today(client)
    await vi.waitFor(() => expect(news(screen)).toHaveLength(2))
    await screen.wrapper.get('.news-dismiss').trigger('click')
    await flushPromises()
    expect(document.activeElement?.textContent).toBe('Nieuw sinds je vorige bezoek')
    await screen.wrapper.get('.news-dismiss').trigger('click')
    await flushPromises()
    expect(document.activeElement?.tagName).toBe('H1')
  })

  test('is nothing at a first visit', async () => {
    const { client } = await device()
    await signedIn(client)
    await client.db.write('visits', { previous: null, current: NOW })
    await arrived(client, 'taskProgress', 'taak-een', { status: 'done' }, 'an', NOW - 3_000)
    const screen = await today(client)
    await flushPromises()
    expect(screen.text).not.toContain('Nieuw sinds')
  })
})
