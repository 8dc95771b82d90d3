/**
 * Finds what a team is to be told by mail: feedback that was released, words of the facilitators, dates that come near. Found by
 * looking at the rows, so that nothing is missed when a process stops between two writes; each thing is noted once per
 * person, so that it is told once, however many processes look.
 */
import { sql, type Kysely } from 'kysely'
import { clockOf } from '../../domain/brussels-time.ts'
import { begunIn, daysUntil, openDates, REMIND_DAYS, writtenAt } from '../../domain/lab-news.ts'
import { dueOf } from '../../domain/labs.ts'
import type { Row } from '../../domain/row.ts'
import { epochSince } from '../db/epoch.ts'
import type { Tables } from '../db/tables.ts'
import { teamInLab } from './lab-rows.ts'

type Notice = { person: string; about: string; kind: Tables['lab_notice']['kind']; lab: string; team: string; item: string }

const DAY_MS = 86_400_000
/** What is older when it is found is no news any more. */
const NEWS_MS = 7 * DAY_MS
/** Nobody is reminded in the night: from this time on the clocks here. */
const REMIND_FROM = '08:00:00'

/** What a process read when it looked last: a minute in which nobody wrote in a lab then costs next to nothing. */
export type LastLook = { heads?: string; dates?: readonly DueDate[] }

/** Notes what is there to tell and was not noted yet. `last` is read and kept up to date. */
export async function findNotices(db: Kysely<Tables>, now: number, last: LastLook = {}): Promise<void> {
  // Read first: what is written during the look is seen by the next one.
  const heads = await headsOf(db)
  const changed = heads !== last.heads
  const dates = changed || !last.dates ? await dueDates(db) : last.dates
  await note(db, [...(changed ? await news(db, now) : []), ...(await comingDates(db, dates, now))], now)
  Object.assign(last, { heads, dates })
}

/** Differs as soon as anything was written in a lab, and after a restore. */
async function headsOf(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ spaces: number; heads: string }>`
    select count(*)::int as spaces, coalesce(sum(head), 0)::text as heads from sync_space where starts_with(id, 'lab:') or starts_with(id, 'entry:')`.execute(db)
  return `${await epochSince(db)} ${rows[0]!.spaces} ${rows[0]!.heads}`
}

/** What is there by now is never mailed: it was told before, or is not real. `now` in ms since 1970. */
export async function tellNothing(db: Kysely<Tables>, now: number): Promise<void> {
  await findNotices(db, now)
  await db.updateTable('lab_notice').set({ mail: '' }).where('mail', 'is', null).execute()
  await db.updateTable('lab_mail').set({ next_try: null }).where('next_try', 'is not', null).execute()
}

type Found = Notice & { quiet: boolean }

/** In one order, so that two processes that note the same do not wait for each other. */
async function note(db: Kysely<Tables>, found: readonly Found[], now: number): Promise<void> {
  const keyOf = ({ person, about }: Notice) => `${person} ${about}`
  const sorted = [...new Map(found.map((one) => [keyOf(one), one])).values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  if (sorted.length === 0) return
  const column = (name: keyof Notice) => sorted.map((one) => one[name])
  await sql`
    insert into lab_notice (person, about, kind, lab, team, item, found_at, mail)
    select n.person, n.about, n.kind, n.lab, n.team, n.item, ${now}::bigint, case when n.quiet then '' end from unnest(
      ${column('person')}::text[], ${column('about')}::text[], ${column('kind')}::text[], ${column('lab')}::text[],
      ${column('team')}::text[], ${column('item')}::text[], ${sorted.map(({ quiet }) => quiet)}::boolean[])
      as n (person, about, kind, lab, team, item, quiet)
    on conflict do nothing`.execute(db)
}

type NewRow = Pick<Notice, 'person' | 'lab' | 'team'> & {
  kind: 'feedback' | 'announcement'
  id: string
  stamps: string
  authors: string
  /** When the person came into the team, and the team into the lab. */
  joined: number
  arrived: number | null
}

/**
 * Feedback and announcements that a member of a team in the lab was not told of. Quiet is what was there before the person was,
 * what the person wrote, what is old, and what was written before a restore and came back after it.
 */
async function news(db: Kysely<Tables>, now: number): Promise<Found[]> {
  const { rows } = await sql<NewRow>`
    with fresh as materialized (
      select row.*, member."userId" as person,
        greatest(row.joined_at, floor(extract(epoch from member."createdAt") * 1000)::bigint) as joined
      from (
        select 'feedback' as kind, place.lab, place.team, place.joined_at, r.space, r.id, r.stamps, r.authors
        from lab_team place join sync_row r on r.space = 'entry:' || place.lab || ':' || place.team and r.collection = 'feedback'
        where place.left_at is null
        union all
        select 'announcement', place.lab, place.team, place.joined_at, r.space, r.id, r.stamps, r.authors
        from lab_team place join sync_row r on r.space = 'lab:' || place.lab and r.collection = 'announcement'
        where place.left_at is null) as row
      join member on member."organizationId" = row.team
      where not exists (select from lab_notice told where told.person = member."userId" and told.about = row.kind || ':' || row.id))
    select person, lab, team, kind, id, stamps, authors, joined, (
      select min(m.received_at) from sync_mutation m
      where m.space = fresh.space and m.collection = fresh.kind and m.row = fresh.id and m.status = 'applied') as arrived
    from fresh`.execute(db)
  if (rows.length === 0) return []
  const since = await epochSince(db)
  return rows.map(({ person, lab, team, kind, id, stamps, authors, joined, arrived }): Found => {
    const written = writtenAt({ stamps: JSON.parse(stamps) as Row['stamps'] }, 'text')
    const came = arrived ?? written
    const own = (JSON.parse(authors) as Row['by'])['text'] === person
    const back = written < since && came >= since
    return { person, about: `${kind}:${id}`, kind, lab, team, item: id, quiet: own || back || came < joined || written < now - NEWS_MS }
  })
}

type Place = { lab: string; team: string }

/** Dates of which the reminder is due, for each member of the team; quiet where nothing is asked of the team any more. */
async function comingDates(db: Kysely<Tables>, dates: readonly DueDate[], now: number): Promise<Found[]> {
  const near = new Map<string, DueDate[]>()
  for (const date of dates) {
    const key = `${date.lab} ${date.team}`
    if (isTimeToRemind(date.due, now)) near.set(key, [...(near.get(key) ?? []), date])
  }
  const found: Found[] = []
  for (const ofTeam of near.values()) {
    const { lab, team } = ofTeam[0]!
    const members = await unnoted(db, team, ofTeam)
    if (members.length === 0) continue
    const rows = await teamInLab(db, lab, team)
    const open = openDates({ ...rows, begun: begunIn(rows.drafts, lab) })
    for (const { person, about, assignment } of members)
      found.push({ person, about, kind: 'date', lab, team, item: assignment, quiet: !open.some((one) => one.assignment === assignment && aboutDate(lab, team, one) === about) })
  }
  return found
}

/** A date that moves to another day is another one. */
export const aboutDate = (lab: string, team: string, { assignment, due }: { assignment: string; due: number }): string => `date:${lab}:${team}:${assignment}:${clockOf(due).day}`

/** Three days before, from the morning on; not any more when it is past. */
function isTimeToRemind(due: number, now: number): boolean {
  const days = daysUntil(due, now)
  return due > now && (days < REMIND_DAYS || (days === REMIND_DAYS && clockOf(now).time >= REMIND_FROM))
}

type DueDate = Place & { assignment: string; due: number }

/** Every date of every team that takes part. */
async function dueDates(db: Kysely<Tables>): Promise<DueDate[]> {
  const { rows } = await sql<Place & { assignment: string; row_values: string; extended: string | null }>`
    select place.lab, place.team, dated.id as assignment, dated.row_values, extension.row_values as extended
    from lab_team place
    join sync_row dated on dated.space = 'lab:' || place.lab and dated.collection = 'labAssignment'
    left join sync_row extension on extension.space = 'entry:' || place.lab || ':' || place.team and extension.collection = 'extension' and extension.id = dated.id
    where place.left_at is null
    union all
    select place.lab, place.team, extension.id, '{}', extension.row_values
    from lab_team place
    join sync_row extension on extension.space = 'entry:' || place.lab || ':' || place.team and extension.collection = 'extension'
    where place.left_at is null
      and not exists (select from sync_row dated where dated.space = 'lab:' || place.lab and dated.collection = 'labAssignment' and dated.id = extension.id)`.execute(db)
  return rows.flatMap(({ lab, team, assignment, row_values, extended }) => {
    const due = dueOf(dateIn(row_values) ?? undefined, extended === null ? null : dateIn(extended))
    return due === null ? [] : [{ lab, team, assignment, due }]
  })
}

const dateIn = (values: string): string | null => (JSON.parse(values) as { due?: string | null }).due ?? null

/** The members of a team with each of these dates that was not noted for them yet. */
async function unnoted(db: Kysely<Tables>, team: string, dates: readonly DueDate[]): Promise<{ person: string; about: string; assignment: string }[]> {
  const { rows } = await sql<{ person: string; about: string; assignment: string }>`
    select member."userId" as person, date.about, date.assignment
    from member cross join unnest(${dates.map((date) => aboutDate(date.lab, team, date))}::text[], ${dates.map(({ assignment }) => assignment)}::text[]) as date (about, assignment)
    where member."organizationId" = ${team}
      and not exists (select from lab_notice told where told.person = member."userId" and told.about = date.about)`.execute(db)
  return rows
}
