import { axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { chipSays, chooseMunicipality, deviceOf, field, signIn, typeIn } from './steps.ts'

const LAB = '/leerlabo/demolabgende'
const assignment = `${LAB}/opdracht/persona`

test('lets two colleagues fill in together, send without a connection, get feedback and send again', async ({ page, context }) => {
  test.setTimeout(240_000)
  await signIn(page, 'lead@demo.example')
  const colleague = await deviceOf(page, 'member@demo.example')
  const guide = await deviceOf(page, 'facilitator@demo.example')
  const other = await deviceOf(page, 'zuienkerke@demo.example')

  await page.goto('/leerlabo')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Leerlabo' }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Leerlabo lokaal genderbeleid' }).first().click()
  await expect(page.getByRole('heading', { level: 2, name: 'Inzicht' })).toBeVisible()
  await axeInEveryShape(page)
  await page.getByRole('link', { name: /^Opdracht: Waar staan we/ }).click()
  await expect(page.getByText('wie kent deze meisjes nu al')).toBeVisible()
  await expect(page.getByText('Afgerond').first()).toBeVisible()

  for (const device of [page, colleague]) {
    await device.goto(assignment)
    await expect(device.getByRole('heading', { level: 1, name: 'Maak één mens uit wat je hoorde' })).toBeVisible()
    await expect(device.getByText('Niet begonnen').first()).toBeVisible({ timeout: 20_000 })
    await chipSays(device, 'Alles verstuurd')
  }
  await axeInEveryShape(page)

  // Both offline in one and the same text.
  const back = [await offline(context), await offline(colleague.context())]
  await typeIn(page, 'Hoe ziet een gewone dag eruit?', 'Brengt de kinderen naar school. ')
  await typeIn(colleague, 'Hoe ziet een gewone dag eruit?', 'Volgt twee keer per week les. ')
  await typeIn(colleague, 'Wat wil deze persoon graag?', 'Een uur voor zichzelf.')
  await expect(page.getByText(/^Bewaard op dit toestel om/).first()).toBeVisible()
  for (const online of back) await online()
  for (const device of [page, colleague]) {
    await expect(field(device, 'Hoe ziet een gewone dag eruit?')).toHaveValue(/Brengt de kinderen naar school\./, { timeout: 20_000 })
    await expect(field(device, 'Hoe ziet een gewone dag eruit?')).toHaveValue(/Volgt twee keer per week les\./)
  }
  await expect(page.getByText('Concept').first()).toBeVisible()

  // A facilitator sees nothing of a draft.
  await guide.goto('/begeleiding/demolabgende')
  await expect(guide.getByRole('heading', { level: 2, name: 'Damme' })).toBeVisible({ timeout: 20_000 })
  await axeInEveryShape(guide)
  await guide.goto('/begeleiding')
  await guide.getByRole('link', { name: 'Leerlabo lokaal genderbeleid' }).click()
  const damme = guide.locator('section').filter({ has: guide.getByRole('heading', { level: 2, name: 'Damme' }) }).last()
  await damme.getByRole('link', { name: 'Maak één mens uit wat je hoorde' }).click()
  await expect(guide.getByText('Dit team verstuurde nog niets.')).toBeVisible()
  await expect(guide.getByText('Brengt de kinderen')).toHaveCount(0)

  // What is missing stops the sending, not the writing.
  await page.getByRole('button', { name: 'Kijk je antwoorden na' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Er is een probleem' })).toBeVisible()
  await axeInEveryShape(page)
  await typeIn(page, 'Hoe noemen jullie deze verzonnen persoon?', 'Zonnebloem')
  await typeIn(page, 'Wat staat in de weg?', 'Geen opvang.')
  await typeIn(page, 'Welke kenmerken werken samen?', 'Zorg en taal.')
  await typeIn(page, 'Welke zin zou deze persoon zeggen?', 'Wie kijkt er dan naar de kleinste?')
  await page.getByRole('checkbox', { name: 'Onze gesprekken' }).check()
  await chipSays(page, 'Alles verstuurd')
  await page.getByRole('button', { name: 'Kijk je antwoorden na' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Kijk je antwoorden na' })).toBeVisible()
  await expect(page.getByText('Een uur voor zichzelf.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Verstuur naar begeleider' })).toBeVisible()
  await axeInEveryShape(page)

  // Without a connection it is made ready, and arrives as sent.
  const online = await offline(context)
  await page.getByRole('button', { name: 'Zet klaar om te versturen' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Klaar om te versturen' })).toBeVisible()
  await expect(page.getByText(/^Referentie /)).toBeVisible()
  await expect(page.getByText(/Wacht op verzending/)).toBeVisible()
  await axeInEveryShape(page)
  await online()
  await expect(page.getByRole('heading', { level: 1, name: 'Verstuurd' })).toBeVisible({ timeout: 5_000 })
  await expect(page.getByText(/Aangekomen op de server/)).toBeVisible()

  await expect(guide.getByText('Een uur voor zichzelf.')).toBeVisible({ timeout: 15_000 })
  await axeInEveryShape(guide)
  await typeIn(guide, 'Je feedback', 'Mooi mens. Wie van jullie kent haar dag het best?')
  await guide.getByRole('radio', { name: /^Aan te vullen/ }).check()
  await expect(guide.getByText('Feedback in voorbereiding').first()).toBeVisible()
  await chipSays(guide, 'Alles verstuurd')

  // In preparation it is nowhere on the team's devices.
  await page.goto(assignment)
  await expect(page.getByText('In bespreking').first()).toBeVisible({ timeout: 15_000 })
  const stored = () => page.evaluate(() => new Promise<string>((resolve) => {
    const asked = indexedDB.open('opstap')
    asked.onsuccess = () => {
      const all = asked.result.transaction('rows').objectStore('rows').getAll()
      all.onsuccess = () => resolve(JSON.stringify(all.result))
    }
  }))
  expect(await stored()).not.toContain('Mooi mens')
  await guide.getByRole('button', { name: 'Vrijgeven' }).click()
  await expect(page.getByText('Mooi mens. Wie van jullie kent haar dag het best?')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText('Aan te vullen').first()).toBeVisible()
  await axeInEveryShape(page)

  // Another team sees none of it.
  await other.goto(assignment)
  await chipSays(other, 'Alles verstuurd')
  await expect(other.getByRole('heading', { level: 1, name: 'Maak één mens uit wat je hoorde' })).toBeVisible()
  await expect(field(other, 'Hoe noemen jullie deze verzonnen persoon?')).toHaveValue('')
  await expect(other.getByText('Mooi mens')).toHaveCount(0)

  // An answer in the conversation, and once more.
  await typeIn(page, 'Je bericht', 'De maatschappelijk werker.')
  await page.getByRole('button', { name: 'Plaats bericht' }).click()
  await expect(guide.getByText('De maatschappelijk werker.')).toBeVisible({ timeout: 15_000 })
  await typeIn(page, 'Wat wil deze persoon graag?', ' Met andere vrouwen.')
  await page.getByRole('button', { name: 'Kijk je antwoorden na' }).click()
  await page.getByRole('button', { name: 'Verstuur naar begeleider' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Verstuurd' })).toBeVisible({ timeout: 15_000 })
  await page.goto(assignment)
  await expect(page.getByText('Verstuurd').first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: 'Eerder verstuurd' })).toBeVisible()
  for (const device of [colleague, guide, other]) await device.context().close()
})

test('lets a facilitator make a lab, date it and invite a municipality', async ({ page }) => {
  test.setTimeout(240_000)
  await signIn(page, 'facilitator@demo.example')
  await page.goto('/begeleiding')
  await page.getByRole('button', { name: 'Maak een leerlabo' }).click()
  await page.getByRole('button', { name: 'Maak leerlabo', exact: true }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Er is een probleem' })).toBeVisible()
  await page.getByRole('radio', { name: /^Vorming/ }).check()
  await field(page, 'Naam').fill('Vorming van het najaar')
  await axeInEveryShape(page)
  await page.getByRole('button', { name: 'Maak leerlabo', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Planning en gemeenten' })).toBeVisible({ timeout: 15_000 })
  await page.getByRole('combobox', { name: 'Nodig een gemeente uit' }).fill('Blanken')
  await page.getByRole('option', { name: /Blankenberge/ }).click()
  await page.getByRole('button', { name: 'Nodig uit' }).click()
  await expect(page.getByText('1 gemeente doet mee.', { exact: false })).toBeVisible({ timeout: 15_000 })
  await page.getByRole('group', { name: /^Wanneer is de sessie\?\s*: Overzicht en keuze/ }).getByLabel('Dag').fill('2031-03-11')
  await page.getByRole('group', { name: /^Wanneer is de sessie\?\s*: Overzicht en keuze/ }).getByLabel('Dag').blur()
  await expect(page.getByText(/^Bewaard op dit toestel/).first()).toBeVisible()
  await field(page, 'Nieuw bericht').fill('Breng jullie meerjarenplan mee.')
  await page.getByRole('button', { name: 'Plaats voor alle teams' }).click()
  await axeInEveryShape(page)
  await chipSays(page, 'Alles verstuurd')

  const member = await deviceOf(page, 'iemand@elders.example')
  await chooseMunicipality(member, 'Blanken', /Blankenberge/)
  await member.goto('/leerlabo')
  await member.getByRole('link', { name: 'Vorming van het najaar' }).click({ timeout: 15_000 })
  await expect(member.getByText('dinsdag 11 maart 2031', { exact: false }).first()).toBeVisible({ timeout: 15_000 })
  await expect(member.getByText('Breng jullie meerjarenplan mee.')).toBeVisible()
  const download = member.waitForEvent('download')
  await member.getByRole('button', { name: 'Zet de sessies in mijn agenda' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.ics$/)
  await axeInEveryShape(member)
  await member.context().close()
})

test('shows labs and assignments to who has no account, also without a connection', async ({ page }) => {
  await page.goto('/leerlabo')
  await expect(page.getByRole('heading', { level: 2, name: 'Je team zit nog in geen leerlabo' })).toBeVisible()
  await axeInEveryShape(page)
  await page.getByRole('link', { name: 'Leerlabo lokaal genderbeleid' }).click()
  await expect(page.getByText('Wat hebben lokale besturen nodig')).toBeVisible()
  await page.getByRole('link', { name: /^Opdracht: Luister naar drie mensen/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Luister naar drie mensen om wie het gaat' })).toBeVisible()
  await page.getByText('Bekijk een ingevuld voorbeeld').click()
  await expect(page.getByText('Dit is een verzonnen voorbeeld')).toBeVisible()
  await axeInEveryShape(page)
})
