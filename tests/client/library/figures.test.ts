// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest'
import { device, figure, give, offeredFiles, open, type Screen } from './stage.ts'

const score = figure('cijfer-twee', 'Lukt het?', 'subject: succes\nunit: percent\nn: 1053\nmultiple: true\nheadline: { rows: 2, label: Succesvol of zeer succesvol }\nrows:\n  - { label: Succesvol, value: 56.5, count: 30 }\n  - { label: Zeer succesvol, value: 34 }\n  - { label: Niet, value: 9.5, count: 5 }\nlinks: [praktijk-een]\n')
const count = figure('cijfer-drie', 'Hoeveel?', 'subject: beleid\nunit: count\nn: null\nrows:\n  - { label: Besturen, value: 12000 }\n')
const plain = (words: string) => words.replaceAll('\u00a0', ' ')
const cells = (screen: Screen, row: string, cell: string) => screen.wrapper.findAll(row).map((each) => each.findAll(cell).map((one) => plain(one.text())))

afterEach(() => vi.unstubAllGlobals())

describe('/cijfers', () => {
  test('shows every figure under its subject with the number to remember and how many answered', async () => {
    const client = await device()
    await give(client, { ...score, ...count })
    const screen = await open(client, '/cijfers')
    await screen.says('Lukt het?')
    expect(screen.all('h2')).toEqual(['Thema’s en beleid', 'Wat lukt in de praktijk'])
    expect(cells(screen, '.figure-row', '.big-number, a, p')).toEqual([
      ['12.000', 'Hoeveel?', 'Besturen'],
      ['43 %', 'Titel van cijfer-een', 'Ja · N = 53'],
      ['90,5 %', 'Lukt het?', 'Succesvol of zeer succesvol · N = 1.053'],
    ])
    const link = await screen.get<HTMLAnchorElement>('a', 'Lukt het?')
    expect(link.getAttribute('href')).toBe('/cijfers/cijfer-twee')
    const described = link.getAttribute('aria-describedby')!.split(' ').map((id) => document.getElementById(id)!.textContent)
    expect(plain(described.join(' '))).toBe('90,5 % Succesvol of zeer succesvol · N = 1.053')
  })

  test('waits for its part of a first import and fills itself', async () => {
    const client = await device()
    await client.db.write('pack', { version: '', shards: { starter: 'x' }, reviewedOn: '2026-11-21' })
    const screen = await open(client, '/cijfers')
    expect(screen.wrapper.find('.wait').exists()).toBe(true)
    expect(screen.text).not.toContain('Titel')
    await give(client, score)
    await screen.says('Lukt het?')
    expect(screen.wrapper.find('.wait').exists()).toBe(false)
  })
})

describe('/cijfers/:figure', () => {
  test('has chart, table, N, caveat, meaning, source and where one goes on', async () => {
    const client = await device()
    await give(client, score)
    const screen = await open(client, '/cijfers/cijfer-twee')
    await screen.says('Wat betekent dit voor jou?')
    expect(document.title).toBe('Lukt het? – Opstap')
    expect(screen.all('h1')).toEqual(['Lukt het?'])
    expect(screen.wrapper.findAll('svg.chart .chart-bar rect')).toHaveLength(3)
    expect(screen.all('thead th')).toEqual(['Antwoord', '%', 'Aantal'])
    expect(cells(screen, 'tbody tr', 'th, td')).toEqual([
      ['Succesvol', '56,5', '30'],
      ['Zeer succesvol', '34', '–'],
      ['Niet', '9,5', '5'],
    ])
    for (const words of ['Doe er iets mee.', 'N = 1.053', 'Meer dan één antwoord was mogelijk.', 'Let hierop.', 'Wat erachter zit.', 'VVSG, ledenbevraging Gelijkekansenbeleid 2025 · 6.1 · N = 53', 'Nagekeken op 21 november 2026.'])
      expect(plain(screen.text)).toContain(words)
    expect((await screen.get('a', 'Titel van praktijk-een')).getAttribute('href')).toBe('/praktijken/praktijk-een')
  })

  test('names the tasks that use it, and says when the source gives no N', async () => {
    const client = await device()
    await give(client, count)
    const used = await open(client, '/cijfers/cijfer-een')
    expect((await used.get('a', 'Titel van taak-twee')).getAttribute('href')).toBe('/starten/taak-twee')
    const screen = await open(client, '/cijfers/cijfer-drie')
    await screen.says('De bron zegt niet hoeveel besturen antwoordden.')
    expect(screen.all('thead th')).toEqual(['Antwoord', 'Aantal'])
  })

  test('copies as a text with source, and gives a table as a file', async () => {
    const copied: string[] = []
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async (text: string) => void copied.push(text) } })
    const files = offeredFiles()
    const client = await device()
    await give(client, score)
    const screen = await open(client, '/cijfers/cijfer-twee')
    await screen.press('Kopieer als tekst')
    await screen.says('Gekopieerd')
    expect(copied[0]).toContain('Bron: VVSG')
    await screen.press('Download als csv')
    expect(files[0]!.name).toBe('cijfer-twee.csv')
    expect(await files[0]!.text()).toMatch(/^\uFEFFAntwoord;Percentage;Aantal\r\nSuccesvol;56,5;30\r\n/)
  })

  test('shows the text to copy by hand where the browser refuses', async () => {
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async () => Promise.reject(new Error('no')) } })
    const client = await device()
    await give(client, score)
    const screen = await open(client, '/cijfers/cijfer-twee')
    await screen.press('Kopieer als tekst')
    const area = await vi.waitFor(() => screen.wrapper.get<HTMLTextAreaElement>('textarea').element)
    expect(area.value).toContain('- Succesvol: 56,5')
    expect(screen.text).not.toContain('Gekopieerd')
  })

  test('says so when there is no such figure', async () => {
    const client = await device()
    await give(client)
    const screen = await open(client, '/cijfers/bestaat-niet')
    await screen.says('Dit cijfer bestaat niet (meer)')
    expect((await screen.get('a', 'Naar alle cijfers')).getAttribute('href')).toBe('/cijfers')
  })
})
