/** How many things wait for someone: the number on the app's icon. The one place that says what counts. */
import type { OpstapDatabase } from '../db/database.ts'
import { readLabNews } from '../db/lab-news.ts'
import { hasNews, readAnswersRead, readQuestions } from '../db/questions.ts'
import { rowsOf } from '../db/rows.ts'
import { dossierSpace, helpSpace, ownSpace } from './identity.ts'

/**
 * What came for this person and was not opened (feedback and announcements of a lab, answers of the helpdesk), and choices that
 * only a person can make. Not what someone may do some day, such as tasks and dates: a number that never goes away says nothing.
 * 0 without an account.
 */
export async function countWaiting(db: OpstapDatabase, now: number): Promise<number> {
  const session = await db.read('session')
  if (!session) return 0
  const own = ownSpace(session)
  const [news, read, questions, conflicts] = await Promise.all([
    readLabNews(db, now),
    readAnswersRead(db, own),
    readQuestions(db, [helpSpace(session), own]),
    rowsOf(db, dossierSpace(session), 'conflict'),
  ])
  const answers = questions.filter((one) => hasNews(one, session.person.id, read))
  const choices = conflicts.filter(({ values }) => !values.settledAt)
  return news.length + answers.length + choices.length
}
