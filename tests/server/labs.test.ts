import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionView } from '../../src/domain/session.ts'
import { writeAllLabs } from '../../src/server/labs/labs.ts'
import { engines } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { facilitator, inTeam, LAB, makeLab, rowsOf, statuses, sync, type Person } from './lab-stage.ts'

let server: TestServer
afterEach(() => server.close())

const snapshot = { version: 1, title: 'Persona', fields: [{ id: 'wie', kind: 'shortText', label: 'Wie?' }], answers: { wie: 'Zonnebloem' } }

/** A lab with Damme and Zuienkerke in it. */
async function lab() {
  const bart = await facilitator(server)
  const damme = await inTeam(server, 'an@x.example', '31006')
  const zuienkerke = await inTeam(server, 'bo@x.example', '31042')
  await makeLab(bart, '31006', '31042')
  return { bart, an: damme.person, damme: damme.team, bo: zuienkerke.person, zuienkerke: zuienkerke.team }
}

describe.each(engines)('labs on $name', (engine) => {
  beforeEach(async () => {
    server = await startTestServer({ engine })
  })

  test('are made by facilitators alone, once per id', async () => {
    const an = await server.signIn('an@x.example')
    const made = { id: LAB, template: 'leerlabo-genderbeleid', title: 'Ons labo' }
    expect((await an.post('/api/labs', made)).status).toBe(403)
    expect((await server.request('/api/labs', { method: 'POST', json: made, headers: { origin: 'http://localhost:3000' } })).status).toBe(401)
    const bart = await facilitator(server)
    expect((await bart.post('/api/labs', made)).status).toBe(200)
    const again = (await (await bart.post('/api/labs', made)).json()) as SessionView
    expect(again.labs).toEqual([{ id: LAB, role: 'facilitator', teams: [] }])
    const other = await facilitator(server, 'carla@x.example')
    expect((await other.post('/api/labs', made)).status).toBe(409)
    expect((await other.post(`/api/labs/${LAB}/teams`, { nis: '31006' })).status).toBe(404)
    expect((await bart.post(`/api/labs/${LAB}/teams`, { nis: '99999' })).status).toBe(404)
  })

  test('show each team its own entry, the facilitator all, and nobody else anything', async () => {
    const { bart, an, damme, bo, zuienkerke } = await lab()
    const stranger = await inTeam(server, 'dirk@x.example', '31004')
    const [own, other] = [`entry:${LAB}:${damme}`, `entry:${LAB}:${zuienkerke}`]
    expect((await sync(an)).visible).toEqual(expect.arrayContaining([`lab:${LAB}`, own]))
    expect((await sync(an)).visible).not.toEqual(expect.arrayContaining([other]))
    expect((await sync(an)).visible.some((space) => space.startsWith('review:'))).toBe(false)
    expect((await sync(bart)).visible).toEqual(expect.arrayContaining([`lab:${LAB}`, `review:${LAB}`, own, other]))
    expect((await sync(bart)).visible.some((space) => space.startsWith('team:'))).toBe(false)
    expect((await sync(stranger.person)).visible.some((space) => /^(lab|entry|review):/.test(space))).toBe(false)

    await sync(an, { space: `team:${damme}`, collection: 'assignmentAnswer', row: `${LAB}--persona`, set: { 'value.wie': 'Concept van Damme' } })
    const id = uuidv7()
    expect(statuses(await sync(an, { space: own, collection: 'submission', row: id, set: { assignment: 'persona', snapshot, from: 'An' } }))).toEqual(['applied'])
    expect(rowsOf(await sync(bart), 'submission')).toMatchObject([{ space: own, id, values: { from: 'An', snapshot } }])
    for (const person of [bart, bo, stranger.person]) expect(JSON.stringify(await sync(person))).not.toContain('Concept van Damme')
    for (const person of [bo, stranger.person]) expect(JSON.stringify(await sync(person))).not.toContain('Zonnebloem')
  })

  test('keep feedback from the team until it is released, and let only facilitators release it', async () => {
    const { bart, an, bo, damme } = await lab()
    const entry = `entry:${LAB}:${damme}`
    const id = uuidv7()
    await sync(an, { space: entry, collection: 'submission', row: id, set: { assignment: 'persona', snapshot, from: 'An' } })
    const draft = { team: damme, assignment: 'persona', verdict: 'toComplete' }
    expect(statuses(await sync(bart, { space: `review:${LAB}`, collection: 'feedbackDraft', row: id, set: draft }))).toEqual(['applied'])
    expect(rowsOf(await sync(an), 'feedbackDraft')).toEqual([])
    const history = (person: Person, space: string, row: string) => person.request(`/api/history?${new URLSearchParams({ space, rows: row })}`)
    expect((await history(bart, `review:${LAB}`, `feedbackDraft:${id}`)).status).toBe(200)
    for (const person of [an, bo]) expect((await history(person, `review:${LAB}`, `feedbackDraft:${id}`)).status).toBe(404)
    expect((await history(an, entry, `submission:${id}`)).status).toBe(200)
    expect((await history(bo, entry, `submission:${id}`)).status).toBe(404)
    const released = { submission: id, text: 'Vraag het aan de jeugdwerker.', verdict: 'toComplete', from: 'Bart', releasedAt: '2026-11-21T09:00:00.000Z' }
    expect(statuses(await sync(an, { space: entry, collection: 'feedback', row: uuidv7(), set: released }))).toEqual(['parked'])
    expect(statuses(await sync(an, { space: `review:${LAB}`, collection: 'feedbackDraft', row: id, set: { verdict: 'done' } }))).toEqual(['parked'])
    expect(statuses(await sync(bart, { space: entry, collection: 'feedback', row: uuidv7(), set: released }))).toEqual(['applied'])
    expect(rowsOf(await sync(an), 'feedback')).toMatchObject([{ space: entry, values: { text: released.text } }])
    expect(rowsOf(await sync(bo), 'feedback')).toEqual([])
  })

  test('refuse what a role may not write, and keep it for its author', async () => {
    const { bart, an, damme, zuienkerke } = await lab()
    const [own, other] = [`entry:${LAB}:${damme}`, `entry:${LAB}:${zuienkerke}`]
    const answer = await sync(
      an,
      { space: other, collection: 'submission', row: uuidv7(), set: { assignment: 'persona', snapshot, from: 'An' } },
      { space: `lab:${LAB}`, collection: 'labSession', row: 'start', set: { at: null } },
      { space: own, collection: 'extension', row: 'persona', set: { due: null } },
      { space: own, collection: 'message', row: uuidv7(), set: { assignment: 'persona', text: 'Mag het later?', from: 'An' } },
    )
    expect(statuses(answer)).toEqual(['parked', 'parked', 'parked', 'applied'])
    expect(answer.acks.slice(0, 3).map(({ reason }) => reason?.code)).toEqual(['forbidden', 'forbidden', 'forbidden'])
    const ofBart = await sync(
      bart,
      { space: own, collection: 'submission', row: uuidv7(), set: { assignment: 'persona', snapshot, from: 'Bart' } },
      { space: `lab:${LAB}`, collection: 'labTeam', row: damme, set: { left: true } },
      { space: `lab:${LAB}`, collection: 'labSession', row: 'start', set: { at: '2026-12-01T08:30:00.000Z' } },
      { space: own, collection: 'extension', row: 'persona', set: { due: '2026-12-01T16:00:00.000Z' } },
    )
    expect(statuses(ofBart)).toEqual(['parked', 'parked', 'applied', 'applied'])
    expect(rowsOf(await sync(an), 'labSession')).toMatchObject([{ id: 'start' }])
    expect(rowsOf(await sync(an), 'extension')).toMatchObject([{ id: 'persona', values: { due: '2026-12-01T16:00:00.000Z' } }])
  })

  test('note when something arrived, and never let it be changed', async () => {
    const { an, damme } = await lab()
    const space = `entry:${LAB}:${damme}`
    const id = uuidv7()
    const before = Date.now()
    const first = await sync(an, { space, collection: 'submission', row: id, set: { assignment: 'persona', snapshot, from: 'An' } })
    const [row] = rowsOf(first, 'submission')
    expect(Date.parse(row!.values['arrivedAt'] as string)).toBeGreaterThanOrEqual(before)
    const forged = await sync(
      an,
      { space, collection: 'submission', row: id, set: { snapshot: { ...snapshot, title: 'Anders' } } },
      { space, collection: 'submission', row: id, set: { arrivedAt: '2020-01-01T00:00:00.000Z' } },
    )
    expect(statuses(forged)).toEqual(['parked', 'parked'])
    expect(rowsOf(forged, 'submission')).toEqual([row])
  })

  test('take a team out without losing what it sent, park what it sends after, and take it back', async () => {
    const { bart, an, damme } = await lab()
    const space = `entry:${LAB}:${damme}`
    await sync(an, { space, collection: 'submission', row: uuidv7(), set: { assignment: 'persona', snapshot, from: 'An' } })
    expect((await an.request(`/api/labs/${LAB}/teams/${damme}`, { method: 'DELETE' })).status).toBe(404)
    expect((await bart.request(`/api/labs/${LAB}/teams/${damme}`, { method: 'DELETE' })).status).toBe(200)
    expect((await bart.request(`/api/labs/${LAB}/teams/${damme}`, { method: 'DELETE' })).status).toBe(404)
    const late = await sync(an, { space, collection: 'message', row: uuidv7(), set: { assignment: 'persona', text: 'Nog dit.', from: 'An' } })
    expect(statuses(late)).toEqual(['parked'])
    expect(late.visible).toEqual(expect.not.arrayContaining([space]))
    expect(rowsOf(await sync(bart), 'submission')).toHaveLength(1)
    expect(rowsOf(await sync(bart), 'labTeam').find(({ id }) => id === damme)).toMatchObject({ values: { left: true } })
    await bart.post(`/api/labs/${LAB}/teams`, { nis: '31006' })
    expect(rowsOf(await sync(an), 'submission')).toHaveLength(1)
  })

  test('are open to who joins an invited team later, and closed to who is no facilitator any more', async () => {
    const { bart, damme } = await lab()
    const late = await inTeam(server, 'eva@x.example', '31006')
    expect(late.team).toBe(damme)
    expect((await sync(late.person)).visible).toEqual(expect.arrayContaining([`lab:${LAB}`, `entry:${LAB}:${damme}`]))
    await server.db.deleteFrom('person_role').where('person', '=', bart.session.person.id).execute()
    expect((await sync(bart)).visible).toEqual([`person:${bart.session.person.id}`])
    expect((await bart.post(`/api/labs/${LAB}/teams`, { nis: '31004' })).status).toBe(404)
  })

  test('are told to devices again when the process stopped between two writes', async () => {
    const { an } = await lab()
    await server.db.deleteFrom('sync_row').where('space', '=', `lab:${LAB}`).execute()
    await writeAllLabs(server.port)
    const told = await sync(an)
    expect(rowsOf(told, 'lab')).toMatchObject([{ id: LAB, values: { title: 'Ons labo', template: 'leerlabo-genderbeleid' } }])
    expect(rowsOf(told, 'labTeam').map(({ values }) => values['name']).toSorted()).toEqual(['Damme', 'Zuienkerke'])
  })
})
