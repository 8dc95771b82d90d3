// @vitest-environment happy-dom
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { collections } from '../../../src/domain/collections.ts'
import { teamSpace } from '../../../src/domain/spaces.ts'
import type { PersonId } from '../../../src/domain/ids.ts'
import { toBase64 } from '../../../src/protocol/text.ts'
import { endLeftSession } from '../../../src/client/features/account/actions.ts'
import { isSessionLeft } from '../../../src/client/features/account/left-session.ts'
import { ownData } from '../../../src/client/features/account/own-data.ts'
import { damme, device, NOW, expectText, open, savedFiles, serve, sessionOf } from './stage.ts'

const { taskProgress } = collections
const an = sessionOf('an', { teams: [damme()] })
const ok = () => [200, { ok: true }] as const

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  delete document.documentElement.dataset['theme']
})

async function signedIn() {
  const client = await device()
  await client.signedIn(an)
  await client.engine.settled()
  return client
}

test('without an account says what one brings, and still has storage, colours, data and wiping', async () => {
  const screen = await open(await device(), '/account')
  await expectText(screen, 'Je werkt zonder account. Alles staat op dit toestel.')
  for (const heading of ['Account', 'Wat aanmelden je brengt', 'Weergave', 'Opslag op dit toestel', 'Je gegevens', 'Dit toestel wissen']) expect(screen.has('heading', heading)).toBe(true)
  expect(screen.has('button', 'Meld je af')).toBe(false)
  await screen.follow('Meld je aan')
  expect(screen.router.currentRoute.value.fullPath).toBe('/aanmelden?terug=/account')
})

test('has a choice about mail that is kept on the device and goes along; on until one says no', async () => {
  const client = await signedIn()
  const screen = await open(client, '/account')
  await expectText(screen, 'Mail over leerlabo’s')
  const box = () => screen.wrapper.get<HTMLInputElement>('section[aria-labelledby=account-mail] input[type=checkbox]')
  expect(box().element.checked).toBe(true)
  await box().setValue(false)
  await expectText(screen, 'Bewaard op dit toestel')
  expect(await client.unsent()).toMatchObject([{ space: 'person:an', collection: 'mailChoice', row: 'labs', set: { wanted: false } }])
  screen.wrapper.unmount()
  const again = await open(client, '/account')
  await expectText(again, 'Mail over leerlabo’s')
  expect(again.wrapper.get<HTMLInputElement>('section[aria-labelledby=account-mail] input[type=checkbox]').element.checked).toBe(false)
})

test('says who is signed in, in which team and with which tasks for everybody', async () => {
  const client = await device()
  await client.signedIn({ ...an, roles: ['admin', 'desk'] })
  const screen = await open(client, '/account')
  await expectText(screen, 'Je bent aangemeld als an@demo.example.')
  await expectText(screen, 'DammeTrekker')
  expect(screen.text).toContain('beheerder, helpdesk')
})

describe('the name', () => {
  test('is saved on the server and on the device', async () => {
    serve({ 'PATCH /api/account': ({ name }) => [200, { ...an, person: { ...an.person, name } }] })
    const client = await signedIn()
    const screen = await open(client, '/account')
    await screen.type('Naam', '  An De Smet ')
    await screen.press('Bewaar je naam')
    await expectText(screen, 'Je naam is bewaard.')
    expect((await client.db.read('session'))?.person.name).toBe('An De Smet')
  })
  test('that was typed without a connection is still there later', async () => {
    serve({})
    const client = await signedIn()
    const screen = await open(client, '/account')
    await screen.type('Naam', 'An De Smet')
    await screen.press('Bewaar je naam')
    await expectText(screen, 'De server is niet bereikbaar. Wat je typte, blijft hier staan.')
    screen.wrapper.unmount()
    await vi.waitFor(async () => expect(Object.values((await client.db.read('choices')) ?? {})).toContain('An De Smet'))
    const later = await open(client, '/account')
    await vi.waitFor(async () => expect((await later.field('Naam')).value).toBe('An De Smet'))
  })
  test('may not be empty', async () => {
    const { asked } = serve({})
    const screen = await open(await signedIn(), '/account')
    await screen.type('Naam', ' ')
    await screen.press('Bewaar je naam')
    await expectText(screen, 'Vul je naam in.')
    expect(asked).toEqual([])
  })
})

describe('own data', () => {
  test('are everything of the person and nothing of anybody else', async () => {
    const client = await signedIn()
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await client.db.rows.put({ space: teamSpace('elders'), collection: 'taskProgress', id: 'geheim', values: {}, stamps: {}, by: {}, keys: [] })
    const own = (await client.db.outbox.toArray())[0]!
    await client.db.outbox.put({ ...own, id: '0198a000-0000-7000-8000-0000000000ff' as typeof own.id, n: 99, author: 'bo' as PersonId, row: 'van-bo' })
    await client.db.write('choices', { install: 'notNow', 'draft:an:name': 'An D', 'draft:bo:name': 'Bo P' })
    const data = await ownData(client.db, NOW)
    expect(data).toMatchObject({ account: { person: { id: 'an' } }, savedAt: new Date(NOW).toISOString(), choices: { install: 'notNow', 'draft:an:name': 'An D' } })
    expect(data.work).toEqual([
      {
        space: 'team:team-damme',
        collection: 'taskProgress',
        id: 'focus-kiezen',
        values: { status: 'done' },
        written: { status: { at: new Date(NOW).toISOString(), by: 'an' } },
      },
    ])
    expect(data.changes).toMatchObject([{ row: 'focus-kiezen' }])
    expect(JSON.stringify(data)).not.toMatch(/geheim|van-bo|Bo P/)
  })
  test('show a long text as its words', async () => {
    const client = await device()
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'Eerst bellen')
    await client.write(taskProgress, 'focus-kiezen', { note: { y: toBase64(Y.encodeStateAsUpdate(doc)), t: 'Eerst bellen' } })
    expect((await ownData(client.db, NOW)).work).toMatchObject([{ values: { note: 'Eerst bellen' } }])
  })
  test('come as a file', async () => {
    serve({})
    const files = savedFiles()
    const screen = await open(await signedIn(), '/account')
    await screen.press('Download mijn gegevens')
    await vi.waitFor(() => expect(files).toHaveLength(1))
    expect(JSON.parse(files[0]!)).toMatchObject({ opstap: 'my-data', account: { person: { email: 'an@demo.example' } } })
  })
})

describe('signing out', () => {
  test('with everything sent leaves nothing of the account on the device and ends the session', async () => {
    const { asked } = serve({ 'POST /api/sign-out': ok })
    const client = await signedIn()
    const screen = await open(client, '/account')
    await screen.press('Meld je af')
    await expectText(screen, 'Je bent afgemeld')
    expect(asked).toEqual(['POST /api/sign-out'])
    expect(await client.db.read('session')).toBeUndefined()
    expect(await client.db.rows.count()).toBe(0)
  })
  test('with unsent work refuses, tells how much, saves it to a file, and only then does it when told again', async () => {
    const files = savedFiles()
    serve({ 'POST /api/sign-out': ok })
    const client = await signedIn()
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    const screen = await open(client, '/account')
    await screen.press('Meld je af')
    await expectText(screen, '1 wijziging is nog niet op de server')
    expect(await client.db.read('session')).toBeDefined()
    expect(await client.unsent()).toHaveLength(1)
    await screen.press('Bewaar mijn onverstuurde werk als bestand')
    await vi.waitFor(() => expect(files).toHaveLength(1))
    expect(JSON.parse(files[0]!).entries).toMatchObject([{ row: 'focus-kiezen', set: { status: 'done' } }])
    expect(await client.unsent()).toHaveLength(1)
    await screen.press('Toch afmelden')
    await expectText(screen, 'Je bent afgemeld')
    expect(await client.db.outbox.count()).toBe(0)
  })
  test('counts what the server could not apply as unsent', async () => {
    serve({ 'POST /api/sign-out': ok })
    const client = await signedIn()
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await client.db.outbox.toCollection().modify({ state: 'parked' })
    const screen = await open(client, '/account')
    await screen.press('Meld je af')
    await expectText(screen, '1 wijziging is nog niet op de server')
    await screen.press('Blijf aangemeld')
    expect(await client.db.outbox.count()).toBe(1)
  })
  test('tries to send first', async () => {
    let sent = 0
    const client = await device({ sync: async () => ((sent += 1), { kind: 'offline' }) })
    await client.signedIn(an)
    await client.engine.settled()
    const before = sent
    serve({})
    const screen = await open(client, '/account')
    await screen.press('Meld je af')
    await expectText(screen, 'Je bent afgemeld')
    expect(sent).toBeGreaterThan(before)
  })
  test('without a connection says that the server follows, and ends the session there at the next chance', async () => {
    const server = serve({})
    const client = await signedIn()
    const screen = await open(client, '/account')
    await screen.press('Meld je af')
    await expectText(screen, 'Daar stopt je sessie zodra Opstap op dit toestel weer verbinding heeft.')
    expect(await endLeftSession(client)).toBe(false)
    server.answers = { 'POST /api/sign-out': ok }
    server.asked.length = 0
    expect(await endLeftSession(client)).toBe(true)
    expect(await endLeftSession(client)).toBe(true)
    expect(server.asked).toEqual(['POST /api/sign-out'])
  })
  test('a sign-in that came first keeps its session', async () => {
    const server = serve({})
    const client = await signedIn()
    const screen = await open(client, '/account')
    await screen.press('Meld je af')
    await expectText(screen, 'Je bent afgemeld')
    await client.signedIn(an)
    server.asked.length = 0
    await endLeftSession(client)
    expect(server.asked).toEqual([])
  })
})

describe('an expired session', () => {
  test('is renewed in place', async () => {
    serve({ 'POST /api/sign-in/code': () => [200, { ok: true, code: '123456' }], 'POST /api/sign-in': () => [200, an] })
    const client = await signedIn()
    await client.db.write('expired', true)
    const screen = await open(client, '/account')
    await expectText(screen, 'Je sessie is verlopen. Je werk staat nog op dit toestel.')
    expect((await screen.field('E-mailadres')).value).toBe('an@demo.example')
    await screen.press('Stuur me een code')
    await screen.type('Code', '123456')
    await screen.press('Meld je aan')
    await vi.waitFor(() => expect(screen.text).not.toContain('Je sessie is verlopen'))
    expect(screen.router.currentRoute.value.path).toBe('/account')
  })
  test('is noticed when the server says so', async () => {
    serve({ 'PATCH /api/account': () => [401, { code: 'sign_in_needed', message: 'Meld je aan om verder te gaan.' }] })
    const screen = await open(await signedIn(), '/account')
    await screen.type('Naam', 'An De Smet')
    await screen.press('Bewaar je naam')
    await expectText(screen, 'Je sessie is verlopen.')
    expect((await screen.field('Naam')).value).toBe('An De Smet')
  })
})

describe('wiping the device', () => {
  test('needs the typed word, tells what would be lost, and then leaves nothing', async () => {
    serve({ 'POST /api/sign-out': ok })
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
    onTestFinished(() => assign.mockRestore())
    const client = await signedIn()
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    localStorage.setItem('opstap-theme', 'dark')
    const screen = await open(client, '/account')
    await expectText(screen, 'Eén wijziging van jou staat alleen hier. Na het wissen is dat weg.')
    await screen.press('Wis dit toestel')
    await expectText(screen, 'Typ het woord wissen om te bevestigen.')
    expect(await client.db.outbox.count()).toBe(1)
    await screen.type('Typ wissen om te bevestigen', 'Wissen ')
    await screen.press('Wis dit toestel')
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/'))
    expect(localStorage.length).toBe(0)
    await client.db.open()
    expect(await client.db.outbox.count()).toBe(0)
    expect(await client.db.read('session')).toBeUndefined()
  })
  test('tells when the server could not be told', async () => {
    serve({})
    const client = await signedIn()
    const screen = await open(client, '/account')
    await screen.type('Typ wissen om te bevestigen', 'wissen')
    await screen.press('Wis dit toestel')
    await expectText(screen, 'Daar stopt je sessie zodra Opstap op dit toestel weer verbinding heeft.')
    await client.db.open()
    expect(await isSessionLeft(client.db)).toBe(true)
    expect(await client.db.outbox.count()).toBe(0)
  })
})

describe('colours', () => {
  test('follow the choice at once and after a restart', async () => {
    const screen = await open(await device(), '/account')
    await screen.tick('Donker')
    expect(document.documentElement.dataset['theme']).toBe('dark')
    screen.wrapper.unmount()
    const later = await open(await device(), '/account')
    await expectText(later, 'Weergave')
    expect(later.wrapper.find<HTMLInputElement>('input[value=dark]').element.checked).toBe(true)
    await later.tick('Zoals dit toestel')
    expect(document.documentElement.dataset['theme']).toBeUndefined()
  })
})

describe('storage', () => {
  const storage = (persisted: boolean, granted: boolean) => ({
    estimate: async () => ({ usage: 8_500_000, quota: 10_000_000 }),
    persisted: async () => persisted,
    persist: async () => granted,
  })
  const onDevice = (given: unknown) => {
    const before = Object.getOwnPropertyDescriptor(navigator, 'storage')
    Object.defineProperty(navigator, 'storage', { value: given, configurable: true })
    onTestFinished(() => {
      if (before) Object.defineProperty(navigator, 'storage', before)
      else delete (navigator as { storage?: unknown }).storage
    })
  }
  test('tells how much is used, and warns before it is full', async () => {
    onDevice(storage(true, true))
    const screen = await open(await device(), '/account')
    await expectText(screen, 'Opstap gebruikt 8,5 MB van 10 MB (85 %).')
    await expectText(screen, 'De plaats raakt op')
    expect(screen.text).toContain('Blijvend bewaard')
    expect(screen.has('button', 'Vraag om blijvende opslag')).toBe(false)
  })
  test.each([
    [true, 'Blijvend bewaard'],
    [false, 'Je browser stond het nu niet toe.'],
  ])('asks to keep it for good; granted: %s', async (granted, words) => {
    onDevice(storage(false, granted))
    const screen = await open(await device(), '/account')
    await screen.press('Vraag om blijvende opslag')
    await expectText(screen, words)
  })
  test('says so where the browser tells nothing', async () => {
    onDevice(undefined)
    const screen = await open(await device(), '/account')
    await expectText(screen, 'Deze browser zegt niet hoeveel plaats er is.')
  })
})

describe('deleting the account', () => {
  const gone = { 'DELETE /api/account': ok }
  async function about(answers: Parameters<typeof serve>[0], session = an) {
    const { asked } = serve(answers)
    const client = await device()
    await client.signedIn(session)
    const screen = await open(client, '/account')
    return { asked, client, screen }
  }

  test('says what goes and that the dossier stays with the municipality, asks for a word, and then forgets the person here too', async () => {
    const { asked, client, screen } = await about(gone)
    for (const words of ['Dit blijft: het dossier van Damme. Het hoort bij de gemeente.', 'Oud-collega']) await expectText(screen, words)
    await screen.press('Verwijder mijn account')
    await expectText(screen, 'Typ het woord verwijderen om te bevestigen.')
    expect(asked).toEqual([])
    await screen.type('Typ verwijderen om te bevestigen', ' Verwijderen ')
    await screen.press('Verwijder mijn account')
    await expectText(screen, 'Je account is verwijderd')
    expect(asked).toEqual(['DELETE /api/account'])
    expect(await client.db.read('session')).toBeUndefined()
    expect(await client.db.rows.count()).toBe(0)
    expect(screen.has('button', 'Verwijder mijn account')).toBe(false)
  })

  test('tells someone without a team that the own dossier goes along', async () => {
    const { screen } = await about(gone, sessionOf('an'))
    await expectText(screen, 'en ook je dossier, want je zit in geen team')
    expect(screen.text).not.toContain('Dit blijft')
  })

  test('stops for work that the server does not have, which can be saved first', async () => {
    const files = savedFiles()
    const { asked, client, screen } = await about(gone)
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await screen.type('Typ verwijderen om te bevestigen', 'verwijderen')
    await screen.press('Verwijder mijn account')
    await expectText(screen, '1 wijziging is nog niet op de server')
    expect(asked).toEqual([])
    await screen.press('Bewaar mijn onverstuurde werk als bestand')
    await vi.waitFor(() => expect(JSON.parse(files[0]!)).toMatchObject({ entries: [{ row: 'focus-kiezen' }] }))
    await screen.press('Verwijder toch')
    await expectText(screen, 'Je account is verwijderd')
    expect(await client.db.outbox.count()).toBe(0)
  })

  test.each([
    ['without a connection', {}, 'De server is niet bereikbaar. Probeer het straks opnieuw.'],
    ['as the one lead of a team', { 'DELETE /api/account': () => [409, { code: 'conflict', message: 'Maak eerst iemand anders trekker.' }] as const }, 'Maak eerst iemand anders trekker.'],
  ])('%s nothing is deleted, and it says why', async (_when, answers, words) => {
    const { client, screen } = await about(answers)
    await screen.type('Typ verwijderen om te bevestigen', 'verwijderen')
    await screen.press('Verwijder mijn account')
    await expectText(screen, words)
    expect(await client.db.read('session')).toBeDefined()
  })
})

test('the file of own data holds what the server keeps, or says that it could not', async () => {
  const files = savedFiles()
  const { answers } = serve({ 'GET /api/account/data': () => [200, { account: { email: 'an@demo.example' }, changes: ['alles'] }] })
  const screen = await open(await signedIn(), '/account')
  await screen.press('Download mijn gegevens')
  await vi.waitFor(() => expect(JSON.parse(files[0]!)).toMatchObject({ server: { changes: ['alles'] } }))
  expect(screen.text).not.toContain('Het bestand is niet volledig')
  delete answers['GET /api/account/data']
  await screen.press('Download mijn gegevens')
  await expectText(screen, 'Het bestand is niet volledig')
  await vi.waitFor(() => expect(JSON.parse(files[1]!)).toMatchObject({ server: null, account: { person: { id: 'an' } } }))
})
