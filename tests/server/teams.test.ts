import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionView } from '../../src/domain/session.ts'
import { writeAllMembers } from '../../src/server/accounts/membership.ts'
import { engines } from '../support/database.ts'
import { productionEnv, startTestServer, type TestServer } from '../support/server.ts'

type Person = Awaited<ReturnType<TestServer['signIn']>>

let server: TestServer
afterEach(() => server.close())

const view = async (person: Person) => (await (await person.request('/api/session')).json()) as SessionView
const outcome = async (asked: Promise<Response>) => {
  const answer = await asked
  return { status: answer.status, body: (await answer.json()) as Record<string, any> }
}

/** The member rows as devices get them by sync. */
async function memberRows(team: string): Promise<Record<string, { name: string; role: string; left: boolean }>> {
  const rows = await server.db.selectFrom('sync_row').select(['id', 'row_values']).where('space', '=', `team:${team}`).where('collection', '=', 'member').execute()
  return Object.fromEntries(rows.map(({ id, row_values }) => [id, JSON.parse(row_values)]))
}

describe.each(engines)('teams on $name', (engine) => {
  describe('in the demonstration environment', () => {
    beforeEach(async () => {
      server = await startTestServer({ engine })
    })

    test('joining is approved at once; the first person leads, the next is a member', async () => {
      const [an, bo] = [await server.signIn('an@x.example'), await server.signIn('bo@x.example')]
      const first = await outcome(an.post('/api/team/join', { nis: '31006' }))
      expect(first).toMatchObject({ status: 200, body: { teams: [{ nis: '31006', name: 'Damme', role: 'lead' }] } })
      expect(await outcome(bo.post('/api/team/join', { nis: '31006' }))).toMatchObject({ body: { teams: [{ nis: '31006', role: 'member' }] } })
      const team = first.body.teams[0].id
      expect(await memberRows(team)).toEqual({
        [an.session.person.id]: { name: 'an', role: 'lead', left: false },
        [bo.session.person.id]: { name: 'bo', role: 'member', left: false },
      })
    })

    test('joining twice changes nothing', async () => {
      const an = await server.signIn('an@x.example')
      await an.post('/api/team/join', { nis: '31006' })
      const before = await server.db.selectFrom('sync_space').selectAll().execute()
      expect(await outcome(an.post('/api/team/join', { nis: '31006' }))).toMatchObject({ status: 200, body: { teams: [{ role: 'lead' }] } })
      expect(await server.db.selectFrom('sync_space').selectAll().execute()).toEqual(before)
    })

    test('many who join at once get one team with one lead', async () => {
      const people = await Promise.all(Array.from({ length: 6 }, (_, i) => server.signIn(`p${i}@x.example`)))
      await Promise.all(people.flatMap((person) => [person.post('/api/team/join', { nis: '31042' }), person.post('/api/team/join', { nis: '31042' })]))
      const roles = await server.db.selectFrom('member').select('role').execute()
      expect(roles.map(({ role }) => role).toSorted()).toEqual(['lead', 'member', 'member', 'member', 'member', 'member'])
      expect(await server.db.selectFrom('organization').select('slug').execute()).toEqual([{ slug: '31042' }])
    })

    test('many who come back at once to a team that everybody left get one lead', async () => {
      const people = await Promise.all(Array.from({ length: 5 }, (_, i) => server.signIn(`p${i}@x.example`)))
      const team = (await outcome(people[0]!.post('/api/team/join', { nis: '31042' }))).body.teams[0].id as string
      await people[0]!.request(`/api/team/members/${people[0]!.session.person.id}?team=${team}`, { method: 'DELETE' })
      await Promise.all(people.map((person) => person.post('/api/team/join', { nis: '31042' })))
      const roles = await server.db.selectFrom('member').select('role').execute()
      expect(roles.map(({ role }) => role).toSorted()).toEqual(['lead', 'member', 'member', 'member', 'member'])
    })

    test('only a municipality that exists can be joined', async () => {
      const an = await server.signIn('an@x.example')
      expect(await outcome(an.post('/api/team/join', { nis: '99999' }))).toMatchObject({ status: 404, body: { code: 'not_found' } })
      for (const nis of ['3100', '310066', 31006, null, "31006'"]) expect((await an.post('/api/team/join', { nis })).status).toBe(400)
      expect(await server.db.selectFrom('organization').selectAll().execute()).toEqual([])
    })

    test('a name is what colleagues see, also after a change', async () => {
      const an = await server.signIn('an@x.example')
      const team = (await outcome(an.post('/api/team/join', { nis: '31006' }))).body.teams[0].id
      expect(await outcome(an.request('/api/account', { method: 'PATCH', json: { name: '  An Verhelst ' } }))).toMatchObject({ status: 200, body: { person: { name: 'An Verhelst' } } })
      expect(await memberRows(team)).toMatchObject({ [an.session.person.id]: { name: 'An Verhelst' } })
      for (const name of ['', '   ', 'x'.repeat(101), 7]) expect((await an.request('/api/account', { method: 'PATCH', json: { name } })).status).toBe(400)
      expect((await view(an)).person.name).toBe('An Verhelst')
    })
  })

  describe('a team of two leads and a member, and strangers', () => {
    let lead: Person, second: Person, member: Person, stranger: Person, neighbour: Person
    let team: string, othersTeam: string
    beforeEach(async () => {
      server = await startTestServer({ engine })
      ;[lead, second, member, stranger, neighbour] = (await Promise.all(
        ['lead', 'second', 'member', 'stranger', 'neighbour'].map((name) => server.signIn(`${name}@x.example`)),
      )) as [Person, Person, Person, Person, Person]
      for (const person of [lead, second, member]) await person.post('/api/team/join', { nis: '31006' })
      await neighbour.post('/api/team/join', { nis: '31042' })
      team = (await view(lead)).teams[0]!.id
      othersTeam = (await view(neighbour)).teams[0]!.id
      await lead.post(`/api/team/members/${second.session.person.id}`, { team, role: 'lead' })
      server.letters.length = 0
    })
    const id = (person: Person) => person.session.person.id
    const remove = (by: Person, whom: Person, from = team) => by.request(`/api/team/members/${id(whom)}?team=${from}`, { method: 'DELETE' })

    test('only a lead of this team invites, changes roles and removes others', async () => {
      for (const by of [member, stranger, neighbour]) {
        expect((await by.post('/api/team/invitations', { team, email: 'new@x.example', role: 'member' })).status).toBe(403)
        expect((await by.post(`/api/team/members/${id(by)}`, { team, role: 'lead' })).status).toBe(403)
        expect((await remove(by, second)).status).toBe(403)
        expect(await outcome(by.request('/api/team/invitations'))).toMatchObject({ status: 200, body: { invitations: [] } })
      }
      expect((await view(member)).teams[0]!.role).toBe('member')
      expect((await remove(lead, neighbour, othersTeam)).status).toBe(403)
      expect((await remove(lead, neighbour)).status).toBe(404)
      expect((await lead.post(`/api/team/members/${id(stranger)}`, { team, role: 'lead' })).status).toBe(404)
      expect(server.letters).toEqual([])
    })

    test('an invitation is mailed, accepted by its address alone, once', async () => {
      const made = await outcome(lead.post('/api/team/invitations', { team, email: 'Stranger@X.example', role: 'lead' }))
      expect(made).toMatchObject({ status: 200, body: { team, email: 'stranger@x.example', role: 'lead' } })
      await server.port.postbox.empty()
      expect(server.letters).toMatchObject([{ to: 'stranger@x.example' }])
      const link = `http://localhost:3000/aanmelden?uitnodiging=${made.body.id}`
      expect(server.letters[0]!.text).toContain(link)
      expect(server.letters[0]!.html).toContain(link)
      const accept = (by: Person) => outcome(by.post(`/api/team/invitations/${made.body.id}/accept`, {}))
      for (const by of [neighbour, member]) expect(await accept(by)).toMatchObject({ status: 404 })
      expect((await view(neighbour)).teams.map(({ nis }) => nis)).toEqual(['31042'])
      expect(await accept(stranger)).toMatchObject({ status: 200, body: { teams: [{ id: team, role: 'lead' }] } })
      expect(await memberRows(team)).toMatchObject({ [id(stranger)]: { role: 'lead', left: false } })
      expect(await accept(stranger)).toMatchObject({ status: 404 })
      expect(await outcome(lead.request('/api/team/invitations'))).toMatchObject({ body: { invitations: [] } })
    })

    test('a new invitation replaces the one before, a withdrawn or late one cannot be accepted', async () => {
      const invite = async () => (await outcome(lead.post('/api/team/invitations', { team, email: 'stranger@x.example', role: 'member' }))).body.id as string
      const [first, again] = [await invite(), await invite()]
      expect((await stranger.post(`/api/team/invitations/${first}/accept`, {})).status).toBe(404)
      expect((await neighbour.request(`/api/team/invitations/${again}`, { method: 'DELETE' })).status).toBe(404)
      expect((await member.request(`/api/team/invitations/${again}`, { method: 'DELETE' })).status).toBe(404)
      expect((await second.request(`/api/team/invitations/${again}`, { method: 'DELETE' })).status).toBe(200)
      expect((await stranger.post(`/api/team/invitations/${again}/accept`, {})).status).toBe(404)
      const late = await invite()
      await server.db.updateTable('invitation').set({ expiresAt: new Date(Date.now() - 1) }).where('id', '=', late).execute()
      expect((await stranger.post(`/api/team/invitations/${late}/accept`, {})).status).toBe(404)
      expect((await view(stranger)).teams).toEqual([])
    })

    test('someone who is in the team already is not invited again', async () => {
      expect(await outcome(lead.post('/api/team/invitations', { team, email: 'member@x.example', role: 'member' }))).toMatchObject({ status: 409, body: { code: 'conflict' } })
    })

    test('leaving and removing take effect at once, and the member row says so', async () => {
      expect((await remove(lead, member)).status).toBe(200)
      expect((await view(member)).teams).toEqual([])
      expect(await memberRows(team)).toMatchObject({ [id(member)]: { left: true } })
      expect((await remove(second, second)).status).toBe(200)
      expect((await view(second)).teams).toEqual([])
    })

    test('a team keeps a lead while it has members', async () => {
      expect((await remove(second, second)).status).toBe(200)
      expect(await outcome(remove(lead, lead))).toMatchObject({ status: 409, body: { code: 'conflict' } })
      expect(await outcome(lead.post(`/api/team/members/${id(lead)}`, { team, role: 'member' }))).toMatchObject({ status: 409 })
      expect((await remove(member, member)).status).toBe(200)
      expect((await remove(lead, lead)).status).toBe(200)
      expect(await server.db.selectFrom('member').selectAll().where('organizationId', '=', team).execute()).toEqual([])
    })

    test('two leads who leave at the same moment: one of them stays', async () => {
      const statuses = (await Promise.all([remove(lead, lead), remove(second, second)])).map(({ status }) => status)
      expect(statuses.toSorted()).toEqual([200, 409])
    })

    test('who comes back gets the member row back', async () => {
      await remove(lead, member)
      await member.post('/api/team/join', { nis: '31006' })
      expect(await memberRows(team)).toMatchObject({ [id(member)]: { role: 'member', left: false } })
    })

    test('a start repairs member rows that a stop left behind', async () => {
      await server.db.updateTable('member').set({ role: 'lead' }).where('userId', '=', id(member)).execute()
      await writeAllMembers(server.port)
      expect(await memberRows(team)).toMatchObject({ [id(member)]: { role: 'lead' } })
      const before = await server.db.selectFrom('sync_space').selectAll().orderBy('id').execute()
      await writeAllMembers(server.port)
      expect(await server.db.selectFrom('sync_space').selectAll().orderBy('id').execute()).toEqual(before)
    })
  })

  describe('in production', () => {
    let admin: Person, asker: Person, other: Person
    beforeEach(async () => {
      server = await startTestServer({ engine, env: { ...productionEnv, ADMIN_EMAILS: 'chef@vvsg.example' } })
      ;[admin, asker, other] = (await Promise.all(['chef@vvsg.example', 'asker@x.example', 'other@x.example'].map((email) => server.signIn(email)))) as [Person, Person, Person]
      server.letters.length = 0
    })
    const requestsOf = async (person: Person) => (await outcome(person.request('/api/team/requests'))).body.requests as { id: string }[]

    test('joining is a request that waits; asking again is the same request and sends no second mail', async () => {
      const asked = await outcome(asker.post('/api/team/join', { nis: '31006' }))
      expect(asked).toMatchObject({ status: 200, body: { teams: [], requests: [{ nis: '31006', name: 'Damme' }] } })
      expect(await outcome(asker.post('/api/team/join', { nis: '31006' }))).toMatchObject({ body: { requests: asked.body.requests } })
      await server.port.postbox.empty()
      expect(server.letters.map(({ to }) => to)).toEqual(['chef@vvsg.example'])
      expect(server.letters[0]!.text).toContain('asker@x.example')
      expect(await server.db.selectFrom('organization').selectAll().execute()).toEqual([])
    })

    test('an admin approves: the first becomes lead and then decides about the next', async () => {
      await asker.post('/api/team/join', { nis: '31006' })
      const [request] = await requestsOf(admin)
      for (const person of [asker, other]) {
        expect(await requestsOf(person)).toEqual([])
        expect((await person.post(`/api/team/requests/${request!.id}`, { decision: 'approve' })).status).toBe(404)
      }
      expect((await admin.post(`/api/team/requests/${request!.id}`, { decision: 'approve' })).status).toBe(200)
      expect(await view(asker)).toMatchObject({ teams: [{ nis: '31006', role: 'lead' }], requests: [] })
      await other.post('/api/team/join', { nis: '31006' })
      const [next] = await requestsOf(asker)
      expect(next).toMatchObject({ nis: '31006', municipality: 'Damme', person: { email: 'other@x.example' } })
      await server.port.postbox.empty()
      expect(server.letters.filter(({ subject }) => subject.startsWith('Vraag om')).map(({ to }) => to).toSorted()).toEqual(['asker@x.example', 'chef@vvsg.example', 'chef@vvsg.example'])
      expect((await asker.post(`/api/team/requests/${next!.id}`, { decision: 'approve' })).status).toBe(200)
      expect(await view(other)).toMatchObject({ teams: [{ role: 'member' }] })
    })

    test('a refusal is mailed and final; the same person may ask anew', async () => {
      await asker.post('/api/team/join', { nis: '31006' })
      const [request] = await requestsOf(admin)
      expect((await admin.post(`/api/team/requests/${request!.id}`, { decision: 'refuse' })).status).toBe(200)
      await server.port.postbox.empty()
      expect(server.letters.at(-1)).toMatchObject({ to: 'asker@x.example', subject: 'Je vraag voor het team van Damme' })
      expect(await view(asker)).toMatchObject({ teams: [], requests: [] })
      expect((await admin.post(`/api/team/requests/${request!.id}`, { decision: 'approve' })).status).toBe(409)
      expect((await view(asker)).teams).toEqual([])
      await asker.post('/api/team/join', { nis: '31006' })
      expect(await requestsOf(admin)).toHaveLength(1)
    })

    test('two who answer one request at once give one answer', async () => {
      await asker.post('/api/team/join', { nis: '31006' })
      const [request] = await requestsOf(admin)
      const statuses = await Promise.all((['approve', 'refuse', 'approve'] as const).map(async (decision) => (await admin.post(`/api/team/requests/${request!.id}`, { decision })).status))
      expect(statuses.filter((status) => status === 200)).toHaveLength(1)
      const { status } = await server.db.selectFrom('join_request').select('status').executeTakeFirstOrThrow()
      expect((await view(asker)).teams).toHaveLength(status === 'approved' ? 1 : 0)
      await server.port.postbox.empty()
      expect(server.letters.filter(({ to }) => to === 'asker@x.example')).toHaveLength(1)
    })
  })
})
