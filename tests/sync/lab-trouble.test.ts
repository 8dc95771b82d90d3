/** What goes wrong around a lab, with the real client against the whole server: each has a clear outcome, and nothing is lost. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assignmentAnswer, candidacy, feedbackDraft, submission } from '../../src/domain/collections.ts'
import type { SpaceId } from '../../src/domain/ids.ts'
import { entrySpace, reviewSpace, teamSpace } from '../../src/domain/spaces.ts'
import { retryParked } from '../../src/client/sync/parked.ts'
import { engines } from '../support/database.ts'
import { ServedWorld } from '../support/served-world.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Device } from '../support/world.ts'

const LAB = 'labvanvlaand'
const MINUTE = 60_000
const DAY = 86_400_000
const id = (end: string) => `0190b6a2-7c1e-7abc-8def-0123456789${end}`
const snapshot = (who: string) => ({ version: 1, title: 'Persona', fields: [{ id: 'wie', kind: 'shortText', label: 'Wie?' }], answers: { wie: who } })
const sent = (who: string, by: string, assignment = 'persona') => ({ assignment, snapshot: snapshot(who), from: by })

describe.each(engines)('trouble in a lab on $name', (engine) => {
  let server: TestServer
  let world: ServedWorld
  let team: string
  let entry: SpaceId
  beforeEach(async () => {
    let now = () => Date.UTC(2026, 10, 21, 9)
    server = await startTestServer({ engine, now: () => now() })
    world = new ServedWorld(server)
    now = () => world.time
    for (const person of ['an', 'bo', 'bart']) await world.arrive(person)
    await server.db.insertInto('person_role').values({ person: world.session('bart').person.id, role: 'facilitator' }).execute()
    for (const person of ['an', 'bo']) await world.join(person, '31006')
    team = world.session('an').teams[0]!.id
    entry = entrySpace(LAB, team)
    await facilitator('/api/labs', { method: 'POST', json: { id: LAB, template: 'leerlabo-genderbeleid', title: 'Ons labo' } })
    await takeIn()
  })
  afterEach(() => server.close())

  const facilitator = async (path: string, init: Parameters<TestServer['request']>[1]) => expect((await world.request('bart', path, init)).status).toBe(200)
  const takeIn = () => facilitator(`/api/labs/${LAB}/teams`, { method: 'POST', json: { nis: '31006' } })
  const takeOut = () => facilitator(`/api/labs/${LAB}/teams/${team}`, { method: 'DELETE' })
  async function deviceOf(person: string): Promise<Device> {
    const device = await world.device()
    await device.signIn(person)
    await device.sync()
    return device
  }
  const rows = async ({ db }: Device, collection: string) => (await db.rows.toArray()).filter((row) => row.collection === collection && row.values['deleted'] !== true)
  const answersIn = async (device: Device) => (await rows(device, 'submission')).map(({ values }) => (values['snapshot'] as ReturnType<typeof snapshot>).answers.wie).toSorted()
  const parked = async ({ db }: Device) => (await db.outbox.where('state').equals('parked').toArray()).map(({ collection, reason }) => `${collection} ${reason?.code}`)

  test('an assignment that went out of the content while answers waited: the draft and what was sent arrive, and the facilitator reads it', async () => {
    const [an, bo] = [await deviceOf('an'), await deviceOf('bo')]
    await an.write(assignmentAnswer, `${LAB}--vervallen`, { 'value.wie': 'Zonnebloem' }, teamSpace(team))
    await an.write(submission, id('01'), sent('Zonnebloem', 'An', 'vervallen'), entry)
    await an.sync()
    await bo.sync()
    expect(await parked(an)).toEqual([])
    expect((await rows(bo, 'assignmentAnswer')).map((row) => row.values['value.wie'])).toEqual(['Zonnebloem'])
    const bart = await deviceOf('bart')
    expect(await answersIn(bart)).toEqual(['Zonnebloem'])
    await bart.write(feedbackDraft, id('01'), { team, assignment: 'vervallen', verdict: 'done' }, reviewSpace(LAB))
    await bart.sync()
    expect(await parked(bart)).toEqual([])
  })

  test('a team that was taken out with a draft and a sending that waited: the draft goes on, the sending is kept and can be tried again', async () => {
    const an = await deviceOf('an')
    await an.write(assignmentAnswer, `${LAB}--persona`, { 'value.wie': 'Zonnebloem' }, teamSpace(team))
    await an.write(submission, id('01'), sent('Zonnebloem', 'An'), entry)
    await takeOut()
    await an.sync()
    expect(await parked(an)).toEqual(['submission forbidden'])
    const [waits] = await an.db.outbox.where('state').equals('parked').toArray()
    expect(waits!.set).toEqual(sent('Zonnebloem', 'An'))
    expect((await rows(an, 'assignmentAnswer')).map((row) => row.values['value.wie'])).toEqual(['Zonnebloem'])
    expect((await rows(an, 'submission')).length).toBe(0)
    const bo = await deviceOf('bo')
    expect(await rows(bo, 'assignmentAnswer')).toHaveLength(1)
    expect(await answersIn(await deviceOf('bart'))).toEqual([])
    // The server has the words too: a lost phone loses nothing.
    const kept = await server.db.selectFrom('sync_mutation').select('payload').where('status', '=', 'parked').execute()
    expect(JSON.stringify(kept)).toContain('Zonnebloem')

    expect(await retryParked(an.db, an.env, waits!.id)).toBe('noAccess')
    await takeIn()
    await an.sync()
    expect(await retryParked(an.db, an.env, waits!.id)).toBe('waiting')
    await an.sync()
    expect(await parked(an)).toEqual([])
    expect(await answersIn(await deviceOf('bart'))).toEqual(['Zonnebloem'])
  })

  test('a submission that is delivered twice, or whose answer is lost, is there once', async () => {
    const an = await deviceOf('an')
    await an.write(submission, id('01'), sent('Zonnebloem', 'An'), entry)
    await an.roundTrip('delivered-twice')
    await an.sync()
    await an.write(submission, id('02'), sent('Klaproos', 'An'), entry)
    await an.roundTrip('lost-answer')
    await an.roundTrip('lost-answer')
    await an.sync()
    expect(await parked(an)).toEqual([])
    const bart = await deviceOf('bart')
    expect(await answersIn(bart)).toEqual(['Klaproos', 'Zonnebloem'])
    const arrived = (await rows(bart, 'submission')).map(({ values }) => values['arrivedAt'])
    expect((await rows(an, 'submission')).map(({ values }) => values['arrivedAt'])).toEqual(arrived)
    expect(await server.db.selectFrom('sync_mutation').select('id').where('collection', '=', 'submission').execute()).toHaveLength(2)
  })

  test('two members who send at once without a connection: both arrive, with who and when, and the last one counts', async () => {
    const [an, bo] = [await deviceOf('an'), await deviceOf('bo')]
    await an.write(submission, id('01'), sent('Zonnebloem', 'An'), entry)
    world.time += MINUTE
    await bo.write(submission, id('02'), sent('Klaproos', 'Bo'), entry)
    world.time += MINUTE
    // The last one arrives first.
    await bo.sync()
    await an.sync()
    await bo.sync()
    const bart = await deviceOf('bart')
    for (const device of [an, bo, bart]) {
      expect(await answersIn(device)).toEqual(['Klaproos', 'Zonnebloem'])
      const [first, last] = await rows(device, 'submission')
      expect([first!.values['from'], last!.values['from']]).toEqual(['An', 'Bo'])
      expect(first!.stamps['snapshot']! < last!.stamps['snapshot']!).toBe(true)
      expect(await parked(device)).toEqual([])
    }
  })

  test('a candidacy waits without a connection, arrives after the call closed, and of two colleagues both are there', async () => {
    await takeOut()
    await facilitator(`/api/labs/${LAB}/call`, { method: 'POST', json: { lastDay: null, places: 3 } })
    const [an, bo] = [await deviceOf('an'), await deviceOf('bo')]
    expect(await an.write(candidacy, id('01'), { stage: 'starter', motivation: 'We beginnen.', from: 'An' }, entry)).toMatchObject({ kind: 'written' })
    await bo.write(candidacy, id('02'), { stage: 'growing', motivation: 'We doen al iets.', from: 'Bo' }, entry)
    expect(await an.write(submission, id('03'), sent('Te vroeg', 'An'), entry)).toMatchObject({ kind: 'refused', refusal: 'forbidden' })
    await facilitator(`/api/labs/${LAB}/call`, { method: 'DELETE' })
    world.time += DAY
    for (const device of [an, bo, an]) await device.sync()
    const bart = await deviceOf('bart')
    for (const device of [an, bo, bart]) expect((await rows(device, 'candidacy')).map(({ values }) => values['motivation'])).toEqual(['We beginnen.', 'We doen al iets.'])
    expect((await rows(bart, 'labCandidate')).map(({ values }) => values['name'])).toEqual(['Damme'])
    expect([...(await parked(an)), ...(await parked(bo))]).toEqual([])
  })
})
