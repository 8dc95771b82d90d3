import { describe, expect, test } from 'vitest'
import type { TaskStatus } from '../../src/domain/collections.ts'
import { neighbours, nextTask, openBefore, phaseStop, progressOf, progressWords, resumedTask, stagesOf, statusFrom, tasksOf, taskStop, withFirst, type StatusOf } from '../../src/domain/starter.ts'

const task = (id: string, phase: string, order: number, after: string[] = []) => ({ id, phase, order, after })
const phases = [
  { id: 'tweede', order: 2 },
  { id: 'eerste', order: 1 },
]
const stages = stagesOf(phases, [task('c', 'tweede', 1, ['b']), task('b', 'eerste', 2, ['a']), task('d', 'tweede', 2), task('a', 'eerste', 1)])
const statuses =
  (known: Record<string, TaskStatus> = {}): StatusOf =>
  (id) =>
    known[id] ?? 'notStarted'

describe('the order of the path', () => {
  test('phases by their order, tasks by theirs within it, whatever order they came in', () => {
    expect(stages.map(({ phase }) => phase.id)).toEqual(['eerste', 'tweede'])
    expect(tasksOf(stages).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  })
  test('neighbours go over the border of a phase; the ends have none', () => {
    const tasks = tasksOf(stages)
    expect(neighbours(tasks, 'b')).toMatchObject({ previous: { id: 'a' }, next: { id: 'c' } })
    expect(neighbours(tasks, 'a').previous).toBeUndefined()
    expect(neighbours(tasks, 'd').next).toBeUndefined()
    expect(neighbours(tasks, 'x')).toEqual({ previous: undefined, next: undefined })
  })
})

describe('the status of a task', () => {
  test('is what was chosen, else a beginning as soon as there is a note', () => {
    expect(statusFrom(undefined)).toBe('notStarted')
    expect(statusFrom({ note: { y: 'AA', t: '  \n' } })).toBe('notStarted')
    expect(statusFrom({ note: { y: 'AA', t: 'gebeld' } })).toBe('inProgress')
    expect(statusFrom({ status: 'notStarted', note: { y: 'AA', t: 'gebeld' } })).toBe('notStarted')
    expect(statusFrom({ status: 'done' })).toBe('done')
  })
})

describe('progress', () => {
  const tasks = tasksOf(stages)
  test('counts what is done out of what applies', () => {
    expect(progressWords(progressOf(tasks, statuses({ a: 'done', b: 'inProgress', c: 'notApplicable' })))).toBe('1 van 3 afgerond')
    expect(progressWords(progressOf(tasks, statuses()))).toBe('0 van 4 afgerond')
  })
  test('says so when nothing applies', () => {
    expect(progressWords(progressOf(tasks.slice(0, 1), statuses({ a: 'notApplicable' })))).toBe('Niet van toepassing')
  })
})

describe('the next step', () => {
  const next = (known: Record<string, TaskStatus>, except?: string) => nextTask(tasksOf(stages), statuses(known), except)?.id

  test('is the first open task in path order', () => {
    expect(next({})).toBe('a')
    expect(next({ a: 'done' })).toBe('b')
    expect(next({ a: 'notApplicable', b: 'done' })).toBe('c')
    expect(next({ a: 'inProgress' })).toBe('a')
  })
  test('passes over a task that waits for another, where one is free', () => {
    expect(next({}, 'a')).toBe('d')
    expect(nextTask(tasksOf(stagesOf(phases, [task('a', 'eerste', 1, ['c']), task('b', 'eerste', 2), task('c', 'tweede', 1)])), statuses())?.id).toBe('b')
  })
  test('where all wait, is the one that waits for the fewest', () => {
    const knot = stagesOf(phases, [task('a', 'eerste', 1, ['b', 'c']), task('b', 'eerste', 2, ['a']), task('c', 'tweede', 1, ['b'])])
    expect(nextTask(tasksOf(knot), statuses())?.id).toBe('b')
  })
  test('is not held up by a task that no longer exists', () => {
    expect(nextTask(tasksOf(stagesOf(phases, [task('a', 'eerste', 1, ['weg']), task('b', 'eerste', 2)])), statuses())?.id).toBe('a')
  })
  test('is nothing when all is closed', () => {
    expect(next({ a: 'done', b: 'done', c: 'notApplicable', d: 'done' })).toBeUndefined()
  })
  test('tells what is wise to do before it', () => {
    const tasks = tasksOf(stages)
    expect(openBefore(tasks[1]!, tasks, statuses()).map(({ id }) => id)).toEqual(['a'])
    expect(openBefore(tasks[1]!, tasks, statuses({ a: 'done' }))).toEqual([])
  })
})

describe('where you were', () => {
  const tasks = tasksOf(stages)
  const opened = [
    { id: 'a', at: '2026-11-20T09:00:00.000Z' },
    { id: 'c', at: '2026-11-21T09:00:00.000Z' },
    { id: 'gids-lio', at: '2026-11-21T10:00:00.000Z' },
    { id: 'b', at: '2026-11-19T09:00:00.000Z' },
  ]
  test('is the task opened last; other things that were opened are passed over', () => {
    expect(resumedTask(opened, tasks, statuses())?.id).toBe('c')
  })
  test('is the one before it once that one is closed', () => {
    expect(resumedTask(opened, tasks, statuses({ c: 'done' }))?.id).toBe('a')
    expect(resumedTask(opened, tasks, statuses({ c: 'done', a: 'notApplicable' }))?.id).toBe('b')
  })
  test('is nowhere when nothing was opened or all of it is closed', () => {
    expect(resumedTask([], tasks, statuses())).toBeUndefined()
    expect(resumedTask(opened, tasks, () => 'done')).toBeUndefined()
  })
})

describe('the drawing', () => {
  const [first, second] = stages
  test('a stop is filled when done, small when passed by, a ring where you are', () => {
    const known = statuses({ a: 'done', b: 'notApplicable' })
    expect(['a', 'b', 'c', 'd'].map((id) => taskStop(id, known, 'c'))).toEqual(['done', 'skipped', 'here', 'open'])
    expect(taskStop('a', known, 'a')).toBe('done')
  })
  test('a phase is done when all that applies is done, and where you are when your task is in it', () => {
    expect(phaseStop(first!.tasks, statuses({ a: 'done', b: 'notApplicable' }), 'c')).toBe('done')
    expect(phaseStop(second!.tasks, statuses(), 'c')).toBe('here')
    expect(phaseStop(second!.tasks, statuses({ c: 'done' }), 'a')).toBe('open')
    expect(phaseStop(first!.tasks, () => 'notApplicable', undefined)).toBe('skipped')
    expect(phaseStop([], statuses(), undefined)).toBe('open')
  })
})

describe('an order of one’s own', () => {
  const ids = (tasks: readonly { id: string }[]) => tasks.map(({ id }) => id)

  test('puts tasks first, in the path and in their phase; phases stay', () => {
    const path = withFirst(stages, ['d', 'b', 'weg'])
    expect(ids(path.tasks)).toEqual(['d', 'b', 'a', 'c'])
    expect(path.stages.map(({ phase, tasks }) => [phase.id, ids(tasks)])).toEqual([['eerste', ['b', 'a']], ['tweede', ['d', 'c']]])
    expect(ids(tasksOf(stages))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('is the usual one where nothing was chosen', () => {
    expect(withFirst(stages, [])).toEqual({ stages, tasks: tasksOf(stages) })
  })

  test('decides what comes next', () => {
    expect(nextTask(withFirst(stages, ['d']).tasks, statuses())?.id).toBe('d')
    expect(nextTask(withFirst(stages, ['d']).tasks, statuses({ d: 'done' }))?.id).toBe('a')
  })
})
