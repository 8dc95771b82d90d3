import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionView } from '../../src/domain/session.ts'
import { stampOf } from '../../src/domain/clock.ts'
import type { ClientId } from '../../src/domain/ids.ts'
import { SyncAnswer } from '../../src/protocol/sync.ts'
import { demonstrate } from '../../src/server/accounts/demonstration.ts'
import { registerQuestions } from '../../src/server/questions/arrival.ts'
import { engines } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

type Person = Awaited<ReturnType<TestServer['signIn']>>
const id = '0190b6a2-7c1e-7abc-8def-0123456789ab'
const said = '0190b6a2-7c1e-7abc-8def-0123456789ac'
const asked = { type: 'advice', theme: null, text: 'Hoe begin je?\u0000', context: null, mail: true }

describe.each(engines)('the helpdesk on $name', (engine) => {
  let server: TestServer
  let asker: Person, colleague: Person, stranger: Person, desk: Person
  let team: string, others: string
  let count = 0
  let time = Date.UTC(2026, 10, 23, 9)

  beforeEach(async () => {
    count = 0
    time = Date.UTC(2026, 10, 23, 9)
    server = await startTestServer({ engine, now: () => time })
    ;[asker, colleague, stranger, desk] = (await Promise.all(['asker', 'colleague', 'stranger', 'desk'].map((name) => server.signIn(`${name}@x.example`)))) as [Person, Person, Person, Person]
    for (const person of [asker, colleague]) team = await join(person, '31006')
    others = await join(stranger, '31042')
    await server.db.insertInto('person_role').values({ person: desk.session.person.id, role: 'desk' }).execute()
    server.letters.length = 0
  })
  afterEach(() => server.close())

  const join = async (person: Person, nis: string) => ((await (await person.post('/api/team/join', { nis })).json()) as SessionView).teams[0]!.id
  const clientOf = (person: Person) => person.session.person.id.toLowerCase().replace(/[^a-z0-9]/g, 'a').slice(0, 10).padEnd(10, 'a') as ClientId
  const change = (person: Person, collection: string, row: string, set: Record<string, unknown>, space = `desk:${team}`) => {
    count += 1
    const hlc = stampOf({ ms: time, counter: count }, clientOf(person))
    return { id: `0190b6a2-7c1e-7abc-8def-${String(count).padStart(12, '0')}`, client: clientOf(person), n: count, schema: 1, at: time, hlc, space, collection, row, set, base: {} }
  }
  const sync = async (person: Person, ...mutations: unknown[]): Promise<SyncAnswer> => {
    const request = { proto: 1, schema: 1, client: clientOf(person), person: person.session.person.id, epoch: null, now: time, measured: true, cursors: {}, mutations }
    const answer = await person.post('/api/sync', request)
    expect(answer.status).toBe(200)
    return SyncAnswer.parse(await answer.json())
  }
  const rows = ({ pages }: SyncAnswer, collection: string) => pages.flatMap((page) => page.rows).filter((row) => row.collection === collection)
  const letters = async () => {
    await server.port.postbox.empty()
    return server.letters
  }

  test('registers a question by itself when it arrives: when, from whom, from where; in the same answer', async () => {
    const answer = await sync(asker, change(asker, 'question', id, asked))
    expect(answer.acks).toMatchObject([{ status: 'applied' }])
    expect(rows(answer, 'questionRegistration')).toMatchObject([
      { id, values: { receivedAt: '2026-11-23T09:00:00.000Z', asker: { id: asker.session.person.id, name: 'asker' }, municipality: { nis: '31006', name: 'Damme' } } },
    ])
    expect(rows(await sync(desk), 'questionRegistration')).toHaveLength(1)
  })

  test('registers it once, also when it is sent again or the server starts again', async () => {
    const sent = change(asker, 'question', id, asked)
    await sync(asker, sent)
    time += 86_400_000
    await sync(asker, sent)
    await registerQuestions(server.port)
    expect(rows(await sync(desk), 'questionRegistration')).toMatchObject([{ values: { receivedAt: '2026-11-23T09:00:00.000Z' } }])
    await server.db.deleteFrom('sync_row').where('collection', '=', 'questionRegistration').execute()
    await registerQuestions(server.port)
    expect(rows(await sync(desk), 'questionRegistration')).toMatchObject([{ values: { receivedAt: '2026-11-24T09:00:00.000Z' } }])
  })

  test('shows a question to the team and the desk, and to nobody else', async () => {
    await sync(asker, change(asker, 'question', id, asked))
    for (const person of [colleague, desk]) expect(rows(await sync(person), 'question')).toMatchObject([{ id, values: asked }])
    const strange = await sync(stranger)
    expect(strange.visible.toSorted()).toEqual([`desk:${others}`, `person:${stranger.session.person.id}`, `team:${others}`].toSorted())
    expect(JSON.stringify(strange.pages)).not.toContain('Hoe begin je')
    expect((await sync(desk)).visible.toSorted()).toEqual([`desk:${team}`, `desk:${others}`, `person:${desk.session.person.id}`].toSorted())
  })

  test('parks what is not theirs to write', async () => {
    await sync(asker, change(asker, 'question', id, asked))
    const attempts: [Person, ReturnType<typeof change>][] = [
      [asker, change(asker, 'questionMessage', said, { question: id, answer: 'Ik zelf' })],
      [asker, change(asker, 'question', id, { term: '2030-01-01' })],
      [colleague, change(colleague, 'question', id, { deleted: true })],
      [stranger, change(stranger, 'question', id, asked)],
      [stranger, change(stranger, 'questionMessage', said, { question: id, text: 'Hallo' })],
      [desk, change(desk, 'question', id, asked)],
      [desk, change(desk, 'questionMessage', said, { question: id, text: 'Als team' })],
      [desk, change(desk, 'taskProgress', 'focus-kiezen', { status: 'done' }, `team:${team}`)],
      [desk, change(desk, 'questionRegistration', id, { receivedAt: '2020-01-01T00:00:00.000Z' })],
    ]
    for (const [person, attempt] of attempts) expect((await sync(person, attempt)).acks).toMatchObject([{ status: 'parked', reason: { code: 'forbidden' } }])
    expect((await letters()).length).toBe(0)
  })

  test('mails the one who asked that there is an answer, without the answer, once', async () => {
    await sync(asker, change(asker, 'question', id, asked))
    const answer = change(desk, 'questionMessage', said, { question: id, answer: 'Begin klein.' })
    expect((await sync(desk, answer)).acks).toMatchObject([{ status: 'applied' }])
    await sync(desk, answer)
    expect((await letters()).map(({ to }) => to)).toEqual(['asker@x.example'])
    const [letter] = await letters()
    expect(letter!.text).toContain(`http://localhost:3000/hulp/${id}`)
    expect(letter!.text + letter!.html).not.toContain('Begin klein')
    expect(rows(await sync(asker), 'questionMessage')).toMatchObject([{ values: { answer: 'Begin klein.' }, by: { answer: desk.session.person.id } }])
  })

  test('sends no mail to who wanted none, or left the team', async () => {
    await sync(asker, change(asker, 'question', id, { ...asked, mail: false }))
    await sync(desk, change(desk, 'questionMessage', said, { question: id, answer: 'Begin klein.' }))
    const second = '0190b6a2-7c1e-7abc-8def-0123456789ad'
    await sync(colleague, change(colleague, 'question', second, asked))
    expect((await asker.request(`/api/team/members/${colleague.session.person.id}?team=${team}`, { method: 'DELETE' })).status).toBe(200)
    await sync(desk, change(desk, 'questionMessage', '0190b6a2-7c1e-7abc-8def-0123456789ae', { question: second, answer: 'Begin klein.' }))
    expect(await letters()).toEqual([])
  })

  test('tells the desk, and nobody else, who else is of the desk', async () => {
    const view = async (person: Person) => (await (await person.request('/api/session')).json()) as SessionView
    expect((await view(desk)).desk).toEqual([{ id: desk.session.person.id, name: 'desk' }])
    expect(await view(asker)).not.toHaveProperty('desk')
  })

  test('hands a team that is new to a desk that already listens', async () => {
    const stream = (await desk.request('/api/events')).body!.pipeThrough(new TextDecoderStream()).getReader()
    await stream.read()
    const fresh = await server.signIn('fresh@x.example')
    team = await join(fresh, '31004')
    await sync(fresh, change(fresh, 'question', id, asked))
    let heard = ''
    while (!heard.includes(`desk:${team}`)) {
      const { done, value } = await stream.read()
      if (done) break
      heard += value
    }
    await stream.cancel()
    expect(heard).toContain(`desk:${team}`)
    expect(heard).not.toContain(`team:${team}`)
  })
})

test('the settings name the people of the helpdesk by their proven address', async () => {
  const server = await startTestServer({ env: { DESK_EMAILS: 'Noor@vvsg.example, piet@vvsg.example' } })
  try {
    const people = await Promise.all(['noor@vvsg.example', 'eve@vvsg.example'].map((email) => server.signIn(email)))
    expect(people.map(({ session }) => session.roles)).toEqual([['desk'], []])
  } finally {
    await server.close()
  }
})

test('the demonstration holds two questions of Damme: one open, one answered', async () => {
  const server = await startTestServer()
  try {
    await demonstrate(server.port)
    const stored = await server.db.selectFrom('sync_row').select(['collection', 'row_values']).where('space', 'like', 'desk:%').execute()
    const of = (collection: string) => stored.filter((row) => row.collection === collection).map((row) => JSON.parse(row.row_values))
    expect(of('question')).toHaveLength(2)
    expect(of('questionRegistration')).toHaveLength(2)
    expect(of('questionMessage')).toMatchObject([{ answer: expect.any(String) }])
  } finally {
    await server.close()
  }
})
