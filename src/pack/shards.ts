/** From items to the bytes that devices fetch. The same items give the same bytes, whatever their order on disk. */
import { createHash } from 'node:crypto'
import { type PackedItem, type PackedKind, packedKinds } from '../domain/content.ts'
import type { PackIndex } from '../domain/pack.ts'
import type { Synonyms } from '../domain/synonyms.ts'
import { buildSearch, SEARCH_SHARD } from './search-index.ts'
import { noSynonyms } from './synonyms.ts'

/**
 * Phases and tasks are read together on the first screen; every other kind travels alone.
 * Guides are large and change one at a time: each is a shard of its own, so that an update costs only what changed.
 */
const shardOfKind: Record<Exclude<PackedKind, 'guide'>, string> = {
  phase: 'starter',
  task: 'starter',
  figure: 'figures',
  supportOffer: 'offers',
  practice: 'practices',
  theme: 'themes',
  term: 'terms',
  themeDay: 'theme-days',
  labTemplate: 'labs',
  assignment: 'labs',
  quickscan: 'quickscan',
  municipality: 'municipalities',
}
const shardOf = (item: PackedItem) => (item.kind === 'guide' ? `guide-${item.id}` : shardOfKind[item.kind])
/** Each shard brings its part of the search index; but the first screen waits for the starter path, and for nothing more. */
const searchShardOf = (item: PackedItem) => (shardOf(item) === shardOfKind.task ? SEARCH_SHARD : shardOf(item))

/** `entry`: what the index says of the file. */
export type ShardFile = { entry: PackIndex['shards'][number]; text: string }

export function buildShards(items: PackedItem[], synonyms: Synonyms = noSynonyms): ShardFile[] {
  const parts = buildSearch(items, synonyms, searchShardOf)
  const guides = items.filter(({ kind }) => kind === 'guide').map(shardOf)
  const names = [...new Set([...Object.values(shardOfKind), ...guides.toSorted(), SEARCH_SHARD])]
  return names.map((name) => {
    const kinds = packedKinds.filter((kind) => (kind === 'guide' ? guides.includes(name) : shardOfKind[kind] === name))
    const ofShard = kinds.flatMap((kind) => items.filter((item) => item.kind === kind && shardOf(item) === name).toSorted(byId))
    const part = parts.get(name)
    const text = canonicalJson({ name, items: ofShard, ...(part && { search: canonicalJson(part) }) })
    const hash = contentHash(text)
    const entry = { name, file: `${name}.${hash}.json`, hash, bytes: Buffer.byteLength(text), kinds, items: ofShard.length }
    return { entry, text }
  })
}

export function buildIndex(items: PackedItem[], shardFiles: ShardFile[]): PackIndex {
  const shards = shardFiles.map(({ entry }) => entry)
  const counts = Object.fromEntries(packedKinds.map((kind) => [kind, items.filter((item) => item.kind === kind).length]))
  const reviewed = items.flatMap((item) => ('reviewedOn' in item ? [item.reviewedOn] : []))
  return {
    version: contentHash(canonicalJson(shards)),
    builtFor: 1,
    shards,
    counts: counts as PackIndex['counts'],
    reviewedOn: reviewed.toSorted().at(-1) ?? '1970-01-01',
  }
}

export const contentHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** JSON with the keys of every object in order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

const byId = (a: PackedItem, b: PackedItem) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
