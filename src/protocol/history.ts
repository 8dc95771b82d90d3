/** The wire of `GET /api/history`: what was written in some rows of a space, newest first. */
import * as z from 'zod/mini'
import { SpaceId } from '../domain/ids.ts'

/** The most rows of one question, and versions of one answer. */
export const MAX_HISTORY_ROWS = 100
export const MAX_VERSIONS = 40

export const HistoryQuestion = z.object({
  space: SpaceId,
  /** `collection:row`, with commas between. */
  rows: z.string().check(z.minLength(1), z.maxLength(20_000), z.regex(/^[\w-]+:[\w-]+(,[\w-]+:[\w-]+)*$/)),
  /** The id of the last version that the device has: older ones are wanted. */
  before: z.optional(z.string().check(z.maxLength(300), z.regex(/^[\w.-]+$/))),
})

export const HistoryAnswer = z.object({
  versions: z.array(
    z.object({
      id: z.string(),
      collection: z.string(),
      row: z.string(),
      unit: z.string(),
      /** Of a text: its plain words. */
      value: z.unknown(),
      person: z.nullable(z.string()),
      /** When it was written, and when it arrived; ms since 1970. */
      at: z.number(),
      receivedAt: z.nullable(z.number()),
      status: z.enum(['applied', 'superseded', 'parked']),
    }),
  ),
  /** There are older ones. */
  more: z.boolean(),
})
export type HistoryAnswer = z.infer<typeof HistoryAnswer>
