/** The wire of `GET /api/events`. Whatever a poke says, a device answers it by asking; so no phone fetches this. */
import * as z from 'zod/mini'
import { SpaceId } from '../domain/ids.ts'

/** One line of the stream. */
export const Poke = z.object({ space: SpaceId, head: z.int() })
export type Poke = z.infer<typeof Poke>
