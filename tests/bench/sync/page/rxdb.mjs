/**
 * RxDB 17 with its Dexie storage. As its documents recommend for speed: no development mode and no schema validation,
 * one instance (`multiInstance: false`), `eventReduce`, and bigger batches than the default of 100.
 */
import { createRxDatabase } from 'rxdb/plugins/core'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { Subject } from 'rxjs'
import { offer } from './work.ts'

const text = (maxLength) => ({ type: 'string', maxLength })
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: text(40), task: text(60), kind: text(10), url: text(400), title: text(200), addedAt: text(30), note: text(20_000) },
  required: ['id', 'task'],
  indexes: ['task'],
}
const TEXT_OF = '00000000-0000-4000-8000-ffffffffffff'
const PUSH_BATCH = 500
const PULL_BATCH = 1000

const post = async (path, body) => {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

function create() {
  let rows
  let base
  let replication
  let events

  function replicate(direction) {
    const stream$ = new Subject()
    if (direction === 'live') {
      events = new EventSource(`${base}/stream`)
      events.onmessage = ({ data }) => stream$.next(JSON.parse(data))
      events.onopen = () => stream$.next('RESYNC')
    }
    return replicateRxCollection({
      collection: rows,
      replicationIdentifier: base,
      live: direction === 'live',
      waitForLeadership: false,
      ...(direction === 'pull' ? {} : { push: { batchSize: PUSH_BATCH, handler: (changes) => post(`${base}/push`, changes) } }),
      // Also where only pushing is asked: a replication without it does not know what the other one pulled.
      pull: {
        batchSize: PULL_BATCH,
        stream$: stream$.asObservable(),
        handler: async (checkpoint, limit) => (await fetch(`${base}/pull?after=${checkpoint?.seq ?? 0}&limit=${limit}`)).json(),
      },
    })
  }

  return {
    async open(database, place) {
      const db = await createRxDatabase({ name: database, storage: getRxStorageDexie(), multiInstance: false, eventReduce: true })
      ;({ rows } = await db.addCollections({ rows: { schema } }))
      base = `/rxdb/${place.name}`
    },
    insert: async (all) => {
      const { error } = await rows.bulkInsert(all)
      if (error.length > 0) throw new Error(`${error.length} rows were not inserted`)
    },
    update: async (id, set) => {
      const doc = await rows.findOne(id).exec()
      await doc.patch(set)
    },
    countOfTask: async (task) => (await rows.find({ selector: { task } }).exec()).length,
    rows: async () => (await rows.find().exec()).map((doc) => doc.toJSON()),
    async connect(direction) {
      replication = replicate(direction)
      let failed
      replication.error$.subscribe((error) => (failed ??= error))
      await replication.awaitInitialReplication()
      await replication.awaitInSync()
      if (failed) throw failed
    },
    sent: () => replication.awaitInSync(),
    async disconnect() {
      await replication.awaitInSync()
      events?.close()
      await replication.cancel()
    },
    watch: (id, seen) => {
      const subscription = rows.findOne(id).$.subscribe((doc) => seen(doc?.toJSON()))
      return () => subscription.unsubscribe()
    },
    async type(more) {
      const doc = await rows.findOne(TEXT_OF).exec()
      if (doc) await doc.incrementalModify((data) => ({ ...data, note: data.note + more }))
      else await rows.insert({ id: TEXT_OF, task: 'taak', note: more })
      await replication.awaitInSync()
    },
    typed: async () => (await rows.findOne(TEXT_OF).exec())?.note ?? '',
    // The default conflict handler keeps the server's document and drops the device's.
    kept: async () => [],
  }
}

offer(create)
