/** What the codes of the content are called on screen. */
import type { FigureSubject, Practice, SizeClass, Source, SupportOffer, Theme } from './content.ts'
import { sourceDocuments } from './source-documents.ts'

export const themeWords: Record<Theme, string> = {
  algemeen: 'Algemeen',
  gender: 'Gender',
  lgbti: 'LGBTI+',
  handicap: 'Handicap',
  toegankelijkheid: 'Toegankelijkheid',
  herkomst: 'Herkomst',
  antidiscriminatie: 'Antidiscriminatie',
  digitaal: 'Digitale inclusie',
  leeftijd: 'Leeftijd',
  menstruatiewelzijn: 'Menstruatiewelzijn',
  'grensoverschrijdend-gedrag': 'Grensoverschrijdend gedrag',
  alleenstaanden: 'Alleenstaanden',
  polarisatie: 'Polarisatie',
}

/** What an item is about, in one line; `Algemeen` only where it is about nothing else. */
export function themesWords(of: readonly Theme[]): string {
  const own = of.filter((theme) => theme !== 'algemeen')
  return (own.length > 0 ? own : of).map((theme) => themeWords[theme]).join(', ')
}

/** In inhabitants; the thresholds are those of the members' survey 2025, chapter 5.1. */
export const sizeClassWords: Record<SizeClass, string> = {
  rural: 'Landelijk (minder dan 15.000)',
  small: 'Klein (15.000 tot 25.000)',
  medium: 'Middelgroot (25.000 of meer)',
  city: 'Grootstad of centrumstad',
}

const sizeClassShort: Record<SizeClass, string> = { rural: 'landelijk', small: 'klein', medium: 'middelgroot', city: 'stad' }

/** `landelijk, klein`, for a short list. */
export const sizesWords = (of: readonly SizeClass[]): string => (of.length === Object.keys(sizeClassShort).length ? 'elke grootte' : of.map((size) => sizeClassShort[size]).join(', '))

export const costWords: Record<Practice['cost'], string> = {
  low: 'Weinig geld nodig',
  medium: 'Gemiddeld budget',
  high: 'Groot budget',
  unknown: 'Kostprijs niet bekend',
}

export const offerTypeWords: Record<SupportOffer['offerType'], string> = {
  expertise: 'Expertise',
  partner: 'Partner',
  government: 'Overheid',
  training: 'Vorming',
  network: 'Netwerk',
  fund: 'Subsidie',
}

export const figureSubjectWords: Record<FigureSubject, string> = {
  beleid: 'Thema’s en beleid',
  drempels: 'Drempels en noden',
  steun: 'Steun en samenwerking',
  succes: 'Wat lukt in de praktijk',
  geld: 'Vlaams geld en Plan Samenleven',
  bevraging: 'Over de bevragingen zelf',
}

/** What the VVSG still has to give; nothing stands there that no source confirms. */
export const TO_BE_COMPLETED = 'Aan te vullen door de VVSG'

/** `VVSG, ledenbevraging Gelijkekansenbeleid 2025 · 6.1 · N = 67` */
export const sourceWords = ({ document, chapter, n }: Source): string =>
  [sourceDocuments[document], chapter, n === undefined ? '' : `N\u00a0=\u00a0${n}`].filter(Boolean).join(' · ')
