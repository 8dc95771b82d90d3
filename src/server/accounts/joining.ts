/** Asking to join the team of one's municipality, and answering that. An e-mail domain alone never grants access. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { PersonId } from '../../domain/ids.ts'
import { SessionView } from '../../domain/session.ts'
import { refused, signed, type Signed } from '../http/route.ts'
import type { ServerPort } from '../port.ts'
import { decisionLetter, requestLetter } from './letters.ts'
import { admit, isAdmin, leadsOf, roleIn, teamOf } from './membership.ts'
import { viewOf } from './sign-in.ts'

const HOUR_SECONDS = 3600
export const Nis = z.string().check(z.regex(/^\d{5}$/))

export const joinRoute = signed({
  method: 'post',
  path: '/api/team/join',
  summary: 'Vraagt om bij het team van een gemeente te komen. In de demonstratieomgeving meteen goedgekeurd.',
  body: z.object({ nis: Nis }),
  answer: SessionView,
  problems: ['bad_request', 'not_found', 'too_many'],
  limits: [{ name: 'join', max: 20, seconds: HOUR_SECONDS, per: (call) => call.person.id }],
  async handle(call) {
    const { port, body, person } = call
    const municipality = port.municipalities.get(body.nis)
    if (!municipality) return refused('not_found', 'Deze gemeente kennen we niet.')
    const team = await teamOf(port.db, body.nis)
    if (!team || (await roleIn(port.db, team.id, person.id)) === null) {
      if (!port.config.production) await admit(port, municipality, person.id)
      else await ask(port, person, municipality)
    }
    return viewOf(call)
  },
})

/** Asking again is the same request, and sends no second mail. */
async function ask(port: ServerPort, person: Signed, municipality: { nis: string; name: string }): Promise<void> {
  const { numInsertedOrUpdatedRows } = await port.db
    .insertInto('join_request')
    .values({ id: randomUUID(), person: person.id, nis: municipality.nis, status: 'pending', asked_at: port.now(), decided_by: null, decided_at: null })
    .onConflict((conflict) => conflict.columns(['person', 'nis']).where('status', '=', 'pending').doNothing())
    .executeTakeFirst()
  if (!numInsertedOrUpdatedRows) return
  const team = await teamOf(port.db, municipality.nis)
  const leads = team ? (await leadsOf(port.db, team.id)).map(({ email }) => email) : []
  for (const to of new Set([...leads, ...port.config.adminEmails])) port.postbox.post(requestLetter(to, person, municipality.name, port.config.publicUrl))
}

const Request = z.object({
  id: z.string(),
  nis: z.string(),
  municipality: z.string(),
  person: z.object({ id: PersonId, name: z.string(), email: z.string() }),
  askedAt: z.int(),
})

export const requestsRoute = signed({
  method: 'get',
  path: '/api/team/requests',
  summary: 'De open vragen om bij een team te komen: van de teams die je leidt, of alle voor een beheerder.',
  answer: z.object({ requests: z.array(Request) }),
  problems: [],
  async handle({ port, person }) {
    const all = await isAdmin(port.db, person.id)
    const rows = await port.db
      .selectFrom('join_request')
      .innerJoin('user', 'user.id', 'join_request.person')
      .select(['join_request.id', 'join_request.nis', 'join_request.asked_at', 'user.id as person', 'user.name', 'user.email'])
      .where('join_request.status', '=', 'pending')
      .$if(!all, (query) =>
        query.where('join_request.nis', 'in', (from) =>
          from
            .selectFrom('member')
            .innerJoin('organization', 'organization.id', 'member.organizationId')
            .select('organization.slug')
            .where('member.userId', '=', person.id)
            .where('member.role', '=', 'lead'),
        ),
      )
      .orderBy('join_request.asked_at')
      .execute()
    return {
      requests: rows.map(({ id, nis, asked_at, person: asker, name, email }) => ({
        id,
        nis,
        municipality: port.municipalities.get(nis)?.name ?? nis,
        person: { id: PersonId.parse(asker), name, email },
        askedAt: asked_at,
      })),
    }
  },
})

export const decideRoute = signed({
  method: 'post',
  path: '/api/team/requests/:id',
  summary: 'Keurt een vraag goed of af. De eerste persoon van een team wordt trekker.',
  params: z.object({ id: z.string().check(z.regex(/^[\w-]{1,64}$/)) }),
  body: z.object({ decision: z.enum(['approve', 'refuse']) }),
  answer: z.object({ ok: z.literal(true) }),
  problems: ['bad_request', 'forbidden', 'not_found', 'conflict'],
  async handle({ port, person, params, body }) {
    const asked = await port.db
      .selectFrom('join_request')
      .innerJoin('user', 'user.id', 'join_request.person')
      .select(['join_request.nis', 'join_request.person', 'user.email'])
      .where('join_request.id', '=', params.id)
      .executeTakeFirst()
    if (!asked || !(await mayDecide(port, person.id, asked.nis))) return refused('not_found')
    const municipality = port.municipalities.get(asked.nis) ?? { nis: asked.nis, name: asked.nis }
    const approved = body.decision === 'approve'
    const request = { id: params.id, by: person.id }
    const asker = PersonId.parse(asked.person)
    const done = approved ? (await admit(port, municipality, asker, { request })) !== null : await decline(port, request, asker)
    if (!done) return refused('conflict')
    port.postbox.post(decisionLetter(asked.email, municipality.name, approved, port.config.publicUrl))
    return { ok: true as const }
  },
})

async function decline(port: ServerPort, { id, by }: { id: string; by: string }, asker: PersonId): Promise<boolean> {
  const { numUpdatedRows } = await port.db
    .updateTable('join_request')
    .set({ status: 'refused', decided_by: by, decided_at: port.now() })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst()
  if (numUpdatedRows > 0n) port.accessChanges.announce(asker)
  return numUpdatedRows > 0n
}

async function mayDecide({ db }: ServerPort, person: string, nis: string): Promise<boolean> {
  const team = await teamOf(db, nis)
  return (team !== undefined && (await roleIn(db, team.id, person)) === 'lead') || isAdmin(db, person)
}
