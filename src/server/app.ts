/** The whole server as a value: routes that can be called without a socket. */
import { Hono } from 'hono'
import { randomUUID } from 'node:crypto'
import { isUnreachable } from './db/postgres.ts'
import { faultFacts } from './http/log.ts'
import { jsonAnswer, problemAnswer } from './http/answer.ts'
import { fileServer } from './http/files.ts'
import { mountIdentity } from './http/identity.ts'
import { mount, type App } from './http/mount.ts'
import { openApi } from './http/openapi.ts'
import { isForeign } from './http/origin.ts'
import { routes } from './http/routes.ts'
import { securityHeaders } from './http/security.ts'
import { mountUploads } from './photos/uploads.ts'
import type { ServerPort } from './port.ts'

export function createApp(port: ServerPort): App {
  const app: App = new Hono()
  watch(app, port)
  app.use('/api/*', async (context, next) => (isForeign(context.req.raw, port.config) ? problemAnswer('forbidden') : next()))
  mount(app, port, routes)
  mountIdentity(app, port)
  mountUploads(app, port)
  const description = openApi(routes, port.version)
  app.get('/api/openapi.json', (context) => jsonAnswer(description, 200, context.req.raw))
  app.all('/api/openapi.json', () => problemAnswer('method_not_allowed', new Headers({ allow: 'GET' })))
  app.all('/api', () => problemAnswer('not_found'))
  app.all('/api/*', () => problemAnswer('not_found'))
  if (port.client !== null) {
    const files = fileServer(port.client)
    app.all('*', (context) => files(context.req.raw))
  }
  app.notFound(() => problemAnswer('not_found'))
  return app
}

/** Headers, count and log line of every answer, also of one that failed. */
function watch(app: App, port: ServerPort): void {
  const fixed = Object.entries(securityHeaders(port.config))
  app.onError((error) => {
    port.log.error('fault', faultFacts(error, !port.config.production))
    return problemAnswer(isUnreachable(error) ? 'unavailable' : 'internal')
  })
  app.use('*', async (context, next) => {
    const started = performance.now()
    const id = randomUUID()
    await next()
    for (const [name, value] of fixed) context.res.headers.set(name, value)
    context.res.headers.set('x-request-id', id)
    const route = patternOf(context.req.routePath)
    const { method } = context.req
    const { status } = context.res
    port.metrics.count('opstap_requests_total', { route, method, status })
    port.log.info('request', { id, route, method, status, ms: Math.round(performance.now() - started) })
  })
}

const patternOf = (path: string) => (path === '*' || path === '/*' ? 'file' : path)
