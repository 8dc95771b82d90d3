/** What the labs of someone ask and tell, read from this device's store: for the first screen and for the badge. */
import { datedSession } from '../../domain/lab-calendar.ts'
import { begunIn, daysUntil, openDates, REMIND_DAYS, unreadIn, type Given, type LabRow, type OpenDate, type Said } from '../../domain/lab-news.ts'
import type { SpaceId } from '../../domain/ids.ts'
import type { LabSession } from '../../domain/lab-sessions.ts'
import type { SessionView } from '../../domain/session.ts'
import { entrySpace, labSpace, personSpace, teamSpace } from '../../domain/spaces.ts'
import { itemOf, itemsNamed } from './content.ts'
import type { OpstapDatabase } from './database.ts'
import { readDismissed } from './dismissed-news.ts'
import { rowsOf, rowsStarting, selectRows } from './rows.ts'

type Named = { id: string; title: string }

/** `lab`, and the assignment that it is about. */
type Placed<T> = Omit<T, 'assignment'> & { lab: Named; assignment: Named }
export type LabNews = ({ kind: 'feedback' } & Placed<Given>) | ({ kind: 'announcement'; lab: Named } & Said)
/** `at` in ms since 1970. */
export type Coming = ({ kind: 'date'; at: number } & Placed<OpenDate>) | { kind: 'session'; at: number; lab: Named; session: LabSession; place: string | null }

const DAY_MS = 86_400_000
/** What nobody opened for so long is no news any more. */
const NEWS_MS = 14 * DAY_MS
/** A session is told so many days before. */
const SESSION_DAYS = 7
/** A date that passed stays in sight so long. */
const LATE_DAYS = 7

/** What the person did not read or put away, the newest first. */
export async function readLabNews(db: OpstapDatabase, now: number): Promise<LabNews[]> {
  const session = await db.read('session')
  if (!session) return []
  const dismissed = await readDismissed(db)
  const all = await Promise.all(placesOf(session).map((place) => newsIn(db, session, place)))
  return all
    .flat()
    .filter(({ id, person, at }) => person !== session.person.id && at > now - NEWS_MS && !dismissed.has(id))
    .sort((a, b) => b.at - a.at)
}

/** Sessions and dates of the coming days, and dates that just passed; the soonest first. */
export async function readComing(db: OpstapDatabase, now: number): Promise<Coming[]> {
  const session = await db.read('session')
  if (!session) return []
  const ofTeam = await Promise.all(placesOf(session).map((place) => datesIn(db, place, now)))
  const labs = [...new Set((session.labs ?? []).map(({ id }) => id))]
  const sessions = await Promise.all(labs.map((lab) => sessionsIn(db, lab, now)))
  return [...ofTeam, ...sessions].flat().sort((a, b) => a.at - b.at)
}

type Place = { lab: string; team: string }

/** With the own team that takes part. */
const placesOf = ({ labs = [], teams }: SessionView): Place[] =>
  labs.flatMap(({ id, role, teams: taking }): Place[] => {
    const team = role === 'participant' ? teams.find((one) => taking.includes(one.id)) : undefined
    return team ? [{ lab: id, team: team.id }] : []
  })

const rowsIn = (db: OpstapDatabase, space: SpaceId): Promise<LabRow[]> => selectRows(db, space).toArray()

async function newsIn(db: OpstapDatabase, session: SessionView, { lab, team }: Place): Promise<LabNews[]> {
  const [ofLab, entry, reads] = await Promise.all([rowsIn(db, labSpace(lab)), rowsIn(db, entrySpace(lab, team)), rowsOf(db, personSpace(session.person.id), 'labRead')])
  const { said, given } = unreadIn(lab, { lab: ofLab, entry }, reads)
  const named = await labNamed(db, lab, ofLab)
  const assignments = await titled(db, given.map(({ assignment }) => assignment))
  return [
    ...said.map((one): LabNews => ({ kind: 'announcement', ...one, lab: named })),
    ...given.map((one): LabNews => ({ kind: 'feedback', ...one, lab: named, assignment: assignments(one.assignment) })),
  ]
}

async function datesIn(db: OpstapDatabase, { lab, team }: Place, now: number): Promise<Coming[]> {
  const [ofLab, entry, ...drafts] = await Promise.all([
    rowsIn(db, labSpace(lab)),
    rowsIn(db, entrySpace(lab, team)),
    rowsStarting(db, teamSpace(team), 'assignmentAnswer', `${lab}--`),
    rowsStarting(db, teamSpace(team), 'assignmentRow', `${lab}--`),
  ])
  const dates = openDates({ lab: ofLab, entry, begun: begunIn(drafts.flat(), lab) }).filter(({ due }) => daysUntil(due, now) <= REMIND_DAYS && daysUntil(due, now) >= -LATE_DAYS)
  const named = await labNamed(db, lab, ofLab)
  const assignments = await titled(db, dates.map(({ assignment }) => assignment))
  return dates.map((one): Coming => ({ kind: 'date', ...one, at: one.due, lab: named, assignment: assignments(one.assignment) }))
}

async function sessionsIn(db: OpstapDatabase, lab: string, now: number): Promise<Coming[]> {
  const ofLab = await rowsIn(db, labSpace(lab))
  const template = await itemOf(db, 'labTemplate', templateIn(ofLab))
  const named = await labNamed(db, lab, ofLab)
  return (template?.sessions ?? []).flatMap((session): Coming[] => {
    const { at, place, minutes } = datedSession(session, ofLab.find(({ collection, id }) => collection === 'labSession' && id === session.id))
    return at !== null && at + minutes * 60_000 > now && daysUntil(at, now) <= SESSION_DAYS ? [{ kind: 'session', at, lab: named, session, place }] : []
  })
}

const valueIn = (rows: readonly LabRow[], field: string): string | undefined => rows.find(({ collection }) => collection === 'lab')?.values[field] as string | undefined
const templateIn = (rows: readonly LabRow[]): string => valueIn(rows, 'template') ?? ''

const labNamed = async (db: OpstapDatabase, lab: string, rows: readonly LabRow[]): Promise<Named> => ({
  id: lab,
  title: valueIn(rows, 'title') ?? (await itemOf(db, 'labTemplate', templateIn(rows)))?.title ?? 'Leerlabo',
})

async function titled(db: OpstapDatabase, ids: readonly string[]): Promise<(id: string) => Named> {
  const items = new Map((await itemsNamed(db, ids)).map((item) => [item.id as string, 'title' in item ? item.title : undefined]))
  return (id) => ({ id, title: items.get(id) ?? id })
}
