/** Texts on their way to others that were not sent yet: kept on this device, per person. */
import type { OpstapDatabase } from './database.ts'

const keyOf = (person: string, name: string) => `draft:${person}:${name}`

export type Draft = { read: () => Promise<string | undefined>; keep: (text: string) => Promise<void>; forget: () => Promise<void> }

/** `person`: empty without an account. What was begun before signing in is found again after it. */
export function draftOf(db: OpstapDatabase, person: string, name: string): Draft {
  const [key, before] = [keyOf(person, name), keyOf('', name)]
  return {
    read: async () => {
      const choices = await db.read('choices')
      return choices?.[key] ?? choices?.[before]
    },
    keep: (text) => change(db, (choices) => ({ ...choices, [key]: text })),
    forget: () => change(db, ({ [key]: _kept, [before]: _earlier, ...others }) => others),
  }
}

export const forgetDrafts = (db: OpstapDatabase, person: string): Promise<void> =>
  change(db, (choices) => Object.fromEntries(Object.entries(choices).filter(([key]) => !key.startsWith(keyOf(person, '')))))

async function change(db: OpstapDatabase, make: (choices: Record<string, string>) => Record<string, string>): Promise<void> {
  await db.transaction('rw', db.meta, async () => db.write('choices', make((await db.read('choices')) ?? {})))
}
