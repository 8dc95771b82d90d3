import { axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { chipSays, deviceOf, field, signIn, typeIn } from './steps.ts'

const CALL = '/leerlabo/demolabgroep/oproep'
const PERSONA = '/leerlabo/demolabgende/opdracht/persona'

test('lets teams put themselves forward, also without a connection, and a facilitator compose the mix', async ({ page, context }) => {
  test.setTimeout(240_000)
  await signIn(page, 'lead@demo.example')
  const other = await deviceOf(page, 'zuienkerke@demo.example')
  const guide = await deviceOf(page, 'facilitator@demo.example')

  await page.goto('/leerlabo')
  await expect(page.getByRole('heading', { level: 2, name: 'Deze leerlabo’s zoeken teams' })).toBeVisible({ timeout: 20_000 })
  await axeInEveryShape(page)
  await page.getByRole('link', { name: 'Leerlabo: hoe bereik je de doelgroep?' }).click()
  await expect(page.getByText(/^Kandidaat stellen kan tot en met .* Er is plaats voor 8 teams\.$/)).toBeVisible()
  await page.getByRole('button', { name: 'Stel je kandidaat' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Er is een probleem' })).toBeVisible()
  await axeInEveryShape(page)

  const online = await offline(context)
  await page.getByRole('radio', { name: /^Starter/ }).check()
  await field(page, 'Waarom doen jullie graag mee?').fill('Onze deskundige vrije tijd wil leren wie we niet bereiken.')
  await page.getByRole('button', { name: 'Stel je kandidaat' }).click()
  await expect(page.getByRole('heading', { level: 3, name: 'Je team is kandidaat' })).toBeVisible()
  await expect(page.getByText('Wacht op verzending')).toBeVisible()
  await axeInEveryShape(page)
  await online()
  await expect(page.getByText('Verstuurd', { exact: true })).toBeVisible({ timeout: 15_000 })

  await guide.goto('/begeleiding')
  await guide.getByRole('link', { name: 'Leerlabo: hoe bereik je de doelgroep?' }).click()
  await guide.getByRole('link', { name: 'Oproep: 2 kandidaten wachten' }).click({ timeout: 20_000 })
  await expect(guide.getByRole('heading', { level: 3, name: 'Damme' })).toBeVisible()
  await expect(guide.getByText('Onze deskundige vrije tijd wil leren wie we niet bereiken.')).toBeVisible()
  await expect(guide.getByRole('table', { name: 'Hoe ver staan ze?' }).getByRole('row', { name: /^Starter 0 1 1$/ })).toBeVisible()
  await expect(guide.getByRole('table', { name: 'Hoe ver staan ze?' }).getByRole('row', { name: /^Koploper nog geen/ })).toBeVisible()
  await axeInEveryShape(guide)
  await guide.getByRole('button', { name: /^Neem op\s*: Damme$/ }).click()
  await expect(guide.getByRole('table', { name: 'Hoe ver staan ze?' }).getByRole('row', { name: /^Starter 1 0 1$/ })).toBeVisible({ timeout: 15_000 })
  await guide.getByRole('button', { name: /^Niet deze keer\s*: Zuienkerke$/ }).click()
  await field(guide, 'Een woord voor het team').fill('Jullie zitten al in een ander labo. Volgend jaar graag.')
  await axeInEveryShape(guide)
  await guide.getByRole('button', { name: 'Verstuur antwoord' }).click()
  await expect(guide.getByRole('heading', { level: 2, name: 'Niet deze keer' })).toBeVisible()

  await expect(page.getByText('Je team doet mee')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('link', { name: 'Naar het leerlabo' }).click()
  await expect(page.getByText('Jullie doen mee als starter.')).toBeVisible()
  await other.goto(CALL)
  await expect(other.getByText('Jullie zitten al in een ander labo. Volgend jaar graag.')).toBeVisible({ timeout: 20_000 })
  await expect(other.getByText('Onze deskundige vrije tijd')).toHaveCount(0)
  await axeInEveryShape(other)

  await guide.getByText('Wijzig of sluit de oproep').click()
  await guide.getByRole('button', { name: 'Sluit de oproep' }).click()
  await expect(guide.getByText('Deze oproep is gesloten.')).toBeVisible({ timeout: 15_000 })
  await guide.getByRole('button', { name: 'Open de oproep' }).click()
  await expect(guide.getByText(/^Kandidaat stellen kan tot en met/)).toBeVisible({ timeout: 15_000 })
  for (const device of [other, guide]) await device.context().close()
})

test('lets a team share its work with the others after the feedback, and take it back', async ({ page }) => {
  test.setTimeout(240_000)
  await signIn(page, 'lead@demo.example')
  const other = await deviceOf(page, 'zuienkerke@demo.example')
  const guide = await deviceOf(page, 'facilitator@demo.example')

  await page.goto(PERSONA)
  await expect(page.getByRole('heading', { level: 2, name: 'Wie leest dit?' })).toBeVisible({ timeout: 20_000 })
  for (const [name, text] of [
    ['Hoe noemen jullie deze verzonnen persoon?', 'Zonnebloem'],
    ['Hoe ziet een gewone dag eruit?', 'Brengt de kinderen naar school.'],
    ['Wat wil deze persoon graag?', 'Een uur voor zichzelf.'],
    ['Wat staat in de weg?', 'Geen opvang.'],
    ['Welke kenmerken werken samen?', 'Zorg en taal.'],
    ['Welke zin zou deze persoon zeggen?', 'Wie kijkt er dan naar de kleinste?'],
  ] as const) await typeIn(page, name, text)
  await page.getByRole('checkbox', { name: 'Onze gesprekken' }).check()
  await chipSays(page, 'Alles verstuurd')
  await page.getByRole('button', { name: 'Kijk je antwoorden na' }).click()
  const choice = page.getByRole('group', { name: 'Mogen de andere teams van dit leerlabo dit lezen?' })
  await expect(choice.getByRole('radio', { name: /^Nee/ })).toBeChecked()
  await choice.getByRole('radio', { name: /^Ja, na de feedback/ }).check()
  await axeInEveryShape(page)
  await page.getByRole('button', { name: 'Verstuur naar begeleider' }).click()
  await expect(page.getByText(/^Na de feedback kunnen de andere teams/)).toBeVisible({ timeout: 15_000 })
  await chipSays(page, 'Alles verstuurd')

  await other.goto(PERSONA)
  await expect(other.getByRole('heading', { level: 2, name: 'Werk van andere teams' })).toBeVisible({ timeout: 20_000 })
  await expect(other.getByText('Nu is er nog niets.', { exact: false })).toBeVisible()

  // Nothing but the feedback brings it to the others.
  await guide.goto('/begeleiding/demolabgende')
  const damme = guide.locator('section').filter({ has: guide.getByRole('heading', { level: 2, name: 'Damme' }) }).last()
  await damme.getByRole('link', { name: 'Maak één mens uit wat je hoorde' }).click({ timeout: 20_000 })
  await typeIn(guide, 'Je feedback', 'Mooi mens.')
  await guide.getByRole('radio', { name: /^Afgerond/ }).check()
  await chipSays(guide, 'Alles verstuurd')
  await expect(other.getByText('Nu is er nog niets.', { exact: false })).toBeVisible()
  await guide.getByRole('button', { name: 'Vrijgeven' }).click()
  await other.locator('summary', { hasText: 'Damme' }).click({ timeout: 20_000 })
  await expect(other.getByText('Brengt de kinderen naar school.')).toBeVisible()
  await expect(other.getByText('Mooi mens.')).toHaveCount(0)
  await axeInEveryShape(other)

  await page.goto(PERSONA)
  await expect(page.getByText('De andere teams van dit leerlabo kunnen lezen wat jullie verstuurden.', { exact: false })).toBeVisible({ timeout: 20_000 })
  await axeInEveryShape(page)
  await page.getByRole('button', { name: 'Deel dit niet meer' }).click()
  await expect(other.getByText('Brengt de kinderen naar school.')).toHaveCount(0, { timeout: 20_000 })
  await expect(other.getByText('Nu is er nog niets.', { exact: false })).toBeVisible()
  for (const device of [other, guide]) await device.context().close()
})
