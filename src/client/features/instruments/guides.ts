/** What the screens of the guides read from the device's store. */
import { computed, inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { guideStart, inOrder, type Answers } from '../../../domain/filled-worksheets.ts'
import { itemOf, itemsNamed, itemsOf, type Stored } from '../../db/content.ts'
import type { OpstapDatabase, StoredItem } from '../../db/database.ts'
import { live } from '../../db/live.ts'
import { rowsOf, rowsStarting, type Read } from '../../db/rows.ts'
import type { TableRow } from '../../forms/open-form.ts'
import { clientKey, type Client } from '../../sync/client.ts'
import { dossierOf, ownSpace } from '../../sync/identity.ts'
import { readersOf } from '../../sync/readers.ts'
import { useObservable } from '../../ui/useObservable.ts'

export type Guide = Stored<'guide'>

/** `content`: undefined as long as it is not read, or not on this device yet. */
export type Reading<T> = { client: Client; content: Readonly<Ref<T | undefined>>; error: Readonly<Ref<unknown>> }

/** `shard`: the part of the pack that the screen needs; left out, it waits for the whole of a first import. */
function useContent<T>(read: (db: OpstapDatabase) => Promise<T>, shard?: string): Reading<T> {
  const client = inject(clientKey)!
  const { value, error } = useObservable(() => live(async () => ((await isThere(client.db, shard)) ? await read(client.db) : undefined)))
  return { client, content: value, error }
}

/** A first import comes shard by shard, and has no version until the last one. */
async function isThere(db: OpstapDatabase, shard: string | undefined): Promise<boolean> {
  const pack = await db.read('pack')
  return pack !== undefined && (pack.version !== '' || (shard !== undefined && shard in pack.shards))
}

export const useGuides = (): Reading<Guide[]> => useContent((db) => itemsOf(db, 'guide'))

export const useGuide = (id: string): Reading<{ guide: Guide | undefined; linked: StoredItem[] }> =>
  useContent(async (db) => {
    const guide = await itemOf(db, 'guide', id)
    return { guide, linked: guide ? await readLinked(db, guide) : [] }
  }, `guide-${id}`)

/** What a guide links to, and the tasks of the path that point at it. */
async function readLinked(db: OpstapDatabase, { id, links }: Guide): Promise<StoredItem[]> {
  const pointing = (await itemsOf(db, 'task')).filter((task) => task.links.includes(id)).map((task) => task.id)
  return itemsNamed(db, [...new Set([...links, ...pointing])])
}

/** What people did with guides: the team's use of them, and this person's places and bookmarks. */
export type GuideMarks = { uses: Read<'guideUse'>[]; places: Read<'position'>[]; bookmarks: Read<'bookmark'>[] }

export async function readMarks(client: Client): Promise<GuideMarks> {
  const { db } = client
  const own = ownSpace(await db.read('session'))
  const [uses, places, bookmarks] = await Promise.all([rowsOf(db, await dossierOf(db), 'guideUse'), rowsOf(db, own, 'position'), rowsOf(db, own, 'bookmark')])
  return { uses, places, bookmarks }
}

/** Everything this team filled in with one guide. */
export type GuideWork = { sheets: ReadonlyMap<string, Answers>; rows: readonly TableRow[] }

export async function readWork({ db }: Client, guide: string): Promise<GuideWork> {
  const start = guideStart(guide)
  const dossier = await dossierOf(db)
  const sheets = await rowsStarting(db, dossier, 'filledWorksheet', start)
  const rows = await rowsStarting(db, dossier, 'worksheetRow', start)
  return {
    sheets: new Map(sheets.map(({ id, values }) => [id, values as Answers])),
    rows: inOrder(rows.map(({ id, values }) => ({ id, order: values.order ?? 0, answers: values as Answers }))),
  }
}

/** What the parts of an open guide share. */
export type OpenGuide = {
  client: Client
  work: ComputedRef<GuideWork>
  /** Who can read what is filled in, in a sentence. */
  readers: ComputedRef<string>
}
export const openGuideKey: InjectionKey<OpenGuide> = Symbol('open guide')

/** `Je team leest en schrijft mee.` */
export function useReaders(client: Client): ComputedRef<string> {
  const { value: identity } = useObservable(() => client.identity)
  return computed(() => readersOf(identity.value?.dossier))
}
