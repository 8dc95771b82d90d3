/** What screens ask the server about accounts and teams. Every answer is a value; nothing here touches the store. */
import * as z from 'zod/mini'
import { PersonId } from '../../domain/ids.ts'
import { SessionView } from '../../domain/session.ts'
import { json, request } from './transport.ts'

const Ok = z.object({ ok: z.literal(true) })
const TeamRole = z.enum(['lead', 'member'])
export type TeamRole = z.infer<typeof TeamRole>

/** `expiresAt` in ms since 1970. */
const Invitation = z.object({ id: z.string(), team: z.string(), email: z.string(), role: TeamRole, expiresAt: z.int() })
export type Invitation = z.infer<typeof Invitation>

/** Someone who asks to join the team of a municipality; `askedAt` in ms since 1970. */
const JoinRequest = z.object({
  id: z.string(),
  nis: z.string(),
  municipality: z.string(),
  person: z.object({ id: PersonId, name: z.string(), email: z.string() }),
  askedAt: z.int(),
})
export type JoinRequest = z.infer<typeof JoinRequest>

const part = encodeURIComponent

/** `code` comes only in the demonstration. */
export const askCode = (email: string) => request(z.object({ ok: z.literal(true), code: z.optional(z.string()) }), '/api/sign-in/code', json('POST', { email }))
export const signInWith = (email: string, code: string) => request(SessionView, '/api/sign-in', json('POST', { email, code }))
export const endSession = () => request(Ok, '/api/sign-out', json('POST'))
/** Does the server still know who is signed in here? Asked without a refusal for who is not. */
export const hasSession = () => request(z.object({ session: z.optional(z.literal(true)) }), '/api/sign-in')
export const currentSession = () => request(SessionView, '/api/session')
export const rename = (name: string) => request(SessionView, '/api/account', json('PATCH', { name }))
/** Everything that the server keeps of the person, in its own words. */
export const accountData = () => request(z.looseObject({ account: z.object({ email: z.string() }) }), '/api/account/data')
export const deleteAccount = () => request(Ok, '/api/account', json('DELETE'))

export const joinTeam = (nis: string) => request(SessionView, '/api/team/join', json('POST', { nis }))
export const joinRequests = () => request(z.object({ requests: z.array(JoinRequest) }), '/api/team/requests')
export const decideRequest = (id: string, decision: 'approve' | 'refuse') => request(Ok, `/api/team/requests/${part(id)}`, json('POST', { decision }))

export const invitations = () => request(z.object({ invitations: z.array(Invitation) }), '/api/team/invitations')
export const invite = (team: string, email: string, role: TeamRole) => request(Invitation, '/api/team/invitations', json('POST', { team, email, role }))
export const withdrawInvitation = (id: string) => request(Ok, `/api/team/invitations/${part(id)}`, json('DELETE'))
export const acceptInvitation = (id: string) => request(SessionView, `/api/team/invitations/${part(id)}/accept`, json('POST'))

export const changeRole = (team: string, person: string, role: TeamRole) => request(Ok, `/api/team/members/${part(person)}`, json('POST', { team, role }))
export const removeMember = (team: string, person: string) => request(Ok, `/api/team/members/${part(person)}?team=${part(team)}`, json('DELETE'))
