/** The event stream of one device: only names of spaces and their numbers. */
import type { PersonId, SpaceId } from '../../domain/ids.ts'
import type { Poke } from '../../protocol/sync.ts'
import { accessOf } from '../accounts/access.ts'
import type { ServerPort } from '../port.ts'

/** Below the idle limit of common proxies (30 s and more). */
const HEARTBEAT_MS = 25_000
const RETRY_MS = 3_000

const encoder = new TextEncoder()
const HEARTBEAT = encoder.encode(': \n\n')
const eventOf = (poke: Poke) => encoder.encode(`data: ${JSON.stringify(poke)}\n\n`)

/** Ends when the device goes, the access of the person cannot be read any more, or the server stops. */
export async function eventStream(port: ServerPort, person: PersonId, headers: Headers): Promise<Response> {
  let spaces = await visibleTo(port, person)
  let end = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (bytes: Uint8Array) => {
        // A device that reads nothing any more is let go instead of filling the memory.
        if ((controller.desiredSize ?? 0) < -1_000) return end()
        controller.enqueue(bytes)
      }
      const stopPokes = port.pokes.subscribe(() => spaces, (poke) => send(eventOf(poke)))
      const recheck = async () => {
        const before = spaces
        try {
          spaces = await visibleTo(port, person)
          for (const poke of await headsOf(port, spaces.filter((space) => !before.includes(space)))) send(eventOf(poke))
        } catch {
          end()
        }
      }
      const stopAccess = port.accessChanges.subscribe(person, () => void recheck())
      const heartbeat = setInterval(() => send(HEARTBEAT), HEARTBEAT_MS)
      heartbeat.unref()
      port.stopping.addEventListener('abort', () => end(), { once: true })
      openStreams.add(end = once(() => {
        clearInterval(heartbeat)
        stopPokes()
        stopAccess()
        openStreams.delete(end)
        try {
          controller.close()
        } catch {
          // the device closed it
        }
      }))
      send(encoder.encode(`retry: ${RETRY_MS}\n\n`))
    },
    cancel: () => end(),
  })
  headers.set('content-type', 'text/event-stream')
  headers.set('cache-control', 'no-store')
  headers.set('x-accel-buffering', 'no')
  return new Response(body, { headers })
}
