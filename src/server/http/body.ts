/** Reading a request body of limited size, also when it was compressed. */
import { refused, Refused } from './route.ts'

/** The JSON value of the body, or the refusal. Counts after decompression, so that a small bomb stays small. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) return refused('unsupported')
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip') return refused('unsupported')
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return refused('too_large')
  if (!request.body) return refused('bad_request')
  const plain = encoding === 'gzip' ? request.body.pipeThrough(new DecompressionStream('gzip') as unknown as TransformStream<Uint8Array, Uint8Array>) : request.body
  const bytes = await readAll(plain, maxBytes)
  if (bytes instanceof Refused) return bytes
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return refused('bad_request')
  }
}

async function readAll(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array | Refused> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return Buffer.concat(chunks)
      size += value.byteLength
      if (size > maxBytes) {
        await reader.cancel().catch(() => {})
        return refused('too_large')
      }
      chunks.push(value)
    }
  } catch {
    return refused('bad_request')
  }
}
