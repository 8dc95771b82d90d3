/** What the content on this device is: its version, how recent, how much of each kind. */
import type { PackedKind } from '../../../domain/content.ts'
import type { OpstapDatabase } from '../../db/database.ts'

/** In the order in which they are told. */
export const kindWords: Record<PackedKind, [one: string, many: string]> = {
  phase: ['fase', 'fasen'],
  task: ['taak', 'taken'],
  figure: ['cijfer', 'cijfers'],
  supportOffer: ['ondersteuningsaanbod', 'keer ondersteuningsaanbod'],
  practice: ['praktijk', 'praktijken'],
  guide: ['gids', 'gidsen'],
  theme: ['thema', 'thema’s'],
  term: ['begrip', 'begrippen'],
  themeDay: ['themadag', 'themadagen'],
  labTemplate: ['leerlabo', 'leerlabo’s'],
  assignment: ['opdracht', 'opdrachten'],
  quickscan: ['zelfscan', 'zelfscans'],
  municipality: ['gemeente', 'gemeenten'],
}

export type ContentFacts = {
  version: string | undefined
  /** Calendar day of the latest review. */
  reviewedOn: string | undefined
  counts: { kind: PackedKind; count: number }[]
}

export async function readContentFacts(db: OpstapDatabase): Promise<ContentFacts> {
  const pack = await db.read('pack')
  const kinds = Object.keys(kindWords) as PackedKind[]
  const counts = await Promise.all(kinds.map(async (kind) => ({ kind, count: await db.items.where('[kind+position]').between([kind, 0], [kind, Infinity], true, true).count() })))
  return { version: pack?.version, reviewedOn: pack?.reviewedOn, counts: counts.filter(({ count }) => count > 0) }
}
