/** Binding to an address, and letting go of it again. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartProblem, type Config } from './config.ts'

export type Listening = {
  /** As a person types it: `http://localhost:3000`. */
  address: string
  /** From now on this answers; before it everybody gets 503. */
  answerWith(listener: RequestListener): void
  /** Takes no new requests and resolves when the running ones are done. */
  close(): Promise<void>
}

/** Throws a StartProblem when the port is taken or not allowed. `localhost` is both loopback addresses, where there are two. */
export async function bind({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Listening> {
  const first = await bindOne(host === 'localhost' ? '127.0.0.1' : host, port)
  const bound = (first.address() as AddressInfo).port
  const servers = [first]
  if (host === 'localhost') {
    try {
      servers.push(await bindOne('::1', bound))
    } catch (error) {
      if (!(error instanceof StartProblem) || error.cause !== 'EADDRNOTAVAIL') {
        await closed(first)
        throw error
      }
    }
  }
  let listener: RequestListener = (_request, response) => void response.writeHead(503, { 'retry-after': '1' }).end()
  for (const server of servers) server.on('request', (request, response) => listener(request, response))
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    answerWith: (next) => void (listener = next),
    close: async () => void (await Promise.all(servers.map(closed))),
  }
}

const why: Record<string, string> = {
  EADDRINUSE: 'is al in gebruik. Kies een andere met PORT',
  EACCES: 'mag niet gebruikt worden. Kies een andere met PORT',
}

function bindOne(host: string, port: number): Promise<Server> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', ({ code = 'onbekend' }: NodeJS.ErrnoException) => {
      const text = why[code] ? `poort ${port} ${why[code]}` : `HOST ${host} kan niet gebruikt worden (${code})`
      reject(new StartProblem(`${text}`, { cause: code === 'EAFNOSUPPORT' ? 'EADDRNOTAVAIL' : code }))
    })
    server.listen({ host, port }, () => {
      server.removeAllListeners('error')
      resolve(server)
    })
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that answers its last request would otherwise stay open for the keep-alive time.
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearInterval(idle)
      resolve()
    })
  })
}
