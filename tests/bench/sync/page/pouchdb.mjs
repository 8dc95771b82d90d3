/**
 * PouchDB 9 with its IndexedDB adapter (native indexes for `find`) against CouchDB's protocol. As its documents recommend for
 * speed: the newest adapter, one-way replication where one way is enough, and big batches.
 */
import PouchDB from 'pouchdb-core'
import indexeddb from 'pouchdb-adapter-indexeddb'
import http from 'pouchdb-adapter-http'
import replication from 'pouchdb-replication'
import find from 'pouchdb-find'
import { offer } from './work.ts'

PouchDB.plugin(indexeddb).plugin(http).plugin(replication).plugin(find)

const TEXT_OF = 'lange-tekst'
const batches = { batch_size: 1000, batches_limit: 10 }

const toDoc = ({ id, ...rest }) => ({ _id: id, ...rest })
const toRow = ({ _id, _rev, ...rest }) => ({ id: _id, ...rest })

function create() {
  let db
  let remote
  let running

  return {
    async open(database, place) {
      db = new PouchDB(database, { adapter: 'indexeddb' })
      remote = new PouchDB(`${location.origin}/pouchdb/${place.name}`, { adapter: 'http' })
      await db.createIndex({ index: { fields: ['task'], name: 'task', ddoc: 'task' } })
    },
    insert: async (all) => {
      const results = await db.bulkDocs(all.map(toDoc))
      const wrong = results.filter(({ ok }) => !ok)
      if (wrong.length > 0) throw new Error(`${wrong.length} rows were not inserted`)
    },
    update: async (id, set) => {
      await db.put({ ...(await db.get(id)), ...set })
    },
    countOfTask: async (task) => (await db.find({ selector: { task }, limit: 1e6 })).docs.length,
    rows: async () => (await db.allDocs({ include_docs: true })).rows.filter(({ id }) => !id.startsWith('_')).map(({ doc }) => toRow(doc)),
    async connect(direction) {
      if (direction === 'pull' || direction === 'once') await db.replicate.from(remote, batches)
      if (direction === 'push' || direction === 'once') await db.replicate.to(remote, batches)
      if (direction === 'live') {
        running = db.sync(remote, { ...batches, live: true })
        await new Promise((resolve, reject) => running.once('paused', resolve).once('error', reject))
      }
    },
    sent: async () => {
      await db.replicate.to(remote, batches)
    },
    async disconnect() {
      running?.cancel()
    },
    watch: (id, seen) => {
      const changes = db.changes({ since: 'now', live: true, doc_ids: [id], include_docs: true }).on('change', ({ doc }) => seen(toRow(doc)))
      return () => changes.cancel()
    },
    async type(more) {
      const doc = await db.get(TEXT_OF).catch(() => ({ _id: TEXT_OF, note: '' }))
      const sent = new Promise((resolve) => {
        running.push.on('change', function arrived({ docs }) {
          if (!docs.some(({ _id }) => _id === TEXT_OF)) return
          running.push.removeListener('change', arrived)
          resolve()
        })
      })
      await db.put({ ...doc, note: doc.note + more })
      await sent
    },
    typed: async () => (await db.get(TEXT_OF)).note,
    async kept(id) {
      const { _conflicts = [] } = await db.get(id, { conflicts: true })
      return Promise.all(_conflicts.map(async (rev) => toRow(await db.get(id, { rev }))))
    },
  }
}

offer(create)
