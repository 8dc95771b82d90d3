/**
 * Faults that a sync engine is known to get, each planted in the source by text (see bundle.ts): nothing in production
 * code knows of them. A change of that code that moves a place makes the build of its mutant fail, with the place.
 */
export type Mutant = {
  name: string
  /** Where it can be seen; a race between connections needs PostgreSQL. */
  engine: 'pglite' | 'postgres'
  changes: { file: string; from: string; to: string }[]
}

export const mutants: readonly Mutant[] = []
