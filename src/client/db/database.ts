/**
 * The device's database: the store of the app. One table holds the rows of every collection, so that rows of a
 * collection this version does not know yet are kept as they came and are there after an update.
 */
import Dexie, { type EntityTable, type Table } from 'dexie'
import type { ClientId, MutationId, PersonId, SpaceId, Stamp } from '../../domain/ids.ts'
import type { Moment } from '../../domain/clock.ts'
import type { Row } from '../../domain/row.ts'
import type { PackedItem } from '../../domain/content.ts'
import type { PackShard } from '../../domain/pack.ts'
import type { SharedPhoto } from '../../domain/shared-photos.ts'
import type { SessionView } from '../../domain/session.ts'

export type LocalRow = Row & {
  space: SpaceId
  collection: string
  id: string
  /** Look-up keys of the indexed fields: `<space>|<collection>.<field>|<value>`. */
  keys: string[]
  /** Kept from another history of the server and not yet seen in the new one. */
  stale?: 1
  /** The row as the server had it (null: it had none) before the own changes `on` it; gone once the server sends the row. */
  beneath?: { row: Row | null; on: MutationId[] }
}

/**
 * One written change that waits, is under way, is safe on the server (kept 30 days), or was parked there.
 * This shape is frozen: no upgrade of the database ever touches it.
 */
export type OutboxEntry = {
  id: MutationId
  client: ClientId
  n: number
  schema: number
  at: number
  hlc: Stamp
  space: SpaceId
  collection: string
  row: string
  set: Record<string, unknown>
  base: Record<string, Stamp>
  /** Who wrote it; null without an account. Only the same person ever sends it. */
  author: PersonId | null
  /** `sent`: offered to the server at least once, so it may no longer be altered. */
  state: 'waiting' | 'sent' | 'acked' | 'parked'
  /** Server time of the acknowledgement, ms since 1970. */
  ackedAt?: number
  reason?: { code: string; message: string }
}

/** What a device knows of itself, one record per key. */
export type Meta = {
  client: ClientId
  /** The number of the last mutation. */
  n: number
  clock: Moment
  /** Server's clock − own clock in ms, once measured. */
  offset: number
  epoch: string
  /** The last session the server confirmed; stays after it expired, so that work goes on. */
  session: SessionView
  /** True after the server asked to sign in again. */
  expired: boolean
  /** The device's clock when the server last answered a round trip, ms since 1970. */
  syncedAt: number
  /** The imported content: its version, hash and size of each shard, the latest day of review, the shards whose texts the person took away. */
  pack: { version: string; shards: Record<string, string>; bytes?: Record<string, number>; reviewedOn: string; away?: string[] }
  /** Small choices of this device: `Niet nu` for installing, dismissed news, theme. */
  choices: Record<string, string>
  visits: { previous: number | null; current: number }
  lease: { tab: string; until: number }
  /** The indexed fields of the app that last gave every row its keys (sync/reindex.ts). */
  indexed: string
}
export type MetaRecord = { [K in keyof Meta]: { key: K; value: Meta[K] } }[keyof Meta]

/** An item of content with its place among its kind and the shard it came in. `away`: the person took its texts off this device. */
export type StoredItem = PackedItem & { position: number; shard: string; away?: true }

/** What one shard brings to the search index (`SearchPart`), as JSON. */
export type StoredSearchPart = { shard: string; part: string }

/** A shard of an update that is still arriving: a next try need not fetch it again. */
export type ArrivedShard = { file: string; shard: PackShard }

/** A photo on this device, named by its SHA-256. It stays as long as its place does: one looks at it without a connection. */
export type LocalPhoto = {
  id: string
  /** The team's space that it was taken for. */
  space: SpaceId
  bytes: ArrayBuffer
  type: string
  /** Who took it here; only the same person sends it. */
  author: PersonId
  at: number
  /** 0 once the server has it, or will not have it: then `refused` says why. */
  waits: 0 | 1
  /** The history of the server in which it is safe. */
  safeIn?: string
  /** Where its upload goes on. */
  upload?: string
  refused?: string
}

export type Cursor = { space: SpaceId; next: number }

/**
 * Version of the schema below; a database with a higher one was made by a newer app. 3: the outbox is found by state, author
 * and number, so that a long queue costs a write no more than a short one; photos. 4: photos are counted without being read; those
 * that the gallery of the device gave wait for a place (app/receive-shared.ts writes them).
 */
export const DATABASE_VERSION = 4

export class OpstapDatabase extends Dexie {
  declare rows: Table<LocalRow, [string, string, string]>
  declare outbox: EntityTable<OutboxEntry, 'id'>
  declare cursors: EntityTable<Cursor, 'space'>
  declare items: EntityTable<StoredItem, 'id'>
  declare searchParts: EntityTable<StoredSearchPart, 'shard'>
  declare arrived: EntityTable<ArrivedShard, 'file'>
  declare photos: Table<LocalPhoto, [SpaceId, string]>
  declare shared: EntityTable<SharedPhoto, 'id'>
  declare meta: Table<MetaRecord, keyof Meta>

  constructor(name = 'opstap', options: { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = {}) {
    // Strict, and without a cache that shows writes before they are done: the screen says `Bewaard` only after the bytes
    // are on the disk.
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled', ...options })
    this.version(1).stores({
      rows: '[space+collection+id], *keys, stale',
      outbox: 'id, n, state, [space+collection+row]',
      cursors: 'space',
      items: 'id, [kind+position], shard',
      meta: 'key',
    })
    this.version(2).stores({ searchParts: 'shard', arrived: 'file' })
    this.version(3).stores({ outbox: 'id, state, [state+author+n], [space+collection+row]', photos: '[space+id], id, waits' })
    this.version(DATABASE_VERSION).stores({ photos: '[space+id], id, waits, [author+waits], refused', shared: '++id, author' })
  }

  async read<K extends keyof Meta>(key: K): Promise<Meta[K] | undefined> {
    return (await this.meta.get(key))?.value as Meta[K] | undefined
  }

  async write<K extends keyof Meta>(key: K, value: Meta[K]): Promise<void> {
    await this.meta.put({ key, value } as MetaRecord)
  }
}

/** Why the database could not be opened. `newer`: an app of a later version made it; nothing is ever wiped. */
export type OpenProblem = { code: 'newer' | 'broken' | 'blocked'; message: string }

export function openProblem(error: unknown): OpenProblem {
  const name = (error as { name?: string } | null)?.name
  if (name === 'VersionError')
    return { code: 'newer', message: 'Je gegevens zijn gemaakt met een nieuwere versie van Opstap. Vernieuw de app om verder te gaan.' }
  if (name === 'MissingAPIError' || name === 'InvalidStateError' || name === 'SecurityError')
    return { code: 'blocked', message: 'Deze browser laat niet toe om gegevens te bewaren. Gebruik een gewoon venster in plaats van een privévenster.' }
  return { code: 'broken', message: 'Je gegevens op dit toestel kunnen niet geopend worden. Er is niets gewist.' }
}
