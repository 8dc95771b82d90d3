import { describe, expect, it } from 'vitest'
import { accessIn, roleIn } from '../../src/domain/access.ts'
import { check } from '../../src/domain/check.ts'
import type { Role } from '../../src/domain/collection.ts'
import type { PersonId, SpaceKind } from '../../src/domain/ids.ts'
import { SpaceId } from '../../src/domain/ids.ts'
import { dueOf, isLate, nextSession, progressOf, referenceOf, type Released, type Sent } from '../../src/domain/labs.ts'
import type { SessionView } from '../../src/domain/session.ts'
import { LOCAL_SPACE } from '../../src/domain/spaces.ts'

const feedback = (verdict: Released['verdict']): Released => ({ id: 'f', text: 'Goed.', verdict, at: 900, by: 'Bart' })
const sent = (more: Partial<Sent> = {}): Sent => ({ id: 's1', at: 100, by: 'An', arrivedAt: 200, review: null, feedback: null, prepared: false, ...more })

describe('how far a team is with an assignment', () => {
  it.each([
    ['nothing yet', false, [], 'notStarted'],
    ['something in the draft', true, [], 'draft'],
    ['sent while offline', true, [sent({ arrivedAt: null })], 'waiting'],
    ['on the server', true, [sent()], 'sent'],
    ['taken up', true, [sent({ review: { at: 300, by: 'Bart' } })], 'inReview'],
    ['feedback not released', true, [sent({ review: { at: 300, by: 'Bart' }, prepared: true })], 'feedbackPrepared'],
    ['feedback', true, [sent({ feedback: feedback('feedbackGiven'), prepared: true })], 'feedbackGiven'],
    ['to complete', true, [sent({ feedback: feedback('toComplete') })], 'toComplete'],
    ['done', true, [sent({ feedback: feedback('done') })], 'done'],
    ['sent again after feedback', true, [sent({ feedback: feedback('toComplete') }), sent({ id: 's2', at: 1_000 })], 'sent'],
    ['sent again, in whatever order they are read', true, [sent({ id: 's2', at: 1_000 }), sent({ feedback: feedback('toComplete') })], 'sent'],
  ] as const)('%s', (_what, begun, all, state) => {
    expect(progressOf(begun, all).state).toBe(state)
  })

  it('says since when and by whom', () => {
    expect(progressOf(true, [sent()])).toEqual({ state: 'sent', at: 100, by: 'An' })
    expect(progressOf(true, [sent({ feedback: feedback('done') })])).toEqual({ state: 'done', at: 900, by: 'Bart' })
  })
})

describe('lateness', () => {
  const due = Date.parse('2026-05-12T15:00:00.000Z')
  it('counts from the sending on the device, not from the arrival', () => {
    expect(isLate(due, [sent({ at: due - 1, arrivedAt: due + 86_400_000 })], due + 2 * 86_400_000)).toBe(false)
    expect(isLate(due, [sent({ at: due + 1 })], due + 2)).toBe(true)
  })
  it('is that of the first time, also when it was sent again later', () => {
    expect(isLate(due, [sent({ id: 's2', at: due + 9 }), sent({ at: due - 9 })], due + 10)).toBe(false)
  })
  it('holds for what was never sent once the date is past', () => {
    expect([isLate(due, [], due - 1), isLate(due, [], due + 1), isLate(null, [], due + 1)]).toEqual([false, true, false])
  })
  it('follows the extension of the team', () => {
    expect(dueOf('2026-05-12T15:00:00.000Z', '2026-05-19T15:00:00.000Z')).toBe(Date.parse('2026-05-19T15:00:00.000Z'))
    expect(dueOf('2026-05-12T15:00:00.000Z', null)).toBe(due)
    expect(dueOf(undefined, undefined)).toBeNull()
  })
})

it('gives what was sent a reference that is always the same and differs per submission', () => {
  const references = ['0190b6a2-7c1e-7abc-8def-0123456789ab', '0190b6a2-7c1e-7abc-8def-0123456789ac', '0190b6a2-7c1e-7abc-8def-000000000000'].map(referenceOf)
  expect(references.every((reference) => /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/.test(reference))).toBe(true)
  expect(new Set(references).size).toBe(3)
  expect(referenceOf('0190b6a2-7c1e-7abc-8def-0123456789ab')).toBe(references[0])
})

it('finds the session that is not over', () => {
  const sessions = [{ id: 'c', at: 300 }, { id: 'a', at: 100 }, { id: 'b', at: 200 }, { id: 'x', at: null }]
  expect([nextSession(sessions, 0, () => 50)?.id, nextSession(sessions, 149, () => 50)?.id, nextSession(sessions, 150, () => 50)?.id, nextSession(sessions, 999, () => 50)]).toEqual(['a', 'a', 'b', undefined])
})

/** Written out by hand: who may write what in which space. What is not named is refused. */
const allowed: Record<string, Partial<Record<SpaceKind, readonly Role[]>>> = {
  assignmentAnswer: { team: ['member', 'lead'] },
  labSession: { lab: ['facilitator'] },
  labAssignment: { lab: ['facilitator'] },
  announcement: { lab: ['facilitator'] },
  submission: { entry: ['member', 'lead'] },
  submissionReview: { entry: ['facilitator'] },
  feedback: { entry: ['facilitator'] },
  feedbackDraft: { review: ['facilitator'] },
  extension: { entry: ['facilitator'] },
  message: { entry: ['member', 'lead', 'facilitator'] },
  labTeam: {},
  candidacy: { entry: ['candidate', 'member', 'lead'] },
  candidacyReply: { entry: ['facilitator'] },
  labCandidate: {},
  sharing: { entry: ['member', 'lead'] },
  sharedWork: {},
}
const uuid = '0190b6a2-7c1e-7abc-8def-0123456789ab'
const changes: Record<string, { row: string; set: Record<string, unknown> }> = {
  assignmentAnswer: { row: 'labvanvlaand--persona', set: { 'value.wie': 'x' } },
  labSession: { row: 'start', set: { at: null } },
  labAssignment: { row: 'persona', set: { due: null } },
  announcement: { row: uuid, set: { deleted: true } },
  submission: { row: uuid, set: { assignment: 'persona' } },
  submissionReview: { row: uuid, set: { from: 'x' } },
  feedback: { row: uuid, set: { text: 'x' } },
  feedbackDraft: { row: uuid, set: { verdict: 'done' } },
  extension: { row: 'persona', set: { due: null } },
  message: { row: uuid, set: { text: 'x' } },
  labTeam: { row: 'damme', set: { left: true } },
  candidacy: { row: uuid, set: { stage: 'starter' } },
  candidacyReply: { row: uuid, set: { text: 'x', from: 'x' } },
  labCandidate: { row: 'damme', set: { name: 'Damme' } },
  sharing: { row: 'persona', set: { agreed: true } },
  sharedWork: { row: 'damme--persona', set: { snapshot: null } },
}
/** Which roles there are in which kind of space. */
const rolesIn: Partial<Record<SpaceKind, readonly Role[]>> = { team: ['member', 'lead'], lab: ['participant', 'facilitator'], entry: ['candidate', 'member', 'lead', 'facilitator'], review: ['facilitator'], person: ['owner'] }

describe('the authority in a lab', () => {
  const cases = Object.keys(changes).flatMap((collection) => Object.entries(rolesIn).flatMap(([kind, roles]) => roles.map((role) => [collection, kind as SpaceKind, role] as const)))
  it.each(cases)('%s in a %s as %s', (collection, kind, role) => {
    const may = allowed[collection]![kind]?.includes(role) ?? false
    expect(check({ collection, ...changes[collection]! }, kind, role) === null).toBe(may)
  })
})

describe('what someone sees', () => {
  const teams = [{ id: 'damme', nis: '31006', name: 'Damme', role: 'lead' as const }]
  const session = (more: Partial<SessionView>): SessionView => ({ person: { id: 'an' as PersonId, email: 'an@x.be', name: 'An' }, roles: [], teams: [], requests: [], ...more })
  const seen = (view: SessionView) => Object.fromEntries(accessIn(view).map(({ space, role }) => [space, role]))

  it('is for a participant the lab and the own entry, never that of another team', () => {
    expect(seen(session({ teams, labs: [{ id: 'lab', role: 'participant', teams: ['damme', 'elders'] }] }))).toEqual({ 'person:an': 'owner', 'team:damme': 'lead', 'desk:damme': 'lead', 'lab:lab': 'participant', 'entry:lab:damme': 'lead' })
  })
  it('is for a facilitator all entries and the preparation, never a team', () => {
    expect(seen(session({ roles: ['facilitator'], labs: [{ id: 'lab', role: 'facilitator', teams: ['damme', 'elders'] }] }))).toEqual({
      'person:an': 'owner', 'lab:lab': 'facilitator', 'review:lab': 'facilitator', 'entry:lab:damme': 'facilitator', 'entry:lab:elders': 'facilitator',
    })
  })
  it('is each space once for someone who is both', () => {
    const spaces = accessIn(session({ teams, labs: [{ id: 'lab', role: 'facilitator', teams: ['damme'] }, { id: 'lab', role: 'participant', teams: ['damme'] }] }))
    expect(spaces.map(({ space }) => space).toSorted()).toEqual(['desk:damme', 'entry:lab:damme', 'lab:lab', 'person:an', 'review:lab', 'team:damme'])
    expect(spaces.find(({ space }) => space === 'entry:lab:damme')!.role).toBe('facilitator')
  })
  it('is for the helpdesk what every team asks, also of no team and of one’s own', () => {
    const view = session({ teams, roles: ['desk'] })
    const access = Object.fromEntries(accessIn(view, ['damme', 'elders']).map(({ space, role }) => [space, role]))
    expect(access).toEqual({ 'person:an': 'owner', 'team:damme': 'lead', 'desk:damme': 'desk', 'desk:elders': 'desk' })
  })
  it('is nothing in the place of a device without an account, nor in a lab that one left', () => {
    const view = session({ teams, labs: [{ id: 'lab', role: 'participant', teams: ['elders'] }] })
    for (const space of [LOCAL_SPACE, 'entry:lab:damme', 'entry:lab:elders', 'entry:ander:damme', 'review:lab', 'lab:ander', 'person:bob'] as SpaceId[]) expect(roleIn(space, view)).toBeNull()
  })
  it('is what it was in a session from before there were labs', () => {
    expect(seen(session({ teams }))).toEqual({ 'person:an': 'owner', 'team:damme': 'lead', 'desk:damme': 'lead' })
  })
  it('has names that the wire takes, and no others', () => {
    for (const space of ['lab:abc', 'review:abc', 'entry:abc:damme']) expect(SpaceId.safeParse(space).success).toBe(true)
    for (const space of ['entry:abc', 'entry:abc:', 'entry:a:b:c', 'lab:a:b', 'labs:a', 'local:']) expect(SpaceId.safeParse(space).success).toBe(false)
  })
})
