/** A small content folder without faults, one item or two of every kind, to plant one fault in. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const common = (id: string) => `id: ${id}
title: Titel van ${id}
summary: Een korte zin.
themes: [algemeen]
sources:
  - document: ledenbevraging-2025
    chapter: '6.1'
    n: 53
reviewedOn: 2026-11-21
`

const phase = (id: string, order: number) => `---
${common(id)}order: ${order}
---
Een fase in het kort.
`

const task = (id: string, order: number, after: string) => `---
${common(id)}phase: begin
order: ${order}
minutes: 60
after: [${after}]
links: [cijfer-een]
---
## Waarom
Zie [het cijfer](id:cijfer-een).

## Zo pak je het aan
1. Bel je collega.
2. Plan een uur.
3. Schrijf het op.

## Klaar als
Het staat op papier.

## Tip voor kleine besturen
Doe het samen.
`

export const soundContent: Readonly<Record<string, string>> = {
  'phases/begin.md': phase('begin', 1),
  'phases/vervolg.md': phase('vervolg', 2),
  'tasks/taak-een.md': task('taak-een', 1, ''),
  'tasks/taak-twee.md': task('taak-twee', 2, 'taak-een'),
  'figures/cijfer-een.md': `---
${common('cijfer-een')}subject: beleid
unit: percent
n: 53
rows:
  - { label: Ja, value: 43 }
caveat: Vooral actieve besturen antwoordden.
meaning: Je bent niet alleen.
links: [taak-een]
---
De meeste besturen zeggen ja.
`,
  'offers/aanbod-een.md': `---
${common('aanbod-een')}offerType: partner
offers: [advies]
website: null
email: null
phone: null
---
Bel hen gerust.
`,
  'practices/praktijk-een.md': `---
${common('praktijk-een')}municipalities: [Gemeente 01]
action: Actie 4
phase: begin
cost: low
links: [taak-een]
---
## Wat deden ze
Ze begonnen klein.

## Wat was er nodig
Een zaal.

## Wat leverde het op
Een groep.

## Les
Begin klein.
`,
  'guides/gids-een.md': `---
${common('gids-een')}guideType: shorter
owner: De VVSG
forWhat: Om samen te kiezen.
whenToUse: [Je begint net.]
whenNot: [Je hebt geen tijd.]
minutes: 10
links: [taak-een]
worksheets:
  - id: kiezen
    title: Kies samen
    intro: Vul dit in met een collega.
    perTheme: true
    fields:
      - { id: wat, label: Wat zie je, kind: longText, help: Schrijf kort. }
      - { id: hoe, label: Hoe vaak, kind: scale, options: [{ id: nooit, label: Nooit }, { id: vaak, label: Vaak }] }
      - id: acties
        label: Acties
        kind: rows
        intoActionPlan: true
        columns:
          - { id: actie, label: Actie, kind: shortText, planPart: action }
          - { id: wanneer, label: Tegen wanneer, kind: date, planPart: term }
topics:
  - { id: thema-a, title: null }
  - { id: thema-b, title: Wonen }
---
## Voorbereiden
Vraag een zaal.

::werkblad{kiezen}

## Samen opvolgen {#opvolgen}
Kijk later terug.

### Wat vraag je
Wat veranderde er?
`,
  'quickscan/scan-een.md': `---
${common('scan-een')}alternatives: [zelfscan]
minutes: 20
task: taak-een
parts:
  - id: begin
    title: Het begin
    questions:
      - id: werking
        label: Doen jullie al iets
        help: Ook klein telt mee.
        kind: choice
        figure: cijfer-een
        options:
          - { id: ja, label: Ja hoor, row: Ja }
          - { id: nee, label: Nog niet, brings: [{ task: taak-twee, because: Er is nog niets. }] }
  - id: verder
    title: Verder
    skipIf: { question: werking, is: [nee] }
    stages: { starter: Jullie beginnen., growing: Jullie groeien., frontrunner: Jullie gaan voor. }
    questions:
      - id: hoe
        label: Hoe dan
        kind: multiChoice
        options:
          - { id: samen, label: Samen, stage: growing }
          - { id: alleen, label: Alleen, stage: starter }
          - { id: niet, label: Niets daarvan, alone: true }
      - id: wie
        label: Met wie
        kind: choice
        showIf: { question: hoe, is: [samen] }
        options:
          - { id: buren, label: Met de buren, showIf: { question: hoe, is: [samen] }, stage: frontrunner }
          - { id: niemand, label: Met niemand, brings: [{ task: taak-twee, because: Zoek iemand. }] }
---
Vul dit samen in.
`,
  'themes/thema-een.md': `---
${common('thema-een')}links: [gids-een]
---
## Waarover gaat het
Over iedereen.

## Waarom in een kleine gemeente
Je kent elkaar.

## Waar begin je
Bij [de gids](id:gids-een).
`,
  'terms/begrip-een.md': `---
${common('begrip-een')}---
Een begrip in gewone woorden.
`,
  'theme-days/dag-een.md': `---
${common('dag-een')}from: 05-17
---
## Actie-idee
Hang een vlag uit.

## Zo bereid je je voor
Vraag het op tijd.
`,
  'synonyms.yaml': `forms: { zalen: zaal }
same:
  - [handicap, beperking]
leadsTo: { rolstoel: [handicap] }
cues: { figure: [hoeveel] }
`,
  'municipalities.yaml': `- { nis: '11002', name: Antwerpen, province: Antwerpen, ovo: OVO001999, inhabitants2020: 540196, sizeClass: city, formerNames: [Borsbeek] }
- { nis: '11005', name: Boom, province: Antwerpen, ovo: OVO002026, inhabitants2020: 18555, sizeClass: small, formerNames: [] }
`,
}

/** A temporary folder with the sound content, some files replaced; gone when the test is. */
export function contentFolder(replaced: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'content-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFiles(folder, { ...soundContent, ...replaced })
  return folder
}

export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
}

/** The text of a sound file with one thing changed; fails when there is nothing to change. */
export function changed(file: string, from: string | RegExp, to: string): string {
  const text = soundContent[file]!.replace(from, to)
  if (text === soundContent[file]) throw new Error(`${file} does not hold ${String(from)}`)
  return text
}
