/** What the content on this device is: its version, how recent, how much of each kind. */
import { packedKinds, type PackedKind } from '../../../domain/content.ts'
import type { OpstapDatabase } from '../../db/database.ts'

export type ContentFacts = {
  version: string | undefined
  /** Calendar day of the latest review. */
  reviewedOn: string | undefined
  counts: { kind: PackedKind; count: number }[]
}

export async function readContentFacts(db: OpstapDatabase): Promise<ContentFacts> {
  const pack = await db.read('pack')
  const counts = await Promise.all(packedKinds.map(async (kind) => ({ kind, count: await db.items.where('[kind+position]').between([kind, 0], [kind, Infinity], true, true).count() })))
  return { version: pack?.version, reviewedOn: pack?.reviewedOn, counts: counts.filter(({ count }) => count > 0) }
}
