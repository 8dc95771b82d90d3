/** Opstap's own client, as the app composes it: the real store, the lazily loaded engine, the browser's network. */
import type { TextValue } from '../../../../src/domain/collection.ts'
import { evidence, taskProgress } from '../../../../src/domain/collections.ts'
import type { SessionView } from '../../../../src/domain/session.ts'
import { OpstapDatabase } from '../../../../src/client/db/database.ts'
import { live } from '../../../../src/client/db/live.ts'
import { rowOf, rowsOf, rowsWith } from '../../../../src/client/db/rows.ts'
import { browserEnvironment } from '../../../../src/client/sync/browser.ts'
import { createClient, type Client } from '../../../../src/client/sync/client.ts'
import type { Environment } from '../../../../src/client/sync/environment.ts'
import { dossierSpace } from '../../../../src/client/sync/identity.ts'
import { editText, type TextEditing } from '../../../../src/client/sync/text-editing.ts'
import type { Row } from '../rows.ts'
import type { Device } from './device.ts'
import { offer } from './work.ts'

const TEXT_OF = 'lange-tekst'

/** The browser's own environment behind a switch: off, it answers as a device without a network. */
function switched(database: string) {
  const real = browserEnvironment()
  const wakes = new Set<() => void>()
  let online = false
  let endListening: (() => void) | undefined
  let answered: () => void = () => {}
  let complete = false
  const env: Environment = {
    ...real,
    // Two devices in one browser: each its own lock.
    locks: { request: (name: string, ...rest: [any]) => navigator.locks.request(`${database} ${name}`, ...rest) } as LockManager,
    onWake: (wake) => {
      wakes.add(wake)
      return () => void wakes.delete(wake)
    },
    transport: {
      ...real.transport,
      sync: async (request, signal) => {
        if (!online) return { kind: 'offline' }
        const result = await real.transport.sync(request, signal)
        if (result.kind !== 'ok') throw new Error(`the server refused: ${JSON.stringify(result)}`)
        complete = !result.value.resync && result.value.pages.every(({ more }) => !more)
        answered()
        return result
      },
      listen: (poke) => {
        let ended = false
        const open = () => {
          if (online && !ended) endListening = real.transport.listen(poke)
        }
        open()
        return () => {
          ended = true
          endListening?.()
        }
      },
    },
  }
  return {
    env,
    connect: () => {
      online = true
      for (const wake of wakes) wake()
    },
    disconnect: () => {
      online = false
      endListening?.()
    },
    complete: () => complete,
    nextAnswer: () => new Promise<void>((resolve) => (answered = resolve)),
  }
}

function create(): Device {
  let client: Client
  let wire: ReturnType<typeof switched>
  let space: ReturnType<typeof dossierSpace>
  let editing: TextEditing | undefined

  const write = async (...values: Parameters<Client['write']>): Promise<void> => {
    const written = await client.write(...values)
    if (written.kind !== 'written') throw new Error(`not written: ${JSON.stringify(written)}`)
  }
  const asRow = ({ id, values }: { id: string; values: object }): Row => ({ id, ...values }) as Row
  /** No round trip under way, the last answer complete, nothing left to send. */
  const quiet = async () => {
    for (;;) {
      const next = wire.nextAnswer()
      await client.engine.settled()
      if (wire.complete() && (await client.db.outbox.where('state').anyOf('waiting', 'sent').count()) === 0) return
      await next
    }
  }

  return {
    async open(database, { session }) {
      wire = switched(database)
      const db = new OpstapDatabase(database)
      client = createClient(db, wire.env)
      space = dossierSpace(session as SessionView)
      if ((await db.read('session')) === undefined) await client.signedIn(session as SessionView)
    },
    insert: async (rows) => {
      await Promise.all(rows.map(({ id, ...set }) => write(evidence, id, set)))
    },
    update: (id, set) => write(evidence, id, set),
    countOfTask: async (task) => (await rowsWith(client.db, space, 'evidence', 'task', task)).length,
    rows: async () => (await rowsOf(client.db, space, 'evidence')).map(asRow),
    async connect() {
      wire.connect()
      await quiet()
    },
    sent: quiet,
    async disconnect() {
      await quiet()
      wire.disconnect()
    },
    watch: (id, seen) => {
      const subscription = live(async () => rowOf(client.db, space, 'evidence', id)).subscribe((row) => seen(row && asRow(row)))
      return () => subscription.unsubscribe()
    },
    async type(text) {
      const stored = async () => (await rowOf(client.db, space, 'taskProgress', TEXT_OF))?.values.note
      if (!editing) {
        editing = editText(
          { write: (value: TextValue) => client.write(taskProgress, TEXT_OF, { note: value }), after: wire.env.after },
          { positions: () => [], show: () => {}, standing: () => {} },
          await stored(),
        )
        live(stored).subscribe((state) => editing!.stored(state))
      }
      const before = (await this.typed()) + text
      editing.typed(before, before.length)
      const standing = await editing.save()
      if (standing.kind !== 'clean') throw new Error(`the text is ${standing.kind}`)
      await quiet()
    },
    typed: async () => (await rowOf(client.db, space, 'taskProgress', TEXT_OF))?.values.note?.t ?? '',
    kept: async (id) =>
      (await rowsOf(client.db, space, 'conflict')).filter(({ values }) => values.row === id).map(({ values }) => ({ [values.unit!]: values.loser!.value }) as Partial<Row>),
  }
}

offer(create)
