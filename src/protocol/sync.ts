/** The wire of `POST /api/sync` and `GET /api/events`: its limits and what the server answers. One request pushes and pulls. */
import * as z from 'zod/mini'
import { Stamp, SpaceId } from '../domain/ids.ts'
import { SessionView } from '../domain/session.ts'

/** Raised when an app of before could not send to this server or read its answer; upcast.ts then gets a step. */
export const PROTOCOL_VERSION = 1

/** Limits of one request; a client cuts its batches below them. */
export const MAX_REQUEST_BYTES = 1_000_000
export const MAX_MUTATIONS = 500
/** A single mutation above this is parked, never refused. */
export const MAX_MUTATION_BYTES = 500_000

export const WireRow = z.object({
  collection: z.string(),
  id: z.string(),
  values: z.record(z.string(), z.unknown()),
  stamps: z.record(z.string(), Stamp),
  by: z.record(z.string(), z.nullable(z.string())),
})
export type WireRow = z.infer<typeof WireRow>

export const Ack = z.object({
  id: z.string(),
  status: z.enum(['applied', 'superseded', 'parked']),
  seq: z.nullable(z.int()),
  reason: z.optional(z.object({ code: z.string(), message: z.string() })),
})
export type Ack = z.infer<typeof Ack>

export const Page = z.object({
  space: SpaceId,
  rows: z.array(WireRow),
  /** Rows that the device shows but the server does not have (only after a parked change): `[collection, id]`. */
  gone: z.array(z.tuple([z.string(), z.string()])),
  /** The new cursor. */
  next: z.int(),
  /** There is more after `next`. */
  more: z.boolean(),
})
export type Page = z.infer<typeof Page>

export const SyncAnswer = z.object({
  epoch: z.string(),
  /** The server's clock, ms since 1970. */
  now: z.number(),
  session: SessionView,
  acks: z.array(Ack),
  /** One per visible space that has news; spaces not in `visible` are no longer accessible. */
  pages: z.array(Page),
  visible: z.array(SpaceId),
  /** The history on the server is another than the device knows: start again from 0 and send recent work again. */
  resync: z.optional(z.boolean()),
  /** The client id is in use by a copy of this device: take a new one. */
  newClient: z.optional(z.boolean()),
})
export type SyncAnswer = z.infer<typeof SyncAnswer>

/** One line of `GET /api/events`. */
export const Poke = z.object({ space: SpaceId, head: z.int() })
export type Poke = z.infer<typeof Poke>
