// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { dropShard } from '../../../src/client/db/pack-import.ts'
import { arrived, device, give, guides, open, opened, packFiles, stored, type Screen } from './stage.ts'

afterEach(() => vi.unstubAllGlobals())

const plain = (words: string) => words.replaceAll('\u00a0', ' ')
const described = (element: HTMLElement) =>
  plain(element.getAttribute('aria-describedby')!.split(' ').map((id) => document.getElementById(id)!.textContent!.replace(/\s+/g, ' ').trim()).join(' | '))

describe('/instrumenten', () => {
  async function list(prepare?: (client: Awaited<ReturnType<typeof device>>['client']) => Promise<void>, more = '') {
    const { client } = await device(null)
    await give(client, guides(more))
    await prepare?.(client)
    const screen = await open(client, '/instrumenten')
    await screen.says('Voor één vraag')
    return screen
  }

  test('has the large guides first, with purpose and time', async () => {
    const screen = await list()
    expect(screen.all('h2')).toEqual(['Voor een heel traject', 'Voor één vraag'])
    expect(screen.all('main a')).toEqual(['Het grote instrument', 'Een korte gids', 'Titel van gids-een'])
    expect(described(await screen.get('a', 'Het grote instrument'))).toBe('15 min lezen · 3 hoofdstukken · 2 werkbladen')
    expect(described(await screen.get('a', 'Een korte gids'))).toBe('Om samen te kiezen. | 15 min')
  })

  test('says what is in use, where one was, what changed and what one marked', async () => {
    const screen = await list(async (client) => {
      await arrived(client, 'guideUse', 'groot', { since: '2026-11-21' }, 'an')
      await arrived(client, 'guideUse', 'kort', { since: '2026-11-21', score: 4 }, 'an')
      await arrived(client, 'position', 'groot', { path: '/instrumenten/groot#praten', offset: 100, at: '2026-11-21T09:00:00.000Z', version: 1 }, 'an')
      await arrived(client, 'bookmark', 'groot--opvolgen', { at: '2026-11-21T09:00:00.000Z' }, 'an')
      await arrived(client, 'bookmark', 'groot--weg', { at: '2026-11-22T09:00:00.000Z' }, 'an')
    }, 'version: 2\nchanges:\n  - { version: 2, on: 2026-11-20, what: Nieuwe vragen. }\n')
    expect(described(await screen.get('a', 'Het grote instrument'))).toBe('Wij gebruiken dit Gewijzigd 15 min lezen · 3 hoofdstukken · 2 werkbladen Je was bij ‘Praat’')
    expect(described(await screen.get('a', 'Een korte gids'))).toBe('Om samen te kiezen. | Wij gebruiken dit 15 min · Score 4 van 5')
    expect((await screen.get('a', 'Volg op')).getAttribute('href')).toBe('/instrumenten/groot#opvolgen')
    expect(screen.wrapper.findAll('#bladwijzers ~ ul li')).toHaveLength(1)
  })
})

describe('/instrumenten/:guide', () => {
  test('is a booklet of chapters with stable addresses', async () => {
    const { client } = await device(null)
    const screen = await opened(client)
    expect(document.title).toBe('Het grote instrument – Opstap')
    expect(screen.all('h1')).toEqual(['Het grote instrument'])
    expect(screen.wrapper.findAll('[data-chapter] > h2').map((heading) => heading.attributes('id'))).toEqual(['voorbereiden', 'praten', 'opvolgen'])
    for (const words of ['Om samen te kiezen.', 'Je begint net.', 'Je hebt geen tijd.', 'Instrument van Casa Rosa', 'VVSG, ledenbevraging Gelijkekansenbeleid 2025 · 6.1 · N = 67']) expect(plain(screen.text)).toContain(words)
    expect((await screen.get('a', 'Titel van taak-een')).getAttribute('href')).toBe('/starten/taak-een')
    expect((await screen.get('a', 'het cijfer')).getAttribute('href')).toBe('/cijfers/cijfer-een')
  })

  test('says so when there is no such guide', async () => {
    const { client } = await device(null)
    await give(client, guides())
    const screen = await open(client, '/instrumenten/bestaat-niet')
    await screen.says('Deze gids bestaat niet (meer)')
    expect((await screen.get('a', 'Naar alle instrumenten')).getAttribute('href')).toBe('/instrumenten')
  })

  test('waits for its own part of a first import only', async () => {
    const { client } = await device(null)
    await give(client, guides())
    const pack = (await client.db.read('pack'))!
    await client.db.write('pack', { ...pack, version: '', shards: {} })
    const screen = await open(client, '/instrumenten/groot')
    expect(screen.wrapper.find('.wait').exists()).toBe(true)
    await client.db.write('pack', { ...pack, version: '', shards: { 'guide-groot': 'x' } })
    await screen.says('Luister eerst.')
  })

  test('leads to a chapter by its outline: address and focus follow, also by keyboard', async () => {
    const { client } = await device(null)
    const screen = await opened(client)
    const nav = screen.wrapper.get('nav[aria-label="Hoofdstukken"]')
    expect(nav.findAll('a').map((link) => link.attributes('href'))).toEqual(['#voorbereiden', '#praten', '#opvolgen'])
    const button = nav.get('button')
    await button.trigger('click')
    expect(button.attributes('aria-expanded')).toBe('true')
    await nav.trigger('keydown', { key: 'Escape' })
    expect([button.attributes('aria-expanded'), document.activeElement]).toEqual(['false', button.element])
    const link = nav.findAll<HTMLAnchorElement>('a')[1]!
    link.element.focus()
    // What a browser makes of Enter on a link.
    link.element.click()
    await flushPromises()
    expect(screen.router.currentRoute.value.hash).toBe('#praten')
    expect(document.activeElement?.id).toBe('praten')
  })

  test('opens the worksheet that the address names', async () => {
    const { client } = await device(null)
    const screen = await opened(client, '/instrumenten/groot#werkblad-gesprek')
    expect((await screen.get('button', 'Ons gesprek')).getAttribute('aria-expanded')).toBe('true')
    expect((await screen.get('button', 'Onze start')).getAttribute('aria-expanded')).toBe('false')
  })

  test('sets a bookmark at a chapter and takes it away', async () => {
    const { client } = await device(null)
    const screen = await opened(client)
    await screen.press(/^Bladwijzer.*Praat/)
    await vi.waitFor(async () => expect((await screen.get('button', /^Bladwijzer.*Praat/)).getAttribute('aria-pressed')).toBe('true'))
    expect(screen.wrapper.findAll('nav [aria-label="Bladwijzer"]')).toHaveLength(1)
    await screen.press(/^Bladwijzer.*Praat/)
    await vi.waitFor(async () => expect((await screen.get('button', /^Bladwijzer.*Praat/)).getAttribute('aria-pressed')).toBe('false'))
    await screen.press(/^Bladwijzer.*Praat/)
    await vi.waitFor(async () => expect(await stored(client, 'bookmark')).toMatchObject([{ id: 'groot--praten', values: { deleted: false } }]))
  })

  test('keeps since when it is used and what it was worth, and takes that away again', async () => {
    const { client } = await device(null)
    const screen = await opened(client)
    await screen.press('Wij gebruiken dit')
    const since = await screen.get<HTMLInputElement>('input', 'Sinds wanneer?')
    expect(since.value).toBe('2025-05-12')
    await vi.waitFor(() => expect(document.activeElement).toBe(since))
    ;(await screen.get('input', '4')).click()
    await vi.waitFor(async () => expect(await stored(client, 'guideUse')).toMatchObject([{ id: 'groot', values: { since: '2025-05-12', score: 4 } }]))
    await screen.press('Wis de score')
    await vi.waitFor(async () => expect(await stored(client, 'guideUse')).toMatchObject([{ values: { score: null } }]))
    await screen.press('Haal dit weg')
    await screen.press('Zet terug')
    await screen.says('Sinds wanneer?')
  })
})

describe('what changed since the last visit', () => {
  const changed = 'version: 3\nchanges:\n  - { version: 2, on: 2026-10-01, what: Nieuwe titel. }\n  - { version: 3, on: 2026-11-20, what: Andere vragen., section: praten, before: Luister., after: Luister eerst. }\n'

  async function visit(seen: number | undefined): Promise<Screen> {
    const { client } = await device(null)
    await give(client, guides(changed))
    if (seen) await arrived(client, 'position', 'groot', { path: '/instrumenten/groot', at: '2026-09-01T09:00:00.000Z', version: seen }, 'an')
    const screen = await open(client, '/instrumenten/groot')
    await screen.says('Gebruik dit niet als')
    await vi.waitFor(async () => expect((await stored(client, 'position'))[0]!.values).toMatchObject({ version: 3 }))
    return screen
  }

  test('stands at the guide and at the chapter', async () => {
    const screen = await visit(1)
    await screen.says('Gewijzigd sinds je vorige bezoek')
    await screen.says('Gewijzigd op 1 oktober 2026: Nieuwe titel.')
    expect(screen.wrapper.get('[data-chapter="praten"] .chapter-changes').text()).toBe('Gewijzigd op 20 november 2026: Andere vragen. Eerst: Luister.Nu: Luister eerst.')
    expect(screen.wrapper.findAll('.tab-changed')).toHaveLength(1)
  })

  test('is only what is new', async () => {
    const screen = await visit(2)
    expect(screen.text).not.toContain('Gewijzigd sinds')
    expect(screen.wrapper.findAll('.chapter-changes')).toHaveLength(1)
  })

  test('is nothing at a first visit, nor at the next', async () => {
    expect((await visit(undefined)).text).not.toContain('Gewijzigd')
    expect((await visit(3)).text).not.toContain('Gewijzigd')
  })
})

describe('where one was reading', () => {
  /** Chapters of 1000 px, of which the first begins at `top`. */
  function scrolledTo(screen: Screen, top: number): void {
    for (const [index, { element }] of screen.wrapper.findAll('[data-chapter]').entries())
      vi.spyOn(element, 'getBoundingClientRect').mockReturnValue({ top: top + index * 1_000, bottom: top + (index + 1) * 1_000 } as DOMRect)
    vi.stubGlobal('innerHeight', 900)
    window.dispatchEvent(new Event('scroll'))
  }
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))

  test('is kept as chapter and place in it, and offered at the next visit', async () => {
    const { client, passTime } = await device(null)
    const screen = await opened(client)
    scrolledTo(screen, -950)
    await frame()
    await vi.waitFor(() => expect(screen.wrapper.get('nav [aria-current]').text()).toContain('Praat'))
    await passTime()
    await vi.waitFor(async () => expect(await stored(client, 'position')).toMatchObject([{ id: 'groot', values: { path: '/instrumenten/groot#praten', offset: 250, version: 1 } }]))
    screen.wrapper.unmount()

    const again = await open(client, '/instrumenten/groot')
    await again.get('button', 'Verder lezen bij ‘Praat’')
    const scrolled = vi.fn<(to: ScrollToOptions) => void>()
    vi.stubGlobal('scrollBy', scrolled)
    scrolledTo(again, 500)
    await again.press('Verder lezen bij ‘Praat’')
    expect(scrolled).toHaveBeenCalledWith({ top: 500 + 1_000 + 250 - 300 })
    expect(document.activeElement?.id).toBe('praten')
  })

  test('is kept when one leaves before it was written', async () => {
    const { client } = await device(null)
    const screen = await opened(client)
    scrolledTo(screen, -2_000)
    await frame()
    screen.wrapper.unmount()
    await vi.waitFor(async () => expect((await stored(client, 'position'))[0]!.values).toMatchObject({ path: '/instrumenten/groot#opvolgen' }))
  })

  test('is not forgotten by opening the guide without reading', async () => {
    const { client, passTime } = await device(null)
    await arrived(client, 'position', 'groot', { path: '/instrumenten/groot#opvolgen', offset: 400, at: '2025-01-01T09:00:00.000Z' }, 'an')
    const screen = await opened(client)
    await screen.get('button', 'Verder lezen bij ‘Volg op’')
    await passTime()
    screen.wrapper.unmount()
    await vi.waitFor(async () => expect(await stored(client, 'position')).toMatchObject([{ values: { path: '/instrumenten/groot#opvolgen', offset: 400, version: 1 } }]))
  })

  test('is not offered over an address that names a chapter', async () => {
    const { client } = await device(null)
    await arrived(client, 'position', 'groot', { path: '/instrumenten/groot#opvolgen', offset: 400, at: '2025-01-01T09:00:00.000Z' }, 'an')
    const screen = await opened(client, '/instrumenten/groot#praten')
    await flushPromises()
    expect(screen.text).not.toContain('Verder lezen')
  })
})

describe('sharing', () => {
  const press = (screen: Screen) => screen.press(/^Deel.*Praat/)
  const address = `${location.origin}/instrumenten/groot#praten`

  async function guide(parts: Record<string, unknown>) {
    const { client } = await device(null)
    const screen = await opened(client)
    vi.stubGlobal('navigator', parts)
    return screen
  }

  test('goes by the share sheet of the device', async () => {
    const share = vi.fn<(what: ShareData) => Promise<void>>(async () => undefined)
    await press(await guide({ share }))
    expect(share).toHaveBeenCalledWith({ title: 'Praat – Het grote instrument', url: address })
  })

  test('does nothing more when the person closes the sheet', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>()
    await press(await guide({ share: async () => Promise.reject(Object.assign(new Error(), { name: 'AbortError' })), clipboard: { writeText } }))
    expect(writeText).not.toHaveBeenCalled()
  })

  test('copies the link where there is no sheet', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(async () => undefined)
    const screen = await guide({ share: undefined, clipboard: { writeText } })
    await press(screen)
    expect(writeText).toHaveBeenCalledWith(address)
    await screen.says('De link is gekopieerd.')
  })

  test('shows the link where copying is refused', async () => {
    const screen = await guide({ share: undefined, clipboard: { writeText: async () => Promise.reject(new Error('no')) } })
    await press(screen)
    expect((await screen.get<HTMLInputElement>('input', 'Selecteer de link en kopieer hem')).value).toBe(address)
  })
})

test('without its texts a guide keeps its chapters, and gets its texts back', async () => {
  const { client } = await device(null)
  await give(client, guides())
  await dropShard(client.db, 'guide-groot')
  const screen = await open(client, '/instrumenten/groot')
  await screen.says('Deze gids staat niet op dit toestel')
  expect(screen.all('[data-chapter] h2')).toEqual(['1Bereid je voor', '2Praat', '3Volg op'])
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  await screen.press('Haal de gids terug')
  await screen.says('Er is nu geen verbinding.')
  warned.mockRestore()
  const texts = packFiles(guides())
  vi.stubGlobal('fetch', async (path: string) => new Response(texts.get(path.replace('/pack/', ''))))
  await screen.press('Haal de gids terug')
  await screen.says('Luister eerst.')
  expect(screen.text).not.toContain('Deze gids staat niet op dit toestel')
})
