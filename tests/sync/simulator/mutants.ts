/**
 * Faults that a sync engine is known to get, each planted in the source by text (see bundle.ts): nothing in production
 * code knows of them. A change of that code that moves a place makes the build of its mutant fail, with the place.
 */
export type Mutant = {
  name: string
  /** Where it can be seen; a race between connections needs PostgreSQL. */
  engine: 'pglite' | 'postgres'
  changes: { file: string; from: string; to: string }[]
}

const exchangeOnServer = 'src/server/sync/exchange.ts'
const exchangeOnDevice = 'src/client/sync/exchange.ts'

export const mutants: readonly Mutant[] = [
  {
    // Numbers are given out without the lock of the space: a slow transaction commits below a head that others have read.
    name: 'sequence-cursor',
    engine: 'postgres',
    changes: [
      { file: 'src/server/sync/row-store.ts', from: 'any(${names}::text[]) order by id for update`', to: 'any(${names}::text[]) order by id`' },
      {
        file: 'src/server/sync/row-store.ts',
        from: 'return new Map(rows.map(({ id, head }) => [id, Number(head)]))',
        to: `return new Map(rows.map(({ id, head }) => {
          const given: Map<string, number> = ((globalThis as any).sequence ??= new Map())
          const first = Math.max(Number(head), given.get(id) ?? 0)
          given.set(id, first + 1_000)
          return [id, first]
        }))`,
      },
      { file: 'src/server/sync/row-store.ts', from: 'update sync_space set head = wanted.head', to: 'update sync_space set head = greatest(sync_space.head, wanted.head)' },
    ],
  },
  {
    name: 'ack-before-commit',
    engine: 'pglite',
    changes: [
      { file: exchangeOnServer, from: 'return port.db.transaction().execute(async (trx) => {', to: 'let early: Pushed | undefined\n  return port.db.transaction().execute(async (trx): Promise<Pushed> => {' },
      { file: exchangeOnServer, from: 'return {\n      acks: [...repeated', to: 'return early = {\n      acks: [...repeated' },
      { file: exchangeOnServer, from: 'newClient: copied,\n    }\n  })', to: 'newClient: copied,\n    }\n  }).catch((error: unknown) => {\n    if (early) return early\n    throw error\n  })' },
    ],
  },
  {
    name: 'dropped-future-stamps',
    engine: 'pglite',
    changes: [
      {
        file: exchangeOnServer,
        from: '= fresh.map((item, i) => ({ ...item, ...stamps[i]! }))',
        to: '= fresh.map((item, i) => ({ ...item, ...stamps[i]! })).filter(({ mutation }) => parseInt(mutation.hlc.slice(0, 9), 36) <= now + 60_000)',
      },
      {
        file: exchangeOnServer,
        from: 'acks: [...repeated, ',
        to: "acks: [...fresh.filter(({ mutation }) => !incoming.some((taken) => taken.mutation === mutation)).map(({ mutation }): Ack => ({ id: mutation.id, status: 'superseded', seq: null })), ...repeated, ",
      },
    ],
  },
  {
    name: 'cursor-past-unknown-collections',
    engine: 'pglite',
    changes: [{ file: exchangeOnDevice, from: 'rows.map(({ collection, id, ...row }) => {', to: 'rows.filter(({ collection }) => collectionNamed(collection)).map(({ collection, id, ...row }) => {' }],
  },
  {
    name: 'non-atomic-outbox',
    engine: 'pglite',
    changes: [
      { file: 'src/client/sync/mutate.ts', from: "return await db.transaction('rw', db.rows, db.outbox, db.meta, async (): Promise<Written> => {", to: 'return await (async (): Promise<Written> => {' },
      { file: 'src/client/sync/mutate.ts', from: "return { kind: 'written', at }\n    })", to: "return { kind: 'written', at }\n    })()" },
    ],
  },
  {
    name: 'missing-duplicate-guard',
    engine: 'pglite',
    changes: [{ file: exchangeOnServer, from: 'if ((same && same.hash === hashOf(mutation)) || inBatch.has(mutation.id)) {', to: 'if (inBatch.has(mutation.id)) {' }],
  },
  {
    // The oldest change goes alone, and one that the server parked stays the oldest.
    name: 'retry-that-blocks',
    engine: 'pglite',
    changes: [
      { file: exchangeOnDevice, from: 'batch.length >= limit', to: 'batch.length >= Math.min(1, limit)' },
      { file: exchangeOnDevice, from: "return [status === 'parked' ? { ...entry, state: 'parked', ...(reason ? { reason } : {}) }", to: "return [status === 'parked' ? { ...entry, state: 'sent', ...(reason ? { reason } : {}) }" },
    ],
  },
  {
    name: 'text-seeded-twice',
    engine: 'pglite',
    changes: [
      { file: 'src/protocol/text.ts', from: '  if (state) Y.applyUpdate(doc, fromBase64(state.y))\n', to: '' },
      {
        file: 'src/protocol/text.ts',
        from: '    if (origin === mine) updates.push(update)\n  })\n',
        to: '    if (origin === mine) updates.push(update)\n  })\n  if (state?.t) doc.transact(() => text.insert(0, state.t!), mine)\n',
      },
    ],
  },
]
