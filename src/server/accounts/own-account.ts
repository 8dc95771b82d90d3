/** What someone may ask about the own account: everything that is kept of it, and to be forgotten. */
import { sql, type Transaction } from 'kysely'
import * as z from 'zod/mini'
import type { PersonId, SpaceId } from '../../domain/ids.ts'
import { personSpace } from '../../domain/spaces.ts'
import { refused, signed } from '../http/route.ts'
import { copyCookies } from '../http/session.ts'
import type { Tables } from '../db/tables.ts'
import type { ServerPort } from '../port.ts'
import { calendarAddress } from '../labs/calendar-address.ts'
import { writeAsServer } from '../sync/server-write.ts'
import { dismiss } from './membership.ts'
import { codeIdentifier } from './sign-in.ts'

const DAY_SECONDS = 86_400

/** Moments in ISO form. */
const AccountData = z.object({
  account: z.object({ id: z.string(), email: z.string(), name: z.string(), since: z.string() }),
  roles: z.array(z.string()),
  teams: z.array(z.object({ nis: z.string(), name: z.string(), role: z.string(), since: z.string() })),
  requests: z.array(z.object({ nis: z.string(), status: z.string(), at: z.string() })),
  invitations: z.array(z.object({ team: z.string(), email: z.string(), status: z.string(), until: z.string() })),
  sessions: z.array(z.object({ since: z.string(), until: z.string(), browser: z.nullable(z.string()) })),
  /** Where a calendar follows a lab; the address is a secret of its own. */
  calendars: z.array(z.object({ lab: z.string(), address: z.string(), since: z.string() })),
  /** What was noted to mail about labs, and when it went out. */
  labMails: z.array(z.object({ lab: z.string(), kind: z.string(), noted: z.string(), sent: z.nullable(z.string()) })),
  /** Rows of the person's own space. */
  own: z.array(z.object({ collection: z.string(), id: z.string(), values: z.record(z.string(), z.unknown()) })),
  /** Every change that this person sent, in any space; `contents` is null where it was emptied with the trash. */
  changes: z.array(z.object({ at: z.string(), space: z.string(), collection: z.string(), row: z.string(), status: z.string(), contents: z.unknown() })),
})
type AccountData = z.infer<typeof AccountData>

export const accountDataRoute = signed({
  method: 'get',
  path: '/api/account/data',
  summary: 'Alles wat de server van jou bewaart.',
  answer: AccountData,
  problems: ['too_many'],
  limits: [{ name: 'account-data', max: 20, seconds: DAY_SECONDS, per: (call) => call.person.id }],
  handle: ({ port, person }) => dataOf(port, person.id),
})

async function dataOf({ db, config }: ServerPort, person: PersonId): Promise<AccountData> {
  const user = await db.selectFrom('user').selectAll().where('id', '=', person).executeTakeFirstOrThrow()
  const roles = await db.selectFrom('person_role').select('role').where('person', '=', person).orderBy('role').execute()
  const teams = await db.selectFrom('member').innerJoin('organization', 'organization.id', 'member.organizationId').select(['slug', 'name', 'role', 'member.createdAt']).where('userId', '=', person).execute()
  const requests = await db.selectFrom('join_request').selectAll().where('person', '=', person).orderBy('asked_at').execute()
  const invitations = await db.selectFrom('invitation').innerJoin('organization', 'organization.id', 'invitation.organizationId').select(['name', 'email', 'status', 'expiresAt'])
    .where((either) => either.or([either('inviterId', '=', person), either('email', '=', user.email)])).orderBy('expiresAt').execute()
  const sessions = await db.selectFrom('session').select(['createdAt', 'expiresAt', 'userAgent']).where('userId', '=', person).orderBy('createdAt').execute()
  const calendars = await db.selectFrom('lab_calendar').selectAll().where('person', '=', person).orderBy('made_at').execute()
  const labMails = await db.selectFrom('lab_notice').leftJoin('lab_mail', 'lab_mail.id', 'lab_notice.mail').select(['lab', 'kind', 'found_at', 'sent_at']).where('lab_notice.person', '=', person).orderBy('found_at').execute()
  const own = await db.selectFrom('sync_row').select(['collection', 'id', 'row_values']).where('space', '=', personSpace(person)).orderBy('seq').execute()
  const changes = await db.selectFrom('sync_mutation').select(['received_at', 'space', 'collection', 'row', 'status', 'payload']).where('person', '=', person).orderBy('received_at').execute()
  return {
    account: { id: person, email: user.email, name: user.name, since: iso(user.createdAt) },
    roles: roles.map(({ role }) => role),
    teams: teams.map(({ slug, name, role, createdAt }) => ({ nis: slug, name, role, since: iso(createdAt) })),
    requests: requests.map(({ nis, status, asked_at }) => ({ nis, status, at: iso(asked_at) })),
    invitations: invitations.map(({ name, email, status, expiresAt }) => ({ team: name, email, status, until: iso(expiresAt) })),
    sessions: sessions.map(({ createdAt, expiresAt, userAgent }) => ({ since: iso(createdAt), until: iso(expiresAt), browser: userAgent })),
    calendars: calendars.map(({ lab, token, made_at }) => ({ lab, address: calendarAddress(config, lab, token), since: iso(made_at) })),
    labMails: labMails.map(({ lab, kind, found_at, sent_at }) => ({ lab, kind, noted: iso(found_at), sent: sent_at === null ? null : iso(sent_at) })),
    own: own.map(({ collection, id, row_values }) => ({ collection, id, values: JSON.parse(row_values) as Record<string, unknown> })),
    changes: changes.map(({ received_at, payload, ...change }) => ({ at: iso(received_at), ...change, contents: payload === '' ? null : (JSON.parse(payload) as unknown) })),
  }
}

const iso = (moment: Date | number): string => new Date(Number(moment)).toISOString()

export const deleteAccountRoute = signed({
  method: 'delete',
  path: '/api/account',
  summary: 'Verwijdert je account en je eigen gegevens. Het dossier van een team blijft bij de gemeente.',
  answer: z.object({ ok: z.literal(true) }),
  problems: ['conflict'],
  async handle({ port, person, request, answerHeaders }) {
    const led = await soleLeadOf(port, person.id)
    if (led) return refused('conflict', `Je bent de enige trekker van het team van ${led}. Maak eerst iemand anders trekker.`)
    for (const { id } of person.view.teams) {
      if ((await dismiss(port, id, person.id)) === 'last_lead') return refused('conflict')
    }
    await rename(port, person.id)
    await port.db.transaction().execute((trx) => erase(trx, person))
    port.accessChanges.announce(person.id)
    answerHeaders.delete('set-cookie')
    const { headers } = await port.auth.api.signOut({ headers: request.headers, returnHeaders: true })
    copyCookies(headers, answerHeaders)
    return { ok: true as const }
  },
})

/** The name of a team with others in it of which this person is the one lead. */
async function soleLeadOf({ db }: ServerPort, person: PersonId): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select team.name from member mine join organization team on team.id = mine."organizationId"
    where mine."userId" = ${person} and mine.role = 'lead'
      and exists (select from member where "organizationId" = team.id and "userId" <> ${person})
      and not exists (select from member where "organizationId" = team.id and "userId" <> ${person} and role = 'lead')`.execute(db)
  return rows[0]?.name ?? null
}

/** How the dossier of a team names who is gone. */
const FORMER = 'Oud-collega'

/** In the dossiers what this person wrote stays, under a name that says nothing about who it was. */
async function rename(port: ServerPort, person: PersonId): Promise<void> {
  const rows = await port.db.selectFrom('sync_row').select('space').where('collection', '=', 'member').where('id', '=', person).execute()
  await writeAsServer(port, rows.map(({ space }) => ({ space: space as SpaceId, collection: 'member', row: person, set: { name: FORMER, left: true } })))
}

/** Everything of the person alone. What was sent into a team's dossier is the municipality's and stays, with its history. */
async function erase(trx: Transaction<Tables>, { id, email }: { id: PersonId; email: string }): Promise<void> {
  await eraseSpace(trx, personSpace(id))
  await trx.deleteFrom('sync_mutation').where('person', '=', id).where('status', '=', 'parked').execute()
  // The history of the name.
  await trx.updateTable('sync_mutation').set({ payload: '' }).where('collection', '=', 'member').where('row', '=', id).execute()
  await trx.deleteFrom('sync_client').where('person', '=', id).execute()
  await trx.deleteFrom('invitation').where('email', '=', email).execute()
  await trx.deleteFrom('verification').where('identifier', '=', codeIdentifier(email)).execute()
  await trx.deleteFrom('user').where('id', '=', id).execute()
}

export async function eraseSpace(trx: Transaction<Tables>, space: SpaceId): Promise<void> {
  await trx.selectFrom('sync_space').select('id').where('id', '=', space).forUpdate().execute()
  await trx.deleteFrom('sync_row').where('space', '=', space).execute()
  await trx.deleteFrom('sync_mutation').where('space', '=', space).execute()
  await trx.deleteFrom('sync_space').where('id', '=', space).execute()
}
