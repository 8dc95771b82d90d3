// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { give, packFiles } from '../library/stage.ts'
import { device, expectText, open } from './stage.ts'

const shard = 'guide-gids-een'

test('the guides on a device are told with their size, can be taken away, and come back', async () => {
  const client = await device()
  await give(client)
  const screen = await open(client, '/account')
  await vi.waitFor(() => expect(screen.text).toContain('Gidsen op dit toestel'), 10_000)
  await expectText(screen, 'Toon de gidsen')
  expect(screen.text).toMatch(/Titel van gids-een\s*\d+\skB/)

  await screen.press('Haal weg: Titel van gids-een')
  await expectText(screen, 'niet op dit toestel')
  expect((await client.db.read('pack'))?.away).toEqual([shard])

  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  await screen.press('Haal terug: Titel van gids-een')
  await expectText(screen, 'Er is nu geen verbinding')
  warned.mockRestore()

  const texts = packFiles()
  vi.stubGlobal('fetch', async (path: string) => new Response(texts.get(path.replace('/pack/', ''))))
  await screen.press('Haal terug: Titel van gids-een')
  await vi.waitFor(() => expect(screen.has('button', 'Haal weg: Titel van gids-een')).toBe(true), 10_000)
  expect((await client.db.read('pack'))?.away).toEqual([])
  vi.unstubAllGlobals()
})
