/** CouchDB's protocol by express-pouchdb, with its databases in memory. */
import express from 'express'
import expressPouchdb from 'express-pouchdb'
import memory from 'pouchdb-adapter-memory'
import PouchDB from 'pouchdb-core'
import { givesPage, listen } from './server.ts'

PouchDB.plugin(memory)
const InMemory = PouchDB.defaults({ adapter: 'memory' })

/** @param {import('../rows.ts').Row} row */
const toDoc = ({ id, ...rest }) => ({ _id: id, ...rest })

/** @param {string} folder @returns {Promise<import('./server.ts').BenchServer>} */
export async function startPouchdbServer(folder) {
  const app = express()
  app.use('/pouchdb', expressPouchdb(InMemory, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' }))
  const page = givesPage(folder)
  const { port, bytes, stop } = await listen((request, response) => {
    if (!page(request, response)) app(request, response)
  })
  let places = 0
  return {
    port,
    bytes,
    stop,
    async place(rows = []) {
      const name = `place-${(places += 1)}`
      const db = new InMemory(name)
      const add = async (/** @type {import('../rows.ts').Row[]} */ more) => void (await db.bulkDocs(more.map(toDoc)))
      await add(rows)
      return {
        place: { name },
        cookies: [],
        add,
        rows: async () => {
          const all = await db.allDocs({ include_docs: true })
          return new Map(all.rows.filter(({ id }) => !id.startsWith('_')).map(({ id, doc: { _id, _rev, ...rest } }) => [id, { id, ...rest }]))
        },
      }
    },
  }
}
