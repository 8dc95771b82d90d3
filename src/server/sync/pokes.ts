/** Tells connected devices that a space has news: only its name and number, never contents. */
import { SpaceId } from '../../domain/ids.ts'
import type { Poke } from '../../protocol/poke.ts'

/** The PostgreSQL channel on which every process of the server hears what another one committed. */
export const POKE_CHANNEL = 'opstap_poke'

type Listener = { spaces: () => readonly SpaceId[]; tell: (poke: Poke) => void; told: Map<SpaceId, number> }

export type Pokes = {
  publish: (space: SpaceId, head: number) => void
  /** A notification of POKE_CHANNEL: `<space> <head>`. Anything else is ignored. */
  receive: (payload: string) => void
  /** Returns the function that ends the subscription. `spaces` is asked at each poke, so that a loss of access counts at once. */
  subscribe: (spaces: () => readonly SpaceId[], tell: (poke: Poke) => void) => () => void
}

export function createPokes(): Pokes {
  const listeners = new Set<Listener>()
  const publish = (space: SpaceId, head: number): void => {
    for (const listener of listeners) {
      if ((listener.told.get(space) ?? -1) >= head || !listener.spaces().includes(space)) continue
      listener.told.set(space, head)
      listener.tell({ space, head })
    }
  }
  return {
    publish,
    receive: (payload) => {
      const [name, head] = payload.split(' ')
      const space = SpaceId.safeParse(name)
      if (space.success && Number.isSafeInteger(Number(head))) publish(space.data, Number(head))
    },
    subscribe: (spaces, tell) => {
      const listener: Listener = { spaces, tell, told: new Map() }
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
