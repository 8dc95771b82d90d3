/** What a team wrote for an assignment that is not there any more, or in a lab that it left: it stays to be read. */
import { filledFrom, readFilled, writtenAnswers, type Answered } from '../../../domain/assignment-form.ts'
import type { Answers } from '../../../domain/filled-worksheets.ts'
import type { SpaceId } from '../../../domain/ids.ts'
import { PHOTO_NAME } from '../../../domain/photos.ts'
import { entrySpace, teamSpace } from '../../../domain/spaces.ts'
import { itemOf } from '../../db/content.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { rowsOfTable, type TableRow } from '../../forms/open-form.ts'
import { dateWords } from '../../ui/dates.ts'
import { begunIn, draftId, isBegun, nothingExchanged, readDraft, readEntry, type Draft, type Message, type SentSnapshot } from './labs.ts'

/** `title`: undefined where nothing on this device tells it. */
export type Gone = { title: string | undefined; written: { space: SpaceId; answers: Answered[] }[]; sent: { space: SpaceId; sent: SentSnapshot }[]; messages: Message[] }

export async function readGone(db: OpstapDatabase, lab: string, assignment: string): Promise<Gone> {
  const [session, item] = await Promise.all([db.read('session'), itemOf(db, 'assignment', assignment)])
  const gone: Gone = { title: item?.title, written: [], sent: [], messages: [] }
  for (const { id } of session?.teams ?? []) {
    const [draft, entry] = await Promise.all([readDraft(db, lab, id, assignment), readEntry(db, lab, id)])
    const { sent, messages } = entry.get(assignment) ?? nothingExchanged
    gone.sent.push(...sent.map((each) => ({ space: entrySpace(lab, id), sent: each })))
    gone.messages.push(...messages)
    gone.title ??= sent[0]?.snapshot.title
    const fields = item?.fields ?? sent[0]?.snapshot.fields
    const name = draftId(lab, assignment)
    if (isBegun(draft)) gone.written.push({ space: teamSpace(id), answers: fields ? readFilled(fields, filledFrom(fields, draft.answers, (question) => rowsOfTable(draft.rows, name, question).map((row) => row.answers)), dateWords) : asWritten(draft) })
  }
  return gone
}

/** Without the form there are no labels: the name of a question says about what it was. */
const labelFrom = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ')

/** As it was typed, question by question. */
function asWritten({ answers, rows }: Draft): Answered[] {
  const plain = writtenAnswers(answers).map(({ question, words }): Answered => ({ id: question, label: labelFrom(question), kind: 'words', words }))
  const questions = new Map<string, TableRow[]>()
  for (const row of rows) {
    const question = row.id.split('--')[2]!
    questions.set(question, [...(questions.get(question) ?? []), row])
  }
  return [...plain, ...[...questions].map(([question, of]) => tableFrom(question, of.map((row) => row.answers)))]
}

function tableFrom(id: string, rows: readonly Answers[]): Answered {
  const label = labelFrom(id)
  const photos = rows.flatMap(({ 'value.file': file, 'value.alt': alt }) => (typeof file === 'string' && PHOTO_NAME.test(file) ? [{ file, alt: String(alt ?? '') }] : []))
  if (photos.length > 0) return { id, label, kind: 'photos', photos }
  const filled = rows.map(writtenAnswers)
  const columns = [...new Set(filled.flat().map(({ question }) => question))]
  return { id, label, kind: 'table', columns: columns.map(labelFrom), rows: filled.map((row) => columns.map((column) => row.find(({ question }) => question === column)?.words ?? '')) }
}

export type GoneRow = { id: string; title: string }

/** The assignments for which own teams wrote something in this lab, without those that are `there`. */
export async function writtenElsewhere(db: OpstapDatabase, lab: string, there: ReadonlySet<string>): Promise<GoneRow[]> {
  const session = await db.read('session')
  const found = await Promise.all((session?.teams ?? []).map(async ({ id }) => [...(await begunIn(db, lab, id)), ...[...(await readEntry(db, lab, id))].flatMap(([of, { sent, messages }]) => (sent.length + messages.length > 0 ? [of] : []))]))
  const ids = [...new Set(found.flat())].filter((id) => !there.has(id))
  return Promise.all(ids.map(async (id) => ({ id, title: (await readGone(db, lab, id)).title ?? labelFrom(id) })))
}
