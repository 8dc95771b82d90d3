// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { question, questionMessage, questionRead } from '../../../src/domain/collections.ts'
import { deskSpace, LOCAL_SPACE, personSpace } from '../../../src/domain/spaces.ts'
import type { PersonId, SpaceId } from '../../../src/domain/ids.ts'
import type { SessionView } from '../../../src/domain/session.ts'
import { routes } from '../../../src/client/features/help/routes.ts'
import { clientKey, type Client } from '../../../src/client/sync/client.ts'
import { readMark } from '../../../src/client/sync/help-mark.ts'
import { device, give, NOW, offeredFiles, practice, Screen } from '../library/stage.ts'

const id = '0190b6a2-7c1e-7abc-8def-0123456789ab'
const damme = deskSpace('damme')
const asked = { type: 'advice', theme: 'gender', text: 'Hoe begin je een werkgroep in Damme?', context: { path: '/praktijken/praktijk-x', title: 'X' }, mail: true }

const session = (more: Partial<SessionView> = {}): SessionView => ({
  person: { id: 'an' as PersonId, email: 'an@x.example', name: 'An Verhelst' },
  roles: [],
  teams: [{ id: 'damme', nis: '31006', name: 'Damme', role: 'member' }],
  requests: [],
  ...more,
})
const deskSession = session({ person: { id: 'noor' as PersonId, email: 'noor@x.example', name: 'Noor' }, roles: ['desk'], teams: [], desk: [{ id: 'noor' as PersonId, name: 'Noor' }, { id: 'piet' as PersonId, name: 'Piet' }] })

let client: Client
beforeEach(async () => {
  document.body.innerHTML = ''
  client = await device()
  await give(client, { ...practice('praktijk-x', 'Een praktijk') })
})

const elsewhere = defineComponent({ render: () => h('p', 'elders') })
async function open(path: string): Promise<Screen> {
  await Promise.all(routes.flatMap(({ component, children = [] }) => [component, ...children.map((child) => child.component)]).map((load) => (load as () => Promise<unknown>)()))
  const all = [...routes, { path: '/praktijken/:practice', component: elsewhere, meta: { title: 'Praktijk' } }, { path: '/starten', component: elsewhere, meta: { title: 'Starten' } }, { path: '/:rest(.*)*', component: elsewhere, meta: { title: 'Niet gevonden' } }]
  const router = createRouter({ history: createMemoryHistory(), routes: all })
  await router.push(path)
  await router.isReady()
  const wrapper = mount(defineComponent({ render: () => h('main', [h(RouterView, { key: router.currentRoute.value.matched.length > 1 ? 'desk' : router.currentRoute.value.path })]) }), {
    attachTo: document.body,
    global: { plugins: [router], provide: { [clientKey as symbol]: client } },
  })
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  return new Screen(wrapper, router)
}

const type = (element: HTMLTextAreaElement | HTMLInputElement, text: string) => {
  element.value = text
  element.dispatchEvent(new Event('input', { bubbles: true }))
}
const rowsOf = async (collection: string) => (await client.db.rows.toArray()).filter((row) => row.collection === collection && row.values['deleted'] !== true)

/** As the server gives it: the question with its registration, in the space of the team. */
async function arrived(more: Record<string, unknown> = {}, row = id): Promise<void> {
  const stamp = `${(NOW - 3_600_000).toString(36).padStart(9, '0')}.000.aaaaaaaaaa` as never
  const put = (collection: string, values: Record<string, unknown>, unit: string, by: string | null) =>
    client.db.rows.put({ space: damme, collection, id: row, values, stamps: { [unit]: stamp, assignee: stamp, term: stamp }, by: { [unit]: by }, keys: [] })
  await put('question', { ...asked, ...more }, 'asked', 'an')
  await put('questionRegistration', { receivedAt: new Date(NOW - 3_600_000).toISOString(), asker: { id: 'an', name: 'An Verhelst' }, municipality: { nis: '31006', name: 'Damme' } }, 'receivedAt', null)
}

describe('asking', () => {
  test('says what is missing, and keeps what was typed on this device', async () => {
    const screen = await open('/hulp')
    await screen.says('Nog geen vragen')
    await screen.press('Zet klaar om te versturen')
    expect(screen.all('.error-summary li')).toEqual(['Kies of je informatie of advies zoekt', 'Schrijf je vraag'])
    type(await screen.get<HTMLTextAreaElement>('textarea', 'Je vraag'), 'Half gesch')
    await vi.waitFor(async () => expect(await client.db.read('choices')).toMatchObject({ 'draft::question-text': 'Half gesch' }))
    screen.wrapper.unmount()
    const again = await open('/hulp')
    const area = await again.get<HTMLTextAreaElement>('textarea', 'Je vraag')
    await vi.waitFor(() => expect(area.value).toBe('Half gesch'))
    expect(await rowsOf('question')).toEqual([])
  })

  test('takes along the page it is about, with its theme, unless it is taken away', async () => {
    const screen = await open('/hulp?bij=/praktijken/praktijk-x')
    await screen.says('Je vraag gaat over')
    await screen.says('Een praktijk')
    expect((await screen.get<HTMLSelectElement>('select', 'Thema (niet verplicht)')).value).toBe('gender')
    ;(await screen.get<HTMLButtonElement>('button[aria-label="Haal deze pagina weg van je vraag"]', '')).click()
    await flushPromises()
    expect(screen.text).not.toContain('Een praktijk')
    ;(await screen.get<HTMLInputElement>('input[type=radio]', /^Informatie/)).click()
    type(await screen.get<HTMLTextAreaElement>('textarea', 'Je vraag'), 'Mag dat?')
    await screen.press('Zet klaar om te versturen')
    await vi.waitFor(async () => expect(await rowsOf('question')).toMatchObject([{ space: LOCAL_SPACE, values: { type: 'information', text: 'Mag dat?', context: null } }]))
  })

  test.each(['https://elders.be', '//elders.be', '/hulp', '/', '/bestaat-niet', 'praktijken'])('takes no page from %s', async (bij) => {
    const screen = await open(`/hulp?bij=${encodeURIComponent(bij)}`)
    await screen.says('Stel een vraag')
    expect(screen.text).not.toContain('Je vraag gaat over')
  })

  test('without an account waits on the device, says so, and can be taken back', async () => {
    await client.write(question, id, asked)
    const screen = await open(`/hulp/${id}`)
    await screen.says('Meld je aan om te versturen')
    expect(screen.all('.status')).toEqual(['Wacht op verzending'])
    await screen.press('Haal deze vraag weg')
    await vi.waitFor(async () => expect(await rowsOf('question')).toEqual([]))
  })

  test('with an account but no team says that the municipality is missing', async () => {
    await client.db.write('session', session({ teams: [] }))
    await client.write(question, id, asked)
    expect(await rowsOf('question')).toMatchObject([{ space: personSpace('an' as PersonId) }])
    const screen = await open(`/hulp/${id}`)
    await screen.says('Kies je gemeente om te versturen')
  })

  test('in a team waits for a connection, and says the day when it has arrived', async () => {
    await client.db.write('session', session())
    await client.write(question, id, asked)
    expect(await rowsOf('question')).toMatchObject([{ space: damme }])
    const screen = await open(`/hulp/${id}`)
    await screen.says('Ze vertrekt vanzelf zodra er verbinding is.')
    await arrived()
    // Saturday 21 November 2026: five working days later is Friday 27.
    await screen.says('Je vraag is bij de helpdesk. Je krijgt een antwoord tegen vrijdag 27 november.')
    expect(screen.all('.status')).toEqual(['Verstuurd'])
  })
})

describe('an answer', () => {
  const answered = async () => {
    await arrived()
    await client.db.write('session', deskSession)
    await client.write(questionMessage, '0190b6a2-7c1e-7abc-8def-0123456789ac', { question: id, answer: 'Begin klein.' }, damme)
    await client.db.write('session', session())
  }

  test('is marked as new for who asked until it is opened, also on the first screen', async () => {
    await answered()
    expect(await readMark(client.db)).toEqual({ words: 'Er is een antwoord op je vraag', to: `/hulp/${id}` })
    await (await open('/hulp')).says('Nieuw antwoord')
    const screen = await open(`/hulp/${id}`)
    await screen.says('Begin klein.')
    await vi.waitFor(async () => expect(await rowsOf('questionRead')).toMatchObject([{ id, values: { answers: 1 } }]))
    expect(await readMark(client.db)).toBeUndefined()
    await client.write(questionRead, id, { answers: 0 })
    await client.db.write('session', session({ person: { id: 'bo' as PersonId, email: 'bo@x.example', name: 'Bo' } }))
    expect(await readMark(client.db)).toBeUndefined()
  })

  test('can be gone on about, with a draft that stays', async () => {
    await answered()
    const screen = await open(`/hulp/${id}`)
    type(await screen.get<HTMLTextAreaElement>('textarea', 'Je bericht'), 'En daarna?')
    await vi.waitFor(async () => expect(await client.db.read('choices')).toMatchObject({ [`draft:an:message-${id}`]: 'En daarna?' }))
    await screen.press('Verstuur bericht')
    await vi.waitFor(async () => expect((await rowsOf('questionMessage')).map(({ values }) => values)).toContainEqual({ question: id, text: 'En daarna?' }))
    await vi.waitFor(async () => expect(Object.keys((await client.db.read('choices')) ?? {})).not.toContain(`draft:an:message-${id}`))
    await screen.says('Verstuurd')
  })
})

describe('the desk', () => {
  test('is closed for others', async () => {
    await client.db.write('session', session())
    await arrived()
    for (const path of ['/hulp/helpdesk', `/hulp/helpdesk/${id}`, '/hulp/helpdesk/jaarcijfers']) {
      const screen = await open(path)
      await screen.says('Alleen voor de helpdesk')
      expect(screen.text).not.toContain('Hoe begin je')
      screen.wrapper.unmount()
    }
  })

  test('sees what waits, the late ones first, and filters it', async () => {
    await client.db.write('session', deskSession)
    await arrived()
    await arrived({ text: 'Deze is te laat', type: 'information', term: '2026-11-18', assignee: 'piet' }, '0190b6a2-7c1e-7abc-8def-0123456789ae')
    const screen = await open('/hulp/helpdesk')
    await screen.says('2 vragen staan open, waarvan 1 te laat.')
    expect(screen.all('.task-row-link')).toEqual(['Deze is te laat', 'Hoe begin je een werkgroep in Damme?'])
    expect(screen.all('.status')).toEqual(['2 werkdagen te laat', 'nog 5 werkdagen'])
    await screen.pick('Behandelaar', 'Nog niemand')
    await vi.waitFor(() => expect(screen.all('.task-row-link')).toEqual(['Hoe begin je een werkgroep in Damme?']))
    await screen.pick('Soort', 'Informatie')
    await screen.says('Geen vraag past hierbij')
    expect(await readMark(client.db)).toEqual({ words: '2 vragen wachten op de helpdesk', to: '/hulp/helpdesk' })
  })

  test('answers, and takes the question by answering', async () => {
    await client.db.write('session', deskSession)
    await arrived()
    const screen = await open(`/hulp/helpdesk/${id}`)
    await screen.says('An Verhelst, Damme')
    await screen.press('Verstuur antwoord')
    await screen.says('Schrijf eerst iets')
    type(await screen.get<HTMLTextAreaElement>('textarea', 'Je antwoord'), 'In Damme kan An Verhelst klein beginnen.')
    await screen.press('Verstuur antwoord')
    await screen.says('Beantwoord')
    await vi.waitFor(async () => expect(await rowsOf('question')).toMatchObject([{ values: { assignee: 'noor' } }]))
  })

  test('proposes an answer without what tells who asked, and gives it as a file', async () => {
    await client.db.write('session', deskSession)
    await arrived()
    await client.write(questionMessage, '0190b6a2-7c1e-7abc-8def-0123456789ac', { question: id, answer: 'In Damme kan An Verhelst klein beginnen.' }, damme)
    const screen = await open(`/hulp/helpdesk/${id}`)
    await screen.press('Maak er een voorstel van')
    const area = await screen.get<HTMLTextAreaElement>('textarea', 'Het antwoord zonder namen')
    expect(area.value).toBe('In [gemeente] kan [naam] klein beginnen.')
    const files = offeredFiles()
    await screen.press('Bewaar voor de redactie (Markdown)')
    expect(files[0]!.name).toBe('vraag-hoe-begin-je-een-werkgroep-in-gemeente.md')
    expect(await files[0]!.text()).toContain('In [gemeente] kan [naam] klein beginnen.')
    await screen.press('Haal het voorstel weg')
    await screen.says('Zet het voorstel terug')
  })

  test('counts the year by itself', async () => {
    await client.db.write('session', deskSession)
    await arrived()
    const screen = await open('/hulp/helpdesk/jaarcijfers')
    await screen.says('2026')
    const row = (label: string) => screen.all('tr').find((words) => words.startsWith(label))
    expect(row('Vragen aangekomen')).toBe('Vragen aangekomen1')
    expect(row('Mediaan')).toContain('nog geen')
    expect(row('Advies')).toBe('Advies1')
    expect(row('Gender')).toBe('Gender1')
    const files = offeredFiles()
    await screen.press('Download als csv')
    expect(files[0]!.name).toBe('opstap-helpdesk-2026.csv')
    expect(await files[0]!.text()).toContain('2026;Soort;Advies;1')
  })
})

test('nothing of another space is ever shown', async () => {
  await client.db.write('session', session({ teams: [{ id: 'zuienkerke', nis: '31042', name: 'Zuienkerke', role: 'lead' }] }))
  await arrived()
  const screen = await open(`/hulp/${id}`)
  await screen.says('Deze vraag staat niet op dit toestel')
  expect(await client.write(questionMessage, '0190b6a2-7c1e-7abc-8def-0123456789ac', { question: id, text: 'Hallo' }, damme as SpaceId)).toMatchObject({ kind: 'refused', refusal: 'forbidden' })
})
