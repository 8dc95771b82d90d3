/**
 * Values as the source documents print them, typed by hand from those documents and never from the content files,
 * so that a slip of an editor's pen shows. A label points at the one row with that whole label, or else at the one row
 * that holds it as a fragment; capitals do not matter.
 */
export type ExpectedFigure = {
  id: string
  /** Respondents as the source states them; null where it does not. */
  n: number | null
  /** Label fragment, value and, where the source gives it, the number of respondents behind a percentage. */
  rows: (readonly [label: string, value: number, count?: number])[]
}

export const expectedFigures: ExpectedFigure[] = [
  // Members' survey 2025
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
  // Evaluation of Plan Samenleven: scores per action
  {
    id: 'cijfer-succes-polarisatie',
    n: null,
    rows: [
      ['Succesvol', 85],
      ['Zeer succesvol', 8],
      ['Negatief', 0],
    ],
  },
  { id: 'cijfer-succes-oefenkansen-nederlands', n: null, rows: [['succesvol', 98]] },
  {
    id: 'cijfer-succes-hogere-studies',
    n: null,
    rows: [
      ['Succesvol', 71],
      ['Minder succesvol', 29],
    ],
  },
  { id: 'cijfer-succes-ongekwalificeerde-uitstroom', n: null, rows: [['succesvol', 84]] },
  {
    id: 'cijfer-succes-arbeidsmarkt',
    n: null,
    rows: [
      ['Succesvol', 78],
      ['Neutraal', 22],
    ],
  },
  {
    id: 'cijfer-succes-ondernemerschap',
    n: 4,
    rows: [
      ['Neutraal', 2],
      ['Succesvol', 1],
      ['Zeer succesvol', 1],
      ['Onsuccesvol', 0],
    ],
  },
  {
    id: 'cijfer-succes-sport',
    n: null,
    rows: [
      ['Succesvol', 56],
      ['Zeer succesvol', 34],
      ['onsuccesvol', 0],
    ],
  },
  {
    id: 'cijfer-succes-onderwijs',
    n: null,
    rows: [
      ['Zeer succesvol', 39],
      ['Succesvol', 55],
      ['Neutraal', 5],
      ['onsuccesvol', 0],
    ],
  },
  {
    id: 'cijfer-succes-straatintimidatie',
    n: 7,
    rows: [
      ['Succesvol', 7],
      ['negatief', 0],
    ],
  },
  {
    id: 'cijfer-succes-omstaanders',
    n: null,
    rows: [
      ['zeer succesvol', 69],
      ['Neutraal', 31],
      ['Onsuccesvol', 0],
    ],
  },
  {
    id: 'cijfer-succes-toegankelijkheid',
    n: null,
    rows: [
      ['Succesvol', 63],
      ['Zeer succesvol', 13],
      ['Minder succesvol', 13],
      ['Onsuccesvol', 0],
    ],
  },
  {
    id: 'cijfer-succes-correspondentietesten',
    n: null,
    rows: [
      ['zeer succesvol', 57],
      ['Minder of niet succesvol', 28],
      ['Neutraal', 14],
    ],
  },
  {
    id: 'cijfer-succes-sociale-mix',
    n: null,
    rows: [
      ['Minder succesvol', 13],
      ['Zeer succesvol', 13],
      ['Onsuccesvol', 0],
    ],
  },
  { id: 'cijfer-succes-pleinmakers', n: null, rows: [['Succesvol', 89]] },
  {
    id: 'cijfer-succes-jeugdwerk',
    n: 10,
    rows: [
      ['actie werkt', 8],
      ['zeer succesvol', 3],
    ],
  },
  {
    id: 'cijfer-succes-cultuur',
    n: null,
    rows: [
      ['zeer succesvol', 89],
      ['Neutraal', 11],
      ['Negatief', 0],
    ],
  },
  // Evaluation of Plan Samenleven: the other chapters
  {
    id: 'cijfer-deelname-plan-samenleven',
    n: 42,
    rows: [
      ['Indieners', 59],
      ['evaluatie invulden', 42],
    ],
  },
  {
    id: 'cijfer-intekening-plan-samenleven',
    n: null,
    rows: [
      ['onderwijs', 138],
      ['cultuur', 87],
      ['omstaandersprincipe', 52],
      ['Pleinmakers', 38],
      ['bedrijfsleven', 32],
      ['polarisatie', 19],
      ['Sociale mix', 16],
      ['toegankelijkheid', 14],
      ['straatintimidatie', 13],
      ['lerarenopleiding', 2],
    ],
  },
  {
    id: 'cijfer-cofinanciering-starten',
    n: null,
    rows: [
      ['Oefenkansen Nederlands', 17],
      ['hogere studies', 57],
      ['arbeidsmarkt', 17],
      ['sport', 29],
      ['bedrijfsleven', 43],
      ['onderwijs', 38],
      ['straatintimidatie', 43],
      ['toegankelijkheid', 43],
      ['Correspondentietesten', 57],
      ['Sociale mix', 75],
      ['cultuur', 35],
    ],
  },
  {
    id: 'cijfer-cofinanciering-vernieuwen',
    n: null,
    rows: [
      ['Oefenkansen Nederlands', 71],
      ['hogere studies', 57],
      ['arbeidsmarkt', 56],
      ['sport', 52],
      ['bedrijfsleven', 29],
      ['onderwijs', 59],
      ['straatintimidatie', 57],
      ['toegankelijkheid', 57],
      ['cultuur', 58],
    ],
  },
  {
    id: 'cijfer-cofinanciering-gelijke-kansen',
    n: null,
    rows: [
      ['arbeidsmarkt', 22],
      ['onderwijs', 38],
      ['toegankelijkheid', 14],
      ['Sociale mix', 38],
    ],
  },
  {
    id: 'cijfer-acties-zonder-cofinanciering',
    n: null,
    rows: [
      ['nieuwkomers', 73, 37],
      ['Zomerscholen', 63, 32],
      ['arbeidsmarkt', 33, 17],
      ['jeugdwerk', 27, 14],
      ['Oefenkansen Nederlands', 25, 13],
      ['omstaandersprincipe', 25, 13],
      ['toegankelijkheid', 24, 12],
    ],
  },
  {
    id: 'cijfer-samenwerking-buurgemeenten',
    n: null,
    rows: [
      ['Goed of zeer goed', 75],
      ['Negatief', 0],
    ],
  },
  {
    id: 'cijfer-samenwerking-partners',
    n: null,
    rows: [
      ['Goed of zeer goed', 86],
      ['Negatief', 2],
    ],
  },
  {
    id: 'cijfer-ondersteuning-agii',
    n: null,
    rows: [
      ['heel tevreden', 78],
      ['Neutraal', 17],
      ['Niet tevreden', 6],
    ],
  },
  {
    id: 'cijfer-beheer-middelen-agii',
    n: null,
    rows: [
      ['agentschap', 40],
      ['zelf beheren', 36],
    ],
  },
  {
    id: 'cijfer-planlast',
    n: null,
    rows: [
      ['Akkoord', 38],
      ['Helemaal akkoord', 28],
      ['Neutraal', 28],
      ['Niet akkoord', 6],
    ],
  },
  {
    id: 'cijfer-meerwaarde-plan-samenleven',
    n: null,
    rows: [
      ['financiële middelen', 96],
      ['Ondersteuning en begeleiding', 67],
      ['samenwerking met partners', 63],
      ['aanpak van integratie', 61],
      ['aanpak van gelijke kansen', 55],
      ['Inclusieve aanpak', 61],
      ['lerende netwerken', 51],
      ['zichtbaarheid', 47],
      ['Inspiratiedag', 47],
    ],
  },
  {
    id: 'cijfer-stoppen-subsidies',
    n: null,
    rows: [
      ['Minder financiële ruimte', 96],
      ['vertraagt of valt stil', 75],
      ['projecten stoppen', 73],
      ['personeel', 55],
      ['Minder samenwerking', 61],
    ],
  },
]
