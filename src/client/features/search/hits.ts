/** What is found, as the screen shows it. */
import { blocksIn } from '../../../domain/plain-text.ts'
import { contentPath } from '../../../domain/content-path.ts'
import { offerTypeWords } from '../../../domain/content-words.ts'
import { respondentsShort } from '../../../domain/figures.ts'
import type { Section } from '../../../domain/content.ts'
import { minutesWords } from '../../ui/numbers.ts'
import type { Catalogue, Item } from './catalogue.ts'
import { isOwnNote, type OwnNote } from './own-notes.ts'
import type { Highlighter, Marked, Wanted } from './passages.ts'
import type { Query } from './query.ts'
import type { Found } from './ranking.ts'
import { townWords, type TownMatch } from './towns.ts'

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

export type Hit = {
  id: string
  kind: HitKind
  /** `Fase`, `Taak` … */
  kindWords: string
  /** A few words beside the kind: what it belongs to. */
  about: string
  title: Marked
  text: Marked
  /** Where it is shown; null for what is shown here. */
  to: string | null
  /** A term opens here. */
  term: Extract<Item, { kind: 'term' }> | null
}

/** Splits the id of a document: an item, and the chapter of a guide. */
export function partsOf(id: string): { item: string; section: string | undefined } {
  const [item, section] = id.split('#')
  return { item: item!, section }
}

export function kindOf({ kind }: Found): HitKind {
  if (kind === 'chapter') return 'guide'
  if (kind === 'phase' || kind === 'quickscan') return 'task'
  return kind === 'labTemplate' || kind === 'assignment' ? 'lab' : kind
}

/** What is listed under the word of another kind keeps its own. */
const ownWords: Partial<Record<Item['kind'], string>> = { phase: 'Fase', quickscan: 'Zelfscan', assignment: 'Opdracht' }

/** The weight of everything the query asks for, for a document that was found under `terms`. */
function wantedIn({ tokens }: Query, terms: readonly string[]): Wanted {
  const wanted = new Map<string, number>()
  for (const token of tokens) for (const term of terms) {
    const sought = token.terms.get(term)
    if (sought) wanted.set(term, Math.max(sought.weight, wanted.get(term) ?? 0))
  }
  return wanted
}

export function toHit(found: Found, query: Query, { items, highlighter }: Catalogue, notes: ReadonlyMap<string, OwnNote>): Hit {
  const wanted = wantedIn(query, found.terms)
  if (isOwnNote(found.id)) return noteHit(notes.get(found.id)!, items, highlighter, wanted)
  const { item: id, section } = partsOf(found.id)
  const item = items.get(id)!
  const chapter = section === undefined || item.kind !== 'guide' ? undefined : item.sections.find((each) => each.id === section)
  const title = chapter?.title ?? item.title
  return {
    id: found.id,
    kind: kindOf(found),
    kindWords: ownWords[item.kind] ?? kindWords[kindOf(found)].one,
    about: chapter ? item.title : aboutOf(item, items),
    title: highlighter.mark(title, wanted),
    text: highlighter.passage(chapter ? blocksIn(chapter.html) : textsOf(item), title, wanted),
    to: item.kind === 'term' ? null : `${contentPath(item)}${chapter ? `#${chapter.id}` : ''}`,
    term: item.kind === 'term' ? item : null,
  }
}

function noteHit(note: OwnNote, items: Catalogue['items'], highlighter: Highlighter, wanted: Wanted): Hit {
  const title = items.get(note.about)?.title ?? kindWords.note.one
  return { id: note.id, kind: 'note', kindWords: kindWords.note.one, about: '', title: [{ text: title, hit: false }], text: highlighter.passage(note.text.split('\n'), '', wanted), to: note.to, term: null }
}

export const townHit = (match: TownMatch): Hit => ({
  id: match.municipality.nis,
  kind: 'municipality',
  kindWords: kindWords.municipality.one,
  about: '',
  title: [{ text: match.municipality.name, hit: true }],
  text: [{ text: townWords(match), hit: false }],
  to: null,
  term: null,
})

function aboutOf(item: Item, items: Catalogue['items']): string {
  switch (item.kind) {
    case 'task':
      return [items.get(item.phase)?.title ?? '', minutesWords(item.minutes)].filter(Boolean).join(' · ')
    case 'assignment':
    case 'quickscan':
      return minutesWords(item.minutes)
    case 'figure':
      return respondentsShort(item.n)
    case 'supportOffer':
      return offerTypeWords[item.offerType]
    case 'themeDay':
      return dayOfYear(item.from)
    default:
      return ''
  }
}

/** In the order in which they tell what the item is about; the long ones are read only when they are needed. */
function* textsOf(item: Item): Generator<string> {
  yield item.summary
  if (item.kind === 'figure') yield item.meaning
  if (item.kind === 'guide') yield* [item.forWhat, ...item.whenToUse, ...item.whenNot]
  if (item.kind === 'supportOffer') yield* item.offers
  if (item.kind === 'labTemplate') yield* [item.question, item.participants, ...item.sessions.map(({ goal }) => goal)]
  if (item.kind === 'assignment') yield* item.fields.map(({ label }) => label)
  if (item.kind === 'quickscan') yield* item.parts.map(({ title }) => title)
  if (item.kind === 'term' && item.alternatives.length > 0) yield `Ook: ${item.alternatives.join(', ')}.`
  for (const { html } of item.sections as readonly Section[]) yield* blocksIn(html)
  if (item.kind === 'figure') yield* [...item.rows.map(({ label }) => label), item.caveat]
}

const day = new Intl.DateTimeFormat('nl-BE', { day: 'numeric', month: 'long', timeZone: 'UTC' })
/** `17 mei`, from `05-17`. */
const dayOfYear = (monthDay: string): string => day.format(new Date(`2025-${monthDay}T00:00:00Z`))
