/** The event stream of one device: only names of spaces and their numbers. */
import type { PersonId, SpaceId } from '../../domain/ids.ts'
import type { Poke } from '../../protocol/poke.ts'
import { accessOf, sessionViewOf } from '../accounts/access.ts'
import type { ServerPort } from '../port.ts'

/** Below the idle limit of common proxies (30 s and more). */
const HEARTBEAT_MS = 25_000
/** After this the device connects anew, so that a session that ended elsewhere counts here too. */
const LIFETIME_MS = 3_600_000
const RETRY_MS = 3_000
/** Chunks that a device leaves unread before it is let go. */
const MAX_WAITING = 100

const encoder = new TextEncoder()
const HEARTBEAT = encoder.encode(':\n\n')
const eventOf = (poke: Poke) => encoder.encode(`data: ${JSON.stringify(poke)}\n\n`)

export async function eventStream(port: ServerPort, person: PersonId, headers: Headers): Promise<Response> {
  const spaces = await visibleTo(port, person)
  let end = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      end = attend(port, person, spaces, controller)
      controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`))
    },
    cancel: () => end(),
  })
  headers.set('content-type', 'text/event-stream')
  headers.set('cache-control', 'no-store')
  headers.set('x-accel-buffering', 'no')
  return new Response(body, { headers })
}

/** Sends pokes and heartbeats until the returned function is called: by the device, the server's stop or a fault. */
function attend(port: ServerPort, person: PersonId, initial: SpaceId[], controller: ReadableStreamDefaultController<Uint8Array>): () => void {
  let spaces = initial
  const send = (bytes: Uint8Array) => {
    if ((controller.desiredSize ?? 0) < -MAX_WAITING) end()
    else controller.enqueue(bytes)
  }
  /** After a change of access: a space that is new and has something in it is news. */
  const recheck = async () => {
    try {
      const before = spaces
      spaces = await visibleTo(port, person)
      const gained = spaces.filter((space) => !before.includes(space))
      for (const poke of await headsOf(port, gained)) if (port.streams.has(end)) send(eventOf(poke))
    } catch {
      end()
    }
  }
  const opened = port.now()
  const beat = () => (port.now() - opened > LIFETIME_MS ? end() : send(HEARTBEAT))
  const stopPokes = port.pokes.subscribe(() => spaces, (poke) => send(eventOf(poke)))
  const stopAccess = port.accessChanges.subscribe(person, () => void recheck())
  const heartbeat = setInterval(beat, HEARTBEAT_MS)
  const end = () => {
    if (!port.streams.delete(end)) return
    clearInterval(heartbeat)
    stopPokes()
    stopAccess()
    try {
      controller.close()
    } catch {
      // the device closed it first
    }
  }
  port.streams.add(end)
  return end
}

async function visibleTo(port: ServerPort, person: PersonId): Promise<SpaceId[]> {
  const view = await sessionViewOf(port, person)
  return view ? (await accessOf(port.db, view)).map(({ space }) => space) : []
}

async function headsOf({ db }: ServerPort, spaces: SpaceId[]): Promise<Poke[]> {
  if (spaces.length === 0) return []
  const rows = await db.selectFrom('sync_space').select(['id', 'head']).where('id', 'in', spaces).where('head', '>', 0).execute()
  return rows.map(({ id, head }) => ({ space: id as SpaceId, head }))
}
