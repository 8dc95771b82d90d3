/** People in a lab on a test's server, and devices of theirs that have nothing yet. */
import { v7 as uuidv7 } from 'uuid'
import { expect } from 'vitest'
import { stampOf } from '../../src/domain/clock.ts'
import type { ClientId } from '../../src/domain/ids.ts'
import type { SessionView } from '../../src/domain/session.ts'
import { SyncAnswer } from '../../src/protocol/sync.ts'
import type { TestServer } from '../support/server.ts'

export type Person = Awaited<ReturnType<TestServer['signIn']>>
export type Change = { space: string; collection: string; row: string; set: Record<string, unknown>; at?: number }

export const LAB = 'labvanvlaand'

let numbers = 0

/** The changes as a device of this person offers them; offered again they are the same ones. */
export function offered(person: Person, ...changes: Change[]) {
  const client = person.session.person.id.toLowerCase().replace(/[^a-z0-9]/g, '').padEnd(10, '0').slice(0, 10) as ClientId
  const now = Date.now()
  const mutations = changes.map(({ at = now, ...change }) => {
    numbers += 1
    return { id: uuidv7(), client, n: numbers, schema: 1, at, hlc: stampOf({ ms: at, counter: numbers % 1_000 }, client), base: {}, ...change }
  })
  return { proto: 1, schema: 1, client, person: person.session.person.id, epoch: null, now, measured: true, cursors: {}, mutations }
}

export async function exchange(person: Person, request: ReturnType<typeof offered>): Promise<SyncAnswer> {
  const answer = await person.post('/api/sync', request)
  expect(answer.status).toBe(200)
  return SyncAnswer.parse(await answer.json())
}

/** One round trip of a device that has nothing yet. */
export const sync = (person: Person, ...changes: Change[]): Promise<SyncAnswer> => exchange(person, offered(person, ...changes))

export const statuses = ({ acks }: SyncAnswer) => acks.map(({ status }) => status)
export const rowsOf = ({ pages }: SyncAnswer, collection: string) =>
  pages.flatMap(({ space, rows }) => rows.filter((row) => row.collection === collection).map(({ id, values }) => ({ space: space as string, id, values })))

export async function facilitator(server: TestServer, email = 'bart@x.example'): Promise<Person> {
  const person = await server.signIn(email)
  await server.db.insertInto('person_role').values({ person: person.session.person.id, role: 'facilitator' }).execute()
  return person
}

export async function inTeam(server: TestServer, email: string, nis: string): Promise<{ person: Person; team: string }> {
  const person = await server.signIn(email)
  const view = (await (await person.post('/api/team/join', { nis })).json()) as SessionView
  return { person, team: view.teams[0]!.id }
}

/** A lab that this person facilitates, with these municipalities in it. */
export async function makeLab(bart: Person, ...municipalities: string[]): Promise<void> {
  expect((await bart.post('/api/labs', { id: LAB, template: 'leerlabo-genderbeleid', title: 'Ons labo' })).status).toBe(200)
  for (const nis of municipalities) expect((await bart.post(`/api/labs/${LAB}/teams`, { nis })).status).toBe(200)
}

export const viewOf = async (person: Person): Promise<SessionView> => (await (await person.request('/api/session')).json()) as SessionView
