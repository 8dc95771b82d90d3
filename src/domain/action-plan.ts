/** The action plan of a municipality: goals with actions, and what of its other work could become an action. */
import type { TextValue } from './collection.ts'
import type { TaskStatus } from './collections.ts'
import { inOrder } from './filled-worksheets.ts'
import type { PlannedRow } from './planned-rows.ts'
import { statusWords } from './starter.ts'

export type PlanGoal = { id: string; order: number; title: string; why: TextValue | undefined }

/** The lines of an action, in the order of the form, the table and the document. */
export const actionLines = ['role', 'term', 'budget', 'indicator', 'agreement', 'multiYearPlan'] as const
type ActionLine = (typeof actionLines)[number]

export type PlanAction = { id: string; order: number; goal: string | null; title: string; note: TextValue | undefined; decidedOn: string | null } & Record<ActionLine, string>

/** The words of the interface and of the document. */
export const actionLineWords: Record<ActionLine, string> = {
  role: 'Trekker',
  term: 'Termijn',
  budget: 'Budgetlijn',
  indicator: 'Indicator',
  agreement: 'Afspraak of besluit',
  multiYearPlan: 'Meerjarenplan',
}

/** The day of `agreement`. */
export const DECIDED = 'Beslist op'

/** What was filled in of an action, in words; `day` puts a calendar day in words. */
export function linesOf(action: PlanAction, day: (iso: string) => string): { words: string; value: string }[] {
  const decided = { words: DECIDED, value: action.decidedOn ? day(action.decidedOn) : '' }
  const lines = actionLines.flatMap((line) => [{ words: actionLineWords[line], value: action[line].trim() }, ...(line === 'agreement' ? [decided] : [])])
  return lines.filter(({ value }) => value !== '')
}

/** A goal with its actions; without a goal: the actions that have none, or of which the goal was taken away. */
export type PlanGroup<G extends PlanGoal = PlanGoal, A extends PlanAction = PlanAction> = { goal: G | undefined; actions: A[] }

/** In order; the actions without a goal last, where there are any. */
export function planGroups<G extends PlanGoal, A extends PlanAction>(goals: readonly G[], actions: readonly A[]): PlanGroup<G, A>[] {
  const known = new Set(goals.map(({ id }) => id))
  const loose = inOrder(actions.filter(({ goal }) => goal === null || !known.has(goal)))
  const groups: PlanGroup<G, A>[] = inOrder(goals).map((goal) => ({ goal, actions: inOrder(actions.filter((action) => action.goal === goal.id)) }))
  return loose.length > 0 ? [...groups, { goal: undefined, actions: loose }] : groups
}

/** What an action grew out of. */
export type OriginKind = 'task' | 'worksheet' | 'practice'
export type Origin = { kind: OriginKind; id: string }
const JOINT = '--'

/** An action that is taken along has the id of where it came from: taken along on two devices, it is there once. */
export const actionIdOf = ({ kind, id }: Origin): string => `${kind}${JOINT}${id}`

/** Undefined for an action that was written in the plan itself. */
export function originOf(action: string): Origin | undefined {
  const found = /^(task|worksheet|practice)--(.+)$/.exec(action)
  return found ? { kind: found[1] as OriginKind, id: found[2]! } : undefined
}

/** Something of the municipality's own work that could become an action. `goal`: the words of the goal it serves. */
export type Suggestion = { id: string; origin: Origin; title: string; facts: string; path: string; goal: string; values: Partial<Record<ActionLine, string>> }

type Work = {
  /** In the order that the municipality chose. */
  tasks: readonly { id: string; title: string }[]
  statusOf: (task: string) => TaskStatus
  rows: readonly PlannedRow[]
  /** Practices that the municipality applies. */
  practices: readonly { id: string; title: string }[]
}

/** What of the work is not in the plan yet; of the path the tasks that were begun or done. `planned`: the ids of the actions that are there. */
export function suggestionsFrom({ tasks, statusOf, rows, practices }: Work, planned: ReadonlySet<string>): Record<OriginKind, Suggestion[]> {
  const suggest = (origin: Origin, rest: Omit<Suggestion, 'id' | 'origin'>): Suggestion[] => (planned.has(actionIdOf(origin)) ? [] : [{ id: actionIdOf(origin), origin, ...rest }])
  return {
    task: tasks
      .filter(({ id }) => statusOf(id) === 'inProgress' || statusOf(id) === 'done')
      .flatMap(({ id, title }) => suggest({ kind: 'task', id }, { title, facts: statusWords[statusOf(id)], path: `/starten/${id}`, goal: '', values: {} })),
    worksheet: rows.flatMap(({ id, parts, origin }) =>
      suggest(
        { kind: 'worksheet', id },
        {
          title: parts.action,
          facts: [origin.guide.title, origin.worksheet.title, origin.topic].filter(Boolean).join(' · '),
          path: origin.path,
          goal: parts.goal,
          values: filled({ role: parts.role, term: parts.term, budget: parts.budget, indicator: parts.indicator, agreement: parts.anchoring }),
        },
      ),
    ),
    practice: practices.flatMap(({ id, title }) => suggest({ kind: 'practice', id }, { title, facts: 'Wij passen dit toe', path: `/praktijken/${id}`, goal: '', values: {} })),
  }
}

const filled = <T extends Record<string, string>>(values: T): Partial<T> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as Partial<T>

/** The goal that a taken along action serves: the one that is called so, whatever the capitals. */
export const goalCalled = <G extends PlanGoal>(goals: readonly G[], words: string): G | undefined => goals.find(({ title }) => folded(title) === folded(words))

const folded = (words: string): string => words.trim().replace(/\s+/g, ' ').toLocaleLowerCase('nl-BE')

/** What stands in the plan where nothing was filled in. */
export const UNTITLED = 'Zonder titel'
