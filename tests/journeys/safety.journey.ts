import type { Page } from '@playwright/test'
import { axe, axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { chipSays, deviceOf, kept, note, signIn, writeNote } from './steps.ts'

/** Signs in over the page, in the dialog that stands there. */
async function signInHere(page: Page, email?: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Meld je opnieuw aan' })
  if (email) await dialog.getByRole('textbox', { name: 'E-mailadres' }).fill(email)
  await dialog.getByRole('button', { name: 'Stuur me een code' }).click()
  const code = /je code is (\d{6})/.exec((await dialog.getByText(/je code is \d{6}/).textContent()) ?? '')![1]!
  await dialog.getByRole('textbox', { name: 'Code' }).fill(code)
  await axe(page)
  await dialog.getByRole('button', { name: 'Meld je aan' }).click()
  await expect(dialog).toBeHidden()
}

test('keeps both when two people wrote on the same line, chosen where it stands', async ({ page, context }) => {
  const path = '/instrumenten/omstaanderstraining'
  await signIn(page, 'lead@demo.example')
  const colleague = await deviceOf(page, 'member@demo.example')
  const line = (device: Page) => device.getByRole('textbox', { name: 'Voor welke groep?' })
  for (const device of [page, colleague]) {
    await device.goto(`${path}#werkblad-training`)
    await expect(line(device)).toBeVisible()
    await chipSays(device, 'Alles verstuurd')
  }
  const back = [await offline(context), await offline(colleague.context())]
  await line(page).fill('De jeugdraad')
  await line(colleague).fill('De sportclubs')
  // Not the chip: it may speak of the reading place.
  for (const device of [page, colleague]) await kept(device)
  for (const online of back) await online()
  for (const device of [page, colleague]) {
    await chipSays(device, 'Keuze nodig')
    const choice = device.getByRole('region', { name: 'Keuze nodig' })
    await expect(choice.getByText(/^Jij en .+ wijzigden allebei het antwoord op “Voor welke groep\?”\.$/)).toBeVisible()
    await expect(choice.getByRole('radio', { name: 'Bewaar allebei' })).toBeChecked()
    await expect(choice.getByText('De jeugdraad / De sportclubs')).toBeVisible()
  }
  await axeInEveryShape(page)
  await page.getByRole('button', { name: 'Bewaar deze keuze' }).click()
  await expect(page.getByRole('button', { name: 'Kies toch anders' })).toBeVisible()
  for (const device of [page, colleague]) {
    await chipSays(device, 'Alles verstuurd')
    await expect(line(device)).toHaveValue('De jeugdraad / De sportclubs')
  }
  await colleague.context().close()
})

test('tells who wrote what, and puts back what stood there', async ({ page, context }) => {
  const path = '/starten/teksten-inclusief-maken'
  await signIn(page, 'lead@demo.example')
  await page.goto(path)
  await writeNote(page, 'Wat de jeugddienst zei, woord voor woord opgeschreven.')
  await chipSays(page, 'Alles verstuurd')
  const colleague = await deviceOf(page, 'member@demo.example')
  await colleague.goto(path)
  await expect(note(colleague)).toHaveValue(/jeugddienst/)
  await note(colleague).fill('Weg ermee.')
  await expect(note(page)).toHaveValue('Weg ermee.')

  await page.getByRole('link', { name: 'Geschiedenis' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Geschiedenis' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Versies, de nieuwste eerst' }).getByRole('listitem')).toHaveCount(2)
  await expect(page.getByText('Weg ermee.')).toBeVisible()
  await expect(page.getByText('Dit geldt nu')).toHaveCount(1)
  await axeInEveryShape(page)
  await page.getByRole('button', { name: /^Zet terug/ }).click()
  await expect(page.getByText('Teruggezet: Notitie bij', { exact: false }).first()).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Dit geldt nu' })).toContainText('Wat de jeugddienst zei')
  await expect(page.getByRole('list', { name: 'Versies, de nieuwste eerst' }).getByRole('listitem')).toHaveCount(3)
  await expect(note(colleague)).toHaveValue('Wat de jeugddienst zei, woord voor woord opgeschreven.')

  const online = await offline(context)
  await page.goto(`${path}/geschiedenis`)
  await expect(page.getByText('Je ziet nu alleen wat dit toestel weet')).toBeVisible()
  await expect(page.getByText('Weg ermee.')).toBeHidden()
  await axe(page)
  await online()
  await expect(page.getByText('Weg ermee.')).toBeVisible()
  await page.getByRole('link', { name: 'Terug naar de taak' }).click()
  await expect(note(page)).toHaveValue('Wat de jeugddienst zei, woord voor woord opgeschreven.')
  await colleague.context().close()
})

test('signs in over the page when the session ended: the page and the text stay', async ({ page, context }) => {
  await signIn(page, 'verlopen@damme.example')
  await page.goto('/starten/vorming-mandatarissen-voorstellen')
  await chipSays(page, 'Alles verstuurd')
  await context.clearCookies()
  await writeNote(page, 'Geschreven na het verlopen.')
  await chipSays(page, 'Meld je aan om te versturen')
  await axeInEveryShape(page)
  await page.getByRole('button', { name: 'Meld je opnieuw aan' }).click()
  await axeInEveryShape(page)
  await signInHere(page)
  expect(new URL(page.url()).pathname).toBe('/starten/vorming-mandatarissen-voorstellen')
  await expect(note(page)).toHaveValue('Geschreven na het verlopen.')
  await chipSays(page, 'Alles verstuurd')
  await expect(page.getByText(/^Veilig op de server om/).first()).toBeVisible()
})

test('never sends or shows the work of one person as another', async ({ page, context }) => {
  const path = '/starten/tijd-en-mandaat-vastleggen'
  await signIn(page, 'member@demo.example')
  await page.goto(path)
  await chipSays(page, 'Alles verstuurd')
  await context.clearCookies()
  await writeNote(page, 'Alleen van het eerste lid.')
  await chipSays(page, 'Meld je aan om te versturen')
  await page.getByRole('button', { name: 'Meld je opnieuw aan' }).click()
  await signInHere(page, 'lead@demo.example')
  await expect(page.getByText(/^Je bent aangemeld als /).first()).toBeVisible()
  await chipSays(page, 'Alles verstuurd')
  await expect(note(page)).toHaveValue('')
  await axeInEveryShape(page)
  await page.getByRole('link', { name: 'Naar de wachtrij' }).click()
  await expect(page.getByText(/van iemand anders wacht(en)? op dit toestel/)).toBeVisible()
  await expect(page.getByText('Alleen van het eerste lid.')).toBeHidden()
  await axeInEveryShape(page)

  await page.goto('/account')
  await page.getByRole('button', { name: 'Meld je af' }).click()
  await expect(page.getByText('Je bent afgemeld', { exact: true })).toBeVisible()
  await signIn(page, 'member@demo.example')
  await page.goto(path)
  await expect(note(page)).toHaveValue('Alleen van het eerste lid.')
  await chipSays(page, 'Alles verstuurd')
})

test('says that the browser wiped the device, and brings back what the server has', async ({ page, context }) => {
  await signIn(page, 'lead@demo.example')
  await page.goto('/starten/partners-in-kaart-brengen')
  await writeNote(page, 'Op de server.')
  await chipSays(page, 'Alles verstuurd')
  // All storage of the site at once, as a browser does it; cookies are not part of it.
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'indexeddb,local_storage,cache_storage,service_workers' })
  await page.reload()
  await expect(page.getByText('Je browser wiste Opstap op dit toestel')).toBeVisible()
  await axeInEveryShape(page)
  await expect(note(page)).toHaveValue('Op de server.')
  await chipSays(page, 'Alles verstuurd')
})
