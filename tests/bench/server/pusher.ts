/** A device as the server sees it: what it writes, what it knows, and what it was answered. */
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid'
import { SCHEMA_VERSION } from '../../../src/domain/collections.ts'
import { stampOf } from '../../../src/domain/clock.ts'
import type { ClientId, Stamp } from '../../../src/domain/ids.ts'
import { PROTOCOL_VERSION, type SyncAnswer } from '../../../src/protocol/sync.ts'

export const BATCH = 20

let devices = 0

export class Pusher {
  readonly client = `b${(devices += 1).toString(36)}`.padEnd(10, '0') as ClientId
  private n = 0
  private epoch: string | null = null
  private cursors: Record<string, number> = {}

  constructor(
    readonly person: string,
    readonly space: string,
  ) {}

  /** Twenty new rows, or nothing but the question what is new. */
  request(batch = BATCH) {
    const now = Date.now()
    const mutations = Array.from({ length: batch }, (_, counter) => {
      this.n += 1
      return {
        id: uuidv7(),
        client: this.client,
        n: this.n,
        schema: SCHEMA_VERSION,
        at: now,
        hlc: stampOf({ ms: now, counter }, this.client) as Stamp,
        space: this.space,
        collection: 'evidence',
        row: uuidv4(),
        set: {
          task: 'opdracht-bespreken',
          kind: 'link',
          url: `https://www.gemeente.example/verslag-van-het-overleg-met-de-adviesraad-${this.n}`,
          title: `Verslag ${this.n}: wat de adviesraad vroeg en wat het college beloofde`,
          addedAt: '2026-01-05T00:00:00.000Z',
        },
        base: {},
      }
    })
    return { proto: PROTOCOL_VERSION, schema: SCHEMA_VERSION, client: this.client, person: this.person, epoch: this.epoch, now, measured: true, cursors: this.cursors, mutations }
  }

  /** How many changes were applied; throws when one was not. */
  took({ epoch, acks, pages }: SyncAnswer): number {
    this.epoch = epoch
    for (const { space, next } of pages) this.cursors[space] = next
    const refused = acks.find(({ status }) => status !== 'applied')
    if (refused) throw new Error(`a change was ${refused.status}: ${refused.reason?.code}`)
    return acks.length
  }
}
