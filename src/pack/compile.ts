/** Content to pack: read every file, tell every problem, render what holds. */
import { type Figure, kinds, PackedItem, type Term } from '../domain/content.ts'
import type { PackIndex } from '../domain/pack.ts'
import { figureChart } from './figures.ts'
import { type ItemFile, readContentFolder } from './files.ts'
import { check, type Fault, readYaml, splitFrontMatter } from './frontmatter.ts'
import type { LinkTarget, LinkTargets } from './links.ts'
import { readMarkdown } from './markdown.ts'
import { readMunicipalities } from './municipalities.ts'
import type { Problem } from './problem.ts'
import { relationProblems, type WrittenItem } from './relations.ts'
import { splitSections } from './sections.ts'
import { buildIndex, buildShards, canonicalJson, contentHash, type ShardFile } from './shards.ts'
import { noSynonyms, readSynonyms } from './synonyms.ts'
import { type Glossary, markTerms, readGlossary } from './terms.ts'
import { placeWorksheets } from './worksheets.ts'

/** `items` holds what is free of faults of its own; a pack goes out only when `problems` is empty. */
export type Compiled = { items: PackedItem[]; shards: ShardFile[]; index: PackIndex; problems: Problem[] }

/** An item file as read: `data` only where the front matter holds, `body` only where there is one. */
type Draft = WrittenItem & { data?: Record<string, unknown>; body?: string; faults: Fault[] }

export function compile(contentDir: string): Compiled {
  const { itemFiles, municipalities, synonyms: written, problems } = readContentFolder(contentDir)
  const towns = municipalities === null ? { items: [], problems: [] } : readMunicipalities(municipalities)
  const words = written === null ? { synonyms: noSynonyms, problems: [] } : readSynonyms(written)
  const drafts = itemFiles.map(readDraft)
  const targets = linkTargets(drafts, towns.items)
  const glossary = glossaryOf(drafts)
  const packed = drafts.map((draft) => packItem(draft, targets, glossary))

  const items = [...packed.flatMap(({ item }) => item ?? []), ...towns.items]
  const shards = buildShards(items, words.synonyms)
  const all = [...problems, ...towns.problems, ...words.problems, ...packed.flatMap((each) => each.problems), ...relationProblems(drafts, targets)]
  return { items, shards, index: buildIndex(items, shards), problems: all.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)) }
}

function readDraft({ file, kind, name, text }: ItemFile): Draft {
  const parts = splitFrontMatter(text)
  const draft = { file, kind, id: name, written: {} }
  if (!parts) return { ...draft, faults: [{ field: 'regel 1', message: 'begint niet met front matter tussen twee regels ---' }] }

  const { value, faults } = readYaml(parts.yaml, 2)
  if (value === undefined) return { ...draft, body: parts.body, faults }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { ...draft, body: parts.body, faults: [...faults, { field: 'regel 2', message: 'front matter moet uit sleutels en waarden bestaan' }] }
  }
  const written = value as Record<string, unknown>
  const id = typeof written['id'] === 'string' ? written['id'] : name
  if (id !== name) faults.push({ field: 'id', message: `id "${id}" is niet de bestandsnaam "${name}"` })
  const checked = check(kinds[kind].schema, written)
  return { ...draft, id, written, body: parts.body, ...(checked.data && { data: checked.data }), faults: [...faults, ...checked.faults] }
}

function linkTargets(drafts: Draft[], towns: Extract<PackedItem, { kind: 'municipality' }>[]): LinkTargets {
  const targets: LinkTarget[] = [
    ...drafts.map(({ id, kind, written }) => ({ id, kind, title: typeof written['title'] === 'string' ? written['title'] : id })),
    ...towns.map(({ id, kind, name }) => ({ id, kind, title: name })),
  ]
  // Of two items with one id the first keeps it, as the problem that tells of the second says.
  return new Map(targets.toReversed().map((target) => [target.id, target]))
}

/** A term with a fault of its own marks nothing yet. */
const glossaryOf = (drafts: Draft[]) =>
  readGlossary(drafts.flatMap(({ id, kind, data }) => (kind === 'term' && data ? [{ ...(data as Term), id }] : [])))

function packItem({ file, id, kind, data, body, written, faults }: Draft, targets: LinkTargets, glossary: Glossary): { item?: PackedItem; problems: Problem[] } {
  const markdown = body === undefined ? undefined : readMarkdown(body, targets)
  const misplaced = markdown ? placeWorksheets(markdown.root, written) : []
  if (markdown) markTerms(markdown.root, glossary, id)
  const split = markdown && splitSections(markdown.root, kind)
  const all = [...faults, ...(markdown?.faults ?? []), ...misplaced, ...(split?.faults ?? [])]
  const problems = all.map((fault) => ({ file, ...fault }))
  if (problems.length || !data || !split) return { problems }

  const item = { ...data, kind, sections: split.sections, ...(kind === 'figure' && { chart: figureChart(data as Figure) }) }
  return { item: PackedItem.parse({ ...item, hash: contentHash(canonicalJson(item)) }), problems }
}
