/** What the action plan reads from the device's store. */
import { computed, inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { planAction, planGoal, practiceUse, taskProgress, worksheetRow } from '../../../domain/collections.ts'
import { originOf, planGroups, suggestionsFrom, type OriginKind, type PlanAction, type PlanGoal, type PlanGroup, type Suggestion } from '../../../domain/action-plan.ts'
import type { Answers } from '../../../domain/filled-worksheets.ts'
import { plannedRows, type PlannedRow } from '../../../domain/planned-rows.ts'
import { statusWords } from '../../../domain/starter.ts'
import { itemsNamed, itemsOf, type Stored } from '../../db/content.ts'
import { live } from '../../db/live.ts'
import { rowsOf } from '../../db/rows.ts'
import { readPath, readProgress, type PathProgress, type StarterPath } from '../../db/starter-path.ts'
import type { OutboxEntry } from '../../db/database.ts'
import { clientKey, type Client, type Identity } from '../../sync/client.ts'
import { entriesStarting } from '../../sync/saved.ts'
import { dateWords } from '../../ui/dates.ts'
import { useObservable } from '../../ui/useObservable.ts'

/** What an action grew out of, and where that is. */
export type OriginLine = { words: string; title: string; path: string }

export type PlanView = {
  goals: PlanGoal[]
  actions: PlanAction[]
  groups: PlanGroup[]
  /** Undefined as long as the content is not on the device. */
  suggestions: Record<OriginKind, Suggestion[]> | undefined
  originOf: (action: string) => OriginLine | undefined
}

export type PlanState = { client: Client; view: ComputedRef<PlanView | undefined>; entries: ComputedRef<readonly OutboxEntry[]>; identity: Readonly<Ref<Identity | undefined>>; error: Readonly<Ref<unknown>> }
export const planKey: InjectionKey<PlanState> = Symbol('action plan')

export function usePlan(): PlanState {
  const client = inject(clientKey)!
  const { value: plan, error: noPlan } = useObservable(() => live(async () => readPlan(client)))
  const { value: work, error: noWork } = useObservable(() => live(async () => readWork(client)))
  const { value: entries } = useObservable(() => live(async () => readEntries(client)))
  const { value: identity } = useObservable(() => client.identity)
  const view = computed((): PlanView | undefined => {
    if (!plan.value || work.value === undefined) return undefined
    const { goals, actions } = plan.value
    const planned = new Set(actions.map(({ id }) => id))
    return {
      goals,
      actions,
      groups: planGroups(goals, actions),
      suggestions: work.value ? suggestionsFrom({ tasks: work.value.path.tasks, statusOf: work.value.progress.statusOf, rows: work.value.rows, practices: work.value.practices }, planned) : undefined,
      originOf: (action) => (work.value ? originLine(action, work.value) : undefined),
    }
  })
  return { client, view, entries: computed(() => entries.value ?? []), identity, error: computed(() => noPlan.value ?? noWork.value) }
}

async function readPlan({ db, spaceOf }: Client): Promise<{ goals: PlanGoal[]; actions: PlanAction[] }> {
  const goals = await rowsOf(db, await spaceOf(planGoal), planGoal)
  const actions = await rowsOf(db, await spaceOf(planAction), planAction)
  return {
    goals: goals.map(({ id, values }) => ({ id, order: values.order ?? 0, title: values.title ?? '', why: values.why })),
    actions: actions.map(({ id, values: { order = 0, goal = null, title = '', decidedOn = null, role = '', term = '', budget = '', indicator = '', agreement = '', multiYearPlan = '', note } }) => ({
      ...{ id, order, goal, title, note, decidedOn },
      ...{ role, term, budget, indicator, agreement, multiYearPlan },
    })),
  }
}

type Work = { path: StarterPath; progress: PathProgress; rows: PlannedRow[]; practices: Stored<'practice'>[] }

/** Null as long as the content is not on the device. */
async function readWork({ db, spaceOf }: Client): Promise<Work | null> {
  const space = await spaceOf(taskProgress)
  const path = await readPath(db, space)
  if (!path) return null
  const filled = (await rowsOf(db, await spaceOf(worksheetRow), worksheetRow)).map(({ id, values }) => ({ id, order: values.order ?? 0, answers: values as Answers }))
  const guides = await itemsOf(db, 'guide')
  const uses = (await rowsOf(db, await spaceOf(practiceUse), practiceUse)).filter(({ values }) => values.status === 'using')
  const practices = (await itemsNamed(db, uses.map(({ id }) => id))).flatMap((item) => (item.kind === 'practice' ? [item] : []))
  return { path, progress: await readProgress(db, space), rows: guides.flatMap((guide) => plannedRows(guide, filled, dateWords)), practices }
}

async function readEntries({ db, spaceOf }: Client): Promise<OutboxEntry[]> {
  const space = await spaceOf(planAction)
  return (await Promise.all([planGoal.name, planAction.name].map((name) => entriesStarting(db, space, name, '')))).flat()
}

/** Undefined for what was written in the plan itself, and for what is no longer there. */
function originLine(action: string, { path, progress, rows, practices }: Work): OriginLine | undefined {
  const origin = originOf(action)
  if (origin?.kind === 'task') {
    const task = path.tasks.find(({ id }) => id === origin.id)
    return task && { words: `Taak · ${statusWords[progress.statusOf(task.id)]}`, title: task.title, path: `/starten/${task.id}` }
  }
  if (origin?.kind === 'worksheet') {
    const row = rows.find(({ id }) => id === origin.id)
    return row && { words: `Werkblad · ${row.origin.guide.title}`, title: row.origin.worksheet.title, path: row.origin.path }
  }
  const practice = practices.find(({ id }) => id === origin?.id)
  return practice && { words: 'Praktijk', title: practice.title, path: `/praktijken/${practice.id}` }
}
