/** The files in which the content travels: an index, and shards that are fetched again only when they changed. */
import * as z from 'zod/mini'
import { ContentHash, PackedItem, PackedKind } from './content.ts'

/** One file of the pack; fetched again only when its hash changes. `search`: its part of the index (`SearchPart`), as JSON. */
export const PackShard = z.strictObject({ name: z.string(), items: z.array(PackedItem), search: z.optional(z.string()) })
export type PackShard = z.infer<typeof PackShard>

export const PackIndex = z.strictObject({
  /** Changes with any byte of any shard. */
  version: ContentHash,
  /** The form of the pack; an app that does not know the number leaves the pack alone. */
  builtFor: z.literal(1),
  shards: z.array(
    z.strictObject({
      name: z.string(),
      /** File name beside the index, `starter.<hash>.json`. */
      file: z.string(),
      hash: ContentHash,
      bytes: z.int(),
      kinds: z.array(PackedKind),
      /** How many. */
      items: z.int(),
    }),
  ),
  counts: z.record(PackedKind, z.int()),
  /** Latest day on which any item was reviewed. */
  reviewedOn: z.iso.date(),
})
export type PackIndex = z.infer<typeof PackIndex>
