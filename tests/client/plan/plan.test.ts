// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { planAction, practiceUse, taskProgress, worksheetRow } from '../../../src/domain/collections.ts'
import type { Client } from '../../../src/client/sync/client.ts'
import { unzipped } from '../../support/zip.ts'
import { offeredFiles, type Screen } from '../library/stage.ts'
import { device, path, signedIn } from '../starter/stage.ts'
import { open, stored, type } from './stage.ts'

const row = 'gids-een--kiezen--thema-a--acties--0190a1b2-0000-7000-8000-000000000001'
const actions = async (client: Client) => (await stored(client, 'planAction')).map(({ id, values }) => ({ id, ...values }))
const titles = (screen: Screen) => screen.all('.action-toggle')

async function empty(): Promise<{ client: Client; screen: Screen }> {
  const { client } = await device(path)
  const screen = await open(client, '/actieplan')
  await screen.says('Nog geen doelen of acties')
  return { client, screen }
}

async function withActions(...names: string[]): Promise<{ client: Client; screen: Screen }> {
  const { client } = await device(path)
  for (const [at, title] of names.entries()) await client.write(planAction, `0190a1b2-0000-7000-8000-00000000000${at}`, { title, goal: null, order: at + 1 })
  const screen = await open(client, '/actieplan')
  await vi.waitFor(() => expect(titles(screen)).toEqual(names))
  return { client, screen }
}

describe('an empty plan', () => {
  test('says what will come and offers the first action', async () => {
    const { screen } = await empty()
    expect(document.title).toBe('Actieplan – Opstap')
    await screen.says('Schrijf functies, nooit namen van personen.')
    expect(screen.all('.button-primary')).toEqual(['Voeg een doel toe'])
    expect(screen.text).not.toContain('Bewaar als Word')
    await screen.says('Voorstellen uit je werk')
  })

  test('becomes a goal with an action, written in place and kept within a second', async () => {
    const { client, passTime } = await device(path)
    const screen = await open(client, '/actieplan')
    await screen.says('Nog geen doelen of acties')
    await screen.press('Voeg een doel toe')
    await type(screen, 'Doel', 'Een zwembad voor iedereen')
    await vi.waitFor(async () => expect((await stored(client, 'planGoal')).map(({ values }) => values['title'])).toEqual(['Een zwembad voor iedereen']))
    await type(screen, 'Waarom dit doel?', 'Mensen haken af.')
    await passTime()
    await vi.waitFor(async () => expect((await stored(client, 'planGoal'))[0]!.values['why']).toMatchObject({ t: 'Mensen haken af.' }))
    await screen.press(/^Klaar/)
    await screen.says('Doel 1')
    await screen.press(/^Voeg een actie toe: Een zwembad/)
    await type(screen, 'Actie', 'Belijning')
    for (const [label, words] of [['Trekker', 'Diensthoofd'], ['Termijn', 'lente'], ['Budgetlijn', '€ 500'], ['Indicator', '50 bezoekers'], ['Afspraak of besluit', 'College'], ['Meerjarenplan', 'AC1'], ['Beslist op', '2027-01-12']] as const) await type(screen, label, words)
    await screen.says('Bewaard op dit toestel')
    const goal = (await stored(client, 'planGoal'))[0]!.id
    await vi.waitFor(async () => expect(await actions(client)).toMatchObject([{ goal, title: 'Belijning', role: 'Diensthoofd', term: 'lente', budget: '€ 500', indicator: '50 bezoekers', agreement: 'College', multiYearPlan: 'AC1', decidedOn: '2027-01-12' }]))
  })
})

describe('what the other work offers', () => {
  const worked = async () => {
    const { client } = await device(path)
    await client.write(taskProgress, 'taak-een', { status: 'inProgress' })
    await client.write(practiceUse, 'praktijk-een', { status: 'using' })
    await client.write(worksheetRow, row, { order: 1, 'value.actie': 'Belijning in het zwembad', 'value.wanneer': '2027-03-01' })
    const screen = await open(client, '/actieplan')
    await screen.says('Belijning in het zwembad')
    return { client, screen }
  }

  test('is a task that was begun, a worksheet and a practice, taken along with one press each', async () => {
    const { client, screen } = await worked()
    expect(screen.all('.suggestion-words a')).toEqual(['Praat met je chef', 'Belijning in het zwembad', 'Titel van praktijk-een'])
    for (const name of [/^Voeg toe: Praat/, /^Voeg toe: Belijning/, /^Voeg toe: Titel/]) {
      await screen.press(name)
      await vi.waitFor(() => expect(screen.wrapper.findAll('button').some((button) => name.test(button.text()))).toBe(false))
    }
    expect((await actions(client)).map(({ id, title, term }: any) => [id, title, term])).toEqual([
      ['practice--praktijk-een', 'Titel van praktijk-een', undefined],
      ['task--taak-een', 'Praat met je chef', undefined],
      [`worksheet--${row}`, 'Belijning in het zwembad', '1 maart 2027'],
    ])
    await vi.waitFor(() => expect(screen.wrapper.findAll('.action-origin a').map((link) => link.attributes('href'))).toEqual(['/starten/taak-een', '/instrumenten/gids-een#werkblad-kiezen', '/praktijken/praktijk-een']))
    await screen.says('Taak · Bezig')
  })

  test('comes back as it was written when it was removed and taken along again', async () => {
    const { client, screen } = await worked()
    await screen.press(/^Voeg toe: Praat/)
    await vi.waitFor(() => expect(titles(screen)).toEqual(['Praat met je chef']))
    await client.write(planAction, 'task--taak-een', { role: 'Diensthoofd' })
    await client.write(planAction, 'task--taak-een', { deleted: true })
    await screen.press(/^Voeg toe: Praat/)
    await vi.waitFor(async () => expect(await actions(client)).toMatchObject([{ id: 'task--taak-een', role: 'Diensthoofd' }]))
  })
})

describe('what is in the plan', () => {
  test('moves by buttons', async () => {
    const { screen } = await withActions('Een', 'Twee', 'Drie')
    await screen.press('Drie')
    await screen.press(/^Omhoog: Drie/)
    await vi.waitFor(() => expect(titles(screen)).toEqual(['Een', 'Drie', 'Twee']))
    await screen.press(/^Omhoog: Drie/)
    await vi.waitFor(() => expect(titles(screen)).toEqual(['Drie', 'Een', 'Twee']))
    expect(screen.wrapper.findAll('button').some((button) => button.text().startsWith('Omhoog'))).toBe(false)
    await screen.press(/^Omlaag: Drie/)
    await vi.waitFor(() => expect(titles(screen)).toEqual(['Een', 'Drie', 'Twee']))
  })

  test('is removed and put back in its place', async () => {
    const { client, screen } = await withActions('Een', 'Twee', 'Drie')
    await screen.press('Twee')
    await screen.press(/^Verwijder: Twee/)
    await vi.waitFor(() => expect(screen.all('.goal-actions > li').map((words) => words.slice(0, 4))).toEqual(['EenN', 'Twee', 'Drie']))
    expect((await actions(client)).map(({ title }: any) => title)).toEqual(['Een', 'Drie'])
    await vi.waitFor(() => expect(document.activeElement?.textContent).toContain('Zet terug'))
    await screen.press(/^Zet terug: Twee/)
    await vi.waitFor(() => expect(titles(screen)).toEqual(['Een', 'Twee', 'Drie']))
  })

  test('loses no action when its goal goes', async () => {
    const { client, screen } = await empty()
    await screen.press('Voeg een doel toe')
    await type(screen, 'Doel', 'Doel A')
    await vi.waitFor(async () => expect((await stored(client, 'planGoal'))[0]!.values['title']).toBe('Doel A'))
    const goal = (await stored(client, 'planGoal'))[0]!.id
    await client.write(planAction, 'task--taak-een', { title: 'Bel', goal, order: 1 })
    await vi.waitFor(() => expect(titles(screen)).toEqual(['Bel']))
    await screen.press(/^Verwijder: Doel A/)
    await screen.says('Nog zonder doel')
    await screen.says('Doel A: verwijderd.')
    expect(titles(screen)).toEqual(['Bel'])
    await screen.press(/^Zet terug: Doel A/)
    await vi.waitFor(() => expect(screen.text).not.toContain('Nog zonder doel'))
  })

  test('says why something was not kept and leaves what was typed', async () => {
    const { client, screen } = await withActions('Een')
    await screen.press('Een')
    vi.spyOn(client, 'write').mockResolvedValue({ kind: 'full' })
    await type(screen, 'Trekker', 'Diensthoofd')
    await screen.says('Niet bewaard: dit toestel heeft geen plaats meer.')
    expect((await screen.get<HTMLInputElement>('input', 'Trekker')).value).toBe('Diensthoofd')
  })

  test('is saved as a Word document that names the municipality', async () => {
    const { client } = await device(path)
    await signedIn(client)
    await client.write(planAction, 'task--taak-een', { title: 'Praat met je chef', goal: null, order: 1 })
    const screen = await open(client, '/actieplan')
    await vi.waitFor(() => expect(titles(screen)).toEqual(['Praat met je chef']))
    const blobs: Blob[] = []
    const files = offeredFiles()
    vi.mocked(URL.createObjectURL).mockImplementation((made) => (blobs.push(made as Blob), 'blob:opstap'))
    vi.mocked(HTMLAnchorElement.prototype.click).mockImplementation(function (this: HTMLAnchorElement) {
      files.push({ name: this.download, text: async () => '' })
    })
    await screen.press('Bewaar als Word')
    await vi.waitFor(() => expect(files.map(({ name }) => name)).toEqual(['actieplan-2025-05-12.docx']), { timeout: 10_000 })
    const document = unzipped(new Uint8Array(await blobs[0]!.arrayBuffer())).get('word/document.xml')!
    expect(document).toContain('Actieplan gelijke kansen Damme')
    expect(document).toContain('Praat met je chef')
    await screen.says('Je team leest en schrijft mee.')
  })
})
