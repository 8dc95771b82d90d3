import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readFilled, schemaOf } from '../../src/domain/assignment-form.ts'
import { labPhases } from '../../src/domain/lab-sessions.ts'
import { compile } from '../../src/pack/compile.ts'
import { contentFolder } from './content-folder.ts'

const front = (id: string, more: string) =>
  `---\nid: ${id}\ntitle: Titel van ${id}\nsummary: Een korte zin.\nthemes: [gender]\nsources:\n  - { document: actiefiches, chapter: Leerlabo }\nreviewedOn: 2026-11-21\n${more}---\n`
const assignment = `${front(
  'opdracht-een',
  `minutes: 60
fields:
  - { id: wie, label: Wie, kind: shortText }
  - { id: kan, label: Kan het, kind: choice, options: [{ id: ja, label: Ja }, { id: nee, label: Nee }] }
optional: [kan]
example: { of: Een verzonnen gemeente, answers: { wie: Zonnebloem, kan: ja } }
`,
)}## Waarom\nDaarom.\n\n## Zo pak je het aan\nBegin.\n`
const session = (id: string, phase: string, assignments: string) =>
  `  - { id: ${id}, title: Sessie ${id}, phase: ${phase}, gathering: online, minutes: 120, goal: Leren., agenda: [Welkom, Einde], preparation: [Lees dit.], assignments: [${assignments}] }\n`
const template = (sessions: string) =>
  `${front('labo-een', `order: 1\nquestion: Hoe begin je?\nparticipants: Minstens 6 besturen.\nleastTeams: 6\nsessions:\n${sessions}`)}## Waarover gaat het\nOver beginnen.\n\n## Zo verloopt het\nIn sessies.\n`
const twice = assignment.replaceAll('opdracht-een', 'opdracht-twee')
const sound = { 'assignments/opdracht-een.md': assignment, 'assignments/opdracht-twee.md': twice, 'labs/labo-een.md': template(session('start', 'insight', 'opdracht-een') + session('einde', 'testing', 'opdracht-twee')) }
const told = (files: Record<string, string>) => compile(contentFolder({ ...sound, ...files })).problems.map(({ field, message }) => `${field}: ${message}`)

describe('labs as content', () => {
  it('are taken when they hold', () => {
    expect(told({})).toEqual([])
  })

  it.each([
    ['an assignment that is not there', { 'labs/labo-een.md': template(session('start', 'insight', 'opdracht-drie')) }, /^sessions\[0\]\.assignments\[0\]: onbekend id "opdracht-drie"/],
    ['another kind of thing as assignment', { 'labs/labo-een.md': template(session('start', 'insight', 'taak-een')) }, /geen assignment maar een task/],
    ['one assignment twice', { 'labs/labo-een.md': template(session('start', 'insight', 'opdracht-een') + session('einde', 'testing', 'opdracht-een')) }, /opdracht "opdracht-een" staat er twee keer/],
    ['one session twice', { 'labs/labo-een.md': template(session('start', 'insight', 'opdracht-een') + session('start', 'testing', 'opdracht-twee')) }, /id "start" staat er twee keer/],
    ['phases out of order', { 'labs/labo-een.md': template(session('start', 'testing', 'opdracht-een') + session('einde', 'insight', 'opdracht-twee')) }, /de fasen staan niet op volgorde/],
    ['a session without assignment', { 'labs/labo-een.md': template(session('start', 'insight', '')) }, /^sessions\[0\]\.assignments: is leeg/],
    ['an optional question that is not asked', { 'assignments/opdracht-een.md': assignment.replace('optional: [kan]', 'optional: [weg]') }, /onbekende vraag "weg"/],
    ['an example that could not be sent', { 'assignments/opdracht-een.md': assignment.replace('kan: ja }', 'kan: misschien }') }, /^example\.answers\.kan: .*past niet bij het formulier/],
    ['an example that leaves out what is asked', { 'assignments/opdracht-een.md': assignment.replace('wie: Zonnebloem, ', '') }, /^example\.answers\.wie: /],
    ['a question twice', { 'assignments/opdracht-een.md': assignment.replace('id: kan, label: Kan het', 'id: wie, label: Kan het') }, /id "wie" staat er twee keer/],
  ] as [string, Record<string, string>, RegExp][])('stop the build with %s', (_what, files, expected) => {
    expect(told(files).join('\n')).toMatch(expected)
  })
})

const { items } = compile(fileURLToPath(new URL('../../src/content', import.meta.url)))
const templates = items.filter((item) => item.kind === 'labTemplate')
const assignments = items.filter((item) => item.kind === 'assignment')

describe('the four labs', () => {
  it('have the sessions and the number of participants that the sources name', () => {
    expect(templates.map(({ id, sessions, leastTeams }) => [id, sessions.length, leastTeams])).toEqual([
      ['leerlabo-doelgroep', 6, 6],
      ['leerlabo-genderbeleid', 10, 6],
      ['traject-storytelling', 5, 5],
      ['vorming-actieplan', 2, null],
    ])
    const gender = templates.find(({ id }) => id === 'leerlabo-genderbeleid')!
    expect(gender.sessions.map(({ gathering }) => gathering)).toEqual(Array.from({ length: 5 }, () => ['online', 'inPerson']).flat())
    expect(new Set(gender.sessions.map(({ phase }) => phase))).toEqual(new Set(labPhases))
  })

  it('use every assignment, and every kind of question', () => {
    const given = new Set(templates.flatMap(({ sessions }) => sessions.flatMap((each) => each.assignments)))
    expect(assignments.filter(({ id }) => !given.has(id)).map(({ id }) => id)).toEqual([])
    const kinds = assignments.flatMap(({ fields }) => fields.map(({ kind }) => kind))
    expect(new Set(kinds)).toEqual(new Set(['shortText', 'longText', 'choice', 'multiChoice', 'scale', 'date', 'number', 'rows', 'photo']))
  })

  it('show an example that is marked as invented and could be sent', () => {
    expect(assignments.filter(({ example }) => !example.of.includes('verzonnen')).map(({ id }) => id)).toEqual([])
    expect(assignments.filter((item) => !schemaOf(item).safeParse(item.example.answers).success).map(({ id }) => id)).toEqual([])
    for (const { fields, example } of assignments) expect(readFilled(fields, example.answers as never, (day) => day)).toHaveLength(fields.length)
  })

  it('ask roles, never names of residents', () => {
    const asked = assignments.flatMap(({ id, fields }) => fields.flatMap((field) => [field, ...(field.kind === 'rows' ? field.columns : [])]).map(({ label }) => `${id}: ${label}`))
    expect(asked.filter((label) => /\b(voornaam|achternaam|naam van (de|een) (inwoner|persoon|deelnemer))\b/i.test(label))).toEqual([])
  })
})
