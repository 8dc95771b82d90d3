/** What must hold between items: links that arrive, one place per item, no circle in `after`. */
import type { Kind, PackedKind } from '../domain/content.ts'
import { type LinkTargets, unknownId } from './links.ts'
import { type Problem, suggestion } from './problem.ts'

/** Front matter as written, so that one fault in it hides no other. */
export type WrittenItem = { file: string; kind: Kind; id: string; written: Record<string, unknown> }

export function relationProblems(items: WrittenItem[], targets: LinkTargets): Problem[] {
  return [
    ...items.flatMap((item) => linkProblems(item, targets)),
    ...items.filter(({ kind }) => kind === 'quickscan').flatMap((item) => scanProblems(item, items, targets)),
    ...duplicateIds(items),
    ...duplicateOrders(items),
    ...circles(items),
  ]
}

const idsIn = (value: unknown) => (Array.isArray(value) ? value : []).map((id) => (typeof id === 'string' ? id : undefined))

const sessionsIn = (value: unknown) => (Array.isArray(value) ? value : []).map((session) => (session ?? {}) as { assignments?: unknown })

/** Tells of an id under `field` that does not arrive at an item, or not at one of this kind. */
type CheckId = (field: string, id: unknown, kind?: PackedKind) => Problem[]

const idChecker = (file: string, targets: LinkTargets): CheckId => (field, id, kind) => {
  if (typeof id !== 'string') return []
  const found = targets.get(id)
  const candidates = kind ? [...targets.values()].filter((target) => target.kind === kind).map((target) => target.id) : targets.keys()
  if (!found) return [{ file, field, message: unknownId(id, candidates) }]
  return kind && found.kind !== kind ? [{ file, field, message: `"${id}" is geen ${kind} maar een ${found.kind}` }] : []
}

function linkProblems({ file, written }: WrittenItem, targets: LinkTargets): Problem[] {
  const check = idChecker(file, targets)
  return [
    ...idsIn(written['links']).flatMap((id, index) => check(`links[${index}]`, id)),
    ...idsIn(written['after']).flatMap((id, index) => check(`after[${index}]`, id, 'task')),
    ...check('phase', written['phase'], 'phase'),
    ...sessionsIn(written['sessions']).flatMap(({ assignments }, session) => idsIn(assignments).flatMap((id, index) => check(`sessions[${session}].assignments[${index}]`, id, 'assignment'))),
  ]
}

const records = (value: unknown) => (Array.isArray(value) ? value : []).map((entry): Record<string, unknown> => (entry && typeof entry === 'object' ? entry : {}))

/** A quickscan names figures by their rows, and tasks of the path. */
function scanProblems({ file, written }: WrittenItem, items: WrittenItem[], targets: LinkTargets): Problem[] {
  const check = idChecker(file, targets)
  const ofOption = (at: string, option: Record<string, unknown>, rows: unknown[] | undefined): Problem[] => [
    ...(rows && typeof option['row'] === 'string' && !rows.includes(option['row']) ? [{ file, field: `${at}.row`, message: `het cijfer heeft geen rij "${option['row']}".${suggestion(option['row'], rows.map(String))}` }] : []),
    ...records(option['brings']).flatMap(({ task }, index) => check(`${at}.brings[${index}].task`, task, 'task')),
  ]
  const ofQuestion = (at: string, question: Record<string, unknown>): Problem[] => {
    const figure = items.find(({ kind, id }) => kind === 'figure' && id === question['figure'])
    // A figure with a fault of its own is told there.
    const rows = Array.isArray(figure?.written['rows']) ? records(figure.written['rows']).map(({ label }) => label) : undefined
    return [...check(`${at}.figure`, question['figure'], 'figure'), ...records(question['options']).flatMap((option, index) => ofOption(`${at}.options[${index}]`, option, rows))]
  }
  const questions = records(written['parts']).flatMap((part, index) => records(part['questions']).map((question, number) => ({ at: `parts[${index}].questions[${number}]`, question })))
  return [...check('task', written['task'], 'task'), ...questions.flatMap(({ at, question }) => ofQuestion(at, question))]
}

/** Said at every item after the first that claims the same place. */
function repeats(items: WrittenItem[], keyOf: (item: WrittenItem) => string | undefined) {
  const first = new Map<string, WrittenItem>()
  return items.flatMap((item) => {
    const key = keyOf(item)
    if (key === undefined) return []
    const earlier = first.get(key)
    if (!earlier) first.set(key, item)
    return earlier ? [{ item, earlier }] : []
  })
}

const duplicateIds = (items: WrittenItem[]): Problem[] =>
  repeats(items, ({ id }) => id).map(({ item, earlier }) => ({
    file: item.file,
    field: 'id',
    message: `id "${item.id}" bestaat al in ${earlier.file}`,
  }))

const duplicateOrders = (items: WrittenItem[]): Problem[] =>
  repeats(items, ({ kind, written }) => {
    if (kind !== 'phase' && kind !== 'task') return undefined
    return typeof written['order'] === 'number' ? `${kind} ${String(written['phase'])} ${written['order']}` : undefined
  }).map(({ item, earlier }) => ({
    file: item.file,
    field: 'order',
    message: `plaats ${String(item.written['order'])} is al van ${earlier.file}`,
  }))

/** Each circle once, at the task that comes first by file name. */
function circles(items: WrittenItem[]): Problem[] {
  const tasks = new Map(items.filter(({ kind }) => kind === 'task').map((item) => [item.id, item]))
  const done = new Set<string>()
  const problems: Problem[] = []
  const visit = (id: string, path: string[]) => {
    const start = path.indexOf(id)
    if (start >= 0) {
      const circle = [...path.slice(start), id]
      problems.push({ file: tasks.get(id)!.file, field: 'after', message: `kring van taken die op elkaar wachten: ${circle.join(' → ')}` })
    }
    if (start >= 0 || done.has(id)) return
    const earlier = idsIn(tasks.get(id)?.written['after']).filter((other) => other !== undefined && tasks.has(other))
    for (const other of earlier) visit(other!, [...path, id])
    done.add(id)
  }
  for (const id of tasks.keys()) visit(id, [])
  return problems
}
