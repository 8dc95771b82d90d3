/** `npm run content:report`: what there is, what is due for review, what is wrong and where the language is heavy, as JSON. */
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { PackedItem, PackedKind } from '../domain/content.ts'
import { compile, type Compiled } from './compile.ts'
import { heavyItems, longSentences, meanWords, type Sentence, sentencesOf } from './language.ts'
import type { Problem } from './problem.ts'

export type ContentReport = {
  counts: Record<PackedKind, number>
  /** Items whose review is due: `due` is the day on which it should have happened. */
  overdue: { id: string; kind: PackedKind; title: string; reviewedOn: string; due: string }[]
  problems: Problem[]
  language: { meanSentenceWords: number; longSentences: Sentence[]; heavyItems: ReturnType<typeof heavyItems> }
}

/** `today` as `2026-11-21`. */
export function contentReport({ items, index, problems }: Compiled, today: string): ContentReport {
  const sentences = items.flatMap(sentencesOf)
  return {
    counts: index.counts,
    overdue: overdueItems(items, today),
    problems,
    language: { meanSentenceWords: meanWords(sentences), longSentences: longSentences(sentences), heavyItems: heavyItems(items) },
  }
}

function overdueItems(items: PackedItem[], today: string): ContentReport['overdue'] {
  return items
    .flatMap((item) => {
      if (item.kind === 'municipality') return []
      const { id, kind, title, reviewedOn, reviewEveryMonths } = item
      return [{ id, kind, title, reviewedOn, due: addMonths(reviewedOn, reviewEveryMonths) }]
    })
    .filter(({ due }) => due < today)
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
}

/** The same day some months on, or the last day of that month where it is shorter. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0))
  lastOfMonth.setUTCDate(Math.min(date, lastOfMonth.getUTCDate()))
  return lastOfMonth.toISOString().slice(0, 10)
}

/** Another content folder may be given as the first argument. */
function main(contentDir = fileURLToPath(new URL('../content', import.meta.url))): void {
  const report = contentReport(compile(contentDir), new Date().toISOString().slice(0, 10))
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  process.exitCode = report.problems.length ? 1 : 0
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv[2])
