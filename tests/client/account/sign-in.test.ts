// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { collections } from '../../../src/domain/collections.ts'
import type { PackedMunicipality } from '../../../src/domain/content.ts'
import { invitationIn, returnPath } from '../../../src/client/features/account/return-path.ts'
import { problem } from '../../../src/protocol/problem.ts'
import type { Client } from '../../../src/client/sync/client.ts'
import { damme, device, expectText, open, serve, sessionOf, type Answers } from './stage.ts'

const { taskProgress } = collections
beforeEach(() => sessionStorage.clear())

const towns: [nis: string, name: string, formerNames: string[]][] = [
  ['11002', 'Antwerpen', ['Borsbeek']],
  ['31006', 'Damme', []],
  ['46021', 'Sint-Niklaas', []],
]
async function withTowns(client: Client): Promise<Client> {
  await client.db.items.bulkPut(
    towns.map(([nis, name, formerNames], position) => {
      const item: PackedMunicipality = { kind: 'municipality', id: `nis-${nis}`, nis, name, formerNames, province: 'Antwerpen', ovo: 'OVO000001', sizeClass: 'rural', inhabitants2020: 1 }
      return { ...item, position, shard: 'municipalities' }
    }),
  )
  return client
}

const codes = (more: Answers = {}): Answers => ({
  'POST /api/sign-in/code': () => [200, { ok: true, code: '123456' }],
  'POST /api/sign-in': ({ code }) => (code === '123456' ? [200, sessionOf('an', { teams: [damme()] })] : [400, problem('code_wrong')]),
  ...more,
})

async function askCode(client: Client, path: string, email = 'an@demo.example') {
  const screen = await open(client, path)
  await screen.type('E-mailadres', email)
  await screen.press('Stuur me een code')
  await expectText(screen, 'We stuurden een code naar')
  return screen
}

describe('with a code from the mail', () => {
  test('signs in, takes the work of this device along and goes back to where the person was', async () => {
    const client = await device()
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    serve(codes())
    const screen = await askCode(client, '/aanmelden?terug=/starten/focus-kiezen')
    expect(screen.text).toContain('Op dit toestel staat 1 wijziging. Ze gaat mee naar je account.')
    expect(screen.text).toContain('Demonstratie: je code is 123456')
    await screen.type('Code', ' 123 456 ')
    await screen.press('Meld je aan')
    await vi.waitFor(() => expect(screen.router.currentRoute.value.fullPath).toBe('/starten/focus-kiezen'))
    expect(await client.db.read('session')).toMatchObject({ person: { id: 'an' } })
    expect(await client.db.outbox.toArray()).toMatchObject([{ author: 'an', space: 'team:team-damme', set: { status: 'done' } }])
  })

  test('the field for the code takes what a phone offers, and anything pasted', async () => {
    serve(codes())
    const screen = await askCode(await device(), '/aanmelden')
    const field = await screen.field('Code')
    expect(field.getAttribute('inputmode')).toBe('numeric')
    expect(field.getAttribute('autocomplete')).toBe('one-time-code')
    expect(field.hasAttribute('maxlength')).toBe(false)
    expect(document.activeElement).toBe(field)
  })

  test('outside the demonstration no code is shown', async () => {
    serve(codes({ 'POST /api/sign-in/code': () => [200, { ok: true }] }))
    expect((await askCode(await device(), '/aanmelden')).text).not.toContain('Demonstratie')
  })

  test.each([
    ['', 'Vul je e-mailadres in.'],
    ['an', 'Dit e-mailadres klopt niet helemaal.'],
    ['an@damme', 'Dit e-mailadres klopt niet helemaal.'],
  ])('an address like “%s” is told in a summary and at the field, and nothing is sent', async (email, words) => {
    const { asked } = serve(codes())
    const screen = await open(await device(), '/aanmelden')
    await screen.type('E-mailadres', email)
    await screen.press('Stuur me een code')
    await expectText(screen, 'Er is een probleem')
    expect(screen.text.split(words)).toHaveLength(3)
    expect((await screen.field('E-mailadres')).getAttribute('aria-invalid')).toBe('true')
    expect(asked).toEqual([])
  })

  test.each([
    ['', 'Vul de code uit de mail in.', []],
    ['12345', 'De code heeft 6 cijfers.', []],
    ['654321', 'Deze code klopt niet.', ['POST /api/sign-in']],
  ])('a code like “%s” is told and stays in the field', async (code, words, sent) => {
    const { asked } = serve(codes())
    const screen = await askCode(await device(), '/aanmelden')
    asked.length = 0
    await screen.type('Code', code)
    await screen.press('Meld je aan')
    await expectText(screen, words)
    expect((await screen.field('Code')).value).toBe(code)
    expect(asked).toEqual(sent)
  })

  test.each(['code_expired', 'too_many'] as const)('the server’s words for %s stand at the field', async (code) => {
    serve(codes({ 'POST /api/sign-in': () => [problem(code).code === 'too_many' ? 429 : 400, problem(code)] }))
    const screen = await askCode(await device(), '/aanmelden')
    await screen.type('Code', '123456')
    await screen.press('Meld je aan')
    await expectText(screen, problem(code).message)
  })

  test('another code comes on request, and the old one leaves the screen', async () => {
    const server = serve(codes())
    const screen = await askCode(await device(), '/aanmelden')
    server.answers['POST /api/sign-in/code'] = () => [200, { ok: true, code: '777777' }]
    await screen.follow('Stuur een nieuwe code')
    await expectText(screen, 'We stuurden een nieuwe code naar')
    expect(screen.text).toContain('Demonstratie: je code is 777777')
    expect(screen.text).not.toContain('123456')
  })

  test('the page may go away while the person reads the mail', async () => {
    serve(codes())
    const client = await device()
    const first = await askCode(client, '/aanmelden')
    first.wrapper.unmount()
    const screen = await open(client, '/aanmelden')
    await screen.type('Code', '123456')
    expect(screen.text).toContain('an@demo.example')
    await screen.press('Gebruik een ander e-mailadres')
    expect((await screen.field('E-mailadres')).value).toBe('an@demo.example')
    screen.wrapper.unmount()
    expect((await (await open(client, '/aanmelden')).field('E-mailadres')).value).toBe('')
  })
})

describe('without a connection', () => {
  test('says that signing in needs one and that the work is safe; what was typed stays', async () => {
    serve({})
    const screen = await open(await device(), '/aanmelden')
    await screen.type('E-mailadres', 'an@damme.be')
    await screen.press('Stuur me een code')
    await expectText(screen, 'Aanmelden heeft verbinding nodig. Je werk staat veilig op dit toestel.')
    expect((await screen.field('E-mailadres')).value).toBe('an@damme.be')
  })
  test('a code that was typed stays too', async () => {
    const server = serve(codes())
    const screen = await askCode(await device(), '/aanmelden')
    server.answers = {}
    await screen.type('Code', '123456')
    await screen.press('Meld je aan')
    await expectText(screen, 'De server is niet bereikbaar.')
    expect((await screen.field('Code')).value).toBe('123456')
  })
})

describe('when the session has expired', () => {
  async function expired() {
    const client = await device()
    await client.signedIn(sessionOf('an', { teams: [damme()] }))
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await client.db.write('expired', true)
    return client
  }
  test('the same person needs only the code, and the work goes on', async () => {
    serve(codes())
    const client = await expired()
    const screen = await open(client, '/aanmelden')
    await expectText(screen, 'Je sessie is verlopen.')
    expect((await screen.field('E-mailadres')).value).toBe('an@demo.example')
    await screen.press('Stuur me een code')
    await screen.type('Code', '123456')
    expect(screen.text).not.toContain('verzegeld')
    await screen.press('Meld je aan')
    await vi.waitFor(async () => expect(await client.db.read('expired')).toBe(false))
    expect(await client.unsent()).toHaveLength(1)
  })
  test('another person is told that the first one’s work stays sealed, and does not get it', async () => {
    serve(codes({ 'POST /api/sign-in': () => [200, sessionOf('bo', { teams: [damme('member')] })] }))
    const client = await expired()
    const screen = await askCode(client, '/aanmelden', 'bo@demo.example')
    await expectText(screen, 'Eén wijziging van die persoon is nog niet verstuurd. Jij verstuurt ze niet. Ze blijft verzegeld op dit toestel')
    await screen.type('Code', '123456')
    await screen.press('Meld je aan')
    await vi.waitFor(async () => expect(await client.db.read('session')).toMatchObject({ person: { id: 'bo' } }))
    expect(await client.unsent()).toEqual([])
    expect(await client.db.outbox.toArray()).toMatchObject([{ author: 'an', set: { status: 'done' }, state: expect.stringMatching(/^(waiting|sent)$/) }])
  })
})

describe('the municipality', () => {
  const alone = (more: Answers = {}): Answers => codes({ 'POST /api/sign-in': () => [200, sessionOf('an')], ...more })

  async function toChoice(client: Client) {
    const screen = await askCode(client, '/aanmelden?terug=/starten')
    await screen.type('Code', '123456')
    await screen.press('Meld je aan')
    await expectText(screen, 'Kies je gemeente')
    return screen
  }
  const options = (screen: Awaited<ReturnType<typeof open>>) => screen.wrapper.findAll('[role=option]').map((option) => option.text())

  test('is found by a name that a merger took away, and its team is joined at once in the demonstration', async () => {
    let nis = ''
    serve(
      alone({
        'POST /api/team/join': (body) => {
          nis = body.nis
          return [200, sessionOf('an', { teams: [{ ...damme(), name: 'Antwerpen', nis }] })]
        },
      }),
    )
    const client = await withTowns(await device())
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    const screen = await toChoice(client)
    await screen.type('Je gemeente', 'bórsbeek')
    await vi.waitFor(() => expect(options(screen)).toEqual(['Antwerpen (vroeger Borsbeek)']))
    const field = await screen.field('Je gemeente')
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
    await vi.waitFor(() => expect(screen.wrapper.find('[role=option][data-highlighted]').exists()).toBe(true))
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await vi.waitFor(() => expect(field.value).toBe('Antwerpen'))
    await screen.press('Ga naar mijn team')
    await vi.waitFor(() => expect(screen.router.currentRoute.value.path).toBe('/starten'))
    expect(nis).toBe('11002')
    expect((await client.unsent()).some(({ space, row }) => space === 'team:team-damme' && row === 'focus-kiezen')).toBe(true)
  })

  test('is proposed where the address tells it', async () => {
    const session = sessionOf('an')
    serve(alone({ 'POST /api/sign-in': () => [200, { ...session, person: { ...session.person, email: 'an@sint-niklaas.be' } }] }))
    const screen = await toChoice(await withTowns(await device()))
    await expectText(screen, 'We vulden dit in volgens je e-mailadres.')
    expect((await screen.field('Je gemeente')).value).toBe('Sint-Niklaas')
  })

  test('must be chosen first', async () => {
    const { asked } = serve(alone())
    const screen = await toChoice(await withTowns(await device()))
    asked.length = 0
    await screen.press('Ga naar mijn team')
    await expectText(screen, 'Kies je gemeente uit de lijst.')
    expect(asked).toEqual([])
  })

  test('a request that waits is said, with where the work goes meanwhile', async () => {
    serve(alone({ 'POST /api/sign-in': () => [200, sessionOf('an', { requests: [{ id: 'r1', nis: '31006', name: 'Damme' }] })] }))
    const screen = await askCode(await withTowns(await device()), '/aanmelden')
    await screen.type('Code', '123456')
    await screen.press('Meld je aan')
    await expectText(screen, 'Je vraag voor Damme wacht')
    expect(screen.text).toContain('Je werk gaat naar je eigen plek op de server.')
    await screen.follow('Ga verder')
    expect(screen.router.currentRoute.value.path).toBe('/')
  })

  test('can be chosen later', async () => {
    serve(alone())
    const screen = await toChoice(await withTowns(await device()))
    await screen.follow('Kies later')
    expect(screen.router.currentRoute.value.path).toBe('/starten')
  })

  test('without the list says so, and the list comes in by itself', async () => {
    serve(alone())
    const client = await device()
    const screen = await toChoice(client)
    await expectText(screen, 'De lijst met gemeenten is er nog niet')
    await withTowns(client)
    await vi.waitFor(() => expect(screen.has('button', 'Ga naar mijn team')).toBe(true))
  })
})

describe('an invitation', () => {
  const accepted: Answers = { 'POST /api/team/invitations/inv-1/accept': () => [200, sessionOf('an', { teams: [damme('member')] })] }

  test('is taken right after signing in with it', async () => {
    const { asked } = serve(codes({ 'POST /api/sign-in': () => [200, sessionOf('an')], ...accepted }))
    const client = await device()
    const screen = await askCode(client, '/aanmelden?uitnodiging=inv-1&terug=/team')
    await screen.type('Code', '123456')
    await screen.press('Meld je aan')
    await vi.waitFor(() => expect(screen.router.currentRoute.value.path).toBe('/team'))
    expect(asked).toContain('POST /api/team/invitations/inv-1/accept')
    expect(await client.db.read('session')).toMatchObject({ teams: [{ name: 'Damme' }] })
  })

  test('asks first when someone was signed in already: a link alone moves nobody’s dossier', async () => {
    const { asked } = serve(accepted)
    const client = await device()
    await client.signedIn(sessionOf('an'))
    const screen = await open(client, '/aanmelden?uitnodiging=inv-1')
    await expectText(screen, 'Je bent aangemeld als an@demo.example.')
    expect(asked).toEqual([])
    await screen.press('Neem de uitnodiging aan')
    await vi.waitFor(() => expect(screen.router.currentRoute.value.path).toBe('/'))
  })

  test('of someone else is refused in words', async () => {
    serve({ 'POST /api/team/invitations/inv-1/accept': () => [404, { code: 'not_found', message: 'Deze uitnodiging bestaat niet of niet meer.' }] })
    const client = await device()
    await client.signedIn(sessionOf('an'))
    const screen = await open(client, '/aanmelden?uitnodiging=inv-1')
    await screen.press('Neem de uitnodiging aan')
    await expectText(screen, 'Deze uitnodiging bestaat niet of niet meer. Een uitnodiging geldt alleen voor het adres waarnaar ze gestuurd is.')
  })
})

test('who is signed in is told so', async () => {
  const client = await device()
  await client.signedIn(sessionOf('an', { teams: [damme()] }))
  const screen = await open(client, '/aanmelden?terug=/team')
  await expectText(screen, 'Als An, in het team van Damme.')
  await screen.follow('Ga verder')
  expect(screen.router.currentRoute.value.path).toBe('/team')
})

describe('where to go afterwards', () => {
  test.each([
    ['/starten/focus-kiezen?x=1#y', '/starten/focus-kiezen?x=1#y'],
    [undefined, '/'],
    ['', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/aanmelden?terug=/team', '/'],
  ])('terug=%s → %s', (terug, path) => {
    expect(returnPath(terug === undefined ? {} : { terug })).toBe(path)
  })
  test('an invitation is an id and nothing else', () => {
    expect(invitationIn({ uitnodiging: 'abc-123' })).toBe('abc-123')
    expect(invitationIn({ uitnodiging: '../../x' })).toBeNull()
    expect(invitationIn({})).toBeNull()
  })
})

test('the time of the code is the device’s', async () => {
  serve(codes())
  expect((await askCode(await device(), '/aanmelden')).text).toContain('om 10.00')
})
