/** Reading questions to the helpdesk with everything that hangs on them, for the one who asked and for the desk. */
import { answersIn, questionOf, type Question } from '../../domain/questions.ts'
import { LOCAL_SPACE } from '../../domain/spaces.ts'
import type { SpaceId } from '../../domain/ids.ts'
import { isDeleted } from '../../domain/row.ts'
import type { LocalRow, OpstapDatabase } from './database.ts'
import { rowsOf, selectRows } from './rows.ts'

/** With the space in which it lives: there goes what is written under it. */
export type PlacedQuestion = Question & { space: SpaceId }

/** Without those of a device that has no account: nobody else can see them. */
const DESKS = ['desk:', 'desk:\uffff'] as const

/** Every question that the helpdesk sees, of all teams. */
export async function readDeskQuestions(db: OpstapDatabase): Promise<PlacedQuestion[]> {
  return questionsIn(await db.rows.where('[space+collection+id]').between([DESKS[0]], [DESKS[1]]).toArray())
}

/** The questions in these spaces, in no particular order. */
export async function readQuestions(db: OpstapDatabase, spaces: readonly SpaceId[]): Promise<PlacedQuestion[]> {
  const own = spaces.filter((space, index) => spaces.indexOf(space) === index)
  const rows = await Promise.all(own.flatMap((space) => ['question', 'questionMessage', 'questionRegistration'].map((collection) => selectRows(db, space, collection).toArray())))
  return questionsIn(rows.flat())
}

function questionsIn(rows: readonly LocalRow[]): PlacedQuestion[] {
  const registrations = new Map<string, LocalRow>()
  const messages = new Map<string, LocalRow[]>()
  const asked: LocalRow[] = []
  for (const row of rows) {
    if (isDeleted(row)) continue
    if (row.collection === 'question') asked.push(row)
    else if (row.collection === 'questionRegistration') registrations.set(row.space + row.id, row)
    else if (row.collection === 'questionMessage') {
      const key = row.space + String(row.values['question'])
      messages.set(key, [...(messages.get(key) ?? []), row])
    }
  }
  return asked.flatMap((row): PlacedQuestion[] => {
    const key = row.space + row.id
    const found = questionOf({ row, registration: registrations.get(key), messages: messages.get(key) ?? [] })
    return found ? [{ ...found, space: row.space }] : []
  })
}

/** How many answers the person read, by question. */
export const readAnswersRead = async (db: OpstapDatabase, own: SpaceId): Promise<Map<string, number>> =>
  new Map((await rowsOf(db, own, 'questionRead')).map(({ id, values }) => [id, values.answers ?? 0]))

/** Asked by this person (without an account: on this device). */
export const isOwn = ({ asker, space }: PlacedQuestion, person: string | undefined): boolean => space === LOCAL_SPACE || (person !== undefined && asker.id === person)

/** There is an answer that the one who asked did not open yet. */
export const hasNews = (one: PlacedQuestion, person: string | undefined, read: ReadonlyMap<string, number>): boolean =>
  isOwn(one, person) && answersIn(one).length > (read.get(one.id) ?? 0)
