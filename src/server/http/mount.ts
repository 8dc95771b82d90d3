/** Puts routes into the router, with everything that must happen before and after each of them. */
import type { Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { ServerPort } from '../port.ts'
import { jsonAnswer, problemAnswer } from './answer.ts'
import { attempt } from './attempts.ts'
import { readJson } from './body.ts'
import { addressOf } from './origin.ts'
import { Refused, refused, type Call, type Route } from './route.ts'
import { signedIn } from './session.ts'

const MAX_BYTES = 16_000

export type Bindings = { incoming?: { socket?: { remoteAddress?: string } } }
export type App = Hono<{ Bindings: Bindings }>

export function mount(app: App, port: ServerPort, routes: readonly Route[]): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const ofPath = routes.filter((route) => route.path === path)
    for (const route of ofPath) app.on(route.method.toUpperCase(), path, (context) => answer(route, port, context))
    const allowed = ofPath.map(({ method }) => method.toUpperCase()).join(', ')
    app.all(path, () => problemAnswer('method_not_allowed', new Headers({ allow: allowed })))
  }
}

async function answer(route: Route, port: ServerPort, context: Context<{ Bindings: Bindings }>): Promise<Response> {
  const request = context.req.raw
  const answerHeaders = new Headers()
  const call = await callOf(route, port, context, answerHeaders)
  const outcome = call instanceof Refused ? call : ((await limited(route, call)) ?? (await route.handle(call)))
  if (outcome instanceof Response) return outcome
  return outcome instanceof Refused ? problemAnswer(outcome.problem, answerHeaders) : jsonAnswer(outcome, 200, request, answerHeaders)
}

/** Signed in first, then the form: someone without a session learns nothing about what exists. */
async function callOf(route: Route, port: ServerPort, context: Context<{ Bindings: Bindings }>, answerHeaders: Headers): Promise<Call<any, any, any, any> | Refused> {
  const request = context.req.raw
  const person = route.session ? await signedIn(port, request, answerHeaders) : null
  if (route.session && person === null) return refused('sign_in_needed')
  const params = parsed(route.params, context.req.param())
  const query = parsed(route.query, context.req.query())
  const body = route.body ? await bodyOf(route, request) : undefined
  for (const part of [params, query, body]) if (part instanceof Refused) return part
  return { port, params, query, body, person, request, ip: addressOf(request, context.env?.incoming?.socket?.remoteAddress), answerHeaders }
}

async function bodyOf(route: Route, request: Request): Promise<unknown> {
  const value = await readJson(request, route.maxBytes ?? MAX_BYTES)
  return value instanceof Refused ? value : parsed(route.body, value)
}

function parsed(schema: z.core.$ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const result = z.safeParse(schema, value)
  return result.success ? result.data : refused('bad_request')
}

async function limited(route: Route, call: Call<any, any, any, any>): Promise<Refused | null> {
  for (const { name, max, seconds, per } of route.limits ?? [])
    if (!(await attempt(call.port.db, `${name} ${per(call)}`, max, seconds, call.port.now()))) return refused('too_many')
  return null
}
