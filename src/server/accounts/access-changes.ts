/** Tells open event streams that what a person may see has changed. */
import type { PersonId } from '../../domain/ids.ts'

/** The PostgreSQL channel on which the other processes hear it; the payload is the person's id. */
export const ACCESS_CHANNEL = 'opstap_access'

export type AccessChanges = {
  announce(person: PersonId): void
  /** Returns the function that ends the subscription. */
  subscribe(person: PersonId, tell: () => void): () => void
}

/** `spread` carries an announcement to the other processes. */
export function createAccessChanges(spread: (person: PersonId) => void = () => {}): AccessChanges & { receive(person: string): void } {
  const listeners = new Map<string, Set<() => void>>()
  const receive = (person: string) => listeners.get(person)?.forEach((tell) => tell())
  return {
    receive,
    announce(person) {
      receive(person)
      spread(person)
    },
    subscribe(person, tell) {
      const ofPerson = listeners.get(person) ?? new Set()
      listeners.set(person, ofPerson.add(tell))
      return () => {
        ofPerson.delete(tell)
        if (ofPerson.size === 0 && listeners.get(person) === ofPerson) listeners.delete(person)
      }
    },
  }
}
