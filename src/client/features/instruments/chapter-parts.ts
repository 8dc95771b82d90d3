/** What a chapter is made of: text of the pack, and the worksheets at the places that editors gave them. */
import type { Section } from '../../../domain/content.ts'
import type { Worksheet } from '../../../domain/worksheet.ts'

export type ChapterPart = { kind: 'text'; html: string } | { kind: 'worksheet'; worksheet: Worksheet }

/** As `src/pack/worksheets.ts` leaves it. */
const place = /<div data-worksheet="([^"]+)"><\/div>/

export function partsOf({ html }: Section, worksheets: readonly Worksheet[]): ChapterPart[] {
  return html.split(place).flatMap((piece, index): ChapterPart[] => {
    if (index % 2 === 0) return piece.trim() ? [{ kind: 'text', html: piece }] : []
    const worksheet = worksheets.find(({ id }) => id === piece)
    return worksheet ? [{ kind: 'worksheet', worksheet }] : []
  })
}
