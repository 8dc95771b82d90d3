/** What the bench asks of an engine on a device. Each engine does it in the way its own manual recommends. */
import type { Row } from '../rows.ts'

/** Where a device's work goes: a store of its own on the server. `session` only where the server knows people. */
export type Place = { name: string; session?: unknown }

/** `once`: there and back, and then silent; `live`: for as long as the connection lasts. */
export type Direction = 'pull' | 'push' | 'once' | 'live'

export type Device = {
  /** Opens the store under this name; talks to nobody. */
  open: (database: string, place: Place) => Promise<void>
  /** Writes new rows as one piece of work, in the engine's own way for many. */
  insert: (rows: Row[]) => Promise<void>
  /** Resolves when the browser's database committed. */
  update: (id: string, set: Partial<Row>) => Promise<void>
  /** How many rows the engine's index finds for a task. */
  countOfTask: (task: string) => Promise<number>
  /** Every row as a screen would read it. */
  rows: () => Promise<Row[]>
  /** Goes online; from now on changes travel by themselves where the direction allows. Resolves when both sides are equal. */
  connect: (direction: Direction) => Promise<void>
  /** Resolves when everything written here is on the server. Needs a connection. */
  sent: () => Promise<void>
  disconnect: () => Promise<void>
  /** Calls back at every change of this row that a screen would see; returns the function that ends it. */
  watch: (id: string, seen: (row: Row | undefined) => void) => () => void
  /** A long text that grows: types `text` at its end and resolves when that is on the server. */
  type: (text: string) => Promise<void>
  /** Of the long text, as this device shows it. */
  typed: () => Promise<string>
  /** Values that the engine keeps beside what it shows: of losing writes, to be settled by a person or by code of the app. */
  kept: (id: string) => Promise<Partial<Row>[]>
}
