/** One row of a collection, wherever it is kept. */
import type { Stamp } from './ids.ts'

/** The name of the stamped field that marks a deleted row. */
export const DELETED = 'deleted'

/** The largest value of one long text, in characters. */
export const MAX_TEXT = 20_000
/** The largest value of one line, in characters. */
export const MAX_LINE = 2_000

/** A row as stored and sent: values, and per unit (field or linked group) the stamp and the person of the last write. */
export type Row = {
  values: Record<string, unknown>
  stamps: Record<string, Stamp>
  by: Record<string, string | null>
}

export const emptyRow = (): Row => ({ values: {}, stamps: {}, by: {} })

/** A deleted row is kept with its values; screens leave it out. */
export const isDeleted = (row: Row): boolean => row.values[DELETED] === true
