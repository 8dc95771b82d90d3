/** What Vandaag shows, read from the device's store. */
import { nextTask, phaseStop, progressOf, progressWords, resumedTask, type StopState } from '../../../domain/starter.ts'
import type { Stored } from '../../db/content.ts'
import { rowsOf } from '../../db/rows.ts'
import type { PathProgress, StarterPath } from '../../db/starter-path.ts'
import type { Client } from '../../sync/client.ts'
import { ownSpace } from '../../sync/identity.ts'

type Task = Stored<'task'>
export type Opened = { id: string; at: string }[]

export const readOpened = async (client: Client): Promise<Opened> =>
  (await rowsOf(client.db, ownSpace(await client.db.read('session')), 'position')).map(({ id, values }) => ({ id, at: values.at ?? '' }))

/** `first`: nothing was opened or written yet. `all`: nothing is left to do. */
export type Today = {
  kind: 'first' | 'returning' | 'all'
  /** The one thing to do now. */
  main: { task: Task; resumed: boolean; begun: boolean } | undefined
  /** What comes after it. */
  following: Task | undefined
  phases: { id: string; title: string; state: StopState; words: string }[]
  words: string
}

export function todayOf({ stages, tasks }: StarterPath, { rows, statusOf }: PathProgress, opened: Opened): Today {
  const resumed = resumedTask(opened, tasks, statusOf)
  const next = nextTask(tasks, statusOf)
  const main = resumed ?? next
  const begun = rows.size > 0 || opened.some(({ id }) => tasks.some((task) => task.id === id))
  return {
    kind: !main ? 'all' : begun ? 'returning' : 'first',
    main: main && { task: main, resumed: resumed !== undefined, begun: resumed !== undefined || statusOf(main.id) === 'inProgress' },
    following: begun && main ? nextTask(tasks, statusOf, main.id) : undefined,
    phases: stages.map(({ phase, tasks: ofPhase }) => ({
      id: phase.id,
      title: phase.title,
      state: phaseStop(ofPhase, statusOf, main?.id),
      words: progressWords(progressOf(ofPhase, statusOf)),
    })),
    words: progressWords(progressOf(tasks, statusOf)),
  }
}
