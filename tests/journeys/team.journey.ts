import { axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { chipSays, chooseMunicipality, deviceOf, finish, note, readyForOffline, signIn, writeNote } from './steps.ts'

test('takes work along into the team of the chosen municipality, found by its former name', async ({ page }) => {
  await page.goto('/starten/focus-kiezen')
  await writeNote(page, 'Van voor het aanmelden.')
  await finish(page)
  await page.goto('/aanmelden')
  await axeInEveryShape(page)
  await signIn(page, 'nieuw@antwerpen.example')
  await axeInEveryShape(page)
  await chooseMunicipality(page, 'Borsbeek', /Antwerpen/)
  await chipSays(page, 'Alles verstuurd')
  await page.goto('/team')
  await expect(page.getByText('Antwerpen').first()).toBeVisible()
  await axeInEveryShape(page)
  await page.goto('/starten/focus-kiezen')
  await expect(note(page)).toHaveValue('Van voor het aanmelden.')
  await expect(page.getByText(/^Afgerond op/)).toBeVisible()

  const second = await deviceOf(page, 'nieuw@antwerpen.example')
  await second.goto('/starten/focus-kiezen')
  await expect(note(second)).toHaveValue('Van voor het aanmelden.')
  await second.context().close()
})

test('brings a change to a colleague within two seconds, and to nobody else', async ({ page }) => {
  await signIn(page, 'lead@demo.example')
  const colleague = await deviceOf(page, 'member@demo.example')
  const stranger = await deviceOf(page, 'zuienkerke@demo.example')
  for (const device of [page, colleague, stranger]) {
    await device.goto('/starten/diensten-helpen')
    await chipSays(device, 'Alles verstuurd')
  }
  await writeNote(page, 'Gesprek met de jeugddienst.')
  const saved = Date.now()
  await expect(note(colleague)).toHaveValue('Gesprek met de jeugddienst.')
  expect(Date.now() - saved).toBeLessThanOrEqual(2_000)
  await chipSays(stranger, 'Alles verstuurd')
  await stranger.reload()
  await expect(note(stranger)).toHaveValue('')
  await colleague.context().close()
  await stranger.context().close()
})

test('ends the same on both devices after both worked offline', async ({ page, context }) => {
  const path = '/starten/werkgroep-starten'
  await signIn(page, 'lead@demo.example')
  const colleague = await deviceOf(page, 'member@demo.example')
  for (const device of [page, colleague]) {
    await device.goto(path)
    await readyForOffline(device)
    await chipSays(device, 'Alles verstuurd')
  }
  const back = [await offline(context), await offline(colleague.context())]
  await writeNote(page, 'Van de trekker. ')
  await writeNote(colleague, 'Van de collega. ')
  await finish(colleague)
  await chipSays(page, /wacht(en)? op verbinding/)
  await page.getByRole('banner').getByRole('link', { name: /wacht(en)? op verbinding/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Wachtrij' })).toBeVisible()
  await axeInEveryShape(page)
  await page.goBack()
  for (const online of back) await online()
  for (const device of [page, colleague]) {
    await chipSays(device, 'Alles verstuurd')
    await expect(note(device)).toHaveValue(/Van de trekker\. /)
    await expect(note(device)).toHaveValue(/Van de collega\. /)
    await expect(device.getByText(/^Afgerond op/)).toBeVisible()
  }
  expect(await note(page).inputValue()).toBe(await note(colleague).inputValue())
  await colleague.context().close()
})

test('lets people choose when both gave the same task another status', async ({ page, context }) => {
  const path = '/starten/ambassadeurs-zoeken'
  await signIn(page, 'lead@demo.example')
  const colleague = await deviceOf(page, 'member@demo.example')
  for (const device of [page, colleague]) {
    await device.goto(path)
    await chipSays(device, 'Alles verstuurd')
  }
  const back = [await offline(context), await offline(colleague.context())]
  await page.getByRole('radio', { name: 'Bezig' }).check()
  await colleague.getByRole('radio', { name: 'Niet van toepassing' }).check()
  for (const device of [page, colleague]) await expect(device.getByText(/^Bewaard op dit toestel om/).first()).toBeVisible()
  for (const online of back) await online()
  await chipSays(page, 'Keuze nodig')
  await page.getByRole('banner').getByRole('link', { name: 'Keuze nodig' }).click()
  await axeInEveryShape(page)
  await page.getByRole('radio', { name: 'Mijn versie' }).check()
  await page.getByRole('button', { name: 'Bewaar deze keuze' }).click()
  await chipSays(page, 'Alles verstuurd')
  await chipSays(colleague, 'Alles verstuurd')
  await page.goto(path)
  await expect(page.getByRole('radio', { name: 'Bezig' })).toBeChecked()
  await expect(colleague.getByRole('radio', { name: 'Bezig' })).toBeChecked()
  await colleague.context().close()
})

test('asks to sign in again when the session ended, without losing anything', async ({ page, context }) => {
  await signIn(page, 'member@demo.example')
  await page.goto('/starten/mat-overtuigen')
  await chipSays(page, 'Alles verstuurd')
  await context.clearCookies()
  await writeNote(page, 'Na het verlopen.')
  await chipSays(page, 'Meld je aan om te versturen')
  await expect(note(page)).toHaveValue(/Na het verlopen\./)
  await signIn(page, 'member@demo.example')
  await chipSays(page, 'Alles verstuurd')
})
