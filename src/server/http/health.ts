/** How the server is doing, for balancers, monitoring and people who deploy it. */
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { jsonAnswer } from './answer.ts'
import { open } from './route.ts'
import type { ServerPort } from '../port.ts'

const PATIENCE_MS = 2_000

const Health = z.object({ status: z.enum(['ok', 'unavailable']), version: z.string(), database: z.enum(['pglite', 'postgresql']) })

export const healthRoute = open({
  method: 'get',
  path: '/api/health',
  summary: 'Of de server en zijn databank antwoorden; anders 503 met status unavailable.',
  answer: Health,
  problems: [],
  async handle({ port, request, answerHeaders }) {
    const status = (await databaseAnswers(port)) ? 'ok' : 'unavailable'
    return jsonAnswer({ status, version: port.version, database: port.engine }, status === 'ok' ? 200 : 503, request, answerHeaders)
  },
})

export const readyRoute = open({
  method: 'get',
  path: '/api/ready',
  summary: 'Of deze server vragen mag krijgen: de databank antwoordt en er wordt niet gestopt.',
  answer: z.object({ ready: z.boolean() }),
  problems: [],
  async handle({ port, request, answerHeaders }) {
    const ready = !port.stopping() && (await databaseAnswers(port))
    return jsonAnswer({ ready }, ready ? 200 : 503, request, answerHeaders)
  },
})

async function databaseAnswers({ db }: ServerPort): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, false)))
  const answered = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answered, late])
  } finally {
    clearTimeout(timer)
  }
}
