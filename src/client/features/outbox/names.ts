/** What the words about a change need to know of the store: titles, values, questions of worksheets. */
import { belongingOf, guideStart, writtenAnswer } from '../../../domain/filled-worksheets.ts'
import type { SpaceId } from '../../../domain/ids.ts'
import { writtenScanAnswer } from '../../../domain/scan.ts'
import { itemsNamed } from '../../db/content.ts'
import type { LocalRow, OpstapDatabase } from '../../db/database.ts'
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
  const tasks = [...values.values()].map(({ task }) => task).filter((task): task is string => typeof task === 'string')
  // What is filled in with a guide, or in a quickscan, begins with its id.
  const items = await itemsNamed(db, [...new Set([...keys.map(([, , id]) => id.split('--')[0]!), ...tasks])])
  const titles = new Map(items.flatMap((item) => ('title' in item ? [[item.id as string, item.title]] : [])))
  const guideOf = (row: string) => items.flatMap((item) => (item.kind === 'guide' && row.startsWith(guideStart(item.id)) ? [item] : []))[0]
  return {
    titleOf: (id) => titles.get(id) ?? id,
    valuesOf: (space, collection, row) => values.get(`${space}\n${collection}\n${row}`) ?? {},
    dossier,
    answerOf: (row, unit, value) => {
      const scan = items.find((item) => item.kind === 'quickscan' && row.startsWith(`${item.id}--`))
      if (scan?.kind === 'quickscan') return writtenScanAnswer(scan.parts, unit, value)
      const guide = guideOf(row)
      return guide && writtenAnswer(guide, row, unit, value, dateWords)
    },
    isLine: (row, unit) => {
      const guide = guideOf(row)
      if (!guide) return false
      const { worksheet, question: table } = belongingOf(guide, row)
      const questions: readonly { id: string; kind: string }[] = table?.kind === 'rows' ? table.columns : (worksheet?.fields ?? [])
      return questions.some(({ id, kind }) => id === unit.split('.')[1] && kind === 'shortText')
    },
  }
}
