// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { stampOf } from '../../../src/domain/clock.ts'
import { collections } from '../../../src/domain/collections.ts'
import { teamSpace } from '../../../src/domain/spaces.ts'
import type { ClientId } from '../../../src/domain/ids.ts'
import type { SessionView } from '../../../src/domain/session.ts'
import { damme, device, NOW, expectText, open, serve, sessionOf, type Answers } from './stage.ts'

const { member, taskProgress } = collections
beforeEach(() => sessionStorage.clear())

const stamp = stampOf({ ms: NOW, counter: 0 }, 'bbbbbbbbbb' as ClientId)

/** An in the team of Damme, with Bo, and with Cis who left. */
async function inTeam(role: 'lead' | 'member', more: Partial<SessionView> = {}) {
  const client = await device()
  await client.signedIn(sessionOf('an', { teams: [damme(role)], ...more }))
  await client.engine.settled()
  const people = [
    ['an', 'An', role, false],
    ['bo', 'Bo Peeters', role === 'lead' ? 'member' : 'lead', false],
    ['cis', 'Cis Weg', 'member', true],
  ] as const
  await client.db.rows.bulkPut(
    people.map(([id, name, as, left]) => ({
      space: teamSpace('team-damme'),
      collection: member.name,
      id,
      values: { name, role: as, left },
      stamps: { name: stamp, role: stamp, left: stamp },
      by: { name: null, role: null, left: null },
      keys: [],
    })),
  )
  return client
}
const invitation = (id: string, email: string) => ({ id, team: 'team-damme', email, role: 'member', expiresAt: NOW + 86_400_000 })
const quiet: Answers = { 'GET /api/team/requests': () => [200, { requests: [] }], 'GET /api/team/invitations': () => [200, { invitations: [] }] }

describe('who is in it', () => {
  test('is known without a connection, the lead first, without those who left', async () => {
    serve({})
    const screen = await open(await inTeam('member'), '/team')
    await expectText(screen, 'Bo PeetersTrekker')
    await expectText(screen, 'AnLid (jij)')
    expect(screen.text.indexOf('Bo Peeters')).toBeLessThan(screen.text.indexOf('AnLid'))
    expect(screen.text).not.toContain('Cis')
    expect(screen.has('heading', 'Team Damme')).toBe(true)
    expect(screen.text).toContain('Wat zien collega’s?')
  })
  test('a member may only leave, and is told who invites', async () => {
    serve({})
    const screen = await open(await inTeam('member'), '/team')
    await expectText(screen, 'De trekker nodigt collega’s uit.')
    expect(screen.has('button', 'Wijzig An')).toBe(true)
    expect(screen.has('button', 'Wijzig Bo Peeters')).toBe(false)
    expect(screen.has('button', 'Nodig uit')).toBe(false)
  })
  test('before the first rows came there is at least oneself', async () => {
    serve(quiet)
    const client = await device()
    await client.signedIn(sessionOf('an', { teams: [damme()] }))
    const screen = await open(client, '/team')
    await expectText(screen, 'AnTrekker (jij)')
  })
})

describe('a lead', () => {
  test('gives a role', async () => {
    let role = ''
    serve({ ...quiet, 'POST /api/team/members/bo': (body) => ((role = `${body.team} ${body.role}`), [200, { ok: true }]) })
    const screen = await open(await inTeam('lead'), '/team')
    await screen.press('Wijzig Bo Peeters')
    await screen.press('Maak trekker')
    await vi.waitFor(() => expect(role).toBe('team-damme lead'))
    await vi.waitFor(() => expect(screen.has('button', 'Maak trekker')).toBe(false))
  })
  test('takes someone out only after a second question', async () => {
    const { asked } = serve({ ...quiet, 'DELETE /api/team/members/bo?team=team-damme': () => [200, { ok: true }] })
    const screen = await open(await inTeam('lead'), '/team')
    await screen.press('Wijzig Bo Peeters')
    await screen.press('Haal uit het team')
    await expectText(screen, 'Wat Bo Peeters schreef, blijft bij het team.')
    expect(asked).not.toContain('DELETE /api/team/members/bo?team=team-damme')
    await screen.press('Ja, haal Bo Peeters uit het team')
    await vi.waitFor(() => expect(asked).toContain('DELETE /api/team/members/bo?team=team-damme'))
  })
  test('reads the server’s reason where it refuses', async () => {
    serve({ ...quiet, 'POST /api/team/members/an': () => [409, { code: 'conflict', message: 'Een team heeft minstens één trekker. Maak eerst iemand anders trekker.' }] })
    const screen = await open(await inTeam('lead'), '/team')
    await screen.press('Wijzig An')
    await screen.press('Maak gewoon lid')
    await expectText(screen, 'Maak eerst iemand anders trekker.')
  })
  test('is told that nothing changed without a connection', async () => {
    serve(quiet)
    const screen = await open(await inTeam('lead'), '/team')
    await screen.press('Wijzig Bo Peeters')
    await screen.press('Maak trekker')
    await expectText(screen, 'De server is niet bereikbaar. Er is niets gewijzigd.')
  })
})

describe('leaving', () => {
  test('asks again, tells the server, and then there is no team', async () => {
    serve({ ...quiet, 'DELETE /api/team/members/an?team=team-damme': () => [200, { ok: true }], 'GET /api/session': () => [200, sessionOf('an')] })
    const client = await inTeam('member')
    const screen = await open(client, '/team')
    await screen.press('Wijzig An')
    await screen.press('Verlaat het team')
    await expectText(screen, 'Wat je schreef, blijft bij het team.')
    await screen.press('Ja, verlaat het team')
    await expectText(screen, 'Kies je gemeente')
    expect((await client.db.read('session'))?.teams).toEqual([])
  })
  test('waits until the team has the work', async () => {
    const { asked } = serve(quiet)
    const client = await inTeam('member')
    await client.write(taskProgress, 'focus-kiezen', { status: 'done' })
    const screen = await open(client, '/team')
    await screen.press('Wijzig An')
    await screen.press('Verlaat het team')
    await screen.press('Ja, verlaat het team')
    await expectText(screen, '1 wijziging voor dit team is nog niet verstuurd.')
    expect(asked.filter((route) => route.startsWith('DELETE'))).toEqual([])
  })
})

describe('inviting', () => {
  test('sends, tells until when, and shows it among the open ones', async () => {
    const sent: unknown[] = []
    serve({
      ...quiet,
      'POST /api/team/invitations': (body) => (sent.push(body), [200, invitation('i1', body.email)]),
      'GET /api/team/invitations': () => [200, { invitations: sent.length > 0 ? [invitation('i1', 'col@damme.be')] : [] }],
    })
    const screen = await open(await inTeam('lead'), '/team')
    await expectText(screen, 'Er staat geen uitnodiging open.')
    await screen.type('E-mailadres van je collega', ' Col@Damme.be ')
    await screen.press('Nodig uit')
    await expectText(screen, 'Uitnodiging verstuurd')
    expect(sent).toEqual([{ team: 'team-damme', email: 'col@damme.be', role: 'member' }])
    await expectText(screen, 'col@damme.beLid, geldig tot en met')
    expect((await screen.field('E-mailadres van je collega')).value).toBe('')
  })
  test('without a connection keeps the address, also after closing the page', async () => {
    serve({})
    const client = await inTeam('lead')
    const screen = await open(client, '/team')
    await screen.type('E-mailadres van je collega', 'col@damme.be')
    await screen.press('Nodig uit')
    await expectText(screen, 'De server is niet bereikbaar. Het adres blijft hier staan.')
    await expectText(screen, 'Open uitnodigingen zie je zodra er verbinding is.')
    screen.wrapper.unmount()
    await vi.waitFor(async () => expect(Object.values((await client.db.read('choices')) ?? {})).toContain('col@damme.be'))
    const later = await open(client, '/team')
    await vi.waitFor(async () => expect((await later.field('E-mailadres van je collega')).value).toBe('col@damme.be'))
  })
  test('tells what is wrong with an address, and what the server refuses', async () => {
    serve({ ...quiet, 'POST /api/team/invitations': () => [409, { code: 'conflict', message: 'Deze persoon is al lid van het team.' }] })
    const screen = await open(await inTeam('lead'), '/team')
    await screen.type('E-mailadres van je collega', 'col')
    await screen.press('Nodig uit')
    await expectText(screen, 'Vul een e-mailadres in, zoals naam@gemeente.be.')
    await screen.type('E-mailadres van je collega', 'bo@damme.be')
    await screen.press('Nodig uit')
    await expectText(screen, 'Deze persoon is al lid van het team.')
  })
  test('is taken back with a way to ask again', async () => {
    const { asked } = serve({
      ...quiet,
      'GET /api/team/invitations': () => [200, { invitations: [invitation('i1', 'col@damme.be')] }],
      'DELETE /api/team/invitations/i1': () => [200, { ok: true }],
      'POST /api/team/invitations': (body) => [200, invitation('i2', body.email)],
    })
    const screen = await open(await inTeam('lead'), '/team')
    await screen.press('Trek in col@damme.be')
    await expectText(screen, 'Ingetrokken. De link werkt niet meer.')
    await screen.press('Nodig opnieuw uit')
    await vi.waitFor(() => expect(asked).toContain('POST /api/team/invitations'))
  })
})

describe('someone who asks to join', () => {
  const request = { id: 'r1', nis: '31006', municipality: 'Damme', person: { id: 'dirk', name: 'Dirk', email: 'dirk@damme.be' }, askedAt: NOW }
  const withRequest: Answers = { ...quiet, 'GET /api/team/requests': () => [200, { requests: [request] }] }

  test.each([
    ['Keur goed Dirk', 'approve', 'Goedgekeurd.'],
    ['Wijs af Dirk', 'refuse', 'Afgewezen.'],
  ])('%s', async (button, decision, words) => {
    let decided = ''
    serve({ ...withRequest, 'POST /api/team/requests/r1': (body) => ((decided = body.decision), [200, { ok: true }]) })
    const screen = await open(await inTeam('lead'), '/team')
    await expectText(screen, 'Dirk vraagt toegang tot het team van Damme.')
    await screen.press(button)
    await expectText(screen, words)
    expect(decided).toBe(decision)
  })
  test('is shown to an admin without a team, and to no plain member', async () => {
    const server = serve(withRequest)
    const client = await device()
    await client.signedIn(sessionOf('an', { roles: ['admin'] }))
    await expectText(await open(client, '/team'), 'Dirk vraagt toegang')
    server.asked.length = 0
    await expectText(await open(await inTeam('member'), '/team'), 'AnLid (jij)')
    expect(server.asked).toEqual([])
  })
  test('stays open when the answer does not get through', async () => {
    serve(withRequest)
    const screen = await open(await inTeam('lead'), '/team')
    await screen.press('Keur goed Dirk')
    await expectText(screen, 'De vraag staat nog open.')
    expect(screen.has('button', 'Keur goed Dirk')).toBe(true)
  })
})

describe('without a team', () => {
  test('one chooses the municipality here', async () => {
    const client = await device()
    await client.signedIn(sessionOf('an'))
    const screen = await open(client, '/team')
    await expectText(screen, 'Nu ziet alleen jij wat je schrijft.')
  })
  test('a request that waits is told', async () => {
    const client = await device()
    await client.signedIn(sessionOf('an', { requests: [{ id: 'r', nis: '31006', name: 'Damme' }] }))
    await expectText(await open(client, '/team'), 'Je vraag voor Damme wacht')
  })
  test('without an account one is led to signing in', async () => {
    const screen = await open(await device(), '/team')
    await expectText(screen, 'Werk samen in één dossier')
    await screen.follow('Meld je aan')
    expect(screen.router.currentRoute.value.fullPath).toBe('/aanmelden?terug=/team')
  })
})
