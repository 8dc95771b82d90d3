/** The two roads of sync: the exchange itself, and the pokes that announce news. */
import * as z from 'zod/mini'
import { SyncRequest } from '../../protocol/sync-request.ts'
import { MAX_REQUEST_BYTES, SyncAnswer } from '../../protocol/sync.ts'
import { downcastAnswer, oldestProtocol, upcastRequest } from '../../protocol/upcast.ts'
import { accessOf } from '../accounts/access.ts'
import { takeLabWork } from '../labs/arrival.ts'
import { takeQuestions } from '../questions/arrival.ts'
import { exchange } from '../sync/exchange.ts'
import { refused, signed } from './route.ts'
import { eventStream } from './events.ts'

/** Of one person over all devices; a device that is busy sends a few requests a second, for a short while. */
const SYNCS_A_MINUTE = 600

export const syncRoute = signed({
  method: 'post',
  path: '/api/sync',
  summary: 'Stuurt wijzigingen en haalt op wat nieuw is, in één vraag.',
  // Of an old app only the version is sure to be in a form that is known here.
  body: z.looseObject({ proto: z.int() }),
  document: { body: SyncRequest },
  maxBytes: MAX_REQUEST_BYTES,
  answer: SyncAnswer,
  problems: ['bad_request', 'too_large', 'unsupported', 'update_needed', 'too_many'],
  async handle({ port, person, body }) {
    if (!port.syncs.take(person.id, SYNCS_A_MINUTE)) return refused('too_many')
    if (body.proto < oldestProtocol()) return refused('update_needed')
    const request = current(body)
    if (!request?.success) return refused('bad_request')
    // Someone else signed in on the device while this request was being made: one person's work never goes out as another's.
    if (request.data.person !== person.id) return refused('sign_in_needed')
    const answer = await exchange(port, person.view, await accessOf(port.db, person.view), request.data, async (outcomes) => {
      await takeQuestions(port, outcomes)
      await takeLabWork(port, outcomes)
    })
    for (const { status } of answer.acks) port.metrics.count('opstap_mutations_total', { status })
    return downcastAnswer(answer, body.proto)
  },
})

/** The request as this version sends it; null when it is not even a request of its own version. */
function current(body: { proto: number }) {
  try {
    return z.safeParse(SyncRequest, upcastRequest(body, body.proto))
  } catch {
    return null
  }
}

export const eventsRoute = signed({
  method: 'get',
  path: '/api/events',
  summary: 'Stroom van meldingen (text/event-stream): alleen de naam van een ruimte en haar nummer.',
  answer: z.void(),
  document: { media: 'text/event-stream' },
  problems: ['sign_in_needed'],
  handle: ({ port, person, answerHeaders }) => eventStream(port, person.id, answerHeaders),
})

