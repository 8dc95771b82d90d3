/** The device's database with faults: the tab ends at any operation, or the browser has no room at a request or at a commit. */
import type { DBCore, Middleware } from 'dexie'

/** Operations are counted from when the plan was made; `after`: the tab ends between the commit and its news. */
export type StorePlan = { left: number; fault: 'crash' | 'quota-at-request' | 'quota-at-commit'; hit?: boolean }

export type StoreOwner = { plan: StorePlan | undefined; dead: boolean; die: () => void }

/** As fake-indexeddb keeps it: `_start` runs the next request, or commits when there is none. */
type Transaction = IDBTransaction & { _start: () => void; _abort: (name: string) => void; _requests: { request: { readyState: string } }[]; _state: string }

export function faultyStore(tab: StoreOwner): Middleware<DBCore> {
  const open = new Set<Transaction>()
  /** One operation: the moment at which a plan may come due. */
  const pass = (writes: boolean): void => {
    if (tab.dead) throw new Error('this tab has ended')
    const { plan } = tab
    if (!plan || plan.hit || plan.fault === 'quota-at-commit') return
    if (plan.fault === 'quota-at-request' && !writes) return
    plan.left -= 1
    if (plan.left > 0) return
    plan.hit = true
    if (plan.fault === 'quota-at-request') throw new DOMException('no room', 'QuotaExceededError')
    end()
    throw new Error('this tab ends here')
  }
  const end = () => {
    tab.die()
    for (const transaction of open) if (transaction._state !== 'finished') transaction._abort('AbortError')
    open.clear()
  }
  const operation = <A extends unknown[], R>(run: (...args: A) => Promise<R>, writes = false) =>
    async (...args: A): Promise<R> => {
      pass(writes)
      return run(...args)
    }
  return {
    stack: 'dbcore',
    name: 'faults',
    level: 0,
    create: (core) => ({
      ...core,
      transaction: (stores, mode, options) => {
        if (tab.dead) throw new Error('this tab has ended')
        const transaction = core.transaction(stores, mode, options) as unknown as Transaction
        open.add(transaction)
        transaction.addEventListener('abort', () => open.delete(transaction))
        transaction.addEventListener('complete', () => {
          open.delete(transaction)
          const { plan } = tab
          // The bytes are on the disk, the tab does not live to hear it.
          if (mode !== 'readwrite' || plan?.fault !== 'crash' || plan.hit || tab.dead || --plan.left > 0) return
          plan.hit = true
          end()
        })
        if (mode === 'readwrite') refuseCommit(transaction, tab)
        return transaction
      },
      table: (name) => {
        const table = core.table(name)
        return {
          ...table,
          get: operation((request) => table.get(request)),
          getMany: operation((request) => table.getMany(request)),
          query: operation((request) => table.query(request)),
          count: operation((request) => table.count(request)),
          openCursor: operation((request) => table.openCursor(request)),
          mutate: operation((request) => table.mutate(request), true),
        }
      },
    }),
  }
}

function refuseCommit(transaction: Transaction, tab: StoreOwner): void {
  const start = transaction._start.bind(transaction)
  transaction._start = () => {
    const { plan } = tab
    const commits = transaction._state !== 'finished' && !transaction._requests.some(({ request }) => request.readyState !== 'done')
    if (!commits || plan?.fault !== 'quota-at-commit' || plan.hit || --plan.left > 0) return start()
    plan.hit = true
    transaction._abort('QuotaExceededError')
  }
}
