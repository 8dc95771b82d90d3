/** The kinds of finds, as people know them. */

/** By which one filters. */
export type HitKind = 'task' | 'guide' | 'practice' | 'figure' | 'supportOffer' | 'theme' | 'themeDay' | 'term' | 'lab' | 'note' | 'municipality'

/** In the order of the filters; `slug` is their name in the address. */
export const kindWords: Record<HitKind, { one: string; many: string; slug: string }> = {
  task: { one: 'Taak', many: 'Taken', slug: 'taak' },
  guide: { one: 'Gids', many: 'Gidsen', slug: 'gids' },
  practice: { one: 'Praktijk', many: 'Praktijken', slug: 'praktijk' },
  figure: { one: 'Cijfer', many: 'Cijfers', slug: 'cijfer' },
  supportOffer: { one: 'Aanbod', many: 'Aanbod', slug: 'aanbod' },
  theme: { one: 'Thema', many: 'Thema’s', slug: 'thema' },
  themeDay: { one: 'Themadag', many: 'Themadagen', slug: 'themadag' },
  term: { one: 'Begrip', many: 'Begrippen', slug: 'begrip' },
  lab: { one: 'Leerlabo', many: 'Leerlabo’s', slug: 'leerlabo' },
  note: { one: 'Eigen notitie', many: 'Eigen notities', slug: 'notitie' },
  municipality: { one: 'Gemeente', many: 'Gemeenten', slug: 'gemeente' },
}

/** A kind of which a question finds nothing is not held on to. */
export const heldKind = (chosen: HitKind | null, counts: ReadonlyMap<HitKind, number>): HitKind | null => (chosen !== null && counts.get(chosen) ? chosen : null)
