/** Things people do in more than one journey, by the names they read on the screen. */
import { expect, type Locator, type Page } from '@playwright/test'
import { anotherDevice } from '../support/journey.ts'

/** Signs in with the code that the demonstration shows. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/aanmelden')
  await page.getByRole('textbox', { name: 'E-mailadres' }).fill(email)
  await page.getByRole('button', { name: 'Stuur me een code' }).click()
  const code = /je code is (\d{6})/.exec((await page.getByText(/je code is \d{6}/).textContent()) ?? '')![1]!
  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await page.getByRole('button', { name: 'Meld je aan' }).click()
  await expect(page.getByRole('button', { name: 'Meld je aan' })).toBeHidden()
}

/** Another device, on which this person signed in. */
export async function deviceOf(page: Page, email: string): Promise<Page> {
  const device = await anotherDevice(page)
  await signIn(device, email)
  return device
}

/** Signs in and opens an assignment of the demonstration's lab; resolves when everything is there. */
export async function openAssignment(page: Page, email: string, assignment: string): Promise<void> {
  await signIn(page, email)
  await page.goto(`/leerlabo/demolabgende/opdracht/${assignment}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await chipSays(page, 'Alles verstuurd')
}

/** Chooses a municipality after signing in, and waits until that team is where the work lands. */
export async function chooseMunicipality(page: Page, typed: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox').fill(typed)
  await page.getByRole('option', { name: option }).click()
  await page.getByRole('button', { name: 'Ga naar mijn team' }).click()
  await expect(page.getByRole('button', { name: 'Ga naar mijn team' })).toBeHidden()
}

export const field = (page: Page, name: string | RegExp) => page.getByRole('textbox', { name })

/** Types behind what stands in a field that keeps itself, as a person does, and goes on. */
export async function typeIn(page: Page, name: string | RegExp, text: string): Promise<void> {
  await field(page, name).focus()
  await field(page, name).press('End')
  await field(page, name).pressSequentially(text)
  await field(page, name).blur()
}

/** Answers everything that the assignment `storyboard` asks besides its photos. */
export async function fillStoryboard(page: Page): Promise<void> {
  await typeIn(page, 'Welk idee spelen jullie door?', 'Sporten met opvang')
  await page.getByRole('button', { name: 'Voeg een rij toe' }).click()
  await typeIn(page, 'Waar en wanneer?', 'Aan de schoolpoort')
  await typeIn(page, 'Waar zit een gat in het verhaal?', 'De weg naar de sporthal.')
  await typeIn(page, 'Wat nemen jullie aan zonder het te weten?', 'Dat opvang genoeg is.')
}

export const note = (page: Page) => page.getByRole('textbox', { name: 'Notitie' })

/** Types a note and waits until the app says that it is kept. */
export async function writeNote(page: Page, text: string): Promise<void> {
  // Before the app has taken the place of what was painted nothing can be typed.
  await expect(note(page)).toBeEnabled()
  await note(page).focus()
  await note(page).press('End')
  await note(page).pressSequentially(text)
  await expect(page.getByText(/^(Bewaard op dit toestel|Veilig op de server) om/).first()).toBeVisible()
}

/** What was just typed lies in the device's store. Other things on the page may have been kept before. */
export async function kept(place: Page | Locator): Promise<void> {
  await expect(place.getByText('Wordt bewaard op dit toestel')).toHaveCount(0)
  await expect(place.getByText(/^Bewaard op dit toestel om/).first()).toBeVisible()
}

export async function finish(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Heb je deze taak afgerond?' }).getByRole('radio', { name: 'Ja' }).check()
}

/** The sync chip in the header says this. */
export async function chipSays(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.getByRole('banner').getByRole('link', { name: words })).toBeVisible({ timeout: 15_000 })
}

/** The service worker holds everything: from here on the app needs no network. */
export async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state !== 'activated') await new Promise((resolve) => active?.addEventListener('statechange', resolve, { once: true }))
  })
}
