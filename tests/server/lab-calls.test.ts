import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noteCandidates } from '../../src/server/labs/calls.ts'
import { engines } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { facilitator, inTeam, LAB, makeLab, rowsOf, statuses, sync, viewOf } from './lab-stage.ts'

const DAY = 86_400_000
const terms = { lastDay: '2031-05-12', places: 8 }
const said = { stage: 'growing', motivation: 'We willen meer mensen bereiken.', from: 'An' }

let server: TestServer
let later = 0
afterEach(() => server.close())

/** A lab of Bart with an open call, An in Damme and Bo in Zuienkerke. */
async function called() {
  const bart = await facilitator(server)
  await makeLab(bart)
  const an = await inTeam(server, 'an@x.example', '31006')
  const bo = await inTeam(server, 'bo@x.example', '31042')
  expect((await bart.post(`/api/labs/${LAB}/call`, terms)).status).toBe(200)
  const entry = (team: string) => `entry:${LAB}:${team}`
  const forward = (more: Record<string, unknown> = {}) => ({ space: entry(an.team), collection: 'candidacy', row: uuidv7(), set: { ...said, ...more } })
  return { bart, an: an.person, damme: an.team, bo: bo.person, zuienkerke: bo.team, entry, forward }
}

describe.each(engines)('the call of a lab on $name', (engine) => {
  beforeEach(async () => {
    later = 0
    server = await startTestServer({ engine, now: () => Date.now() + later })
  })

  test('is opened, changed and closed by who facilitates the lab, and by nobody else', async () => {
    const { bart, an } = await called()
    const carla = await facilitator(server, 'carla@x.example')
    for (const person of [an, carla]) {
      expect((await person.post(`/api/labs/${LAB}/call`, terms)).status).toBe(404)
      expect((await person.request(`/api/labs/${LAB}/call`, { method: 'DELETE' })).status).toBe(404)
    }
    const call = { lab: LAB, template: 'leerlabo-genderbeleid', title: 'Ons labo', lastDay: '2031-05-12', places: 8, closed: false }
    expect((await viewOf(an)).calls).toEqual([call])
    expect((await viewOf(bart)).calls).toEqual([call])
    expect((await viewOf(carla)).calls).toEqual([])
    await sync(bart, { space: `lab:${LAB}`, collection: 'lab', row: LAB, set: { title: 'Labo \u0000van het\ud800 najaar' } })
    await bart.post(`/api/labs/${LAB}/call`, { lastDay: null, places: null })
    expect((await viewOf(an)).calls).toEqual([{ ...call, title: 'Labo  van het  najaar', lastDay: null, places: null }])
    for (const wrong of [{ lastDay: 'morgen', places: 1 }, { lastDay: null, places: 0 }, { lastDay: null }]) expect((await bart.post(`/api/labs/${LAB}/call`, wrong)).status).toBe(400)
    expect((await bart.request(`/api/labs/${LAB}/call`, { method: 'DELETE' })).status).toBe(200)
    expect((await bart.request(`/api/labs/${LAB}/call`, { method: 'DELETE' })).status).toBe(404)
    expect((await viewOf(an)).calls).toMatchObject([{ closed: true }])
  })

  test('is seen by who has a team, and shows nothing of the lab', async () => {
    const { an, damme, entry } = await called()
    const alone = await server.signIn('eva@x.example')
    expect((await viewOf(alone)).calls).toEqual([])
    expect((await sync(alone)).visible).toEqual([`person:${alone.session.person.id}`])
    const told = await sync(an)
    expect(told.visible).toContain(entry(damme))
    expect(told.visible.some((space) => /^(lab|review):/.test(space))).toBe(false)
  })

  test('takes a candidacy that the facilitators of the lab and the team itself see, and nobody else', async () => {
    const { bart, an, bo, damme, entry, forward } = await called()
    const carla = await facilitator(server, 'carla@x.example')
    const candidacy = forward()
    expect(statuses(await sync(an, candidacy))).toEqual(['applied'])
    expect(rowsOf(await sync(bart), 'candidacy')).toEqual([{ space: entry(damme), id: candidacy.row, values: said }])
    expect(rowsOf(await sync(bart), 'labCandidate')).toEqual([{ space: `review:${LAB}`, id: damme, values: { name: 'Damme', nis: '31006' } }])
    const colleague = await inTeam(server, 'els@x.example', '31006')
    expect(rowsOf(await sync(colleague.person), 'candidacy')).toHaveLength(1)
    expect(rowsOf(await sync(an), 'labCandidate')).toEqual([])
    for (const person of [bo, carla]) {
      expect(JSON.stringify(await sync(person))).not.toContain('We willen meer mensen')
      expect((await person.request(`/api/history?${new URLSearchParams({ space: entry(damme), rows: `candidacy:${candidacy.row}` })}`)).status).toBe(404)
    }
  })

  test('lets a team speak for itself alone, and only say that it would take part', async () => {
    const { bart, an, bo, damme, zuienkerke, entry, forward } = await called()
    const snapshot = { version: 1, title: 'Persona', fields: [{ id: 'wie', kind: 'shortText', label: 'Wie?' }], answers: {} }
    const answer = await sync(
      an,
      { ...forward(), space: entry(zuienkerke) },
      { space: entry(damme), collection: 'submission', row: uuidv7(), set: { assignment: 'persona', snapshot, from: 'An' } },
      { space: entry(damme), collection: 'message', row: uuidv7(), set: { assignment: 'persona', text: 'Dag', from: 'An' } },
      { space: entry(damme), collection: 'sharing', row: 'persona', set: { agreed: true } },
      { space: entry(damme), collection: 'candidacyReply', row: uuidv7(), set: { text: 'Welkom', from: 'An' } },
      { space: `review:${LAB}`, collection: 'labCandidate', row: damme, set: { name: 'Damme' } },
      forward({ stage: 'expert' }),
      forward({ motivation: ' ' }),
      forward(),
    )
    expect(statuses(answer)).toEqual([...Array<string>(8).fill('parked'), 'applied'])
    expect(rowsOf(await sync(bart), 'candidacy')).toHaveLength(1)
    expect(statuses(await sync(bart, { ...forward(), space: entry(damme) }))).toEqual(['parked'])
    expect(rowsOf(await sync(bo), 'candidacy')).toEqual([])
  })

  test('is answered with a word, or with a place in the lab; a team withdraws and comes back', async () => {
    const { bart, an, damme, entry, forward } = await called()
    const candidacy = forward()
    await sync(an, candidacy)
    const reply = { space: entry(damme), collection: 'candidacyReply', row: candidacy.row, set: { text: 'Volgende keer graag.', from: 'Bart' } }
    const carla = await facilitator(server, 'carla@x.example')
    expect(statuses(await sync(carla, reply))).toEqual(['parked'])
    expect(statuses(await sync(bart, reply))).toEqual(['applied'])
    expect(rowsOf(await sync(an), 'candidacyReply')).toMatchObject([{ id: candidacy.row, values: { text: 'Volgende keer graag.' } }])
    expect(statuses(await sync(an, { ...candidacy, set: { deleted: true } }))).toEqual(['applied'])
    expect(rowsOf(await sync(bart), 'candidacy')).toMatchObject([{ values: { deleted: true } }])
    await sync(an, { ...candidacy, set: { deleted: false } })
    expect((await bart.post(`/api/labs/${LAB}/teams`, { nis: '31006' })).status).toBe(200)
    const told = await sync(an)
    expect(told.visible).toEqual(expect.arrayContaining([`lab:${LAB}`, entry(damme)]))
    expect(rowsOf(told, 'candidacy')).toMatchObject([{ values: { stage: 'growing', deleted: false } }])
  })

  test('takes what was written before it closed, for a while; what was said stays with who said it', async () => {
    const { bart, an, bo, damme, zuienkerke, entry, forward } = await called()
    await sync(an, forward())
    await bart.request(`/api/labs/${LAB}/call`, { method: 'DELETE' })
    later = 59 * DAY
    expect(statuses(await sync(bo, { ...forward(), space: entry(zuienkerke) }))).toEqual(['applied'])
    expect(rowsOf(await sync(bart), 'labCandidate')).toHaveLength(2)
    const third = await inTeam(server, 'dirk@x.example', '31004')
    expect((await viewOf(third.person)).calls).toHaveLength(1)
    later = 61 * DAY
    expect((await viewOf(third.person)).calls).toEqual([])
    expect(statuses(await sync(third.person, { ...forward(), space: entry(third.team) }))).toEqual(['parked'])
    expect(rowsOf(await sync(an), 'candidacy')).toMatchObject([{ space: entry(damme) }])
  })

  test('lets a team that was invited directly say how far it is', async () => {
    const { bart, an, damme, entry } = await called()
    await bart.post(`/api/labs/${LAB}/teams`, { nis: '31006' })
    expect(statuses(await sync(an, { space: entry(damme), collection: 'candidacy', row: uuidv7(), set: { stage: 'frontrunner', from: 'An' } }))).toEqual(['applied'])
    expect(rowsOf(await sync(bart), 'candidacy')).toMatchObject([{ space: entry(damme), values: { stage: 'frontrunner' } }])
  })

  test('notes its candidates again when the process stopped between two writes', async () => {
    const { bart, an, forward } = await called()
    await sync(an, forward())
    await server.db.deleteFrom('lab_candidate').execute()
    await server.db.deleteFrom('sync_row').where('space', '=', `review:${LAB}`).execute()
    expect(rowsOf(await sync(bart), 'candidacy')).toEqual([])
    await noteCandidates(server.port)
    expect(rowsOf(await sync(bart), 'candidacy')).toHaveLength(1)
    expect(rowsOf(await sync(bart), 'labCandidate')).toHaveLength(1)
  })
})
