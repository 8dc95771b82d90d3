/** Reading a guide: where someone is in it, and what changed since. */
import type { Change, Guide } from './content.ts'

/** A chapter, and how far in it: in thousandths, so that it means the same on a phone and on a desk. */
export type ReadingPlace = { section: string; offset: number }

/** Where a chapter stands on the screen, in pixels from the top of the window. Chapters come in their order. */
export type Extent = { id: string; top: number; bottom: number }

/** The chapter that lies under the reading line; null above the first. */
export function placeAt(extents: readonly Extent[], line: number): ReadingPlace | null {
  const here = extents[extents.filter(({ top }) => top <= line).length - 1]
  if (!here) return null
  const height = here.bottom - here.top
  const far = height > 0 ? (line - here.top) / height : 0
  return { section: here.id, offset: Math.round(Math.min(1, Math.max(0, far)) * 1_000) }
}

/** How far to scroll to have the place under the reading line, in pixels; null where the chapter is gone. */
export function distanceTo(extents: readonly Extent[], { section, offset }: ReadingPlace, line: number): number | null {
  const extent = extents.find(({ id }) => id === section)
  return extent ? extent.top + ((extent.bottom - extent.top) * offset) / 1_000 - line : null
}

export const pathOfPlace = (guide: string, section: string): string => `/instrumenten/${guide}#${section}`

/** The place that a row of `position` holds; null where it names no chapter. */
export function placeOf({ path = '', offset = 0 }: { path?: string | undefined; offset?: number | undefined }): ReadingPlace | null {
  const section = path.split('#')[1]
  return section ? { section, offset } : null
}

/** What editors changed after the version that was seen; nothing for someone who never saw it. */
export const changesSince = ({ changes }: { changes: readonly Change[] }, seen: number | undefined): Change[] =>
  seen === undefined ? [] : changes.filter(({ version }) => version > seen).sort((a, b) => b.version - a.version)

/** The guides to a whole instrument come first. */
export function byType<G extends Pick<Guide, 'guideType' | 'title'>>(guides: readonly G[]): { large: G[]; shorter: G[] } {
  const sorted = [...guides].sort((a, b) => a.title.localeCompare(b.title, 'nl'))
  return { large: sorted.filter(({ guideType }) => guideType === 'instrument'), shorter: sorted.filter(({ guideType }) => guideType === 'shorter') }
}

export const bookmarkId = (guide: string, section: string): string => `${guide}--${section}`

export function readBookmarkId(id: string): { guide: string; section: string } {
  const [guide = '', section = ''] = id.split('--')
  return { guide, section }
}

/** Changes that name a chapter that is there stand at that chapter; all others at the guide as a whole. */
export function byChapter(changes: readonly Change[], chapters: readonly { id: string }[]): { whole: Change[]; of: (chapter: string) => Change[] } {
  const known = ({ section }: Change) => section !== undefined && chapters.some(({ id }) => id === section)
  return { whole: changes.filter((change) => !known(change)), of: (chapter) => changes.filter(({ section }) => section === chapter) }
}
