import { describe, expect, it } from 'vitest'
import { compile } from '../../src/pack/compile.ts'
import { changed, contentFolder, soundContent } from './content-folder.ts'

const task = 'tasks/taak-een.md'
const figure = 'figures/cijfer-een.md'
const term = 'terms/begrip-een.md'
const guide = 'guides/gids-een.md'
const scan = 'quickscan/scan-een.md'
const STEPS = '1. Bel je collega.\n2. Plan een uur.\n3. Schrijf het op.'
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}. Stap.`).join('\n')

type Planted = { rule: string; file: string; from: string | RegExp; to: string; field: string; message: RegExp }

/** One fault in one file; the compiler must tell exactly that one. */
const planted: Planted[] = [
  { rule: 'unknown key', file: task, from: 'minutes: 60', to: 'minutes: 60\nkleur: rood', field: 'kleur', message: /onbekende sleutel "kleur"\.$/ },
  { rule: 'misspelt optional key', file: figure, from: 'links: [taak-een]', to: 'link: [taak-een]', field: 'link', message: /Bedoel je "links"\?/ },
  { rule: 'misspelt key within a list', file: task, from: '    n: 53', to: '    nn: 53', field: 'sources[0].nn', message: /Bedoel je "n"\?/ },
  { rule: 'missing key', file: term, from: /title: .*\n/, to: '', field: 'title', message: /^ontbreekt$/ },
  { rule: 'missing source', file: term, from: /sources:\n( .*\n)+/, to: '', field: 'sources', message: /^ontbreekt$/ },
  { rule: 'no source in the list', file: term, from: /sources:\n( .*\n)+/, to: 'sources: []\n', field: 'sources', message: /^is leeg$/ },
  { rule: 'empty text', file: term, from: /summary: .*/, to: "summary: ' '", field: 'summary', message: /^is leeg$/ },
  { rule: 'unknown source document', file: term, from: 'ledenbevraging-2025', to: 'ledenbevraging-2024', field: 'sources[0].document', message: /Bedoel je "ledenbevraging-2025"\?/ },
  { rule: 'unknown theme', file: term, from: 'themes: [algemeen]', to: 'themes: [gendr]', field: 'themes[0]', message: /Bedoel je "gender"\?/ },
  { rule: 'wrong type', file: task, from: 'minutes: 60', to: 'minutes: een uur', field: 'minutes', message: /./ },
  { rule: 'task without a link', file: task, from: 'links: [cijfer-een]', to: 'links: []', field: 'links', message: /^is leeg$/ },
  { rule: 'duplicate key', file: task, from: 'minutes: 60', to: 'minutes: 60\nminutes: 90', field: 'regel 14', message: /sleutel staat er twee keer: minutes/ },
  { rule: 'broken YAML', file: term, from: /title: .*/, to: 'title: Een: twee: drie', field: 'regel 3', message: /geen geldige YAML/ },
  { rule: 'no front matter', file: term, from: /^---\n/, to: '', field: 'regel 1', message: /front matter/ },
  { rule: 'broken link in front matter', file: figure, from: 'links: [taak-een]', to: 'links: [taak-twee, taak-eeen]', field: 'links[1]', message: /Bedoel je "taak-een"\?/ },
  { rule: 'broken link in prose', file: task, from: 'id:cijfer-een', to: 'id:cijfer-twee', field: 'regel 18', message: /onbekend id "cijfer-twee"/ },
  { rule: 'broken link by reference', file: task, from: '(id:cijfer-een).', to: '[a].\n\n[a]: id:weg', field: 'regel 20', message: /onbekend id "weg"/ },
  { rule: 'link that is not one', file: task, from: '(id:cijfer-een)', to: '(id:cijfer een)', field: 'regel 18', message: /niet goed geschreven/ },
  { rule: 'link to a path', file: task, from: 'id:cijfer-een', to: '/cijfers/cijfer-een', field: 'regel 18', message: /mag niet/ },
  { rule: 'link that runs script', file: task, from: 'id:cijfer-een', to: 'javascript:alert(1)', field: 'regel 18', message: /mag niet/ },
  { rule: 'broken after', file: 'tasks/taak-twee.md', from: 'after: [taak-een]', to: 'after: [taak-nul]', field: 'after[0]', message: /onbekend id "taak-nul"/ },
  { rule: 'after that is no task', file: 'tasks/taak-twee.md', from: 'after: [taak-een]', to: 'after: [begin]', field: 'after[0]', message: /geen task maar een phase/ },
  { rule: 'unknown phase of a task', file: task, from: 'phase: begin', to: 'phase: begn', field: 'phase', message: /Bedoel je "begin"\?/ },
  { rule: 'unknown phase of a practice', file: 'practices/praktijk-een.md', from: 'phase: begin', to: 'phase: einde', field: 'phase', message: /onbekend id "einde"/ },
  { rule: 'phase that is no phase', file: 'practices/praktijk-een.md', from: 'phase: begin', to: 'phase: taak-een', field: 'phase', message: /geen phase maar een task/ },
  { rule: 'id that is not the file name', file: term, from: 'id: begrip-een', to: 'id: begrip-twee', field: 'id', message: /niet de bestandsnaam "begrip-een"/ },
  { rule: 'order taken within a phase', file: 'tasks/taak-twee.md', from: 'order: 2', to: 'order: 1', field: 'order', message: /al van tasks\/taak-een\.md/ },
  { rule: 'order of a phase taken', file: 'phases/vervolg.md', from: 'order: 2', to: 'order: 1', field: 'order', message: /al van phases\/begin\.md/ },
  { rule: 'circle in after', file: task, from: 'after: []', to: 'after: [taak-twee]', field: 'after', message: /taak-een → taak-twee → taak-een/ },
  { rule: 'task after itself', file: task, from: 'after: []', to: 'after: [taak-een]', field: 'after', message: /taak-een → taak-een/ },
  { rule: 'missing heading', file: task, from: /## Klaar als\n.*\n/, to: '', field: 'koppen', message: /"## Klaar als" ontbreekt/ },
  { rule: 'extra heading', file: task, from: '## Klaar als', to: '## Bonus\nNog iets.\n\n## Klaar als', field: 'regel 25', message: /onbekende kop "Bonus"\.$/ },
  { rule: 'heading twice', file: task, from: '## Klaar als', to: '## Waarom\nDaarom.\n\n## Klaar als', field: 'regel 25', message: /"Waarom" staat er twee keer/ },
  { rule: 'headings out of order', file: task, from: /(## Klaar als\n.*\n)\n([\s\S]*)/, to: '$2\n$1', field: 'regel 25', message: /volgorde.*Klaar als · Tip voor kleine besturen/ },
  { rule: 'text before the first heading', file: task, from: '## Waarom', to: 'Zomaar.\n\n## Waarom', field: 'regel 17', message: /voor de eerste kop/ },
  { rule: 'first-level heading', file: term, from: 'Een begrip in', to: '# Kop\n\nEen begrip in', field: 'regel 12', message: /eerste niveau/ },
  { rule: 'empty section', file: task, from: 'Doe het samen.', to: '', field: 'regel 28', message: /"Tip voor kleine besturen" is leeg/ },
  { rule: 'empty body', file: term, from: 'Een begrip in gewone woorden.', to: '', field: 'regel 1', message: /is leeg/ },
  { rule: 'two steps', file: task, from: STEPS, to: numbered(2), field: 'regel 20', message: /telt 2 genummerde stappen/ },
  { rule: 'eight steps', file: task, from: STEPS, to: numbered(8), field: 'regel 20', message: /telt 8 genummerde stappen/ },
  { rule: 'steps without numbers', file: task, from: STEPS, to: '- Een.\n- Twee.\n- Drie.', field: 'regel 20', message: /telt 0 genummerde stappen/ },
  { rule: 'block of HTML', file: term, from: 'Een begrip in', to: '<script>alert(1)</script>\n\nEen begrip in', field: 'regel 12', message: /HTML mag niet/ },
  { rule: 'image', file: term, from: 'Een begrip in', to: '![foto](https://example.org/a.png) Een begrip in', field: 'regel 12', message: /afbeeldingen/ },
  { rule: 'footnote', file: term, from: 'Een begrip in', to: 'Een begrip[^1]\n\n[^1]: Noot.\n\nin', field: 'regel 14', message: /voetnoten/ },
  { rule: 'checkbox', file: term, from: 'Een begrip in', to: '- [ ] Doen\n\nEen begrip in', field: 'regel 12', message: /aankruisvakjes/ },
  { rule: 'theme day in month 13', file: 'theme-days/dag-een.md', from: '05-17', to: '13-17', field: 'from', message: /bestaat niet/ },
  { rule: 'theme day on 30 February', file: 'theme-days/dag-een.md', from: '05-17', to: '02-30', field: 'from', message: /bestaat niet/ },
  { rule: 'end of a theme day on 31 June', file: 'theme-days/dag-een.md', from: 'from: 05-17', to: 'from: 05-17\nto: 06-31', field: 'to', message: /bestaat niet/ },
  { rule: 'review on a day that does not exist', file: term, from: '2026-11-21', to: '2026-11-31', field: 'reviewedOn', message: /./ },
  { rule: 'guide without a chapter', file: guide, from: /## [\s\S]*/, to: '::werkblad{kiezen}\n', field: 'koppen', message: /geen enkele kop/ },
  { rule: 'text before the first chapter', file: guide, from: '## Voorbereiden', to: 'Zomaar.\n\n## Voorbereiden', field: 'regel 37', message: /voor de eerste kop/ },
  { rule: 'empty chapter', file: guide, from: 'Vraag een zaal.\n\n::werkblad{kiezen}', to: '\n## Kiezen\n::werkblad{kiezen}', field: 'regel 37', message: /"Voorbereiden" is leeg/ },
  { rule: 'anchor with capitals', file: guide, from: '{#opvolgen}', to: '{#Op volgen}', field: 'regel 42', message: /anker "Op volgen".*kleine letters/ },
  { rule: 'two chapters with one anchor', file: guide, from: '{#opvolgen}', to: '{#voorbereiden}', field: 'regel 42', message: /anker "voorbereiden" staat er twee keer/ },
  { rule: 'two chapters with one name', file: guide, from: '## Samen opvolgen {#opvolgen}', to: '## Voorbereiden', field: 'regel 42', message: /anker "voorbereiden" staat er twee keer/ },
  { rule: 'heading with the anchor of a chapter', file: guide, from: '### Wat vraag je', to: '### Wat vraag je {#voorbereiden}', field: 'regel 45', message: /anker "voorbereiden" staat er twee keer/ },
  { rule: 'unknown worksheet', file: guide, from: 'Kijk later', to: '::werkblad{kiesen}\n\nKijk later', field: 'regel 43', message: /onbekend werkblad "kiesen"\. Bedoel je "kiezen"\?/ },
  { rule: 'worksheet where there are none', file: term, from: 'Een begrip in', to: '::werkblad{kiezen}\n\nEen begrip in', field: 'regel 12', message: /onbekend werkblad/ },
  { rule: 'worksheet twice', file: guide, from: 'Kijk later', to: '::werkblad{kiezen}\n\nKijk later', field: 'regel 43', message: /"kiezen" staat er twee keer/ },
  { rule: 'worksheet that is not placed', file: guide, from: '::werkblad{kiezen}\n\n', to: '', field: 'worksheets[0]', message: /"kiezen" staat niet in de tekst/ },
  { rule: 'worksheet within a sentence', file: guide, from: 'Kijk later', to: 'Neem ::werkblad{kiezen} en kijk later', field: 'regel 43', message: /alleen op een regel/ },
  { rule: 'worksheet per theme without themes', file: guide, from: /topics:\n( .*\n)+/, to: '', field: 'worksheets[0].perTheme', message: /vraagt thema's/ },
  { rule: 'unknown kind of field', file: guide, from: 'kind: longText', to: 'kind: longTekst', field: 'worksheets[0].fields[0].kind', message: /onbekende waarde "longTekst".*Bedoel je "longText"\?/ },
  { rule: 'field without a kind', file: guide, from: 'kind: longText, ', to: '', field: 'worksheets[0].fields[0].kind', message: /^ontbreekt$/ },
  { rule: 'misspelt key of a field', file: guide, from: 'help: Schrijf', to: 'hulp: Schrijf', field: 'worksheets[0].fields[0].hulp', message: /Bedoel je "help"\?/ },
  { rule: 'options on a text', file: guide, from: 'help: Schrijf kort.', to: 'options: [{ id: a, label: A }, { id: b, label: B }]', field: 'worksheets[0].fields[0].options', message: /onbekende sleutel/ },
  { rule: 'choice without options', file: guide, from: 'kind: longText', to: 'kind: choice', field: 'worksheets[0].fields[0].options', message: /^ontbreekt$/ },
  { rule: 'scale of one step', file: guide, from: ', { id: vaak, label: Vaak }', to: '', field: 'worksheets[0].fields[1].options', message: /./ },
  { rule: 'option twice', file: guide, from: 'id: vaak', to: 'id: nooit', field: 'worksheets[0].fields[1].options[1].id', message: /"nooit" staat er twee keer/ },
  { rule: 'field twice', file: guide, from: 'id: hoe', to: 'id: wat', field: 'worksheets[0].fields[1].id', message: /"wat" staat er twee keer/ },
  { rule: 'topic twice', file: guide, from: 'id: thema-b', to: 'id: thema-a', field: 'topics[1].id', message: /"thema-a" staat er twee keer/ },
  { rule: 'topic without a title key', file: guide, from: ', title: null', to: '', field: 'topics[0].title', message: /^ontbreekt$/ },
  { rule: 'scale into the action plan', file: guide, from: 'kind: scale,', to: 'kind: scale, intoActionPlan: true,', field: 'worksheets[0].fields[1].intoActionPlan', message: /onbekende sleutel/ },
  { rule: 'rows into the plan without an action', file: guide, from: ', planPart: action', to: '', field: 'worksheets[0].fields[2].columns', message: /planPart: action/ },
  { rule: 'part of an action twice', file: guide, from: 'planPart: term', to: 'planPart: action', field: 'worksheets[0].fields[2].columns[1].planPart', message: /"action" staat al bij/ },
  { rule: 'unknown part of an action', file: guide, from: 'planPart: term', to: 'planPart: terms', field: 'worksheets[0].fields[2].columns[1].planPart', message: /Bedoel je "term"\?/ },
  { rule: 'guide that nobody owns', file: guide, from: 'owner: De VVSG\n', to: '', field: 'owner', message: /^ontbreekt$/ },
  { rule: 'theme page without its headings', file: 'themes/thema-een.md', from: '## Waar begin je', to: '### Waar begin je', field: 'koppen', message: /"## Waar begin je" ontbreekt/ },
  { rule: 'scan that compares with no figure', file: scan, from: 'figure: cijfer-een', to: 'figure: cijfer-eeen', field: 'parts[0].questions[0].figure', message: /Bedoel je "cijfer-een"\?/ },
  { rule: 'answer beside a row that the figure has not', file: scan, from: 'row: Ja', to: 'row: Jaa', field: 'parts[0].questions[0].options[0].row', message: /geen rij "Jaa"\. Bedoel je "Ja"\?/ },
  { rule: 'answer beside a figure that is not named', file: scan, from: '        figure: cijfer-een\n', to: '', field: 'parts[0].questions[0].options[0].row', message: /bij een vraag met figure/ },
  { rule: 'answer that brings no task', file: scan, from: 'task: taak-twee, because: Er', to: 'task: begin, because: Er', field: 'parts[0].questions[0].options[1].brings[0].task', message: /geen task maar een phase/ },
  { rule: 'scan of an unknown task', file: scan, from: 'task: taak-een\n', to: 'task: taak-nul\n', field: 'task', message: /onbekend id "taak-nul"/ },
  { rule: 'part that waits for a later question', file: scan, from: 'skipIf: { question: werking', to: 'skipIf: { question: hoe', field: 'parts[1].skipIf.question', message: /geen eerdere vraag "hoe"/ },
  { rule: 'question that waits for an answer that is not offered', file: scan, from: 'showIf: { question: hoe, is: [samen] }\n', to: 'showIf: { question: hoe, is: [samn] }\n', field: 'parts[1].questions[1].showIf.is[0]', message: /geen antwoord "samn"/ },
  { rule: 'question of a scan twice', file: scan, from: 'id: wie', to: 'id: hoe', field: 'parts[1].questions[1].id', message: /"hoe" staat er twee keer/ },
  { rule: 'stage in a part that says nothing of it', file: scan, from: 'label: Ja hoor', to: 'label: Ja hoor, stage: starter', field: 'parts[0].questions[0].options[0].stage', message: /een deel met stages/ },
  { rule: 'misspelt key of a municipality', file: 'municipalities.yaml', from: 'formerNames: []', to: 'formerNames: [], formerName: []', field: '[1].formerName', message: /Bedoel je "formerNames"\?/ },
  { rule: 'NIS code twice', file: 'municipalities.yaml', from: "'11005'", to: "'11002'", field: '[1].nis', message: /11002 staat ook in \[0\]/ },
]

describe('a planted fault', () => {
  it('is none in the sound content', () => {
    expect(compile(contentFolder()).problems).toEqual([])
  })

  it.each(planted)('$rule', ({ file, from, to, field, message }) => {
    const { problems } = compile(contentFolder({ [file]: changed(file, from, to) }))
    const distinct = problems.filter((problem) => !(problem.field === field && message.test(problem.message)))
    expect(problems).toContainEqual({ file, field, message: expect.stringMatching(message) })
    expect(distinct).toEqual([])
  })

  it('is told once for an id used in two kinds', () => {
    const text = soundContent[term]!.replace('id: begrip-een', 'id: taak-een')
    expect(compile(contentFolder({ 'terms/taak-een.md': text })).problems).toEqual([
      { file: 'terms/taak-een.md', field: 'id', message: 'id "taak-een" bestaat al in tasks/taak-een.md' },
    ])
  })

  it.each([
    ['unknown folder', 'taks/iets.md', /onbekende map "taks"\. Bedoel je "tasks"\?/],
    ['stray file beside the folders', 'nota.md', /hoort hier niet/],
    ['other file in a folder', 'tasks/nota.txt', /hoort hier niet/],
    ['folder in a folder', 'tasks/oud/taak-drie.md', /hoort hier niet/],
  ])('is told for an %s', (_rule, file, message) => {
    const { problems } = compile(contentFolder({ [file]: 'Tekst' }))
    expect(problems).toEqual([{ file, field: 'bestand', message: expect.stringMatching(message) }])
  })

  it('hides no other: all are told, also of the same file', () => {
    const text = changed(task, 'minutes: 60', 'minuten: 60')
      .replace('phase: begin', 'phase: einde')
      .replace('links: [cijfer-een]', 'links: [weg]')
      .replace('id:cijfer-een', 'id:ook-weg')
      .replace('## Klaar als', '## Klaar')
    const { problems } = compile(contentFolder({ [task]: text, 'nota.md': 'Tekst' }))
    const places = problems.map(({ file, field }) => `${file} ${field}`)
    expect(places).toEqual([
      'nota.md bestand',
      ...['minutes', 'minuten', 'regel 18', 'regel 25', 'koppen', 'links[0]', 'phase'].map((field) => `${task} ${field}`),
    ])
  })

  it('in one file breaks no link of another', () => {
    const { problems } = compile(contentFolder({ [figure]: changed(figure, /title: .*/, 'title: Een: twee: drie') }))
    expect(problems.every(({ file }) => file === figure)).toBe(true)
  })
})
