/** What the words about a change need to know of the store: titles, values, questions of worksheets. */
import { guideStart, questionsOf, writtenAnswer } from '../../../domain/filled-worksheets.ts'
import type { SpaceId } from '../../../domain/ids.ts'
import { writtenScanAnswer } from '../../../domain/scan.ts'
import { itemsNamed } from '../../db/content.ts'
import type { LocalRow, OpstapDatabase, StoredItem } from '../../db/database.ts'
import { dateWords } from '../../ui/dates.ts'
import type { Names } from './wording.ts'

/** What is to be told: a row, and what a change set in it. */
export type Told = { space: SpaceId; collection: string; row: string; set?: Record<string, unknown> }

export async function readNames(db: OpstapDatabase, dossier: SpaceId, told: readonly Told[]): Promise<Names> {
  const about = told.filter(({ collection }) => collection === 'conflict').map(({ space, row }): [SpaceId, string, string] => [space, row.split(':')[0]!, row.split(':')[1] ?? ''])
  const keys = [...told.map(({ space, collection, row }): [SpaceId, string, string] => [space, collection, row]), ...about]
  const rows = (await db.rows.bulkGet(keys)).filter((row): row is LocalRow => row !== undefined)
  const values = new Map(rows.map((row) => [`${row.space}\n${row.collection}\n${row.id}`, row.values]))
  for (const { space, collection, row, set } of told) {
    const key = `${space}\n${collection}\n${row}`
    if (set) values.set(key, { ...set, ...values.get(key) })
  }
  const tasks = [...values.values()].flatMap(({ task, assignment }) => [task, assignment]).filter((task): task is string => typeof task === 'string')
  // What is filled in with a guide, or in a quickscan, begins with its id; for an assignment it begins with the lab, and then names it.
  const items = await itemsNamed(db, [...new Set([...keys.flatMap(([, , id]) => id.split('--').slice(0, 2)), ...tasks])])
  const titles = new Map(items.flatMap((item) => ('title' in item ? [[item.id as string, item.title]] : [])))
  const guideOf = (row: string) => items.flatMap((item) => (item.kind === 'guide' && row.startsWith(guideStart(item.id)) ? [item] : []))[0]
  const formOf = (row: string) => guideOf(row) ?? items.flatMap((item) => (item.kind === 'assignment' && row.split('--')[1] === item.id ? [asGuide(item)] : []))[0]
  return {
    titleOf: (id) => titles.get(id) ?? id,
    valuesOf: (space, collection, row) => values.get(`${space}\n${collection}\n${row}`) ?? {},
    dossier,
    answerOf: (row, unit, value) => {
      const scan = items.find((item) => item.kind === 'quickscan' && row.startsWith(`${item.id}--`))
      if (scan?.kind === 'quickscan') return writtenScanAnswer(scan.parts, unit, value)
      const form = formOf(row)
      return form && writtenAnswer(form, row, unit, value, dateWords)
    },
    isLine: (row, unit) => {
      const form = formOf(row)
      if (!form) return false
      const questions: readonly { id: string; kind: string }[] = questionsOf(form, row)
      return questions.some(({ id, kind }) => id === unit.split('.')[1] && kind === 'shortText')
    },
  }
}

/** A draft of an assignment is kept as a worksheet is: under the lab, where a worksheet is under its guide. */
const asGuide = ({ id, title, fields }: Extract<StoredItem, { kind: 'assignment' }>) => ({ id, title, worksheets: [{ id, title, intro: '', perTheme: false, fields }] })
