/** A lab asks for teams, in a mix: of how far they are with its theme, and of how large their municipality is. */
import { maturities, type Maturity } from './maturity.ts'
import { clockOf } from './brussels-time.ts'

export const stageWords: Record<Maturity, string> = { starter: 'Starter', growing: 'Groeier', frontrunner: 'Koploper' }
export const stageHints: Record<Maturity, string> = {
  starter: 'We beginnen met dit thema, of willen beginnen.',
  growing: 'We doen al enkele acties en willen verder.',
  frontrunner: 'Dit thema zit in ons beleid. We delen wat we leerden.',
}

type Call = { lastDay: string | null; closed: boolean }

/** A team can still put itself forward. The last day counts as a whole, on the clocks here. */
export const isOpen = ({ lastDay, closed }: Call, now: number): boolean => !closed && (lastDay === null || clockOf(now).day <= lastDay)

/** What a team said of itself; `at` in ms since 1970. Without a motivation it takes part already. */
export type Said = { id: string; stage: Maturity; motivation: string | null; at: number; by: string }

/** Taken in goes before everything; an answer is to one candidacy, and a team that puts itself forward anew waits again. */
export type Standing = 'takesPart' | 'candidate' | 'declined'
export function standingOf(takesPart: boolean, said: Said | undefined, answered: ReadonlySet<string>): Standing | null {
  if (takesPart) return 'takesPart'
  if (!said) return null
  return answered.has(said.id) ? 'declined' : 'candidate'
}

/** `size`: the size class of its municipality; null where the content does not know it. */
export type Mixed<S extends string> = { standing: Standing | null; stage: Maturity | null; size: S | null }
export type MixLine<K extends string> = { kind: K | null; takesPart: number; candidates: number }

/** How many of each there are, in the order of `kinds`; what is not known stands last, and only where there is any. */
function countBy<K extends string, T extends { standing: Standing | null }>(kinds: readonly K[], teams: readonly T[], kindOf: (team: T) => K | null): MixLine<K>[] {
  const counted = [...kinds, null].map((kind): MixLine<K> => {
    const of = teams.filter((team) => kindOf(team) === kind)
    return { kind, takesPart: of.filter(({ standing }) => standing === 'takesPart').length, candidates: of.filter(({ standing }) => standing === 'candidate').length }
  })
  return counted.filter(({ kind, takesPart, candidates }) => kind !== null || takesPart + candidates > 0)
}

/** Of the teams that take part and those that might; who was answered 'not this time' does not count. */
export const mixOf = <S extends string>(teams: readonly Mixed<S>[], sizes: readonly S[]) => ({
  stages: countBy(maturities, teams, ({ stage }) => stage),
  sizes: countBy(sizes, teams, ({ size }) => size),
})
