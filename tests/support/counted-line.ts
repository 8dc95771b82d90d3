/** A line between a browser and the app that counts every byte the app sends over it, headings included. */
import { connect, createServer } from 'node:net'
import { once } from 'node:events'

export type CountedLine = {
  /** The address of the app over this line. */
  url: string
  /** Bytes from the app since the last time this was asked. */
  taken(): number
  close(): Promise<void>
}

export async function countedLine(app: string): Promise<CountedLine> {
  const { hostname, port } = new URL(app)
  let bytes = 0
  const open = new Set<{ destroy(): void }>()
  const server = createServer((browser) => {
    const there = connect({ host: hostname, port: Number(port) })
    for (const end of [browser, there]) {
      open.add(end)
      end.on('close', () => open.delete(end)).on('error', () => [browser, there].forEach((one) => one.destroy()))
    }
    there.on('data', (chunk) => (bytes += chunk.byteLength))
    browser.pipe(there).pipe(browser)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as { port: number }
  return {
    url: `http://localhost:${address.port}`,
    taken() {
      const since = bytes
      bytes = 0
      return since
    },
    async close() {
      server.close()
      for (const end of open) end.destroy()
      await once(server, 'close')
    },
  }
}
