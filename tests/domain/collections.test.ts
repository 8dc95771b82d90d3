import { describe, expect, it } from 'vitest'
import { check, collections, collectionNamed, type Collection, type Role } from '../../src/domain/collections.ts'

/** A change that fits each collection; the key is the collection's name. */
const fitting: Record<string, { row: string; set: Record<string, unknown> }> = {
  taskProgress: { row: 'focus-kiezen', set: { status: 'done' } },
  evidence: { row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { title: 'Nota' } },
  practiceUse: { row: 'praktijk-pleinmakers', set: { status: 'using' } },
  position: { row: 'focus-kiezen', set: { path: '/starten/focus-kiezen', at: '2026-11-21T09:00:00.000Z' } },
  member: { row: 'an', set: { name: 'An' } },
  conflict: { row: 'taskProgress:x:status:s', set: { settledAt: '2026-11-21T09:00:00.000Z' } },
}
const roles: (Role | null)[] = ['owner', 'member', 'lead', null]

describe.each(Object.values(collections) as unknown as Collection[])('who may write $name', (definition) => {
  const { row, set } = fitting[definition.name]!
  const serverOnly = Object.keys(set).every((field) => definition.fields[field]!.writers === 'server')

  it.each(roles)('as %s', (role) => {
    for (const kind of ['person', 'team'] as const) {
      const refusal = check({ collection: definition.name, row, set }, kind, role)
      if (!definition.lives.includes(kind)) expect(refusal?.code).toBe('wrong_space')
      else if (role === null || serverOnly) expect(refusal?.code).toBe('forbidden')
      else expect(refusal).toBeNull()
    }
  })

  it('lets the server write everything that is well formed', () => {
    expect(check({ collection: definition.name, row, set }, definition.lives[0]!, 'server')).toBeNull()
  })

  it('refuses every field that people may not write', () => {
    const closed = Object.keys(definition.fields).filter((field) => definition.fields[field]!.writers === 'server')
    const verdicts = closed.map((field) => check({ collection: definition.name, row, set: { [field]: 'x' } }, definition.lives[0]!, 'lead')?.code)
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

it.each(['javascript:alert(1)', 'data:text/html,x', 'geen adres', 'ftp://x.be/a'])('refuses %s as a link', (url) => {
  expect(check({ collection: 'evidence', row: '0190b6a2-7c1e-7abc-8def-0123456789ab', set: { url } }, 'team', 'member')?.code).toBe('invalid_value')
})
