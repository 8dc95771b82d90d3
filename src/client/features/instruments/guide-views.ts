/** The guides as a list shows them: with what this team does with them, and where this person was. */
import type { Section } from '../../../domain/content.ts'
import { changesSince, placeOf, readBookmarkId } from '../../../domain/reading.ts'
import type { Guide, GuideMarks } from './guides.ts'

export type GuideView = {
  guide: Guide
  using: boolean
  score: number | undefined
  /** The chapter where the person was last. */
  at: Section | undefined
  changed: boolean
}

export function viewsOf(guides: readonly Guide[], { uses, places }: GuideMarks): GuideView[] {
  return guides.map((guide) => {
    const use = uses.find(({ id }) => id === guide.id)?.values
    const seen = places.find(({ id }) => id === guide.id)?.values
    const place = seen && placeOf(seen)
    return {
      guide,
      using: use !== undefined,
      score: use?.score ?? undefined,
      at: guide.sections.find(({ id }) => id === place?.section),
      changed: changesSince(guide, seen?.version).length > 0,
    }
  })
}

export type BookmarkView = { guide: Guide; section: Section }

/** The newest first; a chapter that an editor took away is left out. */
export function bookmarksOf(guides: readonly Guide[], { bookmarks }: GuideMarks): BookmarkView[] {
  const newest = [...bookmarks].sort((a, b) => ((a.values.at ?? '') < (b.values.at ?? '') ? 1 : -1))
  return newest.flatMap(({ id }) => {
    const named = readBookmarkId(id)
    const guide = guides.find((candidate) => candidate.id === named.guide)
    const section = guide?.sections.find((candidate) => candidate.id === named.section)
    return guide && section ? [{ guide, section }] : []
  })
}
