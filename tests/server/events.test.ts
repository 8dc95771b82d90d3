import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { writeAsServer } from '../../src/server/sync/server-write.ts'
import type { SpaceId } from '../../src/domain/ids.ts'
import type { SessionView } from '../../src/domain/session.ts'
import { Poke } from '../../src/protocol/poke.ts'
import { engines } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

type Person = Awaited<ReturnType<TestServer['signIn']>>
let server: TestServer
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

/** A device that listens; `next` gives each event in turn. */
async function listen(person: Person) {
  const answer = await person.request('/api/events')
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-encoding')]).toEqual([200, 'text/event-stream', null])
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<string> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const event = text.slice(0, end)
        text = text.slice(end + 2)
        return event
      }
      const { done, value } = await reader.read()
      if (done) return 'end'
      text += value
    }
  }
  expect(await next()).toBe('retry: 3000')
  return { next, poke: async () => Poke.parse(JSON.parse((await next()).replace(/^data: /, ''))), close: () => reader.cancel() }
}

describe.each(engines)('event streams on $name', (engine) => {
  let an: Person, bo: Person, eve: Person, space: SpaceId, othersSpace: SpaceId
  beforeEach(async () => {
    server = await startTestServer({ engine })
    ;[an, bo, eve] = (await Promise.all(['an', 'bo', 'eve'].map((name) => server.signIn(`${name}@x.example`)))) as [Person, Person, Person]
    space = await join(an, '31006')
    await join(bo, '31006')
    othersSpace = await join(eve, '31042')
  })
  const join = async (person: Person, nis: string) => `team:${((await (await person.post('/api/team/join', { nis })).json()) as SessionView).teams.find((team) => team.nis === nis)!.id}` as SpaceId
  const write = (where: SpaceId, row: string) => writeAsServer(server.port, [{ space: where, collection: 'taskProgress', row, set: { status: 'done' } }])
  const headOf = async (where: SpaceId) => (await server.db.selectFrom('sync_space').select('head').where('id', '=', where).executeTakeFirstOrThrow()).head

  test('tell the members of a team, and only them, that it has news: a name and a number', async () => {
    const [hears, alsoHears, other] = [await listen(an), await listen(bo), await listen(eve)]
    await write(space, 'opdracht-bespreken')
    await write(othersSpace, 'opdracht-bespreken')
    for (const stream of [hears, alsoHears]) expect(await stream.poke()).toEqual({ space, head: await headOf(space) })
    expect(await other.poke()).toEqual({ space: othersSpace, head: await headOf(othersSpace) })
  })

  test('stop telling at once after a removal, and go on for the others', async () => {
    const [hears, removed] = [await listen(an), await listen(bo)]
    const id = space.slice('team:'.length)
    expect((await an.request(`/api/team/members/${bo.session.person.id}?team=${id}`, { method: 'DELETE' })).status).toBe(200)
    // The removal itself writes the member row; who was removed may hear of that one, never of anything later.
    const removalHead = await headOf(space)
    await vi.waitFor(async () => expect((await (await bo.request('/api/session')).json()) as SessionView).toMatchObject({ teams: [] }))
    await write(space, 'opdracht-bespreken')
    await write(`person:${bo.session.person.id}` as SpaceId, 'opdracht-bespreken')
    const heard: Poke[] = []
    do heard.push(await removed.poke())
    while (!heard.at(-1)!.space.startsWith('person:'))
    expect(heard.filter((poke) => poke.space === space && poke.head > removalHead)).toEqual([])
    let last = await hears.poke()
    while (last.head < (await headOf(space))) last = await hears.poke()
    expect(last.space).toBe(space)
  })

  test('tell someone who joins a team of its space at once', async () => {
    const stream = await listen(eve)
    const joined = await join(eve, '31006')
    const poke = await stream.poke()
    expect(poke.space).toBe(joined)
    expect(poke.head).toBeGreaterThan(0)
    await write(joined, 'bestuursakkoord-lezen')
    expect(await stream.poke()).toEqual({ space: joined, head: await headOf(joined) })
  })

  test('end when the server stops or the device goes, and leave nothing behind', async () => {
    const [one, two] = [await listen(an), await listen(bo)]
    expect(server.port.streams.size).toBe(2)
    await one.close()
    await vi.waitFor(() => expect(server.port.streams.size).toBe(1))
    server.port.stop()
    expect(await two.next()).toBe('end')
    expect(server.port.streams.size).toBe(0)
    await write(space, 'opdracht-bespreken')
  })
})

test('a stream beats every 25 seconds, and after an hour lets the device connect anew', async () => {
  server = await startTestServer()
  const an = await server.signIn('an@x.example')
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  const stream = await listen(an)
  vi.advanceTimersByTime(25_000)
  expect(await stream.next()).toBe(':')
  vi.advanceTimersByTime(25_000)
  expect(await stream.next()).toBe(':')
  vi.setSystemTime(Date.now() + 3_600_000)
  vi.advanceTimersByTime(25_000)
  expect(await stream.next()).toBe('end')
})

test('a device that reads nothing is let go instead of filling the memory', async () => {
  server = await startTestServer()
  const an = await server.signIn('an@x.example')
  await an.request('/api/events')
  const space = `person:${an.session.person.id}` as SpaceId
  for (let head = 1; head < 300; head++) server.port.pokes.publish(space, head)
  expect(server.port.streams.size).toBe(0)
})
