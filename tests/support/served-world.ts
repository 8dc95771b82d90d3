/** The small world of sync tests around the whole server: people sign in, and every request passes its routes. */
import { SyncAnswer } from '../../src/protocol/sync.ts'
import type { SessionView } from '../../src/domain/session.ts'
import type { TestServer } from './server.ts'
import { World } from './world.ts'

export class ServedWorld extends World {
  private readonly arrived = new Map<string, Awaited<ReturnType<TestServer['signIn']>>>()
  /** The bodies that devices sent, the last one of each person. */
  readonly sent = new Map<string, unknown>()

  constructor(readonly server: TestServer) {
    super(server.db)
  }

  /** Signs this person in; from then on devices can. */
  async arrive(person: string): Promise<void> {
    this.arrived.set(person, await this.server.signIn(`${person}@damme.example`))
  }

  async join(person: string, nis: string): Promise<void> {
    const here = this.here(person)
    const answer = await here.post('/api/team/join', { nis })
    if (answer.status !== 200) throw new Error(`joining of ${person}: ${answer.status}`)
    this.arrived.set(person, { ...here, session: (await answer.json()) as SessionView })
  }

  /** A request of this person's first device. */
  request(person: string, path: string, init: Parameters<TestServer['request']>[1] = {}): Promise<Response> {
    return this.here(person).request(path, init)
  }

  override session(person: string): SessionView {
    return this.here(person).session
  }

  override async serve(person: string, request: unknown): Promise<SyncAnswer> {
    const name = [...this.arrived].find(([, { session }]) => session.person.id === person)![0]
    this.sent.set(name, request)
    const answer = await this.here(name).post('/api/sync', request)
    if (answer.status !== 200) throw new Error(`sync of ${name}: ${answer.status} ${await answer.text()}`)
    return SyncAnswer.parse(await answer.json())
  }

  private here(person: string) {
    const found = this.arrived.get(person)
    if (!found) throw new Error(`${person} did not sign in`)
    return found
  }
}
