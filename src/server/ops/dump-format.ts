/**
 * A backup: gzipped JSON lines, the same for both engines. First a heading, then blocks of rows of one table, last the count.
 * Every value is the database's own text form, so that nothing is rounded or reinterpreted on the way.
 */
import * as z from 'zod/mini'

const Name = z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/))

export const Heading = z.strictObject({
  opstap: z.literal('backup'),
  format: z.literal(1),
  takenAt: z.string(),
  /** The newest migration of the database it was taken from. */
  migration: z.string(),
})
export type Heading = z.infer<typeof Heading>

export const Block = z.strictObject({
  table: Name,
  columns: z.array(z.strictObject({ name: Name, type: z.string().check(z.regex(/^[a-z][a-z0-9 (),]*(\[\])?$/)) })),
  /** Values by column, each row as long as `columns`. */
  rows: z.array(z.array(z.nullable(z.string()))),
})
export type Block = z.infer<typeof Block>

export const Ending = z.strictObject({ end: z.literal(true), rows: z.int() })
