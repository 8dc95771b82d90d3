/** The network as values: an answer of our own server, a refusal of it, or no connection with it. */
import * as z from 'zod/mini'
import { Problem } from '../../protocol/problem.ts'
import { SessionView } from '../../domain/session.ts'
import { SyncAnswer } from '../../protocol/sync.ts'
import type { Result, Transport } from './environment.ts'

/**
 * One JSON request. Only an answer in the server's own words counts as a connection: the page of a captive portal,
 * a proxy's error or half an answer is `offline`.
 */
export async function request<S extends z.core.$ZodType>(schema: S, path: string, init: RequestInit = {}): Promise<Result<z.infer<S>>> {
  try {
    const response = await fetch(path, { credentials: 'same-origin', redirect: 'error', cache: 'no-store', ...init })
    const body: unknown = JSON.parse(await response.text())
    if (response.ok) {
      const parsed = z.safeParse(schema, body)
      return parsed.success ? { kind: 'ok', value: parsed.data } : { kind: 'offline' }
    }
    const refusal = Problem.safeParse(body)
    if (!refusal.success || response.status >= 500) return { kind: 'offline' }
    return { kind: 'problem', status: response.status, ...refusal.data }
  } catch {
    return { kind: 'offline' }
  }
}

export const json = (method: string, body?: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})

/** A request that hangs longer than this counts as no connection. */
const PATIENCE_MS = 30_000

/** After the server refused the stream of pokes (a session that ended): how long until the next try. */
const REOPEN_MS = 30_000

export const browserTransport: Transport = {
  sync: (body, signal) => request(SyncAnswer, '/api/sync', { ...json('POST', body), signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) }),
  session: () => request(SessionView, '/api/session'),
  listen: (poke) => {
    let source: EventSource | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    const open = () => {
      source = new EventSource('/api/events')
      // Whatever it says (`Poke`), the answer is the same: ask.
      source.onmessage = poke
      // What was written while there was no stream was not told: ask once at every (re)connection.
      source.onopen = poke
      source.onerror = () => {
        // The browser connects anew by itself, except after a refusal.
        if (source?.readyState !== EventSource.CLOSED) return
        again = setTimeout(open, REOPEN_MS)
      }
    }
    // The browser waits before it tries anew; a line that is back is heard at once.
    const reopen = () => {
      if (source?.readyState === EventSource.OPEN) return
      clearTimeout(again)
      source?.close()
      open()
    }
    open()
    addEventListener('online', reopen)
    return () => {
      removeEventListener('online', reopen)
      clearTimeout(again)
      source?.close()
    }
  },
}
