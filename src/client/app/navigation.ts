/** The main menu: the entries of PRODUCT whose screens exist. */
import { BookOpen, FlaskConical, House, ListChecks, MapPin, Route, Search, type LucideIcon } from '@lucide/vue'
import type { Router } from 'vue-router'

/** `wide`: only where the menu is a side bar; on a phone five fit. */
const candidates: readonly { to: string; words: string; icon: LucideIcon; wide?: true }[] = [
  { to: '/', words: 'Vandaag', icon: House },
  { to: '/starten', words: 'Starten', icon: Route },
  { to: '/quickscan', words: 'Waar staan we?', icon: MapPin, wide: true },
  { to: '/actieplan', words: 'Actieplan', icon: ListChecks, wide: true },
  { to: '/leerlabo', words: 'Leerlabo', icon: FlaskConical },
  { to: '/instrumenten', words: 'Instrumenten', icon: BookOpen },
  { to: '/zoeken', words: 'Zoeken', icon: Search },
]

/** Shown after the others; on a phone there is no room for them in the bar. */
const moreCandidates: readonly { to: string; words: string }[] = [
  { to: '/quickscan', words: 'Waar staan we?' },
  { to: '/actieplan', words: 'Actieplan' },
  { to: '/themas', words: 'Thema’s' },
  { to: '/cijfers', words: 'Cijfers' },
  { to: '/praktijken', words: 'Praktijken' },
  { to: '/aanbod', words: 'Aanbod' },
  { to: '/themadagen', words: 'Themadagen' },
  { to: '/hulp', words: 'Hulp' },
]

const footerCandidates: readonly { to: string; words: string }[] = [
  { to: '/toegankelijkheid', words: 'Toegankelijkheid' },
  { to: '/privacy', words: 'Privacy' },
  { to: '/over', words: 'Over Opstap' },
]

const accountCandidates: readonly { to: string; words: string; signedIn: boolean }[] = [
  { to: '/account', words: 'Account', signedIn: true },
  { to: '/aanmelden', words: 'Aanmelden', signedIn: false },
]

const exists = (router: Router) => ({ to }: { to: string }) => router.getRoutes().some(({ path }) => path === to)

export const menuOf = (router: Router, at: { path: string }) =>
  candidates.filter(exists(router)).map((entry) => ({ ...entry, current: isWithin(entry.to, at.path) }))

/** Help takes the page along on which it was asked for. */
export const moreOf = (router: Router, { path, fullPath }: { path: string; fullPath: string }) =>
  moreCandidates.filter(exists(router)).map(({ to, words }) => ({ to: to === '/hulp' && !isWithin(to, path) ? `${to}?bij=${encodeURIComponent(fullPath)}` : to, words }))

export const footerOf = (router: Router) => footerCandidates.filter(exists(router))

export const accountOf = (router: Router, signedIn: boolean) => accountCandidates.filter(exists(router)).find((entry) => entry.signedIn === signedIn)

/** `/starten/x` lies within `/starten`; only `/` itself lies within `/`. */
const isWithin = (entry: string, path: string): boolean => path === entry || (entry !== '/' && path.startsWith(`${entry}/`))
