/** A route as data: what it takes, who may call it, what it answers. The router, the checks and the OpenAPI document follow from it. */
import type * as z from 'zod/mini'
import type { PersonId } from '../../domain/ids.ts'
import { problem, type Problem, type ProblemCode } from '../../protocol/problem.ts'
import type { SessionView } from '../../domain/session.ts'
import type { ServerPort } from '../port.ts'

/** `view`: as it was when the request came in. */
export type Signed = { id: PersonId; email: string; name: string; view: SessionView }

export type Call<P = unknown, Q = unknown, B = unknown, S = Signed | null> = {
  port: ServerPort
  params: P
  query: Q
  body: B
  person: S
  request: Request
  /** Of the device or its network; only counted, never stored with a person. */
  ip: string
  /** Added to the answer: cookies. */
  answerHeaders: Headers
}

/** A refusal is a value. */
export class Refused {
  readonly problem: Problem
  constructor(problem: Problem) {
    this.problem = problem
  }
}
export const refused = (code: ProblemCode, message?: string): Refused => new Refused(problem(code, message))

export type Schema = z.core.$ZodType

/** How often one key may call within a window. `per` gives the keys of a call, each counted for itself. */
export type Limit<C> = { name: string; max: number; seconds: number; per: (call: C) => string }

export type Shape<P extends Schema, Q extends Schema, B extends Schema, A extends Schema, S> = {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** In Hono's form: `/api/team/requests/:id`. */
  path: string
  summary: string
  params?: P
  query?: Q
  body?: B
  /** Bytes of the body after decompression; 16 kB unless told. */
  maxBytes?: number
  answer: A
  problems: readonly ProblemCode[]
  /**
   * Where the OpenAPI document must say more than the schemas above: the whole body, an answer that is not JSON, or
   * one that sends elsewhere.
   */
  document?: { body?: Schema; media?: string; redirects?: true }
  limits?: readonly Limit<Call<z.output<P>, z.output<Q>, z.output<B>, S>>[]
  handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>, S>) => Promise<z.output<A> | Refused | Response> | z.output<A> | Refused | Response
}

export type Route = Shape<Schema, Schema, Schema, Schema, any> & { session: boolean }

/** A route for anybody. */
export const open = <P extends Schema, Q extends Schema, B extends Schema, A extends Schema>(shape: Shape<P, Q, B, A, null>): Route =>
  ({ ...shape, session: false }) as unknown as Route

/** A route for someone who is signed in. */
export const signed = <P extends Schema, Q extends Schema, B extends Schema, A extends Schema>(shape: Shape<P, Q, B, A, Signed>): Route =>
  ({ ...shape, session: true }) as unknown as Route
