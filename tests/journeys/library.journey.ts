import { readFile } from 'node:fs/promises'
import { axeInEveryShape, expect, offline, test } from '../support/journey.ts'
import { readyForOffline } from './steps.ts'

test.describe('someone who looks something up', () => {
  test('reaches every screen of knowledge from the foot of the page', async ({ page }) => {
    await page.goto('/over')
    const foot = page.getByRole('contentinfo')
    for (const name of ['Thema’s', 'Cijfers', 'Praktijken', 'Aanbod', 'Themadagen']) {
      await foot.getByRole('link', { name, exact: true }).click()
      await expect(page).toHaveTitle(`${name} – Opstap`)
      await expect(page.getByRole('heading', { level: 1, name })).toBeFocused()
    }
  })

  test('reads figures without a network and takes one along', async ({ page, context }) => {
    await page.goto('/')
    await readyForOffline(page)
    const online = await offline(context)
    await page.goto('/cijfers')
    await expect(page.getByRole('heading', { name: 'Drempels en noden' })).toBeVisible()
    await axeInEveryShape(page)
    await page.getByRole('link', { name: 'Welke drempels ervaren besturen?' }).click()
    await expect(page.getByRole('img', { name: 'Grafiek: Welke drempels ervaren besturen?' })).toBeVisible()
    await expect(page.getByRole('row', { name: 'Te beperkte personeelscapaciteit 75 40' })).toBeVisible()
    await axeInEveryShape(page)
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download als csv' }).click()])
    expect(await readFile(await file.path(), 'utf8')).toContain('Te beperkte personeelscapaciteit;75;40')
    await online()
  })

  test('finds practices of municipalities like their own and keeps one, without a network', async ({ page, context }) => {
    await page.goto('/')
    await readyForOffline(page)
    const online = await offline(context)
    await page.goto('/praktijken')
    await page.getByText('Filter', { exact: true }).click()
    await page.getByLabel('Thema').selectOption('Herkomst')
    await page.getByLabel(/^Grootte/).selectOption('rural')
    await expect(page).toHaveURL(/\?thema=herkomst&grootte=rural$/)
    await expect(page.getByRole('heading', { name: /^Uit besturen zoals het jouwe/ })).toBeVisible()
    await expect(page.getByRole('heading', { name: /^Uit andere besturen/ })).toBeVisible()
    await axeInEveryShape(page)

    await page.getByRole('link', { name: 'Een extra brugfiguur tussen gezin en school' }).click()
    await expect(page.getByRole('heading', { name: 'Wat leverde het op' })).toBeVisible()
    await page.getByRole('button', { name: 'Wij passen dit toe' }).click()
    await expect(page.getByRole('radio', { name: 'Wij passen dit toe' })).toBeFocused()
    await page.getByRole('textbox', { name: 'Hoe liep het?' }).pressSequentially('Twee scholen doen mee.')
    await expect(page.getByText(/^Bewaard op dit toestel om/).last()).toBeVisible()
    await axeInEveryShape(page)
    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Hoe liep het?' })).toHaveValue('Twee scholen doen mee.')
    await page.goto('/praktijken?thema=herkomst')
    await expect(page.getByText('Wij passen dit toe')).toBeVisible()
    await page.goto('/wachtrij')
    await expect(page.getByRole('main').getByText(/Een extra brugfiguur tussen gezin en school/).first()).toBeVisible()
    await online()
  })

  test('asks what a word means, by keyboard', async ({ page }) => {
    await page.goto('/praktijken/praktijk-brugfiguur-school')
    const word = page.getByRole('button', { name: 'brugfiguur', exact: true }).first()
    await word.focus()
    await word.press('Enter')
    await expect(page.getByRole('group', { name: 'Begrip: Brugfiguur' })).toBeVisible()
    await axeInEveryShape(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('group', { name: 'Begrip: Brugfiguur' })).toBeHidden()
    await expect(word).toBeFocused()
  })

  test('finds who can help, and a theme with all that belongs to it', async ({ page }) => {
    await page.goto('/aanbod#aanbod-cavaria')
    await expect(page.getByRole('definition').filter({ hasText: 'Aan te vullen door de VVSG', visible: true })).toBeVisible()
    await axeInEveryShape(page)
    await page.goto('/themas/lokaal-genderbeleid')
    for (const name of ['Op je starterspad', 'Instrumenten', 'Cijfers', 'Zo deden andere besturen het', 'Wie kan helpen', 'Themadagen'])
      await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
    await axeInEveryShape(page)
  })

  test('puts a theme day in their own calendar', async ({ page }) => {
    await page.goto('/themadagen')
    await expect(page.getByRole('heading', { level: 3 }).first()).toBeVisible()
    await page.locator('summary').first().click()
    await axeInEveryShape(page)
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^Zet in mijn agenda IDAHOT/ }).click()])
    expect(file.suggestedFilename()).toBe('dag-idahot.ics')
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*DTSTART;VALUE=DATE:\d{4}0517\r\n[\s\S]*END:VCALENDAR\r\n$/)
  })
})
