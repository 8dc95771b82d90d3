import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../support/built.ts'
import { axe, axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { unzipped } from '../support/zip.ts'
import { chipSays, chooseMunicipality, deviceOf, kept, readyForOffline, signIn } from './steps.ts'

const asks = (page: Page, question: string) => expect(page.getByRole('heading', { level: 1, name: question })).toBeVisible()
/** Some spaces of a hidden part of a name are drawn, some are not. */
const named = (words: string) => new RegExp(`^${words.replaceAll(' ', '\\s+').replaceAll(':', '\\s*:')}`)

/** Answers the question that stands there and goes on. */
async function answer(page: Page, question: string, ...options: string[]): Promise<void> {
  await asks(page, question)
  for (const option of options) await page.getByLabel(option, { exact: true }).check()
  await page.getByRole('button', { name: 'Volgende' }).click()
}

async function skipTo(page: Page, question: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 })
  for (let left = 30; left > 0 && (await heading.textContent()) !== question; left -= 1) {
    const before = await heading.textContent()
    await page.getByRole('button', { name: 'Sla over' }).click()
    await expect(heading).not.toHaveText(before!)
  }
  await asks(page, question)
}

test('a municipality scans itself without network or account, follows the order, and takes it to the team', async ({ page, context }) => {
  test.slow()
  await page.goto('/')
  await readyForOffline(page)
  const online = await offline(context)
  await page.reload()

  await page.getByRole('main').getByRole('link', { name: /^Waar staan we\?/ }).click()
  await expect(page).toHaveTitle('Waar staan we? – Opstap')
  await axe(page)
  await page.getByRole('button', { name: 'Begin met de scan' }).click()
  await asks(page, 'Hoe groot is jullie gemeente?')
  await axeInEveryShape(page)
  await answer(page, 'Hoe groot is jullie gemeente?', 'Minder dan 15.000 inwoners')
  await answer(page, 'Vanuit welke functie vul je dit in?', 'Medewerker')
  await asks(page, 'Werkt jullie bestuur aan een gelijkekansenbeleid?')
  await page.getByLabel('Ja', { exact: true }).check()
  await expect(page.getByText(/^Bewaard op dit toestel om/)).toBeVisible()

  await page.goto('/quickscan')
  await expect(page.getByText(/^Jullie beantwoordden 3 van de \d+ vragen\.$/)).toBeVisible()
  await page.getByRole('button', { name: 'Ga verder waar je was' }).click()
  await answer(page, 'Werkt jullie bestuur aan een gelijkekansenbeleid?')
  await answer(page, 'Hoeveel tijd is er vast voor gelijke kansen?', 'Geen vaste tijd')
  await skipTo(page, 'Wat houdt jullie tegen?')
  await axe(page)
  await answer(page, 'Wat houdt jullie tegen?', 'Te weinig mensen', 'Niemand heeft de regie')
  await answer(page, 'Welke drempel weegt het zwaarst?', 'Niemand heeft de regie')
  await skipTo(page, 'Willen jullie met andere besturen aan een thema werken?')
  await page.getByRole('button', { name: 'Bekijk het resultaat' }).click()

  await expect(page.getByRole('heading', { level: 2, name: 'Hier begin je best' })).toBeVisible()
  // The figures of the members' survey 2025: chapter 9.2, N = 53.
  const barriers = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Wat houdt jullie tegen?' }) })
  await expect(barriers.getByRole('row', { name: /Te weinig mensen/ })).toContainText(/75\s%/)
  await expect(barriers.getByRole('row', { name: /Niemand heeft de regie/ })).toContainText(/53\s%/)
  await expect(barriers.getByText(/N\s=\s53/)).toBeVisible()
  await axeInEveryShape(page)
  const first = page.locator('.order-link').first()
  await expect(first).toHaveText('Bespreek met je leidinggevende wat je opdracht is')
  await page.getByRole('button', { name: 'Neem deze volgorde over' }).click()
  await expect(page.getByText('Je pad volgt deze volgorde').first()).toBeVisible()

  await page.goto('/starten/opdracht-bespreken')
  await page.getByRole('group', { name: 'Heb je deze taak afgerond?' }).getByRole('radio', { name: 'Ja' }).check()
  await expect(page.getByRole('link', { name: 'Naar de volgende stap' })).toHaveAttribute('href', '/starten/tijd-en-mandaat-vastleggen')
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Begin met deze taak' })).toHaveAttribute('href', '/starten/tijd-en-mandaat-vastleggen')
  await page.goto('/starten')
  await expect(page.getByRole('heading', { name: 'Eerst voor jullie' })).toBeVisible()
  await axe(page)
  await page.getByRole('button', { name: 'Zet de gewone volgorde terug' }).click()
  await expect(page.getByRole('link', { name: 'Begin met deze taak' })).toHaveAttribute('href', '/starten/voorganger-bevragen')
  await page.getByRole('button', { name: 'Zet jullie volgorde terug' }).click()
  await expect(page.getByRole('link', { name: 'Begin met deze taak' })).toHaveAttribute('href', '/starten/tijd-en-mandaat-vastleggen')

  await online()
  await signIn(page, 'scan@antwerpen.example')
  await chooseMunicipality(page, 'Borsbeek', /Antwerpen/)
  await chipSays(page, 'Alles verstuurd')
  const second = await deviceOf(page, 'scan@antwerpen.example')
  await second.goto('/quickscan')
  await expect(second.getByText('Je pad volgt deze volgorde').first()).toBeVisible()
  await second.context().close()
})

test('an action plan grows from a task, a worksheet and a practice without network or account, becomes a Word document, and is the team’s', async ({ page, context }) => {
  test.slow()
  await page.goto('/starten/opdracht-bespreken')
  await readyForOffline(page)
  const online = await offline(context)
  await page.getByRole('radio', { name: 'Bezig' }).check()
  await expect(page.getByRole('radio', { name: 'Bezig' })).toBeChecked()
  await page.goto('/praktijken/praktijk-regenbooghuis')
  await page.getByRole('button', { name: 'Wij passen dit toe' }).click()
  await expect(page.getByText(/^Bewaard op dit toestel om/).first()).toBeVisible()
  const { guide, sheet, table, column } = worksheetIntoPlan()
  await page.goto(`/instrumenten/${guide}#werkblad-${sheet}`)
  await page.getByRole('button', { name: named(`Voeg een rij toe: ${table}`) }).click()
  await page.getByRole('textbox', { name: column, exact: true }).fill('Vlag aan het gemeentehuis')
  await kept(page)

  await page.goto('/actieplan')
  await expect(page.getByText('Nog geen doelen of acties')).toBeVisible()
  await axe(page)
  for (const name of ['Bespreek met je leidinggevende', 'Vlag aan het gemeentehuis', 'Een regenbooghuis']) {
    await page.getByRole('button', { name: named(`Voeg toe: ${name}`) }).click()
    await expect(page.getByRole('heading', { level: 3, name: named(name) })).toBeVisible()
  }
  await page.getByRole('button', { name: 'Vlag aan het gemeentehuis', exact: true }).click()
  await page.getByRole('textbox', { name: 'Trekker' }).fill('Deskundige communicatie')
  await page.getByRole('textbox', { name: 'Uitleg' }).fill('Samen met de jeugdraad.')
  await kept(page)
  await axeInEveryShape(page)
  await page.getByRole('button', { name: named('Klaar: Vlag') }).click()
  await expect(page.getByText('Deskundige communicatie')).toBeVisible()
  await axe(page)

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bewaar als Word' }).click()])
  expect(download.suggestedFilename()).toMatch(/^actieplan-\d{4}-\d\d-\d\d\.docx$/)
  const words = unzipped(readFileSync(await download.path())).get('word/document.xml')!
  for (const text of ['Actieplan gelijke kansen', 'Vlag aan het gemeentehuis', 'Deskundige communicatie', 'Samen met de jeugdraad.', 'Bespreek met je leidinggevende wat je opdracht is']) expect(words).toContain(text)

  await online()
  await signIn(page, 'plan@antwerpen.example')
  await chooseMunicipality(page, 'Borsbeek', /Antwerpen/)
  await chipSays(page, 'Alles verstuurd')
  await page.goto('/actieplan')
  await expect(page.getByText('Je team leest en schrijft mee.')).toBeVisible()
  await expect(page.getByText('Deskundige communicatie')).toBeVisible()
})

/** A worksheet that goes into the plan, as the built content has it: its table and the column of the action. */
function worksheetIntoPlan() {
  const read = (file: string) => JSON.parse(readFileSync(join(root, 'dist/client/pack', file), 'utf8')) as unknown
  const { file } = (read('index.json') as { shards: { name: string; file: string }[] }).shards.find(({ name }) => name === 'guide-lio-vlaanderen')!
  type Table = { kind: string; label: string; intoActionPlan?: boolean; columns: { label: string; planPart?: string }[] }
  const { items } = read(file) as { items: { id: string; worksheets: { id: string; fields: Table[] }[] }[] }
  const [guide] = items
  for (const { id, fields } of guide!.worksheets)
    for (const field of fields)
      if (field.kind === 'rows' && field.intoActionPlan) return { guide: guide!.id, sheet: id, table: field.label, column: field.columns.find(({ planPart }) => planPart === 'action')!.label }
  throw new Error('no worksheet of this guide goes into the plan')
}

test('search finds the scan by what people call it', async ({ page }) => {
  for (const typed of ['quickscan', 'zelfscan', 'waar staan we']) {
    await page.goto(`/zoeken?q=${encodeURIComponent(typed)}`)
    await expect(page.getByRole('main').getByRole('link', { name: /Waar staan we/ }).first()).toHaveAttribute('href', '/quickscan')
  }
})
