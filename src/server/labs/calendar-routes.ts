/** An address under which a calendar program asks for the dates of a lab, without a session: it is secret, of one person and one lab. */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { meetingsFile } from '../../domain/calendar-file.ts'
import { LabId } from '../../domain/collections.ts'
import { PersonId } from '../../domain/ids.ts'
import { datedSession, dueEvents, sessionEvents, type DatedAssignment } from '../../domain/lab-calendar.ts'
import { openDates, writtenAt, type LabRow } from '../../domain/lab-news.ts'
import type { SessionView } from '../../domain/session.ts'
import { labSpace } from '../../domain/spaces.ts'
import { sessionViewOf } from '../accounts/access.ts'
import { open, refused, signed } from '../http/route.ts'
import type { ServerPort } from '../port.ts'
import { calendarAddress } from './calendar-address.ts'
import { labRows, teamInLab } from './lab-rows.ts'

const HOUR_SECONDS = 3600
const TOKEN_BYTES = 24
/** How long a calendar may go by what it has; they ask every few hours anyway. */
const FRESH_SECONDS = 900

export const calendarAddressRoute = signed({
  method: 'post',
  path: '/api/labs/:lab/calendar',
  summary: 'Geeft het geheime adres waarop je agenda dit leerlabo volgt. Met `renew` een nieuw adres; het oude stopt.',
  params: z.object({ lab: LabId }),
  body: z.object({ renew: z.boolean() }),
  answer: z.object({ address: z.url() }),
  problems: ['bad_request', 'not_found', 'too_many'],
  limits: [{ name: 'calendar-address', max: 60, seconds: HOUR_SECONDS, per: (call) => call.person.id }],
  async handle({ port, params: { lab }, body, person }) {
    if (!isIn(person.view, lab)) return refused('not_found')
    const { rows } = await sql<{ token: string }>`
      insert into lab_calendar (lab, person, token, made_at) values (${lab}, ${person.id}, ${randomBytes(TOKEN_BYTES).toString('base64url')}, ${port.now()})
      on conflict (lab, person) do update set
        token = case when ${body.renew} then excluded.token else lab_calendar.token end,
        made_at = case when ${body.renew} then excluded.made_at else lab_calendar.made_at end
      returning token`.execute(port.db)
    return { address: calendarAddress(port.config, lab, rows[0]!.token) }
  },
})

export const calendarRoute = open({
  method: 'get',
  path: '/api/labs/:lab/calendar/:file',
  summary: 'De sessies van een leerlabo, en wat je team nog moet versturen, voor een agenda die dit adres volgt.',
  params: z.object({ lab: LabId, file: z.string().check(z.regex(/^[\w-]{32}\.ics$/)) }),
  answer: z.void(),
  document: { media: 'text/calendar' },
  problems: ['bad_request', 'not_found', 'too_many', 'unavailable'],
  limits: [{ name: 'calendar-ip', max: 1_200, seconds: HOUR_SECONDS, per: (call) => call.ip }],
  async handle({ port, params: { lab, file }, request }) {
    const found = await port.db.selectFrom('lab_calendar').select('person').where('lab', '=', lab).where('token', '=', file.replace(/\.ics$/, '')).executeTakeFirst()
    // Who left sees nothing more, and sees it again after coming back.
    const view = found && (await sessionViewOf(port, PersonId.parse(found.person)))
    if (!view || !isIn(view, lab)) return refused('not_found')
    const text = await calendarText(port, lab, view)
    // A calendar that gets nothing would take everything away.
    if (text === null) return refused('unavailable')
    return fileAnswer(text, lab, request)
  },
})

const isIn = ({ labs = [] }: SessionView, lab: string): boolean => labs.some(({ id }) => id === lab)

/** The same for the same dates, so that nothing travels twice. null where this version does not know the template. */
async function calendarText({ db, config, labContent }: ServerPort, lab: string, view: SessionView): Promise<string | null> {
  const team = view.labs?.find(({ id, role }) => id === lab && role === 'participant')?.teams.find((one) => view.teams.some(({ id }) => id === one))
  const rows = team === undefined ? { lab: await labRows(db, labSpace(lab), ['lab', 'labSession']), entry: [] } : await teamInLab(db, lab, team)
  const named = rows.lab.find(({ collection }) => collection === 'lab')
  const template = labContent.templates.get(String(named?.values['template']))
  if (!named || !template) return null
  const place = { id: lab, title: String(named.values['title'] ?? template.title) }
  const sessions = template.sessions.map((session) => datedSession(session, rows.lab.find(({ collection, id }) => collection === 'labSession' && id === session.id)))
  const due = team === undefined ? [] : dueIn(rows, labContent)
  const made = Math.max(writtenAt(named, 'title'), ...sessions.map(({ changed }) => changed), ...due.map(({ changed }) => changed))
  return meetingsFile([...sessionEvents(place, sessions, made, config.publicUrl), ...dueEvents(place, due, made, config.publicUrl)], place.title)
}

/** What the team still has to send. */
function dueIn(rows: { lab: LabRow[]; entry: LabRow[] }, { assignments }: ServerPort['labContent']): DatedAssignment[] {
  const changedIn = (among: readonly LabRow[], collection: string, id: string) => Math.max(0, ...among.filter((row) => row.collection === collection && row.id === id).map((row) => writtenAt(row, 'due')))
  return openDates({ ...rows, begun: new Set() }).map(({ assignment: id, due }) => ({
    id,
    title: assignments.get(id)?.title ?? id,
    due,
    changed: Math.max(changedIn(rows.lab, 'labAssignment', id), changedIn(rows.entry, 'extension', id)),
  }))
}

function fileAnswer(text: string, lab: string, request: Request): Response {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  const headers = {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `inline; filename="${lab}.ics"`,
    'cache-control': `private, max-age=${FRESH_SECONDS}`,
    'x-robots-tag': 'noindex, nofollow',
    etag,
  }
  if (request.headers.get('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers })
  return new Response(text, { headers })
}
