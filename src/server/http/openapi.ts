/** The description of the API, made from the same definitions that the routes run on. */
import * as z from 'zod/mini'
import { Problem, problems, type ProblemCode } from '../../protocol/problem.ts'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

export function openApi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Opstap', version, description: 'De server van Opstap: aanmelden, teams en synchronisatie.', license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'opstap.session_token' } },
      schemas: { Problem: schemaOf(Problem) },
    },
    paths,
  }
}

function operation(route: Route): Json {
  return {
    summary: route.summary,
    operationId: `${route.method}${route.path.replace(/\/(:?)(\w)/g, (_all, _colon, letter: string) => letter.toUpperCase()).replace(/[^\w]/g, '')}`,
    security: route.session ? [{ session: [] }] : [],
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.document?.body ?? route.body) } } } } : {}),
    responses: { ...success(route), ...problemResponses(route) },
  }
}

const success = (route: Route): Json =>
  route.document?.redirects ? { '302': { description: 'Ga verder op een andere plaats' } } : { '200': { description: 'Gelukt', content: contentOf(route) } }

const contentOf = (route: Route): Json =>
  route.document?.media ? { [route.document.media]: { schema: { type: 'string' } } } : { 'application/json': { schema: schemaOf(route.answer) } }

function parametersOf(schema: z.core.$ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, part]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: part }))
}

/** By status, with the codes that can come with it. */
function problemResponses(route: Route): Json {
  const codes: ProblemCode[] = [
    ...route.problems,
    ...(route.session ? (['sign_in_needed'] as const) : []),
    ...(route.method === 'get' ? [] : (['forbidden'] as const)),
    ...(route.body ? (['bad_request', 'too_large', 'unsupported'] as const) : []),
    'internal',
    'unavailable',
  ]
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of new Set(codes)) byStatus.set(problems[code].status, [...(byStatus.get(problems[code].status) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [status, { description: ofStatus.join(', '), content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } }]),
  )
}

function schemaOf(schema: z.core.$ZodType): Json {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
  return json
}
