import { describe, expect, it } from 'vitest'
import { actionIdOf, goalCalled, linesOf, originOf, planGroups, suggestionsFrom, type PlanAction, type PlanGoal } from '../../src/domain/action-plan.ts'
import { check } from '../../src/domain/check.ts'
import type { TaskStatus } from '../../src/domain/collections.ts'

const goal = (id: string, order: number, title = id): PlanGoal => ({ id, order, title, why: undefined })
const action = (id: string, order: number, more: Partial<PlanAction> = {}): PlanAction => ({ id, order, goal: null, title: id, note: undefined, decidedOn: null, role: '', term: '', budget: '', indicator: '', agreement: '', multiYearPlan: '', ...more })
const row = 'lio-vlaanderen--maatregelen--lijst--0190b6a2-7c1e-7abc-8def-0123456789ab'

describe('the plan', () => {
  it('holds goals in order with their actions in order, and last what has no goal', () => {
    const groups = planGroups([goal('b', 2), goal('a', 1)], [action('3', 3, { goal: 'a' }), action('1', 1, { goal: 'a' }), action('los', 1), action('wees', 2, { goal: 'weg' })])
    expect(groups.map((group) => [group.goal?.id, group.actions.map(({ id }) => id)])).toEqual([['a', ['1', '3']], ['b', []], [undefined, ['los', 'wees']]])
    expect(planGroups([goal('a', 1)], []).map((group) => group.goal?.id)).toEqual(['a'])
  })

  it('tells of an action what was filled in', () => {
    const lines = linesOf(action('x', 1, { role: ' Diensthoofd ', agreement: 'College', decidedOn: '2027-01-12', multiYearPlan: 'AC000123' }), (iso) => `dag ${iso}`)
    expect(lines.map(({ words, value }) => `${words}: ${value}`)).toEqual(['Trekker: Diensthoofd', 'Afspraak of besluit: College', 'Beslist op: dag 2027-01-12', 'Meerjarenplan: AC000123'])
  })

  it('knows a goal by its words', () => {
    expect(goalCalled([goal('a', 1, 'Een veilig  zwembad')], ' een veilig zwembad')?.id).toBe('a')
    expect(goalCalled([goal('a', 1, 'Een veilig zwembad')], 'Een veilig park')).toBeUndefined()
  })
})

describe('what could become an action', () => {
  const statuses: Record<string, TaskStatus> = { bezig: 'inProgress', klaar: 'done', weg: 'notApplicable' }
  const planned = {
    id: row,
    parts: { goal: 'Een veilig zwembad', action: 'Belijning', role: 'Diensthoofd', term: 'lente', budget: '', indicator: '', anchoring: 'Besluit van het college' },
    due: undefined,
    origin: { guide: { id: 'lio-vlaanderen', title: 'Lio' }, worksheet: { id: 'maatregelen', title: 'Maatregelen' }, topic: undefined, path: '/instrumenten/lio-vlaanderen#werkblad-maatregelen' },
  }
  const work = {
    tasks: ['bezig', 'open', 'klaar', 'weg'].map((id) => ({ id, title: `Taak ${id}` })),
    statusOf: (id: string) => statuses[id] ?? 'notStarted',
    rows: [planned],
    practices: [{ id: 'praktijk-een', title: 'Een praktijk' }],
  }

  it('is what was begun or done, what worksheets hold, and practices that are applied', () => {
    const { task, worksheet, practice } = suggestionsFrom(work, new Set())
    expect(task.map(({ id, facts, path }) => [id, facts, path])).toEqual([
      ['task--bezig', 'Bezig', '/starten/bezig'],
      ['task--klaar', 'Afgerond', '/starten/klaar'],
    ])
    expect(worksheet).toEqual([
      {
        id: `worksheet--${row}`,
        origin: { kind: 'worksheet', id: row },
        title: 'Belijning',
        facts: 'Lio · Maatregelen',
        path: '/instrumenten/lio-vlaanderen#werkblad-maatregelen',
        goal: 'Een veilig zwembad',
        values: { role: 'Diensthoofd', term: 'lente', agreement: 'Besluit van het college' },
      },
    ])
    expect(practice.map(({ id, title }) => [id, title])).toEqual([['practice--praktijk-een', 'Een praktijk']])
  })

  it('is not what is in the plan already', () => {
    const { task, worksheet, practice } = suggestionsFrom(work, new Set(['task--bezig', `worksheet--${row}`, 'practice--praktijk-een']))
    expect([task.map(({ id }) => id), worksheet, practice]).toEqual([['task--klaar'], [], []])
  })
})

it('an action carries its origin in its id, which the collection takes', () => {
  for (const origin of [{ kind: 'task', id: 'focus-kiezen' }, { kind: 'worksheet', id: row }, { kind: 'practice', id: 'praktijk-een' }] as const) {
    expect(originOf(actionIdOf(origin))).toEqual(origin)
    expect(check({ collection: 'planAction', row: actionIdOf(origin), set: { title: 'x' } }, 'team', 'member')).toBeNull()
  }
  expect(originOf('0190b6a2-7c1e-7abc-8def-0123456789ab')).toBeUndefined()
})
