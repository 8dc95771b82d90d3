/** A small server for RxDB's replication: the push, pull and stream handlers of its documents, over rows in memory. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Row } from '../rows.ts'
import { givesPage, listen, type BenchServer } from './server.ts'

type Doc = Row & { _deleted: boolean }
type Change = { newDocumentState: Doc; assumedMasterState?: Doc }
type Store = { docs: Map<string, { doc: Doc; seq: number }>; log: string[]; streams: Set<ServerResponse> }

const same = (a: Doc, b: Doc | undefined) => b !== undefined && (Object.keys(a) as (keyof Doc)[]).every((field) => a[field] === b[field])

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString())
}

/** Takes what the device knew the server to have; answers with the documents it did not know. */
function push(store: Store, changes: Change[]): Doc[] {
  const conflicts: Doc[] = []
  const taken: Doc[] = []
  for (const { newDocumentState, assumedMasterState } of changes) {
    const current = store.docs.get(newDocumentState.id)?.doc
    // The client sends a document twice when its own change comes back by the stream before the answer to its push.
    if (current && same(current, newDocumentState)) continue
    if (current && !same(current, assumedMasterState)) conflicts.push(current)
    else {
      put(store, newDocumentState)
      taken.push(newDocumentState)
    }
  }
  if (taken.length > 0) for (const stream of store.streams) stream.write(`data: ${JSON.stringify({ documents: taken, checkpoint: { seq: store.log.length } })}\n\n`)
  return conflicts
}

function put(store: Store, doc: Doc): void {
  store.docs.set(doc.id, { doc, seq: store.log.push(doc.id) })
}

/** The newest state of each row changed after `after`, in the order of change. */
function pull(store: Store, after: number, limit: number): { documents: Doc[]; checkpoint: { seq: number } } {
  const documents: Doc[] = []
  let seq = after
  for (; seq < store.log.length && documents.length < limit; seq += 1) {
    const entry = store.docs.get(store.log[seq]!)!
    if (entry.seq === seq + 1) documents.push(entry.doc)
  }
  return { documents, checkpoint: { seq } }
}

export async function startRxdbServer(folder: string): Promise<BenchServer> {
  const stores = new Map<string, Store>()
  const page = givesPage(folder)
  const metered = await listen((request, response) => {
    if (page(request, response)) return
    const url = new URL(request.url!, 'http://localhost')
    const [, , name, action] = url.pathname.split('/')
    const store = stores.get(name ?? '')
    const json = (value: unknown) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (!store) response.writeHead(404).end()
    else if (action === 'pull') json(pull(store, Number(url.searchParams.get('after')), Number(url.searchParams.get('limit'))))
    else if (action === 'push') void bodyOf(request).then((changes) => json(push(store, changes as Change[])))
    else {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n')
      store.streams.add(response)
      response.on('close', () => store.streams.delete(response))
    }
  })
  return {
    port: metered.port,
    bytes: metered.bytes,
    stop: metered.stop,
    async place(rows = []) {
      const name = `place-${stores.size}`
      const store: Store = { docs: new Map(), log: [], streams: new Set() }
      stores.set(name, store)
      const add = async (more: Row[]) => {
        for (const row of more) put(store, { ...row, _deleted: false })
      }
      await add(rows)
      return { place: { name }, cookies: [], add, rows: async () => new Map([...store.docs.values()].map(({ doc: { _deleted, ...row } }) => [row.id, row])) }
    },
  }
}
