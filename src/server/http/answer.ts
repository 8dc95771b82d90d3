/** Answers in JSON, compressed when that pays; and the few plain pages that the server shows itself. */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { problem, problems, type Problem, type ProblemCode } from '../../protocol/problem.ts'

/** Below this a compressed answer is not smaller on the wire. */
const WORTH_BYTES = 1_000

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** What a client says it can read, best first. */
export function encodingFor(acceptEncoding: string | null): 'br' | 'gzip' | null {
  const accepted = new Map(
    (acceptEncoding ?? '').split(',').map((part) => {
      const [name, ...more] = part.trim().toLowerCase().split(';')
      return [name, !more.some((parameter) => /^\s*q=0(\.0*)?$/.test(parameter))] as const
    }),
  )
  return accepted.get('br') ? 'br' : accepted.get('gzip') ? 'gzip' : null
}

export async function jsonAnswer(value: unknown, status: number, request: Request, headers = new Headers()): Promise<Response> {
  headers.set('content-type', 'application/json; charset=utf-8')
  headers.set('cache-control', 'no-store')
  headers.set('vary', 'accept-encoding')
  const text = JSON.stringify(value)
  const encoding = text.length >= WORTH_BYTES ? encodingFor(request.headers.get('accept-encoding')) : null
  if (encoding === null) return new Response(text, { status, headers })
  headers.set('content-encoding', encoding)
  const bytes = encoding === 'br' ? await brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }) : await zip(text, { level: 5 })
  return new Response(new Uint8Array(bytes), { status, headers })
}

export function problemAnswer(given: Problem | ProblemCode, headers = new Headers()): Response {
  const told = typeof given === 'string' ? problem(given) : given
  headers.set('content-type', 'application/json; charset=utf-8')
  headers.set('cache-control', 'no-store')
  return new Response(JSON.stringify(told), { status: problems[told.code].status, headers })
}

/** A page for who comes from a mail, without the app. `body`: our own markup, nothing that anybody typed. */
export function pageAnswer(title: string, body: string, status = 200): Response {
  const html = `<!doctype html><html lang="nl-BE"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${title} – Opstap</title><link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/plain-page.css"></head><body><main><p><a href="/">Opstap</a></p><h1>${title}</h1>${body}</main></body></html>`
  return new Response(html, { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } })
}
