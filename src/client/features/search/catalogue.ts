/** Everything that can be found on this device: the index that came with the content, and the items it tells of. */
import { stemmer } from '@orama/stemmers/dutch'
import type { PackedKind } from '../../../domain/content.ts'
import type { SearchPart } from '../../../domain/search-index.ts'
import { itemsOf, type Stored } from '../../db/content.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { assemble } from './assembly.ts'
import { createEngine, type Engine } from './engine.ts'
import { createHighlighter, type Highlighter } from './passages.ts'
import { namedTowns, type NamedTown } from './towns.ts'

export type ContentKind = Exclude<PackedKind, 'municipality'>
export type Item = Stored<ContentKind>

export type Catalogue = { engine: Engine; highlighter: Highlighter; items: ReadonlyMap<string, Item>; towns: readonly NamedTown[] }

const kinds: Record<ContentKind, true> = { phase: true, task: true, guide: true, practice: true, figure: true, supportOffer: true, themeDay: true, theme: true, term: true, labTemplate: true, assignment: true, quickscan: true }

/** One per version of the content: who comes back to search finds it as it was. */
const opened = new WeakMap<OpstapDatabase, { version: string; catalogue: Promise<Catalogue> }>()

/** Rejects when the content is not whole on this device; a next try starts anew. */
export function openCatalogue(db: OpstapDatabase, version: string): Promise<Catalogue> {
  const known = opened.get(db)
  if (known?.version === version) return known.catalogue
  const catalogue = read(db)
  opened.set(db, { version, catalogue })
  catalogue.catch(() => opened.delete(db))
  return catalogue
}

async function read(db: OpstapDatabase): Promise<Catalogue> {
  const parts: SearchPart[] = []
  // Part by part, as everything here: typing goes on between them.
  for (const shard of await db.searchParts.toCollection().primaryKeys()) {
    const stored = await db.searchParts.get(shard)
    if (stored) parts.push(JSON.parse(stored.part) as SearchPart)
  }
  const engine = await createEngine(await assemble(parts), stemmer)
  const items = new Map<string, Item>()
  for (const kind of Object.keys(kinds) as ContentKind[]) for (const item of await itemsOf(db, kind)) items.set(item.id, item as Item)
  return { engine, highlighter: createHighlighter(engine.reader), items, towns: namedTowns(await itemsOf(db, 'municipality')) }
}
