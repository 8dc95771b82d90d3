/** `Nieuw sinds je vorige bezoek`: what colleagues changed and what editors changed, since this device was here before. */
import { momentOf } from '../../../domain/clock.ts'
import type { TaskStatus } from '../../../domain/collections.ts'
import { readDismissed } from '../../db/dismissed-news.ts'
import { rowsOf, type Read } from '../../db/rows.ts'
import type { PathProgress, StarterPath } from '../../db/starter-path.ts'
import type { Client } from '../../sync/client.ts'
import { dossierSpace } from '../../sync/identity.ts'

/** `at`: ms since 1970. `id` stays the same for the same change, so that it stays dismissed. */
export type NewsLine = { id: string; to: string; title: string; words: string; at: number }

const statusNews: Record<TaskStatus, string> = {
  notStarted: 'zette deze taak terug op niet begonnen',
  inProgress: 'is hiermee bezig',
  done: 'rondde deze taak af',
  notApplicable: 'duidde aan dat deze taak niet van toepassing is',
}

type Facts = {
  path: StarterPath
  progress: PathProgress
  evidence: readonly Read<'evidence'>[]
  members: readonly Read<'member'>[]
  /** The person on this device; undefined without an account, and then there are no colleagues. */
  me: string | undefined
  /** The visit before this one, ms since 1970. */
  since: number
}

/** Newest first. */
export function newsOf({ path, progress, evidence: links, members, me, since }: Facts): NewsLine[] {
  const titles = new Map(path.tasks.map(({ id, title }) => [id, title]))
  const nameOf = (person: string) => members.find(({ id }) => id === person)?.values.name ?? 'Een collega'

  /** One line per change of a unit that another person wrote. */
  const line = (row: Read<any>, unit: string, task: string | undefined, what: string | undefined): NewsLine[] => {
    const stamp = row.stamps[unit]
    const person = row.by[unit]
    const title = titles.get(task ?? '')
    if (!stamp || !person || !title || !task || !what || person === me || momentOf(stamp).ms <= since) return []
    return [{ id: `${row.id} ${unit} ${stamp}`, to: `/starten/${task}`, title, words: `${nameOf(person)} ${what}.`, at: momentOf(stamp).ms }]
  }
  const fromRows = me === undefined ? [] : [
    ...[...progress.rows.values()].flatMap((row) => [
      ...line(row, 'status', row.id, row.values.status && statusNews[row.values.status]),
      ...line(row, 'note', row.id, 'schreef in de notitie'),
    ]),
    ...links.flatMap((row) => line(row, 'url', row.values.task, 'voegde een link toe')),
  ]
  // A change has a day, a visit a moment: what changed on the day of the visit may be new.
  const day = new Date(since).toISOString().slice(0, 10)
  const fromEditors = path.tasks.flatMap(({ id, title, changes }) =>
    changes.filter(({ on }) => on >= day).map(({ version, on, what }) => ({ id: `${id} v${version}`, to: `/starten/${id}`, title, words: `De tekst is aangepast: ${what}`, at: Date.parse(on) })),
  )
  return [...fromRows, ...fromEditors].sort((a, b) => b.at - a.at)
}

/** Nothing is new at a first visit. */
export async function readNews(client: Client, path: StarterPath, progress: PathProgress): Promise<NewsLine[]> {
  const { db } = client
  const visits = await db.read('visits')
  if (typeof visits?.previous !== 'number') return []
  const session = await db.read('session')
  const me = session?.person.id
  const dossier = dossierSpace(session)
  const [links, members] = me === undefined ? [[], []] : await Promise.all([rowsOf(db, dossier, 'evidence'), rowsOf(db, dossier, 'member')])
  const dismissed = await readDismissed(db)
  return newsOf({ path, progress, evidence: links, members, me, since: visits.previous }).filter(({ id }) => !dismissed.has(id))
}
