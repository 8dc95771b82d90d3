/** From what is typed to what is found, with how much there is of each kind. */
import { fold } from '../../../domain/search-words.ts'
import type { Catalogue, ContentKind, Item } from './catalogue.ts'
import { kindOf, partsOf, toHit, townHit, type Hit, type HitKind } from './hits.ts'
import { isOwnNote, type OwnNote } from './own-notes.ts'
import type { Query } from './query.ts'
import type { Found, FoundKind } from './ranking.ts'
import { findTowns, type TownMatch } from './towns.ts'

/** One letter says nothing yet. */
export const SHORTEST_QUESTION = 2

type Place = { kind: 'content'; found: Found } | { kind: 'town'; match: TownMatch }

export type Results = {
  query: Query
  places: readonly Place[]
  counts: ReadonlyMap<HitKind, number>
  /** What was typed wrongly and what it was taken for. */
  corrections: readonly { typed: string; meant: string }[]
}

export function search(typed: string, catalogue: Catalogue, notes: ReadonlyMap<string, OwnNote>, isShown: (kind: ContentKind) => boolean): Results {
  const { engine, items, towns } = catalogue
  const query = engine.read(typed)
  const found = engine.find(query, (id) => shownKindOf(id, items, notes, isShown), (id) => namesOfFound(id, items))
  const matches = findTowns(towns, typed)
  const toPlace = (match: TownMatch): Place => ({ kind: 'town', match })
  const exact = matches.filter((match) => match.exact)
  // A whole name comes first; a name that only begins so may be something else altogether.
  const rest = matches.filter((match) => !match.exact)
  const places: Place[] = [...exact.map(toPlace), ...found.map((each): Place => ({ kind: 'content', found: each })), ...rest.map(toPlace)]
  const counts = new Map<HitKind, number>()
  for (const place of places) {
    const kind = hitKindOf(place)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const corrections = query.tokens.flatMap(({ word, corrected }) => (corrected === null ? [] : [{ typed: word, meant: corrected }]))
  return { query, places, counts, corrections }
}

function shownKindOf(id: string, items: Catalogue['items'], notes: ReadonlyMap<string, OwnNote>, isShown: (kind: ContentKind) => boolean): FoundKind | undefined {
  if (isOwnNote(id)) return notes.has(id) ? 'note' : undefined
  const { item: itemId, section } = partsOf(id)
  const item = items.get(itemId)
  if (!item || !isShown(item.kind)) return undefined
  if (section === undefined) return item.kind
  return item.sections.some(({ id: own }) => own === section) ? 'chapter' : undefined
}

/** Many guides have a chapter `Wie helpt je`: that is no name, and neither has a note one. */
function namesOfFound(id: string, items: Catalogue['items']): readonly string[] {
  const item = items.get(id)
  return item ? namesOf(item) : []
}

/** `Lio.Vlaanderen: werk aan …` is called by what stands before the colon too. */
export function namesOf(item: Pick<Item, 'title'> & { alternatives?: readonly string[] }): string[] {
  const [short] = item.title.split(':')
  return [item.title, ...(short === item.title ? [] : [short!]), ...(item.alternatives ?? [])]
}

const hitKindOf = (place: Place): HitKind => (place.kind === 'town' ? 'municipality' : kindOf(place.found))

/** The first so many, of one kind where that is asked. */
export function hitsOf({ places, query }: Results, only: HitKind | null, most: number, catalogue: Catalogue, notes: ReadonlyMap<string, OwnNote>): Hit[] {
  const wanted = only === null ? places : places.filter((place) => hitKindOf(place) === only)
  return wanted.slice(0, most).map((place) => (place.kind === 'town' ? townHit(place.match) : toHit(place.found, query, catalogue, notes)))
}

/** The question is the name of what was found first: a link in a text that led here. */
export const isNamed = (hit: Hit | undefined, typed: string): boolean => hit !== undefined && fold(hit.title.map(({ text }) => text).join('')) === fold(typed.trim())
