/** A device's store and a server's database that break off in the middle, as when the process is killed there. */
import type { DBCore, DBCoreTable, Dexie } from 'dexie'
import type { Kysely, KyselyPlugin } from 'kysely'

export class Killed extends Error {}

/** Counts accesses; the one after `allowed` and all that follow fail. */
class Breaker {
  made = 0
  constructor(readonly allowed: number) {}
  get broke(): boolean {
    return this.made > this.allowed
  }
  step(): void {
    this.made += 1
    if (this.broke) throw new Killed(`killed at access ${this.made}`)
  }
}

/** Every access of the store first passes `before`, from the next opening on. */
async function guardStore(db: Dexie, name: string, before: { any?: () => void; write?: () => void }): Promise<void> {
  const guard = <A extends unknown[], R>(access: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
    before.any?.()
    return access(...args)
  }
  const guarded = (table: DBCoreTable): DBCoreTable => ({
    ...table,
    mutate: guard(async (request) => {
      before.write?.()
      return table.mutate(request)
    }),
    get: guard(table.get),
    getMany: guard(table.getMany),
    query: guard(table.query),
    openCursor: guard(table.openCursor),
    count: guard(table.count),
  })
  db.use({ stack: 'dbcore', name, create: (core: DBCore): DBCore => ({ ...core, table: (table) => guarded(core.table(table)) }) })
  db.close()
  await db.open()
}

/** From now on the store of this device allows so many accesses. A restart of the device opens it as it was left. */
export async function breakStore(db: Dexie, allowed: number): Promise<Breaker> {
  const breaker = new Breaker(allowed)
  await guardStore(db, 'breaker', { any: () => breaker.step() })
  return breaker
}

/** No room on the device: every write is refused as a browser does it, until it is `back`. */
export async function limitRoom(db: Dexie): Promise<{ back: () => void }> {
  let full = true
  await guardStore(db, 'room', {
    write: () => {
      if (full) throw new DOMException('no room', 'QuotaExceededError')
    },
  })
  return { back: () => void (full = false) }
}

/** A handle on the same database that fails after so many statements; what was not committed by then is undone. */
export function breakDatabase<T>(db: Kysely<T>, allowed: number): { db: Kysely<T>; breaker: Breaker } {
  const breaker = new Breaker(allowed)
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      breaker.step()
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { db: db.withPlugin(plugin), breaker }
}
