import type { SpaceId } from '../../domain/ids.ts'

/** Who reads what is written in this dossier, in one sentence. */
export function readersOf(dossier: SpaceId | undefined): string {
  if (dossier?.startsWith('team:')) return 'Je team leest en schrijft mee.'
  return dossier?.startsWith('person:') ? 'Alleen jij ziet dit.' : 'Dit blijft op dit toestel zolang je niet aangemeld bent.'
}
