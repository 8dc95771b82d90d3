/** The board of a large lab on a slow phone: from the tap in the list until all teams with all their assignments are drawn. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { entrySpace, labSpace, reviewSpace } from '../../../src/domain/spaces.ts'
import { putRows, row, type Row, uuid } from './device-store.ts'
import { type Measured, median, openPhone, readyForOffline, slowDown } from './measure.ts'

const LAB = 'benchvanlabo'
const TEAMS = 40
const BAR_MS = 1_000
/** Of the template `leerlabo-genderbeleid`; the bar speaks of twelve. */
const ASSIGNMENTS = ['onze-vertrekpositie', 'stakeholderkaart', 'empathie-interview', 'observatie', 'persona', 'gebruikersreis', 'probleemstelling', 'hoe-kunnen-we', 'ideeenkaart', 'storyboard', 'testkaart', 'testverslag', 'actiefiche']

const team = (at: number) => `team-${String(at).padStart(2, '0')}`
const NOW = Date.now()

/** What a team sends: some long texts and a table, as the assignments ask. */
const words = 'We spraken met drie mensen aan de schoolpoort en in het buurthuis. Ze vertelden waar ze elkaar zien, en wat hen tegenhoudt. '
const snapshot = (title: string) => ({
  version: 1,
  title,
  fields: [
    ...['een', 'twee', 'drie', 'vier'].map((id) => ({ id, kind: 'longText', label: `Wat zag je bij vraag ${id}?` })),
    { id: 'lijst', kind: 'rows', label: 'Wie sprak je?', columns: [{ id: 'wie', kind: 'shortText', label: 'Functie' }, { id: 'wat', kind: 'longText', label: 'Wat zei die?' }] },
  ],
  answers: { een: words.repeat(2), twee: words, drie: words.repeat(3), vier: words, lijst: [{ wie: 'Jeugdwerker', wat: words }, { wie: 'Leerkracht', wat: words }] },
})

/** Every team sent every assignment; of most the feedback was released, of some it is being written. */
function cohort(): Row[] {
  const lab = labSpace(LAB)
  const rows = [row(lab, 'lab', LAB, { template: 'leerlabo-genderbeleid', title: 'Een groot leerlabo' }), ...ASSIGNMENTS.map((id) => row(lab, 'labAssignment', id, { due: new Date(NOW - 3_600_000).toISOString() }))]
  for (let t = 0; t < TEAMS; t += 1) {
    const entry = entrySpace(LAB, team(t))
    rows.push(row(lab, 'labTeam', team(t), { name: `Gemeente ${t + 1}`, nis: String(10_000 + t), left: false }))
    rows.push(row(entry, 'candidacy', uuid(t), { stage: 'growing', motivation: words, from: 'Een deskundige' }))
    for (const [a, assignment] of ASSIGNMENTS.entries()) {
      const sent = uuid(1_000 + t * 100 + a)
      const key = `${entry}|submission.assignment|${assignment}`
      rows.push(row(entry, 'submission', sent, { assignment, snapshot: snapshot(assignment), from: 'Een deskundige', arrivedAt: new Date(NOW - 80_000_000).toISOString() }, NOW - 86_400_000 - a * 1_000, [key]))
      if (a < 10) rows.push(row(entry, 'submissionReview', sent, { from: 'Een begeleider' }))
      if (a < 8) rows.push(row(entry, 'feedback', uuid(500_000 + t * 100 + a), { submission: sent, text: words, verdict: 'done', from: 'Een begeleider', releasedAt: new Date(NOW - 60_000_000).toISOString() }, NOW - 60_000_000, [`${entry}|feedback.submission|${sent}`]))
      else if (a < 10) rows.push(row(reviewSpace(LAB), 'feedbackDraft', sent, { team: team(t), assignment, text: { y: 'AAA=', t: words }, verdict: 'toComplete' }))
      if (a % 4 === 0) rows.push(row(entry, 'message', uuid(900_000 + t * 100 + a), { assignment, text: words, from: 'Een deskundige' }, NOW - 50_000_000, [`${entry}|message.assignment|${assignment}`]))
    }
  }
  return rows
}

const session = {
  person: { id: 'begeleider', email: 'begeleider@demo.example', name: 'Een begeleider' },
  roles: ['facilitator'],
  teams: [],
  labs: [{ id: LAB, role: 'facilitator', teams: Array.from({ length: TEAMS }, (_, at) => team(at)) }],
  calls: [],
  requests: [],
}

/** Milliseconds from the tap until after the frame in which every team and every assignment stands. */
async function openBoard(page: Page): Promise<number> {
  await page.locator(`main a[href="/begeleiding/${LAB}"]`).first().waitFor()
  return page.evaluate(
    async ([lab, teams, lines]) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      const whole = () => document.querySelectorAll('.board-team').length === teams && document.querySelectorAll('.board-rows > li').length === lines
      await frame()
      const begun = performance.now()
      document.querySelector<HTMLElement>(`main a[href="/begeleiding/${lab}"]`)!.click()
      while (!whole()) {
        if (performance.now() - begun > 60_000) throw new Error(`no board: ${document.querySelectorAll('.board-team').length} teams, ${document.querySelectorAll('.board-rows > li').length} lines`)
        await new Promise(requestAnimationFrame)
      }
      await frame()
      return performance.now() - begun
    },
    [LAB, TEAMS, TEAMS * ASSIGNMENTS.length] as const,
  )
}

export async function measureCohort(url: string, runs: number): Promise<Measured[]> {
  const profile = mkdtempSync(join(tmpdir(), 'opstap-cohort-'))
  const context = await openPhone(profile)
  try {
    const page = await context.newPage()
    await page.goto(url)
    await readyForOffline(page)
    await page.locator('main h1').waitFor()
    await context.setOffline(true)
    const rows = cohort()
    await putRows(page, rows, { session })
    await slowDown(page)
    const times: number[] = []
    for (let turn = 0; turn < runs; turn += 1) {
      await page.goto(`${url}/begeleiding`)
      times.push(await openBoard(page))
    }
    return [
      { what: `cohort board, ${TEAMS} teams × ${ASSIGNMENTS.length} assignments, ${rows.length} rows`, value: median(times), unit: 'ms', bar: { kind: 'most', value: BAR_MS } },
      { what: `cohort board, slowest of ${runs}`, value: Math.max(...times), unit: 'ms' },
    ]
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}
