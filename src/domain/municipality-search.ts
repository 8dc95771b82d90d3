/**
 * Finding one of the municipalities by what someone types: its name, a part of it, or a name that a merger took away.
 * Accents, hyphens, spaces and capitals make no difference, and `St.` is `Sint`.
 */
import type { Municipality } from './content.ts'

export type Named = Pick<Municipality, 'nis' | 'name' | 'formerNames'>

/** `former`: the old name that was typed, where the name of today is not what was typed. */
export type MunicipalityMatch<M extends Named = Named> = { municipality: M; former: string | null }

/** How well a name fits, best first: the whole name, its beginning, the beginning of a word in it, somewhere within. */
const EXACT = 0
const BEGINNING = 1
const WORD = 2
const WITHIN = 3
const NONE = 4

const byName = new Intl.Collator('nl-BE')

/** The municipalities that fit, best first, at most `most`; the first of the alphabet when nothing was typed. */
export function searchMunicipalities<M extends Named>(municipalities: readonly M[], typed: string, most = 8): MunicipalityMatch<M>[] {
  const sought = wordsIn(typed).join('')
  if (sought === '') return alphabetical(municipalities).slice(0, most).map((municipality) => ({ municipality, former: null }))
  const found = municipalities.flatMap((municipality) => {
    const match = matchOf(municipality, sought)
    return match ? [match] : []
  })
  found.sort((a, b) => a.fit - b.fit || byName.compare(a.municipality.name, b.municipality.name))
  return found.slice(0, most).map(({ municipality, former }) => ({ municipality, former }))
}

/** `Antwerpen (vroeger Borsbeek)` */
export const municipalityWords = ({ municipality, former }: MunicipalityMatch): string => (former === null ? municipality.name : `${municipality.name} (vroeger ${former})`)

/**
 * The municipality that an e-mail address seems to be of (`an@damme.be`, `an@gemeente.sint-gillis-waas.be`); null when unsure.
 * A proposal for the person to confirm, never a ground for access.
 */
export function municipalityOfAddress<M extends Named>(municipalities: readonly M[], email: string): M | null {
  const labels = (email.split('@')[1] ?? '').split('.').slice(0, -1).map((label) => wordsIn(label).join(''))
  const named = municipalities.filter(({ name, formerNames }) => [name, ...formerNames].some((known) => labels.includes(wordsIn(known).join(''))))
  return named.length === 1 ? named[0]! : null
}

const alphabetical = <M extends Named>(municipalities: readonly M[]): M[] => [...municipalities].sort((a, b) => byName.compare(a.name, b.name))

/** A name of today goes before a former one that fits as well. */
function matchOf<M extends Named>(municipality: M, sought: string): (MunicipalityMatch<M> & { fit: number }) | null {
  const own = fitOf(municipality.name, sought)
  const former = municipality.formerNames.map((name) => ({ name, fit: fitOf(name, sought) })).sort((a, b) => a.fit - b.fit)[0]
  if (former && former.fit < own && !nameHolds(municipality.name, former.name)) return { municipality, former: former.name, fit: former.fit + 0.5 }
  const fit = Math.min(own, former?.fit ?? NONE)
  return fit === NONE ? null : { municipality, former: null, fit }
}

/** `Tongeren-Borgloon` says already what `Borgloon` became. */
const nameHolds = (name: string, former: string): boolean => wordsIn(name).join('').includes(wordsIn(former).join(''))

function fitOf(name: string, sought: string): number {
  const words = wordsIn(name)
  const whole = words.join('')
  if (whole === sought) return EXACT
  if (whole.startsWith(sought)) return BEGINNING
  if (words.some((_, from) => words.slice(from).join('').startsWith(sought))) return WORD
  return sought.length >= 3 && whole.includes(sought) ? WITHIN : NONE
}

/** Lower case, without accents, one entry per word. */
function wordsIn(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word !== '')
  return words.map((word, at) => (word === 'st' && at < words.length - 1 ? 'sint' : word))
}
