import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/pack/compile.ts'
import { addMonths, type ContentReport, contentReport } from '../../src/pack/report.ts'
import { changed, contentFolder } from './content-folder.ts'

const term = 'terms/begrip-een.md'

function run(contentDir: string): { status: number | null; report: ContentReport } {
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'src/pack/report.ts', contentDir], { encoding: 'utf8' })
  return { status, report: JSON.parse(stdout) as ContentReport }
}

describe('the content report', { timeout: 30_000 }, () => {
  it('tells what is due for review, from the day after', () => {
    const compiled = compile(contentFolder({ [term]: changed(term, '2026-11-21', '2026-08-31') }))
    const page = { id: 'thema-een', kind: 'theme', title: 'Titel van thema-een', reviewedOn: '2026-11-21', due: '2027-05-21' }
    expect(contentReport(compiled, '2027-05-21').overdue).toEqual([])
    expect(contentReport(compiled, '2027-08-31').overdue).toEqual([page])
    expect(contentReport(compiled, '2027-09-01').overdue).toEqual([
      page,
      { id: 'begrip-een', kind: 'term', title: 'Titel van begrip-een', reviewedOn: '2026-08-31', due: '2027-08-31' },
    ])
  })

  it.each([
    ['2026-11-21', 6, '2027-05-21'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-12-31', 12, '2027-12-31'],
  ])('adds to %s %i months: %s', (day, months, due) => {
    expect(addMonths(day, months)).toBe(due)
  })

  it('is JSON on stdout and ends well for sound content', () => {
    const { status, report } = run(contentFolder())
    expect(status).toBe(0)
    expect(Object.keys(report)).toEqual(['counts', 'overdue', 'problems', 'language'])
    expect(report.counts).toMatchObject({ task: 2, municipality: 2 })
    expect(report.language.meanSentenceWords).toBeGreaterThan(0)
  })

  it('ends with 1 and the problems for wrong content', () => {
    const { status, report } = run(contentFolder({ [term]: changed(term, 'title:', 'titel:') }))
    expect(status).toBe(1)
    expect(report.problems.map(({ file, field }) => `${file} ${field}`)).toEqual([`${term} title`, `${term} titel`])
  })
})
