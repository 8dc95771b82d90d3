/** A form that is data, open on the screen: what its fields share, and what one does with the rows of its tables. */
import type { ComputedRef, InjectionKey } from 'vue'
import type { Handle } from '../../domain/collections.ts'
import { orderAtEnd, ordersAfterMove, tableRowId, tableStart, type Answers } from '../../domain/filled-worksheets.ts'
import type { SpaceId } from '../../domain/ids.ts'
import type { Client } from '../sync/client.ts'
import { dossierOf } from '../sync/identity.ts'
import type { Written } from '../sync/mutate.ts'
import { newRowId } from '../sync/new-row-id.ts'

/** Values to write, by field. */
export type Answering = Record<string, unknown>

export type TableRow = { id: string; order: number; answers: Answers }

export type OpenForm = {
  client: Client
  /** The rows of all its tables, in their order. */
  rows: ComputedRef<readonly TableRow[]>
  /** The collection of those rows, and their space where that is not the dossier's. */
  kept: { collection: Handle; into?: SpaceId }
  /** There is an action plan to take rows along to. */
  plan: boolean
}
export const openFormKey: InjectionKey<OpenForm> = Symbol('open form')

export const rowsOfTable = (rows: readonly TableRow[], sheet: string, question: string): TableRow[] => rows.filter(({ id }) => id.startsWith(tableStart(sheet, question)))

export const spaceOfRows = async ({ client, kept }: OpenForm): Promise<SpaceId> => kept.into ?? dossierOf(client.db)

const write = ({ client, kept }: Pick<OpenForm, 'client' | 'kept'>, row: string, set: Answering): Promise<Written> => client.write(kept.collection, row, set, kept.into)

export const answerInRow = write

type OrderedRow = { id: string; order: number }

/** `id`: of the new row, at the end of `rows`. */
export async function addRow(form: Pick<OpenForm, 'client' | 'kept'>, sheet: string, question: string, rows: readonly OrderedRow[], set: Answering = {}): Promise<{ id: string; written: Written }> {
  const id = tableRowId(sheet, question, newRowId(form.client.env))
  return { id, written: await write(form, id, { order: orderAtEnd(rows), ...set }) }
}

export const removeRow = (form: OpenForm, id: string): Promise<Written> => write(form, id, { deleted: true })

export const restoreRow = (form: OpenForm, id: string): Promise<Written> => write(form, id, { deleted: false })

export async function moveRow(form: OpenForm, rows: readonly OrderedRow[], id: string, by: -1 | 1): Promise<Written> {
  let written: Written = { kind: 'written', at: form.client.env.now() }
  for (const moved of ordersAfterMove(rows, id, by)) {
    written = await write(form, moved.id, { order: moved.order })
    if (written.kind !== 'written') break
  }
  return written
}
