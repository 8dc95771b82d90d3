import { describe, expect, it } from 'vitest'
import { check, collections, collectionNamed, fieldOf, unitOf, type Collection, type Role } from '../../src/domain/collections.ts'

/** A change that fits each collection; the key is the collection's name. */
const fitting: Record<string, { row: string; set: Record<string, unknown> }> = {
  taskProgress: { row: 'focus-kiezen', set: { status: 'done' } },
  evidence: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { title: 'Nota' } },
  practiceUse: { row: 'praktijk-pleinmakers', set: { status: 'using' } },
  guideUse: { row: 'lio-vlaanderen', set: { score: 4 } },
  filledWorksheet: { row: 'lio-vlaanderen--start', set: { 'value.trekker': 'Schepen van gelijke kansen' } },
  worksheetRow: { row: 'lio-vlaanderen--maatregelen--lijst--0190b6a2-7c1e-7abc-8def-0123456789ab', set: { 'value.doel': 'Een veilig zwembad' } },
  position: { row: 'focus-kiezen', set: { path: '/starten/focus-kiezen', at: '2026-11-21T09:00:00.000Z' } },
  bookmark: { row: 'lio-vlaanderen--kiezen', set: { at: '2026-11-21T09:00:00.000Z' } },
  assignmentAnswer: { row: 'labvanvlaand--persona', set: { 'value.roepnaam': 'Zonnebloem' } },
  assignmentRow: { row: 'labvanvlaand--persona--lijst--0190b6a2-7c1e-7abc-8def-0123456789ab', set: { 'value.wie': 'Jeugdwerker' } },
  lab: { row: 'labvanvlaand', set: { title: 'Leerlabo genderbeleid' } },
  labTeam: { row: 'damme', set: { name: 'Damme' } },
  labSession: { row: 'start', set: { at: '2026-11-21T09:00:00.000Z' } },
  labAssignment: { row: 'persona', set: { due: '2026-11-21T09:00:00.000Z' } },
  announcement: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { text: 'Andere zaal.' } },
  submission: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { assignment: 'persona' } },
  submissionReview: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { from: 'Bart' } },
  feedbackDraft: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { verdict: 'done' } },
  feedback: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { text: 'Goed zo.' } },
  message: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { text: 'Mag het ook later?' } },
  extension: { row: 'persona', set: { due: null } },
  member: { row: 'an', set: { name: 'An' } },
  conflict: { row: 'taskProgress:x:status:s', set: { settledAt: '2026-11-21T09:00:00.000Z' } },
}
const roles: (Role | null)[] = ['owner', 'member', 'lead', 'participant', 'facilitator', null]

describe.each(Object.values(collections) as unknown as Collection[])('who may write $name', (definition) => {
  const { row, set } = fitting[definition.name]!
  const serverOnly = Object.keys(set).every((field) => fieldOf(definition, field)!.writers === 'server')

  it.each(roles)('as %s', (role) => {
    for (const kind of ['person', 'team', 'lab', 'entry', 'review'] as const) {
      const refusal = check({ collection: definition.name, row, set }, kind, role)
      if (!definition.lives.includes(kind)) expect(refusal?.code).toBe('wrong_space')
      else if (role === null || serverOnly || definition.writers?.includes(role) === false) expect(refusal?.code).toBe('forbidden')
      else expect(refusal).toBeNull()
    }
  })

  it('lets the server write everything that is well formed', () => {
    expect(check({ collection: definition.name, row, set }, definition.lives[0]!, 'server')).toBeNull()
  })

  it('refuses every field that people may not write', () => {
    const closed = Object.keys(definition.fields).filter((field) => definition.fields[field]!.writers === 'server')
    const verdicts = closed.map((field) => check({ collection: definition.name, row, set: { [field]: 'x' } }, definition.lives[0]!, definition.writers?.[0] ?? 'lead')?.code)
    expect(verdicts).toEqual(closed.map(() => 'forbidden'))
  })

  it('refuses unknown fields, wrong values and nothing at all', () => {
    const kind = definition.lives[0]!
    expect(check({ collection: definition.name, row, set: { bestaatNiet: 1 } }, kind, 'server')?.code).toBe('unknown_field')
    expect(check({ collection: definition.name, row, set: { [Object.keys(set)[0]!]: { wrong: true } } }, kind, 'server')?.code).toBe('invalid_value')
    expect(check({ collection: definition.name, row, set: {} }, kind, 'server')?.code).toBe('invalid_value')
    expect(check({ collection: definition.name, row: '', set }, kind, 'server')?.code).toBe('invalid_value')
    for (const inherited of ['__proto__', 'constructor', 'toString'])
      expect(check({ collection: definition.name, row, set: JSON.parse(`{"${inherited}": 1}`) }, kind, 'server')?.code).toBe('unknown_field')
  })
})

it('does not know collections by inherited names', () => {
  expect(collectionNamed('toString')).toBeUndefined()
  expect(check({ collection: 'toString', row: 'x', set: { a: 1 } }, 'team', 'lead')?.code).toBe('unknown_collection')
})

it('takes linked fields only together', () => {
  expect(check({ collection: 'position', row: 'x', set: { path: '/x' } }, 'person', 'owner')?.code).toBe('invalid_value')
})

it('takes an optional one of linked fields, and does without it', () => {
  const place = { path: '/instrumenten/x#kiezen', at: '2026-11-21T09:00:00.000Z' }
  expect(check({ collection: 'position', row: 'x', set: { ...place, offset: 250, version: 2 } }, 'person', 'owner')).toBeNull()
  expect(check({ collection: 'position', row: 'x', set: { ...place, offset: 1_001 } }, 'person', 'owner')?.code).toBe('invalid_value')
  expect(check({ collection: 'position', row: 'x', set: { offset: 250 } }, 'person', 'owner')?.code).toBe('invalid_value')
})

describe('fields that content names', () => {
  const verdict = (field: string, value: unknown, row = 'gids--blad') => check({ collection: 'filledWorksheet', row, set: { [field]: value } }, 'team', 'member')?.code
  const definition = collections.filledWorksheet as unknown as Collection

  it.each([
    ['value.trekker', 'Schepen'],
    ['value.budget', 12.5],
    ['value.zaal.toilet', true],
    ['value.college', null],
    ['text.opdracht', { y: 'AAA=' }],
  ])('takes %s', (field, value) => expect(verdict(field, value)).toBeUndefined())

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
  expect(check({ collection: 'evidence', row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { url } }, 'team', 'member')?.code).toBe('invalid_value')
})
