import type { Page } from '@playwright/test'
import { axeInEveryShape, desktop, expect, offline, test } from '../support/journey.ts'
import { chipSays, deviceOf, readyForOffline, signIn } from './steps.ts'

const words = 'Wie nodigen we uit voor een eerste werkgroep?'
const title = (page: Page) => page.getByRole('heading', { level: 1 })

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole('radio', { name: 'Advies' }).check()
  await page.getByRole('textbox', { name: 'Je vraag' }).fill(text)
  await page.getByRole('button', { name: /^(Verstuur naar de helpdesk|Zet klaar om te versturen)$/ }).click()
  await expect(title(page)).toHaveText(text)
}

test('a member asks offline from a task, the desk answers on another device, and the member reads it', async ({ page, context }) => {
  // Three devices, looked at in every shape.
  test.slow()
  await signIn(page, 'member@demo.example')
  await page.goto('/starten/werkgroep-starten')
  await chipSays(page, 'Alles verstuurd')
  await readyForOffline(page)
  const online = await offline(context)
  const task = (await title(page).textContent())!

  await page.getByRole('link', { name: 'Stel een vraag' }).click()
  await expect(title(page)).toHaveText('Hulp')
  await expect(page.getByText(task)).toBeVisible()
  await page.getByRole('button', { name: 'Zet klaar om te versturen' }).click()
  await expect(page.getByRole('alert')).toContainText('Er is een probleem')
  await page.getByRole('alert').getByRole('link', { name: 'Schrijf je vraag' }).click()
  await expect(page.getByRole('textbox', { name: 'Je vraag' })).toBeFocused()
  await axeInEveryShape(page)
  await ask(page, words)
  await expect(page.getByText('Wacht op verzending')).toBeVisible()
  await expect(page.getByRole('link', { name: task })).toHaveAttribute('href', '/starten/werkgroep-starten')
  await axeInEveryShape(page)

  await online()
  await expect(page.getByText('Verstuurd', { exact: true })).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText(/^Je vraag is bij de helpdesk\. Je krijgt een antwoord tegen (maan|dins|woens|donder|vrij)dag /)).toBeVisible()

  const desk = await deviceOf(page, 'desk@demo.example')
  await desk.goto('/hulp/helpdesk')
  await expect(title(desk)).toHaveText('Helpdesk')
  await axeInEveryShape(desk)
  await desk.getByRole('link', { name: words }).click()
  await expect(desk.getByText('Damme').first()).toBeVisible()
  await desk.getByRole('textbox', { name: 'Je antwoord' }).fill('Begin met twee mensen die al meedoen.')
  await axeInEveryShape(desk)
  // A draft stays on the device until it is sent.
  await expect.poll(() => desk.evaluate(() => new Promise<string>((resolve) => {
    const opening = indexedDB.open('opstap')
    opening.onsuccess = () => {
      const reading = opening.result.transaction('meta').objectStore('meta').get('choices')
      reading.onsuccess = () => resolve(JSON.stringify(reading.result ?? null))
    }
  }))).toContain('Begin met twee mensen')
  await desk.reload()
  await expect(desk.getByRole('textbox', { name: 'Je antwoord' })).toHaveValue('Begin met twee mensen die al meedoen.')
  await desk.getByRole('button', { name: 'Verstuur antwoord' }).click()
  await expect(desk.getByText('Beantwoord', { exact: true })).toBeVisible()

  await page.goto('/')
  await page.getByRole('link', { name: 'Er is een antwoord op je vraag' }).click()
  await expect(title(page)).toHaveText(words)
  await expect(page.getByText('Begin met twee mensen die al meedoen.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Je bericht' }).fill('Dank je. En hoe vaak komen we samen?')
  await page.getByRole('button', { name: 'Verstuur bericht' }).click()
  await expect(page.getByText('Dank je. En hoe vaak komen we samen?')).toBeVisible()
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: 'Vandaag' })).toBeVisible()
  await chipSays(page, 'Alles verstuurd')
  await expect(page.getByRole('link', { name: 'Er is een antwoord op je vraag' })).toBeHidden()
  await expect(desk.getByText('Dank je. En hoe vaak komen we samen?')).toBeVisible()

  const stranger = await deviceOf(page, 'zuienkerke@demo.example')
  await stranger.goto('/hulp')
  await expect(stranger.getByText('Nog geen vragen')).toBeVisible()
  await chipSays(stranger, 'Alles verstuurd')
  await expect(stranger.getByText(words)).toBeHidden()
  await stranger.goto('/hulp/helpdesk')
  await expect(title(stranger)).toHaveText('Alleen voor de helpdesk')
  await axeInEveryShape(stranger)
  await stranger.context().close()
  await desk.context().close()
})

test('the desk hands over, states a term, closes, proposes for the knowledge base and counts the year', async ({ page }) => {
  test.slow()
  await page.goto('/')
  await page.setViewportSize(desktop)
  await signIn(page, 'desk@demo.example')
  await page.goto('/hulp/helpdesk')
  await page.getByRole('combobox', { name: 'Stand' }).selectOption({ label: 'Beantwoord' })
  await page.getByRole('link', { name: /^Ons bestuursakkoord noemt/ }).click()
  await page.getByRole('button', { name: 'Maak er een voorstel van' }).click()
  await expect(page.getByRole('textbox', { name: 'Het antwoord zonder namen' })).toHaveValue(/^Ja, daar kan je mee vertrekken/)
  await page.getByRole('textbox', { name: 'De vraag zonder namen' }).fill('Kan je vertrekken van toegankelijke dienstverlening in het bestuursakkoord?')
  await expect(page.getByText(/^(Bewaard op dit toestel|Veilig op de server) om/).first()).toBeVisible()
  await axeInEveryShape(page)
  await page.getByRole('button', { name: 'Sluit de vraag af' }).click()
  await expect(page.getByText('Afgesloten', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Open de vraag weer' }).click()
  await expect(page.getByText('Beantwoord', { exact: true })).toBeVisible()

  await page.getByRole('navigation', { name: 'Helpdesk' }).getByRole('link', { name: 'Voorstellen' }).click()
  await expect(page.getByRole('link', { name: /^Kan je vertrekken van/ })).toBeVisible()
  await axeInEveryShape(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^Markdown van/ }).click()])
  expect(file.suggestedFilename()).toBe('vraag-kan-je-vertrekken-van-toegankelijke-dienstverlening-in.md')

  await page.getByRole('navigation', { name: 'Helpdesk' }).getByRole('link', { name: 'Jaarcijfers' }).click()
  await expect(page.getByRole('row', { name: /^Vragen aangekomen \d/ })).toBeVisible()
  await axeInEveryShape(page)

  await page.getByRole('navigation', { name: 'Helpdesk' }).getByRole('link', { name: 'Vragen' }).click()
  await page.getByRole('link', { name: /^Welke acties uit ons meerjarenplan/ }).click()
  await page.getByRole('combobox', { name: 'Behandelaar' }).selectOption({ label: 'Noor Helpdesk (jij)' })
  await expect(page.getByText('In behandeling', { exact: true })).toBeVisible()
  await page.getByLabel('Andere termijn').fill('2099-12-24')
  await page.getByRole('button', { name: 'Wijzig de termijn' }).click()
  await expect(page.getByText(/24 december 2099/)).toBeVisible()
})

test('someone without an account prepares a question; it leaves after signing in', async ({ page }) => {
  await page.goto('/cijfers/cijfer-drempels')
  await page.getByRole('link', { name: 'Stel een vraag' }).click()
  const text = 'Mogen wij dit cijfer aanhalen in een nota?'
  await ask(page, text)
  await expect(page.getByText('Meld je aan om te versturen').first()).toBeVisible()
  await axeInEveryShape(page)
  await signIn(page, 'lead@demo.example')
  await page.goto('/hulp')
  await page.getByRole('link', { name: text }).click()
  await expect(page.getByText('Verstuurd', { exact: true })).toBeVisible({ timeout: 15_000 })
})
