/** Running a team: inviting, roles, leaving. */
import { isAPIError } from 'better-auth/api'
import * as z from 'zod/mini'
import { PersonId } from '../../domain/ids.ts'
import { SessionView } from '../../domain/session.ts'
import { refused, signed, type Refused } from '../http/route.ts'
import { copyCookies } from '../http/session.ts'
import type { ServerPort } from '../port.ts'
import { invitationLetter } from './letters.ts'
import { changeRole, dismiss, roleIn, writeMemberEverywhere, writeMembers, type MemberChange } from './membership.ts'
import { Email, viewOf } from './sign-in.ts'

const DAY_SECONDS = 86_400
const Id = z.string().check(z.regex(/^[\w-]{1,64}$/))
/** One line; the database holds no control characters such as NUL. */
const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(100), z.regex(/^\P{Cc}+$/u))
const Role = z.enum(['lead', 'member'])
const Ok = z.object({ ok: z.literal(true) })
const ok = { ok: true } as const

const Invitation = z.object({ id: z.string(), team: z.string(), email: z.string(), role: Role, expiresAt: z.int() })
type Invitation = z.infer<typeof Invitation>

export const inviteRoute = signed({
  method: 'post',
  path: '/api/team/invitations',
  summary: 'Nodigt een collega uit met een mail. Alleen voor trekkers van het team.',
  body: z.object({ team: Id, email: Email, role: Role }),
  answer: Invitation,
  problems: ['bad_request', 'forbidden', 'conflict', 'too_many'],
  limits: [{ name: 'invite', max: 50, seconds: DAY_SECONDS, per: (call) => call.person.id }],
  async handle({ port, body, person, request }) {
    if (!(await leads(port, body.team, person.id))) return refused('forbidden')
    const already = await port.db.selectFrom('member').innerJoin('user', 'user.id', 'member.userId').select('user.id').where('organizationId', '=', body.team).where('user.email', '=', body.email).executeTakeFirst()
    if (already) return refused('conflict', 'Deze persoon is al lid van het team.')
    const made = await port.auth.api.createInvitation({ headers: request.headers, body: { email: body.email, role: body.role, organizationId: body.team } }).catch(asRefusal)
    if ('problem' in made) return made
    const team = await port.db.selectFrom('organization').select('name').where('id', '=', body.team).executeTakeFirstOrThrow()
    const link = `${port.config.publicUrl}/aanmelden?uitnodiging=${encodeURIComponent(made.id)}`
    port.postbox.post(invitationLetter(body.email, person.name || person.email, team.name, link))
    return { id: made.id, team: body.team, email: body.email, role: body.role, expiresAt: made.expiresAt.getTime() }
  },
})

export const invitationsRoute = signed({
  method: 'get',
  path: '/api/team/invitations',
  summary: 'De open uitnodigingen van de teams die je leidt.',
  answer: z.object({ invitations: z.array(Invitation) }),
  problems: [],
  async handle({ port, person }) {
    const rows = await openInvitations(port)
      .innerJoin('member', 'member.organizationId', 'invitation.organizationId')
      .where('member.userId', '=', person.id)
      .where('member.role', '=', 'lead')
      .orderBy('invitation.expiresAt')
      .execute()
    return { invitations: rows.map(invitationOf) }
  },
})

const InvitationParams = z.object({ id: Id })

export const withdrawRoute = signed({
  method: 'delete',
  path: '/api/team/invitations/:id',
  summary: 'Trekt een uitnodiging in.',
  params: InvitationParams,
  answer: Ok,
  problems: ['not_found'],
  async handle({ port, person, params }) {
    const invitation = await openInvitations(port).where('invitation.id', '=', params.id).executeTakeFirst()
    if (!invitation || !(await leads(port, invitation.organizationId, person.id))) return refused('not_found')
    await port.db.updateTable('invitation').set({ status: 'canceled' }).where('id', '=', params.id).where('status', '=', 'pending').execute()
    return ok
  },
})

export const acceptRoute = signed({
  method: 'post',
  path: '/api/team/invitations/:id/accept',
  summary: 'Neemt een uitnodiging aan, aangemeld met het adres waarnaar ze gestuurd is.',
  params: InvitationParams,
  answer: SessionView,
  problems: ['not_found', 'conflict'],
  async handle(call) {
    const { port, person, params, request, answerHeaders } = call
    const invitation = await openInvitations(port).where('invitation.id', '=', params.id).executeTakeFirst()
    // Someone else's invitation does not exist for you.
    if (!invitation || invitation.email.toLowerCase() !== person.email.toLowerCase()) return refused('not_found', 'Deze uitnodiging bestaat niet of niet meer.')
    if ((await roleIn(port.db, invitation.organizationId, person.id)) !== null) {
      await port.db.updateTable('invitation').set({ status: 'accepted' }).where('id', '=', params.id).execute()
      return viewOf(call)
    }
    const accepted = await port.auth.api.acceptInvitation({ headers: request.headers, body: { invitationId: params.id }, returnHeaders: true }).catch(asRefusal)
    if ('problem' in accepted) return accepted
    copyCookies(accepted.headers, answerHeaders)
    await writeMembers(port, invitation.organizationId)
    port.accessChanges.announce(person.id)
    return viewOf(call)
  },
})

const MemberParams = z.object({ person: PersonId })

export const roleRoute = signed({
  method: 'post',
  path: '/api/team/members/:person',
  summary: 'Geeft een lid een andere rol. Alleen voor trekkers; een team houdt altijd een trekker.',
  params: MemberParams,
  body: z.object({ team: Id, role: Role }),
  answer: Ok,
  problems: ['bad_request', 'forbidden', 'not_found', 'conflict'],
  async handle({ port, person, params, body }) {
    if (!(await leads(port, body.team, person.id))) return refused('forbidden')
    return answerOf(await changeRole(port, body.team, params.person, body.role))
  },
})

export const removeRoute = signed({
  method: 'delete',
  path: '/api/team/members/:person',
  summary: 'Haalt een lid uit het team, of laat jezelf het team verlaten.',
  params: MemberParams,
  query: z.object({ team: Id }),
  answer: Ok,
  problems: ['bad_request', 'forbidden', 'not_found', 'conflict'],
  async handle({ port, person, params, query }) {
    if (params.person !== person.id && !(await leads(port, query.team, person.id))) return refused('forbidden')
    return answerOf(await dismiss(port, query.team, params.person))
  },
})

export const accountRoute = signed({
  method: 'patch',
  path: '/api/account',
  summary: 'Wijzigt je naam, zoals collega’s die zien.',
  body: z.object({ name: Name }),
  answer: SessionView,
  problems: ['bad_request'],
  async handle(call) {
    const { port, person, body } = call
    await port.db.updateTable('user').set({ name: body.name, updatedAt: new Date(port.now()) }).where('id', '=', person.id).execute()
    await writeMemberEverywhere(port, person.id)
    return viewOf(call)
  },
})

const leads = async (port: ServerPort, team: string, person: string) => (await roleIn(port.db, team, person)) === 'lead'

function answerOf(change: MemberChange): typeof ok | Refused {
  if (change === 'no_member') return refused('not_found', 'Deze persoon is geen lid van het team.')
  if (change === 'last_lead') return refused('conflict', 'Een team heeft minstens één trekker. Maak eerst iemand anders trekker.')
  return ok
}

const openInvitations = ({ db, now }: ServerPort) =>
  db
    .selectFrom('invitation')
    .select(['invitation.id', 'invitation.organizationId', 'invitation.email', 'invitation.role', 'invitation.expiresAt'])
    .where('invitation.status', '=', 'pending')
    .where('invitation.expiresAt', '>', new Date(now()))

const invitationOf = (row: { id: string; organizationId: string; email: string; role: string | null; expiresAt: Date }): Invitation => ({
  id: row.id,
  team: row.organizationId,
  email: row.email,
  role: row.role === 'lead' ? 'lead' : 'member',
  expiresAt: row.expiresAt.getTime(),
})

/** better-auth refuses what changed meanwhile; our own checks came first. */
function asRefusal(error: unknown): Refused {
  if (!isAPIError(error) || error.statusCode >= 500) throw error
  return refused('conflict')
}
