// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import type { Client } from '../../../src/client/sync/client.ts'
import { textOf } from './text-state.ts'
import { arrived, device, open, opened, signedIn, stored, type, type Screen } from './stage.ts'

async function worksheet(name = 'Onze start', options: { plan?: boolean } = {}) {
  const { client, passTime } = await device(null)
  const screen = await opened(client, '/instrumenten/groot', options)
  await screen.press(name)
  return { client, passTime, screen }
}
const values = async (client: Client, id: string) => (await stored(client, 'filledWorksheet')).find((row) => row.id === id)?.values ?? {}
const check = async (screen: Screen, name: string) => {
  const box = await screen.get<HTMLInputElement>('input', name)
  box.click()
  await flushPromises()
  return box
}

describe('a worksheet', () => {
  test('is closed until one opens it, says how far it is and asks no names', async () => {
    const { client } = await device(null)
    const screen = await opened(client)
    const button = await screen.get('button', 'Onze start')
    expect(button.getAttribute('aria-expanded')).toBe('false')
    expect(document.getElementById(button.getAttribute('aria-describedby')!)!.textContent).toBe('Nog niet ingevuld')
    expect(screen.wrapper.find('textarea').exists()).toBe(false)
    await screen.press('Onze start')
    expect(button.getAttribute('aria-expanded')).toBe('true')
    await screen.says('Schrijf functies en situaties, nooit de naam van een inwoner. Dit blijft op dit toestel zolang je niet aangemeld bent.')
  })

  test('stands where the editor put it, with the text going on behind it', async () => {
    const { client } = await device(null)
    const screen = await opened(client)
    const chapter = screen.wrapper.get('[data-chapter="voorbereiden"]')
    expect([...chapter.element.children].map((child) => child.id || child.className.split(' ')[0])).toEqual(['voorbereiden', 'prose', 'werkblad-start', 'prose', 'chapter-end'])
  })

  test('keeps every kind of answer and shows it again', async () => {
    const { client, passTime, screen } = await worksheet()
    await type(screen, 'Wat mogen we', 'Uitzoeken')
    await type(screen, 'Wie steunt dit', 'Schepen')
    await type(screen, 'Budget', '1.250,5')
    await type(screen, 'Wanneer', '2026-12-01')
    await passTime()
    await check(screen, 'Ja')
    await check(screen, 'Licht')
    await vi.waitFor(async () =>
      expect(await values(client, 'groot--start')).toMatchObject({ 'text.opdracht': { t: 'Uitzoeken' }, 'value.trekker': 'Schepen', 'value.budget': 1250.5, 'value.wanneer': '2026-12-01', 'value.kan': 'ja', 'value.zaal.licht': true }),
    )
    await screen.says('6 van 7 ingevuld')
    await screen.says('Bewaard op dit toestel op maandag 12 mei 2025')
    screen.wrapper.unmount()

    const again = await open(client, '/instrumenten/groot')
    await again.press('Onze start')
    const filled = await Promise.all(['Wat mogen we', 'Wie steunt dit', 'Budget', 'Wanneer'].map(async (label) => (await again.get<HTMLInputElement>('input, textarea', label)).value))
    expect(filled).toEqual(['Uitzoeken', 'Schepen', '1250,5', '2026-12-01'])
    expect((await again.get<HTMLInputElement>('input', 'Ja')).checked).toBe(true)
    expect([(await again.get<HTMLInputElement>('input', 'Licht')).checked, (await again.get<HTMLInputElement>('input', 'Stil')).checked]).toEqual([true, false])
  })

  test('takes a choice and a tick back', async () => {
    const { client, screen } = await worksheet()
    await check(screen, 'Nee')
    await screen.press(/^Wis je keuze/)
    await check(screen, 'Stil')
    await vi.waitFor(async () => expect(await values(client, 'groot--start')).toEqual({ 'value.kan': null, 'value.zaal.stil': true }))
    await check(screen, 'Stil')
    await vi.waitFor(async () => expect(await values(client, 'groot--start')).toMatchObject({ 'value.zaal.stil': false }))
    await screen.says('Nog niet ingevuld')
  })

  test('says what is no number, keeps it in the field, and holds the person once', async () => {
    const { client, passTime, screen } = await worksheet()
    const field = await type(screen, 'Budget', 'veel')
    await passTime()
    expect(screen.text).not.toContain('Vul een getal in')
    await screen.router.push('/elders')
    expect(screen.router.currentRoute.value.path).toBe('/instrumenten/groot')
    await screen.says('Vul een getal in, zoals 12 of 2,5.')
    expect([field.value, field.getAttribute('aria-invalid')]).toEqual(['veel', 'true'])
    expect(await values(client, 'groot--start')).toEqual({})
    await screen.router.push('/elders')
    expect(screen.router.currentRoute.value.path).toBe('/elders')
  })

  test('writes what was typed last when the person leaves', async () => {
    const { client, screen } = await worksheet()
    await type(screen, 'Wie steunt dit', 'Directeur')
    await screen.router.push('/elders')
    await vi.waitFor(async () => expect(await values(client, 'groot--start')).toEqual({ 'value.trekker': 'Directeur' }))
  })

  test('says when the device is full, and keeps what was typed', async () => {
    const { client, passTime, screen } = await worksheet()
    const transaction = vi.spyOn(client.db, 'transaction').mockRejectedValue(Object.assign(new Error('vol'), { name: 'QuotaExceededError' }))
    const field = await type(screen, 'Wie steunt dit', 'Schepen')
    await passTime()
    await screen.says('Niet bewaard: dit toestel heeft geen plaats meer.')
    const box = await check(screen, 'Stil')
    await vi.waitFor(() => expect(box.checked).toBe(false))
    expect(field.value).toBe('Schepen')
    transaction.mockRestore()
  })

  test('shows what a colleague fills in elsewhere, and not over what one is typing', async () => {
    const { client, passTime, screen } = await worksheet()
    await signedIn(client)
    const trekker = await screen.get<HTMLInputElement>('input', 'Wie steunt dit')
    await type(screen, 'Budget', '5')
    await arrived(client, 'filledWorksheet', 'groot--start', { 'value.trekker': 'Directeur', 'value.budget': 9, 'text.opdracht': textOf('Van de collega') }, 'an')
    await vi.waitFor(() => expect(trekker.value).toBe('Directeur'))
    expect((await screen.get<HTMLTextAreaElement>('textarea', 'Wat mogen we')).value).toBe('Van de collega')
    expect((await screen.get<HTMLInputElement>('input', 'Budget')).value).toBe('5')
    await passTime()
    await vi.waitFor(async () => expect(await values(client, 'groot--start')).toMatchObject({ 'value.budget': 5, 'value.trekker': 'Directeur' }))
    await screen.says('Je team leest en schrijft mee.')
  })
})

describe('a worksheet per theme', () => {
  test('has its own answers for each theme, also for one without a name yet', async () => {
    const { client, passTime, screen } = await worksheet('Ons gesprek')
    await screen.says('Thema 1 (naam aan te vullen door de VVSG)')
    await type(screen, 'Wat hoorden we', 'Over het eerste')
    await passTime()
    ;(await screen.get('input', /Wonen, nog niet ingevuld$/)).click()
    await vi.waitFor(async () => expect((await screen.get<HTMLInputElement>('input', 'Wat hoorden we')).value).toBe(''))
    await check(screen, 'Veel')
    await vi.waitFor(async () => {
      expect(await values(client, 'groot--gesprek--thema-een')).toEqual({ 'value.wat': 'Over het eerste' })
      expect(await values(client, 'groot--gesprek--wonen')).toEqual({ 'value.thuis': 'veel' })
    })
    await screen.says('2 van 2 thema’s begonnen')
    await screen.says('Wonen · 1 van 2 ingevuld')
  })
})

describe('a table in a worksheet', () => {
  const rows = (screen: Screen) => screen.wrapper.findAll('tbody .sheet-row').map((row) => row.findAll('td[data-label]').map((cell) => cell.text()))

  async function table(...names: string[]) {
    const all = await worksheet()
    for (const [index, name] of names.entries()) {
      await all.screen.press(/^Voeg een rij toe/)
      await vi.waitFor(() => expect(all.screen.wrapper.findAll('.sheet-editor')).toHaveLength(index + 1))
      const fields = all.screen.wrapper.findAll<HTMLInputElement>('.sheet-editor input')
      const field = fields[fields.length - 1]!
      await vi.waitFor(() => expect(document.activeElement).toBe(field.element))
      await field.setValue(name)
      await all.passTime()
      await all.screen.press(new RegExp(`^Klaar.*${name}`))
    }
    await vi.waitFor(() => expect(rows(all.screen)).toHaveLength(names.length))
    return all
  }

  test('has headed columns and a row that one reads and opens', async () => {
    const { client, passTime, screen } = await table('Bord hangen')
    expect(screen.wrapper.findAll('thead th[scope="col"]').map((head) => head.text())).toEqual(['Wat doen we', 'Hoe gaat het', 'Verslag'])
    expect(rows(screen)).toEqual([['Bord hangen', '–', '–']])
    const edit = await screen.get('button', /^Wijzig.*Bord hangen/)
    expect(document.activeElement).toBe(edit)
    await screen.press(/^Wijzig.*Bord hangen/)
    await screen.pick('Hoe gaat het', 'Nee')
    await type(screen, 'Verslag', 'Morgen.')
    await passTime()
    await vi.waitFor(() => expect(rows(screen)).toEqual([['Bord hangen', 'Nee', 'Morgen.']]))
    const [row] = await stored(client, 'worksheetRow')
    expect(row!.id).toMatch(/^groot--start--lijst--[0-9a-f-]{36}$/)
    expect(row!.values).toMatchObject({ order: 1, 'value.wat': 'Bord hangen', 'value.hoe': 'nee', 'text.verslag': { t: 'Morgen.' } })
    await screen.says('1 van 7 ingevuld')
  })

  test('moves rows by buttons that keep the focus', async () => {
    const { screen } = await table('een', 'twee', 'drie')
    expect(rows(screen).map(([name]) => name)).toEqual(['een', 'twee', 'drie'])
    await screen.press(/^Wijzig.*drie/)
    await screen.press(/^Hoger.*drie/)
    await vi.waitFor(() => expect(rows(screen).map(([name]) => name)).toEqual(['een', 'drie', 'twee']))
    expect(document.activeElement).toBe(await screen.get('button', /^Hoger.*drie/))
    await screen.press(/^Hoger.*drie/)
    await vi.waitFor(() => expect(rows(screen).map(([name]) => name)).toEqual(['drie', 'een', 'twee']))
    expect(screen.wrapper.findAll('button').some((button) => /^Hoger.*drie/.test(button.text()))).toBe(false)
  })

  test('removes a row and puts it back in its place', async () => {
    const { client, screen } = await table('een', 'twee')
    await screen.press(/^Wijzig.*een/)
    await screen.press(/^Verwijder.*een/)
    const back = await screen.get('button', /^Zet terug.*een/)
    await vi.waitFor(() => expect(document.activeElement).toBe(back))
    expect((await stored(client, 'worksheetRow'))[0]!.values).toMatchObject({ deleted: true })
    await screen.press(/^Zet terug.*een/)
    await vi.waitFor(() => expect(rows(screen).map(([name]) => name)).toEqual(['een', 'twee']))
  })

  test('promises the action plan only where there is one', async () => {
    const without = await table('een')
    expect(without.screen.text).not.toContain('actieplan')
    without.screen.wrapper.unmount()
    const { screen } = await worksheet('Onze start', { plan: true })
    expect((await screen.get('a', 'Komt in je actieplan')).getAttribute('href')).toBe('/actieplan')
    expect(screen.text).not.toContain('In je actieplan')
    await screen.press(/^Voeg een rij toe/)
    await type(screen, 'Wat doen we', 'Bellen')
    await screen.press(/^Klaar/)
    await screen.says('In je actieplan')
  })
})
