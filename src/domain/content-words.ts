/** What the codes of the content are called on screen. */
import { sourceDocuments, type FigureSubject, type Practice, type SizeClass, type Source, type SupportOffer, type Theme } from './content.ts'

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

/** The thresholds are those of the members' survey 2025, chapter 5.1. */
export const sizeClassWords: Record<SizeClass, string> = {
  rural: 'Landelijk (minder dan 15.000 inwoners)',
  small: 'Klein (15.000 tot 25.000 inwoners)',
  medium: 'Middelgroot (25.000 inwoners of meer)',
  city: 'Grootstad of centrumstad',
}

/** Within a sentence or in a short list. */
export const sizeClassShort: Record<SizeClass, string> = { rural: 'landelijk', small: 'klein', medium: 'middelgroot', city: 'stad' }

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
