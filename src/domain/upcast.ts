/**
 * Changes that an older app wrote, brought to the form of this one (SYNC, rule 10). The server does it with what arrives,
 * a device with what still waits in its outbox; the outbox itself and the history keep every change as it was written.
 */
import { SCHEMA_VERSION } from './collections.ts'
import type { Stamp } from './ids.ts'

export type Versioned = {
  /** SCHEMA_VERSION of the app that wrote it. */
  schema: number
  collection: string
  row: string
  set: Record<string, unknown>
  base: Record<string, Stamp>
}

/** From one version to the next: may rename collection, row and fields (in `base` too) and give values another form. */
type Step = (change: Versioned) => Versioned

/**
 * By the version that a step starts from. Raising SCHEMA_VERSION from n adds the step n here when what an app of version n
 * sends would not be accepted any more; kept as long as such an app may exist (24 months after the last release of it).
 */
export const schemaSteps = new Map<number, Step>()

/** The change as this version writes it; the same value when it is of this version. Throws what a step throws. */
export function upcast<C extends Versioned>(change: C): C {
  let current: Versioned = change
  for (const version of [...schemaSteps.keys()].sort((a, b) => a - b)) {
    if (version >= change.schema && version < SCHEMA_VERSION) current = schemaSteps.get(version)!(current)
  }
  return current === change ? change : { ...change, ...current, schema: SCHEMA_VERSION }
}
