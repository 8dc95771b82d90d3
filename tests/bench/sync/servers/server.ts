/** What the bench asks of a server, whichever engine it serves. All of them live in the bench's own process. */
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { extname, join } from 'node:path'
import type { Place } from '../page/device.ts'
import type { Row } from '../rows.ts'

export type Cookie = { name: string; value: string }

export type BenchServer = {
  /** Where the pages of this engine are. */
  port: number
  /** A fresh store for one measurement, with these rows in it. */
  place: (rows?: Row[]) => Promise<Stored>
  /** Bytes that went over its sockets, both ways. */
  bytes: () => number
  stop: () => Promise<void>
}

export type Stored = {
  place: Place
  /** What a browser must have to get there. */
  cookies: Cookie[]
  add: (rows: Row[]) => Promise<void>
  rows: () => Promise<Map<string, Row>>
}

export type Metered = { server: Server; port: number; bytes: () => number; stop: () => Promise<void> }

/** Listens on a port of the system's choice, or on the given one, and counts what travels. */
export async function listen(listener: RequestListener, port = 0): Promise<Metered> {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener)
  const sockets = new Set<Socket>()
  let gone = 0
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      gone += socket.bytesRead + socket.bytesWritten
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    server,
    port: (server.address() as AddressInfo).port,
    bytes: () => [...sockets].reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, gone),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }

/** The built page of a peer; false for any other path. */
export function givesPage(folder: string): (...request: Parameters<RequestListener>) => boolean {
  return ({ url = '/' }, response) => {
    const [path = '/'] = url.split('?')
    const file = path === '/' ? '/index.html' : path
    if (!/^\/(index\.html|assets\/[\w.-]+)$/.test(file)) return false
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(join(folder, file)))
    return true
  }
}
