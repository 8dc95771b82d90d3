import { describe, expect, it } from 'vitest'
import { check } from '../../src/domain/check.ts'
import { fieldOf, unitOf, type Collection, type Role } from '../../src/domain/collection.ts'
import { collections, collectionNamed } from '../../src/domain/collections.ts'

/** A change that fits each collection; the key is the collection's name. */
const fitting: Record<string, { row: string; set: Record<string, unknown> }> = {
  taskProgress: { row: 'focus-kiezen', set: { status: 'done' } },
  evidence: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { title: 'Nota' } },
  practiceUse: { row: 'praktijk-pleinmakers', set: { status: 'using' } },
  guideUse: { row: 'lio-vlaanderen', set: { score: 4 } },
  filledWorksheet: { row: 'lio-vlaanderen--start', set: { 'value.trekker': 'Schepen van gelijke kansen' } },
  worksheetRow: { row: 'lio-vlaanderen--maatregelen--lijst--0190b6a2-7c1e-7abc-8def-0123456789ab', set: { 'value.doel': 'Een veilig zwembad' } },
  scanRound: { row: 'waar-staan-we--2026', set: { 'value.werking': 'ja' } },
  pathOrder: { row: 'pad', set: { first: ['opdracht-bespreken'] } },
  planGoal: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { title: 'Een zwembad voor iedereen' } },
  planAction: { row: 'worksheet--lio-vlaanderen--maatregelen--lijst--0190b6a2-7c1e-7abc-8def-0123456789ab', set: { title: 'Belijning in het zwembad' } },
  position: { row: 'focus-kiezen', set: { path: '/starten/focus-kiezen', at: '2026-11-21T09:00:00.000Z' } },
  bookmark: { row: 'lio-vlaanderen--kiezen', set: { at: '2026-11-21T09:00:00.000Z' } },
  assignmentAnswer: { row: 'labvanvlaand--persona', set: { 'value.roepnaam': 'Zonnebloem' } },
  assignmentRow: { row: 'labvanvlaand--persona--lijst--0190b6a2-7c1e-7abc-8def-0123456789ab', set: { 'value.wie': 'Jeugdwerker' } },
  lab: { row: 'labvanvlaand', set: { title: 'Leerlabo genderbeleid' } },
  labTeam: { row: 'damme', set: { name: 'Damme' } },
  candidacy: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { stage: 'growing' } },
  candidacyReply: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { text: 'Volgende keer graag.', from: 'Bart' } },
  labCandidate: { row: 'damme', set: { name: 'Damme' } },
  labSession: { row: 'start', set: { at: '2026-11-21T09:00:00.000Z' } },
  labAssignment: { row: 'persona', set: { due: '2026-11-21T09:00:00.000Z' } },
  announcement: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { text: 'Andere zaal.' } },
  submission: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { assignment: 'persona' } },
  sharing: { row: 'persona', set: { agreed: true } },
  sharedWork: { row: 'damme--persona', set: { assignment: 'persona' } },
  submissionReview: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { from: 'Bart' } },
  feedbackDraft: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { verdict: 'done' } },
  feedback: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { text: 'Goed zo.' } },
  message: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { text: 'Mag het ook later?' } },
  extension: { row: 'persona', set: { due: null } },
  labRead: { row: 'labvanvlaand--persona', set: { at: '2026-11-21T09:00:00.000Z' } },
  mailChoice: { row: 'labs', set: { wanted: false } },
  question: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { type: 'advice', theme: 'gender', text: 'Hoe begin je?', context: { path: '/starten/x', title: 'X' }, mail: true } },
  questionMessage: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { question: '0190b6a2-7c1e-7abc-8def-0123456789ac' } },
  questionRegistration: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { receivedAt: '2026-11-21T09:00:00.000Z' } },
  answerProposal: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { question: { y: 'AAA=' } } },
  questionRead: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { answers: 1 } },
  member: { row: 'an', set: { name: 'An' } },
  conflict: { row: 'taskProgress:x:status:s', set: { settledAt: '2026-11-21T09:00:00.000Z' } },
}
const roles: (Role | null)[] = ['owner', 'member', 'lead', 'desk', 'participant', 'candidate', 'facilitator', null]
/** What some may write and others not. */
const mayWrite: Record<string, readonly Role[]> = { question: ['owner', 'member', 'lead'], answerProposal: ['desk'] }

describe.each(Object.values(collections) as unknown as Collection[])('who may write $name', (definition) => {
  const { row, set } = fitting[definition.name]!
  const serverOnly = Object.keys(set).every((field) => fieldOf(definition, field)!.writers === 'server')

  it.each(roles)('as %s', (role) => {
    for (const kind of ['person', 'team', 'desk', 'lab', 'entry', 'review'] as const) {
      const refusal = check({ collection: definition.name, row, set }, kind, role)
      if (!definition.lives.includes(kind)) expect(refusal).toBe('wrong_space')
      else if (role === null || serverOnly || (mayWrite[definition.name] ?? definition.writers)?.includes(role) === false) expect(refusal).toBe('forbidden')
      else expect(refusal).toBeNull()
    }
  })

  it('lets the server write everything that is well formed', () => {
    expect(check({ collection: definition.name, row, set }, definition.lives[0]!, 'server')).toBeNull()
  })

  it('refuses every field that people may not write', () => {
    const closed = Object.keys(definition.fields).filter((field) => definition.fields[field]!.writers === 'server')
    const verdicts = closed.map((field) => check({ collection: definition.name, row, set: { [field]: 'x' } }, definition.lives[0]!, definition.writers?.[0] ?? 'lead'))
    expect(verdicts).toEqual(closed.map(() => 'forbidden'))
  })

  it('refuses unknown fields, wrong values and nothing at all', () => {
    const kind = definition.lives[0]!
    expect(check({ collection: definition.name, row, set: { bestaatNiet: 1 } }, kind, 'server')).toBe('unknown_field')
    expect(check({ collection: definition.name, row, set: { [Object.keys(set)[0]!]: { wrong: true } } }, kind, 'server')).toBe('invalid_value')
    expect(check({ collection: definition.name, row, set: {} }, kind, 'server')).toBe('invalid_value')
    expect(check({ collection: definition.name, row: '', set }, kind, 'server')).toBe('invalid_value')
    for (const inherited of ['__proto__', 'constructor', 'toString'])
      expect(check({ collection: definition.name, row, set: JSON.parse(`{"${inherited}": 1}`) }, kind, 'server')).toBe('unknown_field')
  })
})

it('does not know collections by inherited names', () => {
  expect(collectionNamed('toString')).toBeUndefined()
  expect(check({ collection: 'toString', row: 'x', set: { a: 1 } }, 'team', 'lead')).toBe('unknown_collection')
})

it('takes linked fields only together', () => {
  expect(check({ collection: 'position', row: 'x', set: { path: '/x' } }, 'person', 'owner')).toBe('invalid_value')
})

it('takes an optional one of linked fields, and does without it', () => {
  const place = { path: '/instrumenten/x#kiezen', at: '2026-11-21T09:00:00.000Z' }
  expect(check({ collection: 'position', row: 'x', set: { ...place, offset: 250, version: 2 } }, 'person', 'owner')).toBeNull()
  expect(check({ collection: 'position', row: 'x', set: { ...place, offset: 1_001 } }, 'person', 'owner')).toBe('invalid_value')
  expect(check({ collection: 'position', row: 'x', set: { offset: 250 } }, 'person', 'owner')).toBe('invalid_value')
})

describe('fields that content names', () => {
  const verdict = (field: string, value: unknown, row = 'gids--blad') => check({ collection: 'filledWorksheet', row, set: { [field]: value } }, 'team', 'member')
  const definition = collections.filledWorksheet as unknown as Collection

  it.each([
    ['value.trekker', 'Schepen'],
    ['value.budget', 12.5],
    ['value.zaal.toilet', true],
    ['value.college', null],
    ['text.opdracht', { y: 'AAA=' }],
  ])('takes %s', (field, value) => expect(verdict(field, value)).toBeNull())

  it.each(['value', 'value.', 'value.a.b.c', 'value.A', 'valuex', 'text.a b', 'note.a', '__proto__.a', '.a', `value.${'a'.repeat(81)}`])('does not know %s', (field) => {
    expect(verdict(field, 'x')).toBe('unknown_field')
    expect(fieldOf(definition, field)).toBeUndefined()
  })

  it.each([
    ['value.trekker', { y: 'AAA=' }],
    ['value.trekker', 'x'.repeat(2_001)],
    ['value.zaal', ['toilet']],
    ['text.opdracht', 'geen tekst van Yjs'],
  ])('refuses a wrong value in %s', (field, value) => expect(verdict(field, value)).toBe('invalid_value'))

  it.each(['gids', 'gids--', 'gids--blad--thema--te-veel', 'gids---blad', 'Gids--blad', 'gids--blad\n'])('refuses %j as a worksheet', (row) => {
    expect(verdict('value.trekker', 'x', row)).toBe('invalid_value')
  })

  it('gives each its own stamp', () => {
    expect(['value.a', 'value.a.b', 'text.a'].map((field) => unitOf(definition, field))).toEqual(['value.a', 'value.a.b', 'text.a'])
  })
})

it.each(['javascript:alert(1)', 'data:text/html,x', 'geen adres', 'ftp://x.be/a'])('refuses %s as a link', (url) => {
  expect(check({ collection: 'evidence', row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { url } }, 'team', 'member')).toBe('invalid_value')
})

describe('the helpdesk', () => {
  const id = '0190b6a2-7c1e-7abc-8def-0123456789ab'
  const asked = fitting['question']!.set
  const team: Role[] = ['member', 'lead']
  /** Per change who may make it in the space that a team shares with the desk. */
  const changes: [string, { collection: string; set: Record<string, unknown> }, Role[]][] = [
    ['asks', { collection: 'question', set: asked }, ['owner', ...team]],
    ['states a term', { collection: 'question', set: { term: '2026-12-01' } }, ['desk']],
    ['takes a question', { collection: 'question', set: { assignee: 'noor' } }, ['desk']],
    ['closes', { collection: 'question', set: { closed: true } }, ['desk']],
    ['deletes a question', { collection: 'question', set: { deleted: true } }, ['owner']],
    ['asks and closes at once', { collection: 'question', set: { ...asked, closed: true } }, []],
    ['adds a message', { collection: 'questionMessage', set: { question: id, text: 'Nog iets' } }, team],
    ['answers', { collection: 'questionMessage', set: { question: id, answer: 'Zo' } }, ['desk']],
    ['answers as both', { collection: 'questionMessage', set: { question: id, text: 'Zo', answer: 'Zo' } }, []],
    ['deletes a message', { collection: 'questionMessage', set: { deleted: true } }, []],
    ['registers', { collection: 'questionRegistration', set: { receivedAt: '2026-11-21T09:00:00.000Z' } }, []],
    ['proposes', { collection: 'answerProposal', set: { answer: { y: 'AAA=' } } }, ['desk']],
    ['takes a proposal back', { collection: 'answerProposal', set: { deleted: true } }, ['desk']],
  ]
  it.each(changes)('%s', (_what, { collection, set }, allowed) => {
    const verdicts = roles.map((role) => [role, check({ collection, row: id, set }, 'desk', role) === null])
    expect(verdicts).toEqual(roles.map((role) => [role, role !== null && allowed.includes(role)]))
  })

  it('takes a question only whole', () => {
    const { mail: _mail, ...rest } = asked
    expect(check({ collection: 'question', row: id, set: rest }, 'desk', 'member')).toBe('invalid_value')
    for (const path of ['//elders.be', 'https://elders.be', '/a b', 'starten'])
      expect(check({ collection: 'question', row: id, set: { ...asked, context: { path, title: 'X' } } }, 'desk', 'member')).toBe('invalid_value')
    expect(check({ collection: 'question', row: id, set: { ...asked, context: null, theme: null } }, 'desk', 'member')).toBeNull()
  })
})

it.each((Object.values(collections) as unknown as Collection[]).filter(({ dossier }) => dossier))('$name can be left behind in the own space when the dossier moves to a team', ({ name }) => {
  expect(check({ collection: name, row: fitting[name]!.row, set: { deleted: true } }, 'person', 'owner')).toBeNull()
})
