/** The figures of the evaluation of Plan Samenleven; see expected-figures.ts. */
import type { ExpectedFigure } from './expected-figure.ts'

export const planSamenlevenFigures: ExpectedFigure[] = [
  // Scores per action
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
  // The other chapters
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
