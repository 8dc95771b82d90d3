import { axe, axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { chipSays, deviceOf, signIn } from './steps.ts'

const LAB = '/leerlabo/demolabgende'

test('shows on Vandaag what a lab asks and tells, counts it on the icon, and gives the own calendar an address', async ({ page, context, request }) => {
  test.setTimeout(180_000)
  // What the icon shows cannot be seen from here; what it is told can.
  await context.addInitScript(() => {
    const told = (count: number | undefined) => ((document.documentElement.dataset['badge'] = String(count ?? 0)), Promise.resolve())
    Object.assign(navigator, { setAppBadge: told, clearAppBadge: () => told(0) })
  })
  const badge = (count: number) => expect(page.locator('html')).toHaveAttribute('data-badge', String(count), { timeout: 20_000 })
  const coming = page.getByRole('region', { name: 'Komt eraan' })
  const news = page.getByRole('region', { name: /^Nieuw/ })

  await signIn(page, 'lead@demo.example')
  await page.goto('/')
  await expect(coming.getByRole('link', { name: 'Opdracht: Luister naar drie mensen om wie het gaat' })).toBeVisible({ timeout: 20_000 })
  await expect(coming.getByText('Niet begonnen')).toBeVisible()
  await expect(coming.getByText(/\(nog \d dagen\)/)).toBeVisible()
  await expect(news.getByText('Bart Begeleider plaatste een bericht.')).toBeVisible()
  await axeInEveryShape(page)
  // The announcement, and the answer of the helpdesk.
  await badge(2)

  await coming.getByRole('link', { name: 'Sessie: Kijken waar het gebeurt' }).click()
  await expect(page.getByText('Breng stevige schoenen mee')).toBeVisible()
  await badge(1)
  await page.goto('/')
  await expect(coming.getByRole('link').first()).toBeVisible()
  await expect(news).toHaveCount(0)

  // Something new comes while the page is open, and is put away.
  const guide = await deviceOf(page, 'facilitator@demo.example')
  await guide.goto('/begeleiding/demolabgende/planning')
  await guide.getByRole('textbox', { name: 'Nieuw bericht' }).fill('We beginnen een half uur later.')
  await guide.getByRole('button', { name: 'Plaats voor alle teams' }).click()
  await expect(news.getByRole('link', { name: 'Leerlabo lokaal genderbeleid' })).toBeVisible({ timeout: 20_000 })
  await badge(2)
  await news.getByRole('button', { name: 'Verberg: Leerlabo lokaal genderbeleid' }).click()
  await expect(news).toHaveCount(0)
  await badge(1)

  // The address works without a session, until there is a new one.
  for (const device of [page, guide]) {
    await device.goto(LAB)
    await device.getByRole('button', { name: 'Abonneer op deze agenda' }).click()
    await expect(device.getByRole('link', { name: 'Open in mijn agenda' })).toHaveAttribute('href', /^webcal:\/\/.+\.ics$/)
    await axeInEveryShape(device)
  }
  const shown = page.getByText(/^http.+\.ics$/)
  const first = new URL((await shown.textContent())!).pathname
  const calendar = await request.get(first)
  expect([calendar.status(), calendar.headers()['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  expect(await calendar.text()).toContain('UID:demolabgende-kijken@opstap')
  const online = await offline(context)
  await page.getByRole('button', { name: 'Maak een nieuw adres' }).click()
  await expect(page.getByRole('main').getByText('Hiervoor is een verbinding nodig.', { exact: false })).toBeVisible()
  await axe(page)
  await online()
  await page.getByRole('button', { name: 'Maak een nieuw adres' }).click()
  await expect(page.getByText('Dit is een nieuw adres. Het oude werkt niet meer.', { exact: true })).toBeVisible()
  expect((await request.get(first)).status()).toBe(404)
  expect((await request.get(new URL((await shown.textContent())!).pathname)).status()).toBe(200)

  // Mail is a choice.
  await page.goto('/account')
  const wanted = page.getByRole('checkbox', { name: 'Mail over leerlabo’s' })
  await expect(wanted).toBeChecked()
  await wanted.uncheck()
  await chipSays(page, 'Alles verstuurd')
  await page.reload()
  await expect(wanted).not.toBeChecked()
  await axe(page)
})

test('a link of a mail that does not hold says so on a page of its own', async ({ page }) => {
  const answer = await page.goto('/api/lab-mail/off/demo-lead.vervalst')
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1, name: 'Deze link werkt niet' })).toBeVisible()
  await axeInEveryShape(page)
})
