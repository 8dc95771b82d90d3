/** Everything a person does in the action plan. Each action resolves after the device's store committed, or says why it did not. */
import { MAX_TITLE, planAction, planGoal } from '../../../domain/collections.ts'
import { goalCalled, type PlanAction, type PlanGoal, type Suggestion } from '../../../domain/action-plan.ts'
import { orderAtEnd, ordersAfterMove } from '../../../domain/filled-worksheets.ts'
import { isDeleted, MAX_LINE } from '../../../domain/row.ts'
import type { Client } from '../../sync/client.ts'
import type { Written } from '../../sync/mutate.ts'
import { newRowId } from '../../sync/new-row-id.ts'

type Set = Record<string, unknown>
export type Added = { id: string; written: Written }

/** A goal or an action, by what it is. */
export type Kind = 'goal' | 'action'
const collectionOf = { goal: planGoal, action: planAction }

export const write = (client: Client, kind: Kind, id: string, set: Set): Promise<Written> => client.write(collectionOf[kind], id, set)

export const remove = (client: Client, kind: Kind, id: string): Promise<Written> => write(client, kind, id, { deleted: true })

export const restore = (client: Client, kind: Kind, id: string): Promise<Written> => write(client, kind, id, { deleted: false })

type Ordered = { id: string; order: number }

/** `rows`: those it comes after. */
export async function add(client: Client, kind: Kind, rows: readonly Ordered[], set: Set = {}): Promise<Added> {
  const id = newRowId(client.env)
  return { id, written: await write(client, kind, id, { title: '', ...set, order: orderAtEnd(rows) }) }
}

/** `rows` in their order. */
export async function move(client: Client, kind: Kind, rows: readonly Ordered[], id: string, by: -1 | 1): Promise<Written> {
  let written: Written = { kind: 'written', at: client.env.now() }
  for (const moved of ordersAfterMove(rows, id, by)) {
    written = await write(client, kind, moved.id, { order: moved.order })
    if (written.kind !== 'written') break
  }
  return written
}

/** Takes a suggestion along, with the goal it serves. What was taken along before and removed comes back as it was. */
export async function take(client: Client, suggestion: Suggestion, goals: readonly PlanGoal[], actions: readonly PlanAction[]): Promise<Written> {
  const row = await client.db.rows.get([await client.spaceOf(planAction), planAction.name, suggestion.id])
  const order = orderAtEnd(actions)
  if (row && isDeleted(row)) return write(client, 'action', suggestion.id, { deleted: false, order })
  const goal = await goalFor(client, suggestion, goals)
  if (goal && goal.written.kind !== 'written') return goal.written
  const lines = Object.fromEntries(Object.entries(suggestion.values).map(([line, words]) => [line, words.slice(0, MAX_LINE)]))
  return write(client, 'action', suggestion.id, { ...lines, title: suggestion.title.slice(0, MAX_TITLE), goal: goal?.id ?? null, order })
}

async function goalFor(client: Client, { goal }: Suggestion, goals: readonly PlanGoal[]): Promise<Added | undefined> {
  if (goal === '') return undefined
  const known = goalCalled(goals, goal.slice(0, MAX_TITLE))
  return known ? { id: known.id, written: { kind: 'written', at: client.env.now() } } : add(client, 'goal', goals, { title: goal.slice(0, MAX_TITLE) })
}
