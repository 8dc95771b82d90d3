/** Signing in with a code by e-mail, and out again. The answers never tell whether an address has an account. */
import { isAPIError } from 'better-auth/api'
import * as z from 'zod/mini'
import { PersonId } from '../../domain/ids.ts'
import { SessionView } from '../../domain/session.ts'
import { isLocalHost } from '../http/origin.ts'
import { open, refused, signed, type Call, type Refused } from '../http/route.ts'
import { copyCookies, signedIn } from '../http/session.ts'
import type { ServerPort } from '../port.ts'
import { sessionViewOf } from './access.ts'

/** Lower case, since addresses are compared. */
export const Email = z.pipe(z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254)), z.email())

const QUARTER_SECONDS = 900

export const codeRoute = open({
  method: 'post',
  path: '/api/sign-in/code',
  summary: 'Stuurt een code naar een e-mailadres. Antwoordt voor elk adres hetzelfde.',
  body: z.object({ email: Email }),
  answer: z.object({
    ok: z.literal(true),
    /** Only on a developer's own computer: the code that was just mailed. */
    code: z.optional(z.string()),
  }),
  problems: ['bad_request', 'too_many'],
  limits: [
    { name: 'code-email', max: 5, seconds: QUARTER_SECONDS, per: (call) => call.body.email },
    { name: 'code-ip', max: 60, seconds: QUARTER_SECONDS, per: (call) => call.ip },
  ],
  async handle({ port, body, request }) {
    await forgetCodes(port, body.email)
    const mailed = port.codes.watch(body.email)
    await port.auth.api.sendVerificationOTP({ body: { email: body.email, type: 'sign-in' } })
    port.metrics.count('opstap_codes_sent_total')
    const code = mailed()
    const shown = !port.config.production && port.config.loopback && isLocalHost(request)
    return { ok: true as const, ...(shown && code ? { code } : {}) }
  },
})

export const signInRoute = open({
  method: 'post',
  path: '/api/sign-in',
  summary: 'Meldt aan met de code uit de mail en zet het sessiecookie.',
  body: z.object({ email: Email, code: z.string().check(z.trim(), z.maxLength(20)) }),
  answer: SessionView,
  problems: ['bad_request', 'code_wrong', 'code_expired', 'too_many'],
  limits: [
    { name: 'sign-in-email', max: 20, seconds: QUARTER_SECONDS, per: (call) => call.body.email },
    { name: 'sign-in-ip', max: 200, seconds: QUARTER_SECONDS, per: (call) => call.ip },
  ],
  async handle({ port, body, answerHeaders }) {
    const person = await verify(port, body.email, body.code.replace(/\s/g, ''), answerHeaders)
    if (typeof person !== 'string') return person
    port.metrics.count('opstap_sign_ins_total')
    return (await sessionViewOf(port, person)) ?? refused('sign_in_needed')
  },
})

/** `code`: a code by e-mail; `gemeente`: the identity provider of municipalities. */
const ways = ['code', 'gemeente'] as const

export const waysRoute = open({
  method: 'get',
  path: '/api/sign-in',
  summary: 'Hoe iemand zich hier kan aanmelden, en of dit toestel nog aangemeld is.',
  answer: z.object({ ways: z.array(z.enum(ways)), session: z.optional(z.literal(true)) }),
  problems: [],
  async handle({ port, request, answerHeaders }) {
    const person = await signedIn(port, request, answerHeaders)
    return { ways: ways.filter((way) => way === 'code' || port.config.oidc !== null), ...(person ? { session: true as const } : {}) }
  },
})

export const signOutRoute = signed({
  method: 'post',
  path: '/api/sign-out',
  summary: 'Beëindigt de sessie van dit toestel.',
  answer: z.object({ ok: z.literal(true) }),
  problems: [],
  async handle({ port, request, answerHeaders }) {
    answerHeaders.delete('set-cookie')
    const { headers } = await port.auth.api.signOut({ headers: request.headers, returnHeaders: true })
    copyCookies(headers, answerHeaders)
    return { ok: true as const }
  },
})

export const sessionRoute = signed({
  method: 'get',
  path: '/api/session',
  summary: 'Wie aangemeld is, met teams, rollen en open vragen.',
  answer: SessionView,
  problems: [],
  handle: ({ person }) => person.view,
})

/** As it is now, after a change. */
export async function viewOf({ port, person }: Call<unknown, unknown, unknown, { id: PersonId }>): Promise<SessionView | Refused> {
  return (await sessionViewOf(port, person.id)) ?? refused('sign_in_needed')
}

/** One code at a time for an address: an older one does not add to the number of guesses. */
async function forgetCodes({ db }: ServerPort, email: string): Promise<void> {
  await db.deleteFrom('verification').where('identifier', '=', codeIdentifier(email)).execute()
}

/** As better-auth names it. */
export const codeIdentifier = (email: string) => `sign-in-otp-${email}`

async function verify(port: ServerPort, email: string, code: string, answerHeaders: Headers): Promise<PersonId | Refused> {
  try {
    const { headers, response } = await port.auth.api.signInEmailOTP({ body: { email, otp: code }, returnHeaders: true })
    copyCookies(headers, answerHeaders)
    return PersonId.parse(response.user.id)
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error
    if (error.body?.code !== 'INVALID_OTP') return refused('code_expired')
    const waiting = await port.db.selectFrom('verification').select('id').where('identifier', '=', codeIdentifier(email)).executeTakeFirst()
    return refused(waiting ? 'code_wrong' : 'code_expired')
  }
}
