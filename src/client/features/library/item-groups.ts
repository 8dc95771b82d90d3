/** Items of several kinds under the heading of their kind. */
import { contentPath } from '../../../domain/content-path.ts'
import type { PackedKind } from '../../../domain/content.ts'
import { headlineOf, valueWords } from '../../../domain/figures.ts'
import type { StoredItem } from '../../db/database.ts'
import { minutesWords } from '../../ui/numbers.ts'

export type LinkedKind = Exclude<PackedKind, 'municipality' | 'phase'>
export type LinkedItem = Extract<StoredItem, { kind: LinkedKind }>

const headings: Record<LinkedKind, string> = {
  task: 'Op je starterspad',
  quickscan: 'Zelfscan',
  guide: 'Instrumenten',
  figure: 'Cijfers',
  practice: 'Zo deden andere besturen het',
  supportOffer: 'Wie kan helpen',
  labTemplate: 'Leerlabo’s',
  assignment: 'Opdrachten om te oefenen',
  themeDay: 'Themadagen',
  theme: 'Thema’s',
  term: 'Begrippen',
}

export type ItemGroup = { kind: LinkedKind; id: string; title: string; items: LinkedItem[] }

/** The groups that have items, in the order in which one goes on. */
export function groupsOf(items: readonly StoredItem[]): ItemGroup[] {
  const kinds = Object.keys(headings) as LinkedKind[]
  return kinds
    .map((kind) => ({ kind, id: `meer-${kind.toLowerCase()}`, title: headings[kind], items: items.filter((item): item is LinkedItem => item.kind === kind) }))
    .filter((group) => group.items.length > 0)
}

export const pathOf = (item: LinkedItem): string => contentPath(item)

/** One short line under the title of an item in a list. */
export function factsOf(item: LinkedItem): string | undefined {
  if (item.kind === 'task' || item.kind === 'guide' || item.kind === 'quickscan') return minutesWords(item.minutes)
  if (item.kind !== 'figure') return undefined
  const { value, label } = headlineOf(item)
  return `${valueWords(item.unit, value)}: ${label}`
}
