/**
 * What a team chose in the worksheets of a guide, as actions for its action plan. The rows themselves (`worksheetRow`) are
 * the one place where it is kept: the plan shows them, and in the worksheet they change.
 */
import { answerWords, inOrder, sheetId, tableStart, topicWords, worksheetAnchor, type Answers } from './filled-worksheets.ts'
import { planParts, type PlanPart, type Topic, type Worksheet, type WorksheetField } from './worksheet.ts'

type Guide = { id: string; title: string; worksheets: readonly Worksheet[]; topics?: readonly Topic[] | undefined }
type Table = Extract<WorksheetField, { kind: 'rows' }>

/** A row of `worksheetRow` that is not deleted; `answers` are its values. */
export type FilledRow = { id: string; order: number; answers: Answers }

export type PlannedRow = {
  /** Of the row in `worksheetRow`. */
  id: string
  /** What stands in the column of each part, in words; empty where nothing does or the table has no such column. `action` is never empty. */
  parts: Readonly<Record<PlanPart, string>>
  /** The calendar day of `term`, to sort and to warn by; undefined where the term is no day. */
  due: string | undefined
  origin: Origin
}

type Origin = {
  guide: { id: string; title: string }
  worksheet: { id: string; title: string }
  /** The theme of the instrument, where the worksheet is filled in per theme. */
  topic: string | undefined
  /** Where the row can be changed. */
  path: string
}

/**
 * The rows with an action, in the order of the guide. Left out are rows of other guides, of tables that do not go into the
 * plan, and of what an editor took away. `day` puts a calendar day in words.
 */
export function plannedRows(guide: Guide, rows: readonly FilledRow[], day: (iso: string) => string): PlannedRow[] {
  const ordered = inOrder(rows)
  return tablesOf(guide).flatMap(({ start, table, origin }) =>
    ordered
      .filter(({ id }) => id.startsWith(start))
      .map(({ id, answers }) => ({ id, parts: partsOf(table, answers, day), due: dayOf(table, answers), origin }))
      .filter(({ parts }) => parts.action !== ''),
  )
}

function partsOf({ columns }: Table, answers: Answers, day: (iso: string) => string): Record<PlanPart, string> {
  const told = planParts.map((part) => {
    const column = columns.find(({ planPart }) => planPart === part)
    return [part, column ? answerWords(column, answers, day) : '']
  })
  return Object.fromEntries(told)
}

function dayOf({ columns }: Table, answers: Answers): string | undefined {
  const term = columns.find(({ planPart, kind }) => planPart === 'term' && kind === 'date')
  return (term && answerWords(term, answers, (iso) => iso)) || undefined
}

/** The tables that go into the plan, and what the ids of their rows begin with. */
function tablesOf({ worksheets, topics = [], ...guide }: Guide): { start: string; table: Table; origin: Origin }[] {
  return worksheets.flatMap((worksheet) => {
    const tables = worksheet.fields.filter((field) => field.kind === 'rows').filter(({ intoActionPlan }) => intoActionPlan)
    const filled = worksheet.perTheme ? topics.map((topic, index) => ({ topic: topic.id, words: topicWords(topic, index + 1) })) : [{ topic: undefined, words: undefined }]
    return filled.flatMap(({ topic, words }) =>
      tables.map((table) => ({
        start: tableStart(sheetId({ guide: guide.id, worksheet: worksheet.id, topic }), table.id),
        table,
        origin: {
          guide: { id: guide.id, title: guide.title },
          worksheet: { id: worksheet.id, title: worksheet.title },
          topic: words,
          path: `/instrumenten/${guide.id}#${worksheetAnchor(worksheet.id)}`,
        },
      })),
    )
  })
}
