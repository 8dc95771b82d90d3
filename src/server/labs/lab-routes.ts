/** Making a lab and inviting municipalities. Only for facilitators: who is in a lab decides who sees what. */
import * as z from 'zod/mini'
import { LabId } from '../../domain/collections.ts'
import { ContentId } from '../../domain/content-id.ts'
import { SessionView } from '../../domain/session.ts'
import { Nis } from '../accounts/joining.ts'
import { viewOf } from '../accounts/sign-in.ts'
import { refused, signed, type Schema, type Shape, type Signed } from '../http/route.ts'
import { closeCall, openCall } from './calls.ts'
import { facilitates, invite, makeLab, takeOut } from './labs.ts'

/** One line; the database holds no control characters such as NUL. */
const Title = z.string().check(z.trim(), z.minLength(1), z.maxLength(120), z.regex(/^\P{Cc}+$/u))
const HOUR_SECONDS = 3600

export const makeLabRoute = signed({
  method: 'post',
  path: '/api/labs',
  summary: 'Maakt een leerlabo van een sjabloon. Alleen voor begeleiders.',
  // The device gives the id, so that a request whose answer was lost can be made again.
  body: z.object({ id: LabId, template: ContentId, title: Title }),
  answer: SessionView,
  problems: ['bad_request', 'forbidden', 'conflict', 'too_many'],
  limits: [{ name: 'make-lab', max: 30, seconds: HOUR_SECONDS, per: (call) => call.person.id }],
  async handle(call) {
    const { port, body, person } = call
    if (!person.view.roles.includes('facilitator')) return refused('forbidden', 'Alleen begeleiders maken een leerlabo.')
    return (await makeLab(port, body, person.id)) ? viewOf(call) : refused('conflict')
  },
})

/** A route for who facilitates the lab in its path; to anybody else that lab is not there. */
const facilitated = <P extends z.core.$ZodType<{ lab: string }>, Q extends Schema, B extends Schema, A extends Schema>(shape: Shape<P, Q, B, A, Signed>) =>
  signed<P, Q, B, A>({ ...shape, handle: async (call) => ((await facilitates(call.port.db, call.params.lab, call.person.id)) ? shape.handle(call) : refused('not_found')) })

const LabParams = z.object({ lab: LabId })

const MOST_PLACES = 500

export const openCallRoute = facilitated({
  method: 'post',
  path: '/api/labs/:lab/call',
  summary: 'Opent de oproep van een leerlabo, of past ze aan: teams kunnen zich dan kandidaat stellen. Alleen voor wie het begeleidt.',
  params: LabParams,
  body: z.object({ lastDay: z.nullable(z.iso.date()), places: z.nullable(z.int().check(z.gte(1), z.lte(MOST_PLACES))) }),
  answer: SessionView,
  problems: ['bad_request', 'not_found'],
  async handle(call) {
    const { port, body, params } = call
    await openCall(port, params.lab, body)
    return viewOf(call)
  },
})

export const closeCallRoute = facilitated({
  method: 'delete',
  path: '/api/labs/:lab/call',
  summary: 'Sluit de oproep van een leerlabo. Wie zich kandidaat stelde, blijft dat.',
  params: LabParams,
  answer: SessionView,
  problems: ['not_found'],
  async handle(call) {
    const { port, params } = call
    return (await closeCall(port, params.lab)) ? viewOf(call) : refused('not_found')
  },
})

export const inviteTeamRoute = facilitated({
  method: 'post',
  path: '/api/labs/:lab/teams',
  summary: 'Nodigt een gemeente uit in het leerlabo. Alleen voor wie het begeleidt.',
  params: LabParams,
  body: z.object({ nis: Nis }),
  answer: SessionView,
  problems: ['bad_request', 'not_found'],
  async handle(call) {
    const { port, body, params } = call
    const municipality = port.municipalities.get(body.nis)
    if (!municipality) return refused('not_found', 'Deze gemeente kennen we niet.')
    await invite(port, params.lab, municipality)
    return viewOf(call)
  },
})

export const takeTeamOutRoute = facilitated({
  method: 'delete',
  path: '/api/labs/:lab/teams/:team',
  summary: 'Haalt een gemeente uit het leerlabo. Wat ze instuurde, blijft bij de begeleiders.',
  params: z.object({ lab: LabId, team: z.string().check(z.regex(/^[\w-]{1,64}$/)) }),
  answer: SessionView,
  problems: ['not_found'],
  async handle(call) {
    const { port, params } = call
    return (await takeOut(port, params.lab, params.team)) ? viewOf(call) : refused('not_found')
  },
})
