/** What a device asks of `POST /api/sync`. Only the server checks it: a device takes from here no more than the types. */
import * as z from 'zod/mini'
import { Stamp, ClientId, MutationId, PersonId, SpaceId } from '../domain/ids.ts'
import { MAX_MUTATIONS } from './sync.ts'

/**
 * One written change. The envelope is strict enough to store and acknowledge it; whether its contents can be applied is
 * judged later, and a change that cannot is parked, not refused.
 */
export const Mutation = z.object({
  id: MutationId,
  client: ClientId,
  /** Counts per client from 1. */
  n: z.int().check(z.positive()),
  schema: z.int(),
  /** The device's wall clock at writing, ms since 1970. */
  at: z.number(),
  hlc: Stamp,
  space: SpaceId,
  collection: z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[\w-]+$/)),
  row: z.string().check(z.minLength(1), z.maxLength(300), z.regex(/^[^\p{Cc}\p{Cs}]+$/u)),
  set: z.record(z.string(), z.unknown()),
  base: z.record(z.string(), Stamp),
})
export type Mutation = z.infer<typeof Mutation>

export const SyncRequest = z.object({
  proto: z.int(),
  schema: z.int(),
  client: ClientId,
  /** Who the device believes to be signed in; another cookie by now means that nothing of this may be taken. */
  person: PersonId,
  epoch: z.nullable(z.string()),
  /** The device's wall clock at sending, ms since 1970. */
  now: z.number(),
  /** True when the stamps were made with a clock offset measured before. */
  measured: z.boolean(),
  /** Per space the number up to which this device has everything. */
  cursors: z.record(z.string(), z.int().check(z.nonnegative())),
  /** Checked one by one, so that one malformed change holds up no other. */
  mutations: z.array(z.unknown()).check(z.maxLength(MAX_MUTATIONS)),
})
export type SyncRequest = z.infer<typeof SyncRequest>
