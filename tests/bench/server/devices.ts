/** Many devices in the bench's process, over real sockets. */
import { Agent, request, type IncomingMessage } from 'node:http'
import { performance } from 'node:perf_hooks'

export type Answer = { status: number; body: string; ms: number }

const STREAM = '/api/events'
/** A server that says nothing for so long will not answer any more. */
const SILENCE_MS = 60_000

export class Network {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: Infinity })

  constructor(readonly port: number) {}

  device(cookie: { name: string; value: string }): Device {
    return new Device(this.port, this.agent, cookie)
  }

  close(): void {
    this.agent.destroy()
  }
}

/** With its own cookies, as a browser keeps them. */
export class Device {
  private readonly jar = new Map<string, string>()

  constructor(
    private readonly port: number,
    private readonly agent: Agent,
    cookie: { name: string; value: string },
  ) {
    this.jar.set(cookie.name, cookie.value)
  }

  private open(method: string, path: string, body?: string): Promise<IncomingMessage> {
    const headers = {
      cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
      'accept-encoding': 'br, gzip',
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    }
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: this.agent }, (answer) => {
        for (const line of answer.headers['set-cookie'] ?? []) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
          this.jar.set(name!, value!)
        }
        resolve(answer)
      })
      sent.on('error', reject)
      sent.setTimeout(SILENCE_MS, () => path !== STREAM && sent.destroy(new Error(`${method} ${path}: no answer within ${SILENCE_MS / 1_000} s`)))
      sent.end(body)
    })
  }

  /** The whole answer; a compressed one is only counted, not unpacked, unless `read`. */
  async fetch(path: string, body?: unknown): Promise<Answer> {
    const started = performance.now()
    const answer = await this.open(body === undefined ? 'GET' : 'POST', path, body === undefined ? undefined : JSON.stringify(body))
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk as Buffer)
    const ms = performance.now() - started
    const bytes = Buffer.concat(chunks)
    return { status: answer.statusCode!, body: (await unpacked(bytes, answer.headers['content-encoding'])).toString(), ms }
  }

  /** Connects for pokes; `poked` is called at each, with the head that it tells. */
  async listen(poked: (head: number, at: number) => void): Promise<() => void> {
    const answer = await this.open('GET', STREAM)
    if (answer.statusCode !== 200) throw new Error(`the stream was refused: ${answer.statusCode}`)
    answer.on('data', (chunk: Buffer) => {
      const at = performance.now()
      for (const [, data] of chunk.toString().matchAll(/^data: (.+)$/gm)) poked((JSON.parse(data!) as { head: number }).head, at)
    })
    answer.on('error', () => {})
    return () => answer.destroy()
  }
}

async function unpacked(bytes: Buffer, encoding: string | undefined): Promise<Buffer> {
  const { brotliDecompressSync, gunzipSync } = await import('node:zlib')
  return encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes
}
