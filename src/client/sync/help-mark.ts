/** One line for the first screen: an answer that was not read yet, or, for the helpdesk, questions that wait. */
import { isOpen } from '../../domain/questions.ts'
import type { OpstapDatabase } from '../db/database.ts'
import { live } from '../db/live.ts'
import { hasNews, readAnswersRead, readDeskQuestions, readQuestions } from '../db/questions.ts'
import { helpSpace, ownSpace } from './identity.ts'

export type Mark = { words: string; to: string }

/** Tells the line, and each change of it, until `until` aborts. */
export function watchHelp(db: OpstapDatabase, tell: (mark: Mark | undefined) => void, until: AbortSignal): void {
  if (until.aborted) return
  const subscription = live(() => readMark(db)).subscribe(tell, (error) => console.error(error))
  until.addEventListener('abort', () => subscription.unsubscribe())
}

export async function readMark(db: OpstapDatabase): Promise<Mark | undefined> {
  const session = await db.read('session')
  if (!session) return undefined
  if (session.roles.includes('desk')) {
    const open = (await readDeskQuestions(db)).filter(isOpen).length
    return open === 0 ? undefined : { words: open === 1 ? '1 vraag wacht op de helpdesk' : `${open} vragen wachten op de helpdesk`, to: '/hulp/helpdesk' }
  }
  const own = ownSpace(session)
  const read = await readAnswersRead(db, own)
  const [first, ...others] = (await readQuestions(db, [helpSpace(session), own])).filter((one) => hasNews(one, session.person.id, read))
  if (!first) return undefined
  return others.length === 0 ? { words: 'Er is een antwoord op je vraag', to: `/hulp/${first.id}` } : { words: `Er is een antwoord op ${others.length + 1} vragen`, to: '/hulp' }
}
