/** What the screens of the quickscan read from the device's store. */
import { computed, inject, watch, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { pathOrder, position, scanRound, taskProgress } from '../../../domain/collections.ts'
import type { Answers } from '../../../domain/filled-worksheets.ts'
import { askedOf, proposeOrder, yearOf, type Asked, type Proposed } from '../../../domain/scan.ts'
import { stagesOf, tasksOf } from '../../../domain/starter.ts'
import { itemsNamed, itemsOf, type Stored } from '../../db/content.ts'
import { live } from '../../db/live.ts'
import { rowOf, rowsOf } from '../../db/rows.ts'
import { readProgress, type PathProgress } from '../../db/starter-path.ts'
import { clientKey, type Client } from '../../sync/client.ts'
import { useObservable } from '../../ui/useObservable.ts'

type Scan = Stored<'quickscan'>
/** One year's answers; `asked`: the questions that came then, as the scan is written now. */
export type Round = { id: string; year: number; finishedAt: string | null; asked: Asked[] }

export type ScanView = {
  scan: Scan
  figures: ReadonlyMap<string, Stored<'figure'>>
  /** The round that is filled in now, or was last. */
  round: Round | undefined
  /** The finished round before it. */
  previous: Round | undefined
  /** The question where this person left off; undefined where it no longer comes. */
  resumed: string | undefined
  /** Every task, in the order of the path as it is. */
  tasks: Stored<'task'>[]
  /** The tasks that the municipality put first. */
  first: readonly string[]
  /** What the answers bring forward on the path. */
  proposed: Proposed[]
  progress: PathProgress
}

export type QuickscanState = {
  client: Client
  view: ComputedRef<ScanView | undefined>
  /** Resolves when the screens have heard of what was written: to draw it earlier would show what was before. */
  heard: (holds: (view: ScanView) => boolean) => Promise<void>
  error: Readonly<Ref<unknown>>
}
export const scanKey: InjectionKey<QuickscanState> = Symbol('quickscan')

export function useQuickscan(): QuickscanState {
  const client = inject(clientKey)!
  const { value: content, error: noContent } = useObservable(() => live(async () => readContent(client)))
  const { value: progress, error: noProgress } = useObservable(() => live(async () => readProgress(client.db, await client.spaceOf(taskProgress))))
  const { value: work, error: noWork } = useObservable(() => live(async () => readWork(client)))
  const view = computed((): ScanView | undefined => {
    if (!content.value || !progress.value || !work.value) return undefined
    const { scan, figures, tasks } = content.value
    const rounds = work.value.rounds.filter(({ id }) => id.startsWith(`${scan.id}--`)).map(({ answers, ...round }): Round => ({ ...round, asked: askedOf(scan.parts, answers) }))
    const round = rounds[0]
    const left = /[?&]vraag=([^&]*)/.exec(work.value.places.get(scan.id) ?? '')?.[1]
    return {
      scan,
      figures,
      tasks,
      first: work.value.first,
      progress: progress.value,
      round,
      previous: rounds.slice(1).find(({ finishedAt }) => finishedAt !== null),
      resumed: round?.asked.some(({ question }) => question.id === left) ? left : undefined,
      proposed: round ? proposeOrder(round.asked, tasks, progress.value.statusOf, scan.task) : [],
    }
  })
  const heard = (holds: (view: ScanView) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => view.value !== undefined && holds(view.value)
      if (look()) return resolve()
      const stop = watch(view, () => {
        if (!look()) return
        stop()
        resolve()
      })
    })
  return { client, view, heard, error: computed(() => noContent.value ?? noProgress.value ?? noWork.value) }
}

/** Undefined as long as the parts of the content that this needs are not all there. */
async function readContent({ db }: Client): Promise<{ scan: Scan; figures: ReadonlyMap<string, Stored<'figure'>>; tasks: Stored<'task'>[] } | undefined> {
  const [scan] = await itemsOf(db, 'quickscan')
  const tasks = tasksOf(stagesOf(await itemsOf(db, 'phase'), await itemsOf(db, 'task')))
  if (!scan || tasks.length === 0) return undefined
  const named = scan.parts.flatMap(({ questions }) => questions.flatMap(({ figure }) => figure ?? []))
  const found = (await itemsNamed(db, named)).flatMap((item) => (item.kind === 'figure' ? [item] : []))
  return { scan, tasks, figures: new Map(found.map((figure) => [figure.id, figure])) }
}

type StoredRound = Omit<Round, 'asked'> & { answers: Answers }

/** The latest year first. */
async function readWork(client: Client): Promise<{ rounds: StoredRound[]; places: ReadonlyMap<string, string>; first: readonly string[] }> {
  const rows = await rowsOf(client.db, await client.spaceOf(scanRound), scanRound)
  const rounds = rows.map(({ id, values }) => ({ id, year: yearOf(id), finishedAt: values.finishedAt ?? null, answers: values as Answers })).sort((a, b) => b.year - a.year)
  const places = await rowsOf(client.db, await client.spaceOf(position), position)
  const order = await rowOf(client.db, await client.spaceOf(pathOrder), pathOrder, 'pad')
  return { rounds, first: order?.values.first ?? [], places: new Map(places.map(({ id, values }) => [id, values.path ?? ''])) }
}

/** The questions of a round as the store has them at this moment: a screen may not have heard yet of what was just answered. */
export async function askedNow(client: Client, scan: Scan, round: string): Promise<Asked[]> {
  const row = await rowOf(client.db, await client.spaceOf(scanRound), scanRound, round)
  return askedOf(scan.parts, (row?.values ?? {}) as Answers)
}
