/**
 * Values as the source documents print them, typed by hand from those documents and never from the content files,
 * so that a slip of an editor's pen shows. A label points at the one row with that whole label, or else at the one row
 * that holds it as a fragment; capitals do not matter.
 */
import type { ExpectedFigure } from './expected-figure.ts'
import { planSamenlevenFigures } from './expected-plan-samenleven.ts'

/** Members' survey 2025 */
const surveyFigures: ExpectedFigure[] = [
  {
    id: 'cijfer-themas',
    n: 67,
    rows: [
      ['Digitale inclusie', 96, 64],
      ['buitenlandse herkomst', 84, 56],
      ['Toegankelijke infrastructuur', 84, 56],
      ['Toegankelijke informatie', 81, 54],
      ['Leeftijdsvriendelijke omgeving', 70, 47],
      ['Personen met een handicap', 69, 46],
      ['LGBTI+', 55, 37],
      ['Antidiscriminatie', 54, 36],
      ['Gendergelijkheid', 49, 33],
      ['Antiracisme', 46, 31],
    ],
  },
  {
    id: 'cijfer-kruispuntdenken',
    n: 53,
    rows: [
      ['Kent kruispuntdenken', 74],
      ['Kent het niet', 26],
    ],
  },
  {
    id: 'cijfer-schepenen',
    n: 67,
    rows: [
      ['Eén specifieke schepen', 43, 29],
      ['Twee specifieke schepen', 30, 20],
      ['Drie specifieke schepen', 10, 7],
      ['Meer dan drie schepenen', 4, 3],
      ['Geen bevoegde schepen', 12, 8],
    ],
  },
  {
    id: 'cijfer-bestuursakkoord',
    n: 53,
    rows: [
      ['Toegankelijke informatie', 60, 32],
      ['Toegankelijke infrastructuur', 57, 30],
      ['Personen met een handicap', 45, 24],
      ['Antidiscriminatie', 40, 21],
      ['LGBTI+', 28, 15],
      ['Gendergelijkheid', 19, 10],
      ['Geen van bovenstaande', 30, 16],
    ],
  },
  {
    id: 'cijfer-beleidsnota',
    n: 53,
    rows: [
      ['Ja', 45],
      ['In voorbereiding', 40],
      ['Neen', 15],
    ],
  },
  {
    id: 'cijfer-beleidsnota-themas',
    n: 53,
    rows: [
      ['Toegankelijke informatie', 55, 29],
      ['Toegankelijke infrastructuur', 45, 24],
      ['Personen met een handicap', 40, 21],
      ['Antidiscriminatie', 40, 21],
      ['LGBTI+', 26, 14],
      ['Gendergelijkheid', 17, 9],
      ['Ik weet het niet', 28, 15],
    ],
  },
  {
    id: 'cijfer-financiering',
    n: 53,
    rows: [
      ['regulier budget', 89, 47],
      ['subsidies', 43, 23],
      ['Ik weet dit niet', 8, 4],
      ['andere kanalen', 2, 1],
    ],
  },
  {
    id: 'cijfer-acties',
    n: 53,
    rows: [
      ['Samenwerking met lokale of bovenlokale organisaties', 81, 43],
      ['internationale themadagen', 74, 39],
      ['workshop voor eigen personeel', 60, 32],
      ['workshop voor inwoners', 53, 28],
      ['initiatieven van derden', 47, 25],
      ['omstaanderstraining voor eigen personeel', 15, 8],
      ['omstaanderstraining voor inwoners', 9, 5],
      ['Geen van bovenstaande', 2, 1],
    ],
  },
  {
    id: 'cijfer-drempels',
    n: 53,
    rows: [
      ['personeelscapaciteit', 75, 40],
      ['Geen budget', 53, 28],
      ['interne regie', 53, 28],
      ['expertise in huis', 53, 28],
      ['lokale partners', 42, 22],
      ['intersectioneel werken', 41, 22],
      ['intern draagvlak', 40, 21],
      ['Bevoegdheden versnipperd', 38, 20],
      ['expertise beschikbaar (extern)', 38, 20],
      ['Drempels bij bewoners', 32, 17],
      ['visie of strategie', 26, 14],
      ['samenwerking over diensten', 23, 12],
      ['prioritaire beleidskeuze', 17, 9],
      ['monitoring en evaluatie', 15, 8],
    ],
  },
  {
    id: 'cijfer-noden',
    n: 53,
    rows: [
      ['onderzoek (bovenlokaal)', 74, 39],
      ['advies op maat', 64, 34],
      ['lerende netwerken', 62, 33],
      ['Tools om medewerkers', 62, 33],
      ['Praktijkvoorbeelden', 58, 31],
      ['Vorming voor medewerkers', 57, 30],
      ['onderzoek (lokaal niveau)', 53, 28],
      ['Beleidskaders', 53, 28],
      ['structurele verankering', 51, 27],
      ['Tools om beleid', 49, 26],
      ['Vorming voor mandatarissen', 43, 23],
      ['Andere noden', 4, 2],
    ],
  },
  {
    id: 'cijfer-bekendheid-vvsg',
    n: 50,
    rows: [
      ['Online kennis', 94, 47],
      ['studiedagen', 92, 46],
      ['magazine Lokaal', 76, 38],
      ['Lerende netwerken en leerlabo', 68, 34],
      ['groepen', 54, 27],
      ['Eén-op-één', 34, 17],
      ['Tools en instrumenten', 28, 14],
      ['Helpdesk', 26, 13],
      ['Geen van bovenstaande', 2, 1],
    ],
  },
  {
    id: 'cijfer-functies',
    n: 79,
    rows: [
      ['Medewerker', 55],
      ['managementteam', 14],
      ['Algemeen directeur', 10],
    ],
  },
  {
    id: 'cijfer-deelname',
    n: 79,
    rows: [
      ['Respondenten die deelnamen', 79],
      ['Respondenten die alles invulden', 61],
      ['Respondenten met een werking', 70],
      ['Besturen met een werking', 66],
      ['cijferanalyse', 63],
    ],
  },
  {
    // Counted from the list of 66 municipalities: the source prints the classes, not their totals.
    id: 'cijfer-grootte-besturen',
    n: null,
    rows: [
      ['centrumsteden', 11],
      ['Middelgroot', 22],
      ['Klein', 19],
      ['Landelijk', 14],
    ],
  },
  {
    id: 'cijfer-bekendheid-expertiseorganisaties',
    n: null,
    rows: [
      ['minstens de helft', 9],
      ['meerderheid niet', 2],
    ],
  },
]

export const expectedFigures: ExpectedFigure[] = [...surveyFigures, ...planSamenlevenFigures]

/** Rows of which the source says the value in words, or as a number without its percentage; the words as they stand there. */
export const wordedRows: (readonly [figure: string, label: string, value: number, words: string])[] = [
  ['cijfer-themas', 'Geen van bovenstaande', 0, '0 antwoorden, zonder percentage'],
  ['cijfer-beheer-middelen-agii', 'Spreekt zich niet uit', 25, 'een vierde'],
  ['cijfer-samenwerking-buurgemeenten', 'Neutraal', 25, 'een kwart'],
  ['cijfer-cofinanciering-gelijke-kansen', 'cultuur', 25, 'een kwart'],
  ['cijfer-cofinanciering-starten', 'omstaandersprincipe', 75, 'drie op de vier'],
  ['cijfer-cofinanciering-starten', 'jeugdwerk', 50, 'de helft'],
  ['cijfer-cofinanciering-vernieuwen', 'Sociale mix', 25, 'een kwart'],
  ['cijfer-succes-sociale-mix', 'Succesvol (ongeveer', 40, 'ongeveer vier op de tien'],
  ['cijfer-succes-sociale-mix', 'Neutraal', 40, 'een even grote groep'],
]
