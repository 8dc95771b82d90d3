import * as z from 'zod/mini'
import { open } from './route.ts'

export const metricsRoute = open({
  method: 'get',
  path: '/api/metrics',
  summary: 'Tellingen van dit proces in de vorm van Prometheus. Alleen aantallen.',
  answer: z.void(),
  document: { media: 'text/plain' },
  problems: [],
  handle({ port, answerHeaders }) {
    answerHeaders.set('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    answerHeaders.set('cache-control', 'no-store')
    return new Response(port.metrics.text(), { headers: answerHeaders })
  },
})
