/** The starter path: phases with their tasks in the advised order, and how far a dossier got on it. Advice, never a lock. */
import type { TextValue } from './collection.ts'
import type { TaskStatus } from './collections.ts'
import type { Phase, Task } from './content.ts'

type PathPhase = Pick<Phase, 'id' | 'order'>
type PathTask = Pick<Task, 'id' | 'phase' | 'order' | 'after'>
/** A phase with its tasks, both in path order. */
export type Stage<P extends PathPhase = PathPhase, T extends PathTask = PathTask> = { phase: P; tasks: T[] }
export type StatusOf = (task: string) => TaskStatus

/** The words of the interface. */
export const statusWords: Record<TaskStatus, string> = {
  notStarted: 'Nog niet begonnen',
  inProgress: 'Bezig',
  done: 'Afgerond',
  notApplicable: 'Niet van toepassing',
}

export function stagesOf<P extends PathPhase, T extends PathTask>(phases: readonly P[], tasks: readonly T[]): Stage<P, T>[] {
  const inOrder = (a: { order: number }, b: { order: number }) => a.order - b.order
  return [...phases].sort(inOrder).map((phase) => ({ phase, tasks: tasks.filter((task) => task.phase === phase.id).sort(inOrder) }))
}

export const tasksOf = <T extends PathTask>(stages: readonly Stage<PathPhase, T>[]): T[] => stages.flatMap(({ tasks }) => tasks)

/** The path with these tasks first, both as a whole and within each phase; the others keep their order, the phases theirs. */
export function withFirst<S extends Stage<PathPhase, PathTask>>(stages: readonly S[], first: readonly string[]): { stages: S[]; tasks: S['tasks'] } {
  const place = new Map(first.map((id, index) => [id, index]))
  const ahead = (tasks: S['tasks']): S['tasks'] => [...tasks].sort((a, b) => (place.get(a.id) ?? first.length) - (place.get(b.id) ?? first.length))
  return { stages: stages.map((stage) => ({ ...stage, tasks: ahead(stage.tasks) })), tasks: ahead(tasksOf(stages)) }
}

/** What a row says; a note without a chosen status is a beginning too. Read, not written, so that it never overrules a colleague. */
export function statusFrom(values: { status?: TaskStatus | undefined; note?: TextValue | undefined } | undefined): TaskStatus {
  return values?.status ?? (values?.note?.t?.trim() ? 'inProgress' : 'notStarted')
}

/** Nothing is left to do for it. */
export const isClosed = (status: TaskStatus): boolean => status === 'done' || status === 'notApplicable'

/** `total` leaves out what does not apply to this municipality. */
export type Progress = { done: number; total: number }

export function progressOf(tasks: readonly { id: string }[], statusOf: StatusOf): Progress {
  const statuses = tasks.map(({ id }) => statusOf(id))
  return { done: statuses.filter((status) => status === 'done').length, total: statuses.filter((status) => status !== 'notApplicable').length }
}

/** `3 van 12 afgerond` */
export const progressWords = ({ done, total }: Progress): string => (total === 0 ? statusWords.notApplicable : `${done} van ${total} afgerond`)

/**
 * The first open one of `tasks` whose `after` tasks are closed; where each open task still waits for another, the one
 * that waits for the fewest. A task that no longer exists holds nothing up. `except` is passed over.
 */
export function nextTask<T extends PathTask>(tasks: readonly T[], statusOf: StatusOf, except?: string): T | undefined {
  const open = tasks.filter(({ id }) => id !== except && !isClosed(statusOf(id)))
  const waiting = open.map((task) => openBefore(task, tasks, statusOf).length)
  return open[waiting.indexOf(Math.min(...waiting))]
}

/** The tasks that are wise to do before this one and are still open, in path order. */
export function openBefore<T extends PathTask>(task: PathTask, tasks: readonly T[], statusOf: StatusOf): T[] {
  return tasks.filter(({ id }) => task.after.includes(id) && !isClosed(statusOf(id)))
}

/** `Verder waar je was`: of the tasks a person opened, the latest that is still open. */
export function resumedTask<T extends { id: string }>(opened: readonly { id: string; at: string }[], tasks: readonly T[], statusOf: StatusOf): T | undefined {
  const latestFirst = [...opened].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  const found = latestFirst.map(({ id }) => tasks.find((task) => task.id === id)).find((task) => task && !isClosed(statusOf(task.id)))
  return found
}

/** How a task or a phase is drawn on the route. `here`: the one place where the person is. */
export type StopState = 'open' | 'here' | 'done' | 'skipped'

export function taskStop(task: string, statusOf: StatusOf, here: string | undefined): StopState {
  const status = statusOf(task)
  if (status === 'done') return 'done'
  if (status === 'notApplicable') return 'skipped'
  return task === here ? 'here' : 'open'
}

export function phaseStop(tasks: readonly { id: string }[], statusOf: StatusOf, here: string | undefined): StopState {
  if (tasks.some(({ id }) => id === here && !isClosed(statusOf(id)))) return 'here'
  const { done, total } = progressOf(tasks, statusOf)
  if (total === 0) return tasks.length > 0 ? 'skipped' : 'open'
  return done === total ? 'done' : 'open'
}

/** The tasks on either side of this one. */
export function neighbours<T extends { id: string }>(tasks: readonly T[], id: string): { previous: T | undefined; next: T | undefined } {
  const at = tasks.findIndex((task) => task.id === id)
  return at < 0 ? { previous: undefined, next: undefined } : { previous: tasks[at - 1], next: tasks[at + 1] }
}
