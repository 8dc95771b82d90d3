// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { stampOf } from '../../../src/domain/clock.ts'
import type { Stamp, ClientId, MutationId, PersonId, SpaceId } from '../../../src/domain/ids.ts'
import { collections } from '../../../src/domain/collections.ts'
import { teamSpace } from '../../../src/domain/spaces.ts'
import type { OutboxEntry, StoredItem } from '../../../src/client/db/database.ts'
import { damme, device, NOW, expectText, open, savedFiles, sessionOf, type Screen } from '../account/stage.ts'
// After the stage: the store looks for the browser's database when it loads.
import ChoicesHere from '../../../src/client/features/outbox/ChoicesHere.vue'
import { clientKey, type Client } from '../../../src/client/sync/client.ts'

const { taskProgress, conflict, member } = collections
const team = teamSpace('team-damme')
const an = sessionOf('an', { teams: [damme()] })

/** A title for a task; what else a task holds is of no account here. */
const titled = (client: Client, id: string, title: string) => client.db.items.put({ kind: 'task', id, title, position: 1, shard: 'starter' } as unknown as StoredItem)

async function signedIn(): Promise<Client> {
  const client = await device()
  await titled(client, 'focus-kiezen', 'Kies je focus')
  await client.signedIn(an)
  await client.engine.settled()
  return client
}

const other = 'bbbbbbbbbb' as ClientId
let made = 0
const entry = (more: Partial<OutboxEntry>): OutboxEntry => ({
  id: `0198a000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}` as MutationId,
  client: other,
  n: 1000 + made,
  schema: 1,
  at: NOW,
  hlc: stampOf({ ms: NOW, counter: made }, other),
  space: team,
  collection: 'taskProgress',
  row: 'focus-kiezen',
  set: { status: 'done' },
  base: {},
  author: 'an' as PersonId,
  state: 'waiting',
  ...more,
})
const parked = (more: Partial<OutboxEntry> = {}): OutboxEntry => entry({ state: 'parked', reason: { code: 'forbidden', message: 'Je hebt geen toestemming om dit te wijzigen.' }, ...more })

describe('without an account', () => {
  test('explains where the work is, lists each thing once and leads to signing in', async () => {
    const client = await device()
    await titled(client, 'focus-kiezen', 'Kies je focus')
    await client.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Status van “Kies je focus”: Afgerond')
    expect(screen.has('heading', 'Wachtrij')).toBe(true)
    expect(screen.has('heading', 'Alleen op dit toestel')).toBe(true)
    expect(screen.text).not.toContain('Bezig')
    expect(screen.text).not.toContain('Probeer nu opnieuw')
    await screen.follow('Meld je aan')
    expect(screen.router.currentRoute.value.fullPath).toBe('/aanmelden?terug=/wachtrij')
  })
  test('with nothing written offers the first step', async () => {
    const screen = await open(await device(), '/wachtrij')
    await expectText(screen, 'Nog niets geschreven')
    expect(screen.has('link', 'Naar het starterspad')).toBe(true)
  })
})

describe('what waits', () => {
  test('is told in words with time, size and state, and leads to its task', async () => {
    const client = await signedIn()
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Status van “Kies je focus”: Afgerond')
    await expectText(screen, 'Wacht op verbinding')
    expect(screen.text).toMatch(/Geschreven op maandag 12 mei 2025 om 10\.00, \d+\sbytes/)
    await screen.follow('Status van “Kies je focus”')
    expect(screen.router.currentRoute.value.path).toBe('/starten/focus-kiezen')
  })
  test('never says of a change that was only offered that it arrived', async () => {
    const client = await signedIn()
    await client.db.outbox.put(entry({ state: 'sent' }))
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Wacht op verbinding')
    expect(screen.text).not.toMatch(/Verstuurd|Veilig op de server om/)
  })
  test('moves to what is safe when the server took it, with the time it said', async () => {
    const client = await signedIn()
    await client.db.outbox.put(entry({ state: 'acked', ackedAt: NOW }))
    await client.db.write('syncedAt', NOW)
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Veilig op de server op maandag 12 mei 2025 om 10.00')
    expect(screen.text).toContain('Laatst bijgewerkt op maandag 12 mei 2025 om 10.00')
    expect(screen.text).toContain('Er wacht niets')
  })
  test('that moved to the team is told once, where it is now', async () => {
    const client = await signedIn()
    const own = 'person:an' as SpaceId
    await client.db.outbox.bulkPut([
      entry({ state: 'acked', ackedAt: NOW, space: own }),
      entry({ state: 'acked', ackedAt: NOW, space: own, set: { deleted: true } }),
      entry({ state: 'acked', ackedAt: NOW }),
    ])
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Status van “Kies je focus”: Afgerond')
    expect(screen.text).not.toContain('Verhuisd')
    expect(screen.text.split('Afgerond')).toHaveLength(2)
  })
  test('in great numbers is shown in part until asked', async () => {
    const client = await signedIn()
    await client.db.outbox.bulkPut(Array.from({ length: 25 }, (_, at) => entry({ row: `taak-${at}` })))
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Toon alle 25')
    expect(screen.text).not.toContain('“taak-24”')
    await screen.press('Toon alle 25')
    await expectText(screen, '“taak-24”')
  })
  test('tries again when asked and says what came of it', async () => {
    const asked: unknown[] = []
    const client = await device({ sync: async (request) => (asked.push(request), { kind: 'offline' }) })
    await client.signedIn(an)
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await client.engine.settled()
    const before = asked.length
    const screen = await open(client, '/wachtrij')
    await screen.press('Probeer nu opnieuw')
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before))
    expect(await client.unsent()).toHaveLength(1)
  })
  test('is taken back with a way back, and the device shows what the server has', async () => {
    const client = await signedIn()
    await client.db.rows.put({ space: team, collection: 'taskProgress', id: 'focus-kiezen', values: { status: 'inProgress' }, stamps: { status: stampOf({ ms: NOW - 1, counter: 0 }, other) }, by: { status: 'bo' }, keys: [] })
    const status = async () => (await client.db.rows.get([team, 'taskProgress', 'focus-kiezen']))?.values['status']
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await client.write(taskProgress, 'focus-kiezen', { status: 'notApplicable' })
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Eén latere wijziging bouwt hierop voort en gaat mee weg.')
    await screen.press('Verwijder Status van “Kies je focus”')
    await expectText(screen, 'Verwijderd, met 1 latere. Status van “Kies je focus”.')
    expect(await client.unsent()).toEqual([])
    expect(await status()).toBe('inProgress')
    await screen.press('Zet terug Status van “Kies je focus”')
    await vi.waitFor(async () => expect(await client.unsent()).toHaveLength(2))
    expect(await status()).toBe('notApplicable')
  })
  test('is saved to a file of its own', async () => {
    const files = savedFiles()
    const client = await signedIn()
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await client.write(taskProgress, 'andere', { status: 'done' })
    const screen = await open(client, '/wachtrij')
    await screen.press('Bewaar als bestand Status van “Kies je focus”')
    await vi.waitFor(() => expect(files).toHaveLength(1))
    expect(JSON.parse(files[0]!).entries).toMatchObject([{ row: 'focus-kiezen' }])
  })
  test('as half of a move to the team cannot be taken back', async () => {
    const client = await signedIn()
    await client.db.outbox.bulkPut([entry({}), entry({ space: 'person:an' as SpaceId, set: { deleted: true } })])
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Verhuisd naar het team')
    expect(screen.text).toContain('Bewaar als bestand')
    expect(screen.text).not.toContain('Verwijder ')
  })
  test('after the session expired leads to signing in', async () => {
    const client = await signedIn()
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await client.db.write('expired', true)
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Wacht tot je aangemeld bent')
    expect(screen.has('link', 'Meld je opnieuw aan')).toBe(true)
    expect(screen.has('button', 'Probeer nu opnieuw')).toBe(false)
  })
})

describe('work of someone else on this device', () => {
  test('is counted, not shown, and not in the file', async () => {
    const files = savedFiles()
    const client = await signedIn()
    await client.db.outbox.bulkPut([entry({ row: 'van-mij' }), entry({ row: 'geheim', author: 'bo' as PersonId, set: { note: { y: '', t: 'van Bo' } } })])
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Eén wijziging van iemand anders wacht op dit toestel. Ze blijft verzegeld')
    expect(screen.text).not.toMatch(/geheim|van Bo/)
    await screen.press('Bewaar mijn onverstuurde werk als bestand')
    await vi.waitFor(() => expect(files).toHaveLength(1))
    expect(JSON.parse(files[0]!).entries).toMatchObject([{ row: 'van-mij' }])
    expect(files[0]).not.toContain('van Bo')
  })
  test('can be handed to that person as a file', async () => {
    const files = savedFiles()
    const client = await signedIn()
    await client.db.outbox.bulkPut([entry({ row: 'van-mij' }), entry({ row: 'van-bo', author: 'bo' as PersonId })])
    const screen = await open(client, '/wachtrij')
    await screen.press('Bewaar het verzegelde werk als bestand')
    await vi.waitFor(() => expect(files).toHaveLength(1))
    expect(JSON.parse(files[0]!).entries).toMatchObject([{ row: 'van-bo', author: 'bo' }])
  })
})

describe('a clock that is off', () => {
  test('is told calmly, with how much and what it means', async () => {
    const client = await signedIn()
    await client.db.write('offset', -2 * 3_600_000)
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'De klok van dit toestel loopt 2 uur voor')
    expect(screen.text).toContain('Je werk blijft in de juiste volgorde staan.')
  })
  test('by a minute is not', async () => {
    const client = await signedIn()
    await client.db.write('offset', 60_000)
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Er wacht niets')
    expect(screen.text).not.toContain('De klok')
  })
})

describe('what the server could not apply', () => {
  const note = { note: { y: '', t: 'Wat ik hoorde bij de jeugddienst' } }

  test('shows the reason and the own text, and copies it', async () => {
    const client = await signedIn()
    await client.db.outbox.put(parked({ set: note }))
    let copied = ''
    vi.stubGlobal('navigator', { onLine: true, clipboard: { writeText: async (text: string) => void (copied = text) } })
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Je hebt geen toestemming om dit te wijzigen.')
    expect(screen.text).toContain('Wat ik hoorde bij de jeugddienst')
    await screen.press('Kopieer de tekst Notitie bij “Kies je focus”')
    await expectText(screen, 'De tekst is gekopieerd.')
    expect(copied).toBe('Wat ik hoorde bij de jeugddienst')
    vi.unstubAllGlobals()
  })
  test('goes back to waiting under a new id, with its time of writing, and shows on the device', async () => {
    const client = await signedIn()
    const put = parked()
    await client.db.outbox.put(put)
    const screen = await open(client, '/wachtrij')
    await screen.press('Probeer opnieuw Status van “Kies je focus”')
    await vi.waitFor(async () => expect(await client.unsent()).toHaveLength(1))
    const [again] = await client.db.outbox.toArray()
    expect(again).toMatchObject({ hlc: put.hlc, at: put.at, set: put.set })
    expect(['waiting', 'sent']).toContain(again!.state)
    expect(again!.id).not.toBe(put.id)
    expect(again!.reason).toBeUndefined()
    expect((await client.db.rows.get([team, 'taskProgress', 'focus-kiezen']))?.values['status']).toBe('done')
  })
  test('of a team one left offers no retry, but keeps the text', async () => {
    const client = await signedIn()
    await client.db.outbox.put(parked({ space: 'team:elders' as SpaceId, set: note }))
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Wat ik hoorde bij de jeugddienst')
    expect(screen.text).not.toContain('Probeer opnieuw')
  })
  test('is removed with a way back', async () => {
    const client = await signedIn()
    const put = parked({ set: note })
    await client.db.outbox.put(put)
    const screen = await open(client, '/wachtrij')
    await screen.press('Verwijder Notitie bij “Kies je focus”')
    await expectText(screen, 'Verwijderd. Notitie bij “Kies je focus”.')
    await vi.waitFor(async () => expect(await client.db.outbox.count()).toBe(0))
    await screen.press('Zet terug Notitie bij “Kies je focus”')
    await expectText(screen, 'Wat ik hoorde bij de jeugddienst')
    expect(await client.db.outbox.get(put.id)).toEqual(put)
  })
  test('is saved to a file of its own', async () => {
    const files = savedFiles()
    const client = await signedIn()
    const put = parked({ set: note })
    await client.db.outbox.bulkPut([put, parked({ row: 'andere' })])
    const screen = await open(client, '/wachtrij')
    await screen.press('Bewaar als bestand Notitie bij “Kies je focus”')
    await vi.waitFor(() => expect(files).toHaveLength(1))
    expect(JSON.parse(files[0]!).entries).toEqual([put])
  })
})

describe('two values for the same thing', () => {
  const mineAt = stampOf({ ms: NOW - 60_000, counter: 0 }, other)
  const theirsAt = stampOf({ ms: NOW, counter: 0 }, 'cccccccccc' as ClientId)

  async function conflicting(sides: { winner: string | null; loser: string | null } = { winner: 'bo', loser: 'an' }) {
    const client = await signedIn()
    const row = (collection: string, id: string, values: Record<string, unknown>, stamp: Stamp, by: string | null) => {
      const units = Object.keys(values)
      return { space: team, collection, id, values, keys: [], stamps: Object.fromEntries(units.map((unit) => [unit, stamp])), by: Object.fromEntries(units.map((unit) => [unit, by])) }
    }
    await client.db.rows.bulkPut([
      row(member.name, 'bo', { name: 'Bo Peeters', role: 'member', left: false }, theirsAt, null),
      row(taskProgress.name, 'focus-kiezen', { status: 'inProgress' }, theirsAt, 'bo'),
      row(
        conflict.name,
        `taskProgress:focus-kiezen:status:${mineAt}`,
        {
          collection: 'taskProgress',
          row: 'focus-kiezen',
          unit: 'status',
          winner: { value: 'inProgress', stamp: theirsAt, person: sides.winner },
          loser: { value: 'done', stamp: mineAt, person: sides.loser },
        },
        theirsAt,
        null,
      ),
    ])
    return client
  }
  const checked = (screen: Screen) => screen.wrapper.find<HTMLInputElement>('input[type=radio]:checked').element.value
  const preview = (screen: Screen) => screen.wrapper.find('.choice-preview .choice-value').text()
  const settled = (client: Client) => client.db.rows.get([team, 'conflict', `taskProgress:focus-kiezen:status:${mineAt}`]).then((row) => row?.values['settledAt'])
  const status = (client: Client) => client.db.rows.get([team, 'taskProgress', 'focus-kiezen']).then((row) => row?.values['status'])

  test('stand side by side with name and time, with what holds proposed and previewed', async () => {
    const screen = await open(await conflicting(), '/wachtrij')
    await expectText(screen, 'Jij en Bo Peeters wijzigden allebei de status van “Kies je focus”.')
    expect(screen.text).toMatch(/Jij, op maandag 12 mei 2025 om 09\.59 ?Afgerond ?Bo Peeters, op maandag 12 mei 2025 om 10\.00 ?Bezig/)
    expect(screen.text).toContain('Hier kan maar één waarde staan.')
    expect(screen.has('radio', 'Bewaar allebei')).toBe(false)
    expect(checked(screen)).toBe('second')
    expect(preview(screen)).toBe('Bezig')
    await screen.tick('Mijn versie')
    expect(preview(screen)).toBe('Afgerond')
  })
  test('the own one is written for everybody, in the space of the conflict, and the choice is kept', async () => {
    const client = await conflicting()
    const screen = await open(client, '/wachtrij')
    await screen.tick('Mijn versie')
    await screen.press('Bewaar deze keuze')
    await expectText(screen, 'Bewaard voor de status van “Kies je focus”: Afgerond')
    expect(await status(client)).toBe('done')
    expect(await settled(client)).toBe(new Date(NOW).toISOString())
    expect((await client.unsent()).map(({ space, collection }) => [space, collection])).toEqual([
      [team, 'taskProgress'],
      [team, 'conflict'],
    ])
  })
  test('the other one may be chosen after all', async () => {
    const client = await conflicting()
    const screen = await open(client, '/wachtrij')
    await screen.tick('Mijn versie')
    await screen.press('Bewaar deze keuze')
    await screen.press('Kies toch anders')
    await screen.tick('Hun versie')
    await screen.press('Bewaar deze keuze')
    await expectText(screen, 'Bewaard voor de status van “Kies je focus”: Bezig')
    expect(await status(client)).toBe('inProgress')
  })
  test('the one that holds already needs no new value', async () => {
    const client = await conflicting()
    const screen = await open(client, '/wachtrij')
    await screen.press('Bewaar deze keuze')
    await expectText(screen, 'Bewaard voor de status van “Kies je focus”: Bezig')
    expect((await client.unsent()).map(({ collection }) => collection)).toEqual(['conflict'])
    expect(await settled(client)).toBeDefined()
  })
  test('what stands there by now can stay', async () => {
    const client = await conflicting()
    await client.write(taskProgress, 'focus-kiezen', { status: 'notApplicable' })
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Intussen schreef iemand iets anders.')
    expect(checked(screen)).toBe('now')
    await screen.press('Bewaar deze keuze')
    await expectText(screen, 'Bewaard voor de status van “Kies je focus”: Niet van toepassing')
    expect(await status(client)).toBe('notApplicable')
    expect(await settled(client)).toBeDefined()
  })
  test('of words are both kept unless one chooses otherwise, the earlier ones first', async () => {
    const client = await conflicting()
    const link = '0198a000-0000-7000-8000-00000000aaaa'
    const side = (value: string, stamp: Stamp, person: string) => ({ value, stamp, person })
    const space = team
    const stamps = (fields: string[]) => Object.fromEntries(fields.map((field) => [field, theirsAt]))
    await client.db.rows.bulkDelete([[team, 'conflict', `taskProgress:focus-kiezen:status:${mineAt}`]])
    await client.db.rows.bulkPut([
      { space, collection: 'evidence', id: link, keys: [], values: { task: 'focus-kiezen', kind: 'link', url: 'https://damme.example', title: 'Verslag van Bo' }, stamps: stamps(['task', 'kind', 'url', 'title']), by: {} },
      { space, collection: 'conflict', id: `evidence:${link}:title:${mineAt}`, keys: [], values: { collection: 'evidence', row: link, unit: 'title', winner: side('Verslag van Bo', theirsAt, 'bo'), loser: side('Nota van An', mineAt, 'an') }, stamps: stamps(['winner']), by: {} },
    ])
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Jij en Bo Peeters wijzigden allebei de titel van een link bij “Kies je focus”.')
    expect(checked(screen)).toBe('both')
    expect(preview(screen)).toBe('Nota van An / Verslag van Bo')
    await screen.press('Bewaar deze keuze')
    await expectText(screen, 'Bewaard voor')
    expect((await client.db.rows.get([team, 'evidence', link]))?.values['title']).toBe('Nota van An / Verslag van Bo')
  })
  test('between two colleagues are called by their names', async () => {
    const screen = await open(await conflicting({ winner: 'bo', loser: 'cis' }), '/wachtrij')
    await expectText(screen, 'Bo Peeters en Een collega wijzigden allebei')
    expect(screen.text).toContain('Versie van Bo Peeters')
    expect(screen.text).not.toContain('Hun versie')
  })
  test('of one person are told apart by device', async () => {
    const client = await conflicting({ winner: 'an', loser: 'an' })
    await client.db.write('client', other)
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Jij wijzigde op twee toestellen de status van “Kies je focus”.')
    expect(screen.text).toContain('Versie van dit toestel')
    expect(screen.text).toContain('Versie van je andere toestel')
  })
  test('a choice that cannot be kept is told, and both versions stay', async () => {
    const client = await conflicting()
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Jij en Bo Peeters')
    vi.spyOn(client.db.outbox, 'add').mockRejectedValueOnce(new DOMException('vol', 'QuotaExceededError'))
    await screen.tick('Mijn versie')
    await screen.press('Bewaar deze keuze')
    await expectText(screen, 'Dit toestel heeft geen plaats meer.')
    expect(screen.has('radio', 'Mijn versie')).toBe(true)
    expect(await status(client)).toBe('inProgress')
    expect(await settled(client)).toBeUndefined()
  })
  test('wait on the screen of the thing itself too', async () => {
    const client = await conflicting()
    const wrapper = mount(ChoicesHere, { props: { path: '/starten/focus-kiezen' }, attachTo: document.body, global: { provide: { [clientKey as symbol]: client }, stubs: { RouterLink: true } } })
    onTestFinished(() => wrapper.unmount())
    await vi.waitFor(() => expect(wrapper.text()).toContain('Jij en Bo Peeters wijzigden allebei de status van “Kies je focus”.'))
    const elsewhere = mount(ChoicesHere, { props: { path: '/starten/iets-anders' }, global: { provide: { [clientKey as symbol]: client }, stubs: { RouterLink: true } } })
    onTestFinished(() => elsewhere.unmount())
    await vi.waitFor(() => expect(elsewhere.html()).toContain('v-if'))
    expect(elsewhere.text()).toBe('')
  })
})
