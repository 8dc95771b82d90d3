/** The municipalities the server knows, by their NIS code; read from the content pack at start. */
import type { Municipality } from '../../domain/content.ts'

export type Municipalities = ReadonlyMap<string, Pick<Municipality, 'nis' | 'name' | 'ovo'>>

export const municipalitiesOf = (items: readonly Pick<Municipality, 'nis' | 'name' | 'ovo'>[]): Municipalities =>
  new Map(items.map((item) => [item.nis, item]))

/** The municipality whose organisation code this is; codes differ in case between sources. */
export function municipalityOfOrganisation(municipalities: Municipalities, ovo: string) {
  const wanted = ovo.trim().toUpperCase()
  return [...municipalities.values()].find((municipality) => municipality.ovo === wanted)
}
