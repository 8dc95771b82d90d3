/** What the screens of the starter path share: the path, how far the dossier is, and where the person is on it. */
import { live } from '../../db/live.ts'
import { computed, inject, shallowRef, watch, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { TaskStatus } from '../../../domain/collections.ts'
import { nextTask, resumedTask, type StatusOf } from '../../../domain/starter.ts'
import type { Stored } from '../../db/content.ts'
import { rowsOf, type Read } from '../../db/rows.ts'
import { readPath, readProgress, type StarterPath } from '../../db/starter-path.ts'
import { clientKey, type Client } from '../../sync/client.ts'
import { dossierOf, ownSpace } from '../../sync/identity.ts'
import type { Written } from '../../sync/mutate.ts'
import { beginUncommitted } from '../../ui/uncommitted.ts'
import { useObservable } from '../../ui/useObservable.ts'
import { setStatus } from './actions.ts'

export type Place = { task: Stored<'task'>; kind: 'first' | 'resumed' | 'next' }

/** Everything is there, or `undefined` as long as the content or the rows are not. */
export type Loaded = StarterPath & {
  rows: ReadonlyMap<string, Read<'taskProgress'>>
  statusOf: StatusOf
  /** Where the person goes on; undefined when nothing is left. */
  place: Place | undefined
}
export type Starter = {
  client: Client
  loaded: ComputedRef<Loaded | undefined>
  error: Readonly<Ref<unknown>>
  /** Draws the new status at once and writes it; takes it back when it could not be written. */
  choose: (task: string, status: TaskStatus) => Promise<Written>
}

export const starterKey: InjectionKey<Starter> = Symbol('starter')

export function useStarter(): Starter {
  const client = inject(clientKey)!
  const { db } = client
  const { value: path, error } = useObservable(() => live(async () => readPath(db, await dossierOf(db))))
  const { value: progress } = useObservable(() => live(async () => readProgress(db, await dossierOf(db))))
  const { value: opened } = useObservable(() => live(async () => rowsOf(db, ownSpace(await db.read('session')), 'position')))
  const { chosen, choose } = useChosen(client, progress)
  const loaded = computed((): Loaded | undefined => {
    if (!path.value || !progress.value || !opened.value) return undefined
    const { tasks } = path.value
    const { rows, statusOf: stored } = progress.value
    const statusOf: StatusOf = (id) => chosen.value.get(id) ?? stored(id)
    const resumed = resumedTask(opened.value.map(({ id, values }) => ({ id, at: values.at ?? '' })), tasks, statusOf)
    const next = nextTask(tasks, statusOf)
    const begun = opened.value.length > 0 || rows.size > 0
    return { ...path.value, rows, statusOf, place: placeOf(resumed, next, begun) }
  })
  return { client, loaded, error, choose }
}

/** What was chosen a moment ago and is still on its way into the store and back to the screen. */
function useChosen(client: Client, progress: Readonly<Ref<unknown>>) {
  const chosen = shallowRef<ReadonlyMap<string, TaskStatus>>(new Map())
  const written = new Set<string>()
  const without = (ids: Iterable<string>) => {
    const gone = new Set(ids)
    chosen.value = new Map([...chosen.value].filter(([id]) => !gone.has(id)))
  }
  // From here on the store tells it.
  watch(progress, () => {
    if (written.size === 0) return
    without(written)
    written.clear()
  })
  const choose = async (task: string, status: TaskStatus): Promise<Written> => {
    written.delete(task)
    chosen.value = new Map([...chosen.value, [task, status]])
    const end = beginUncommitted()
    const result = await setStatus(client, task, status).finally(end)
    if (chosen.value.get(task) !== status) return result
    if (result.kind === 'written') written.add(task)
    else without([task])
    return result
  }
  return { chosen, choose }
}

function placeOf(resumed: Stored<'task'> | undefined, next: Stored<'task'> | undefined, begun: boolean): Place | undefined {
  if (resumed) return { task: resumed, kind: 'resumed' }
  return next && { task: next, kind: begun ? 'next' : 'first' }
}
