/** Reading the history of rows. Nothing is written here, and no device keeps what it gets. */
import { collectionNamed } from '../../domain/collections.ts'
import { HistoryAnswer, HistoryQuestion, MAX_HISTORY_ROWS, MAX_VERSIONS } from '../../protocol/history.ts'
import { accessOf } from '../accounts/access.ts'
import { readHistory, type HistoryRow } from '../sync/history.ts'
import { refused, signed } from './route.ts'

const MINUTE_SECONDS = 60

export const historyRoute = signed({
  method: 'get',
  path: '/api/history',
  summary: 'Wie wat wanneer schreef in enkele rijen van een ruimte, het nieuwste eerst.',
  query: HistoryQuestion,
  answer: HistoryAnswer,
  problems: ['bad_request', 'not_found', 'too_many'],
  limits: [{ name: 'history', max: 120, seconds: MINUTE_SECONDS, per: (call) => call.person.id }],
  async handle({ port, person, query }) {
    // Someone else's space does not exist for you.
    const access = (await accessOf(port.db, person.view)).find(({ space }) => space === query.space)
    if (!access) return refused('not_found')
    const rows = query.rows.split(',').map((name): HistoryRow => {
      const [collection = '', row = ''] = name.split(':')
      return { collection, row }
    })
    if (rows.length > MAX_HISTORY_ROWS || rows.some(({ collection }) => !collectionNamed(collection))) return refused('bad_request')
    const all = await readHistory(port.db, query.space, rows, { afterLeaving: access.role === 'lead' })
    const from = query.before === undefined ? 0 : all.findIndex(({ id }) => id === query.before) + 1
    const versions = all.slice(from, from + MAX_VERSIONS)
    return { versions, more: from + versions.length < all.length }
  },
})
