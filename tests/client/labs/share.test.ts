// @vitest-environment happy-dom
/** The screen where photos from the gallery get their place. What a browser makes of a picture is in tests/journeys/share.journey.ts. */
import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { SpaceId } from '../../../src/domain/ids.ts'
import { keepPhoto } from '../../../src/client/sync/photos.ts'
import type { Client } from '../../../src/client/sync/client.ts'
import { nameOf, tinyJpeg } from '../../support/tiny-jpeg.ts'
import { arrived, ENTRY, LAB, lab, labDevice, NOW, open, rows, send } from './stage.ts'

const front = (id: string, title: string, fields: string) =>
  `---\nid: ${id}\ntitle: ${title}\nsummary: Kort.\nthemes: [gender]\nsources:\n  - { document: actiefiches, chapter: 'Leerlabo' }\nreviewedOn: 2026-11-21\nminutes: 60\nfields:\n${fields}optional: [fotos]\nexample:\n  of: Een verzonnen gemeente\n  answers: { plek: Plein }\n---\n## Waarom\nDaarom.\n\n## Zo pak je het aan\nBegin.\n`
/** The first assignment asks for photos. */
const withPhotos = { 'assignments/persona.md': front('persona', 'Ga kijken', '  - { id: plek, label: Waar, kind: shortText }\n  - { id: fotos, label: Foto’s van de plek, kind: photo }\n') }

/** A picture that this "browser" can read is drawn as a JPEG of its own; a text is not read. */
function drawing(): void {
  vi.stubGlobal('createImageBitmap', async (file: File) => {
    const text = await file.text()
    if (text.startsWith('tekst')) throw new Error('no picture')
    return { width: 40, height: 30, close: () => undefined, text }
  })
  let drawn = ''
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ fillRect: () => undefined, drawImage: (picture: { text: string }) => (drawn = picture.text) } as never)
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(new Blob([tinyJpeg(40, 30, drawn.length)], { type: 'image/jpeg' })))
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:opstap')
  onTestFinished(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
}
const shared = (client: Client, ...names: string[]) =>
  client.db.shared.bulkAdd(names.map((name) => ({ name, type: 'image/jpeg', bytes: new TextEncoder().encode(name).buffer, author: '' as const, at: NOW })) as never)
const namesLeft = async (client: Client) => (await client.db.shared.toArray()).map(({ name }) => name)

test('one tap puts all that can be read into the assignment; what cannot, stays and says why', async () => {
  drawing()
  const { client } = await labDevice(withPhotos)
  await lab(client)
  await shared(client, 'plein.jpg', 'tekst.jpg', 'de-bank.jpg')
  const screen = await open(client, '/delen')
  await screen.says('Bij welke opdracht horen deze 3 foto’s?')
  await screen.press(/^Ga kijken/)
  await screen.says('“tekst.jpg” is geen foto die we kunnen lezen.')
  await vi.waitFor(async () => expect(await namesLeft(client)).toEqual(['tekst.jpg']))
  expect((await rows(client, 'assignmentRow')).map(({ space, id, values }) => ({ space, of: id.slice(0, -36), file: values['value.file'] }))).toEqual(
    (await Promise.all([9, 11].map((mark) => nameOf(tinyJpeg(40, 30, mark))))).map((file) => ({ space: 'team:damme', of: `${LAB}--persona--fotos--`, file })),
  )
  expect((await client.db.photos.toArray()).map(({ waits, space }) => ({ waits, space }))).toEqual([{ waits: 1, space: 'team:damme' }, { waits: 1, space: 'team:damme' }])
  expect(screen.router.currentRoute.value.path).toBe('/delen')
})

test('a photo that was put there already comes in once, and leads to the assignment', async () => {
  drawing()
  const { client } = await labDevice(withPhotos)
  await lab(client)
  await shared(client, 'plein.jpg')
  const screen = await open(client, '/delen')
  await screen.press(/^Ga kijken/)
  await vi.waitFor(() => expect(screen.router.currentRoute.value).toMatchObject({ path: `/leerlabo/${LAB}/opdracht/persona`, hash: '#vraag-fotos' }))
  await shared(client, 'plein.jpg')
  const again = await open(client, '/delen')
  await again.press(/^Ga kijken/)
  await vi.waitFor(async () => expect(await namesLeft(client)).toEqual([]))
  expect(await rows(client, 'assignmentRow')).toHaveLength(1)
})

test('on a full device those that fit are in, the others wait, and the chip says it', async () => {
  drawing()
  const { client } = await labDevice(withPhotos)
  await lab(client)
  const states: string[] = []
  client.status.subscribe(({ kind }) => states.push(kind))
  await shared(client, 'een.jpg', 'nummer-twee.jpg', 'en-nummer-drie.jpg')
  const screen = await open(client, '/delen')
  await screen.says('Bij welke opdracht')
  const add = vi.spyOn(client.db.photos, 'add')
  add.mockImplementationOnce(add.getMockImplementation() ?? ((photo) => client.db.photos.put(photo) as never)).mockRejectedValueOnce(new DOMException('vol', 'QuotaExceededError'))
  await screen.press(/^Ga kijken/)
  await screen.says('Dit toestel heeft geen plaats meer')
  expect(await namesLeft(client)).toEqual(['nummer-twee.jpg', 'en-nummer-drie.jpg'])
  expect(await rows(client, 'assignmentRow')).toHaveLength(1)
  expect(states.at(-1)).toBe('full')
  add.mockRestore()
  await screen.press(/^Ga kijken/)
  await vi.waitFor(async () => expect(await namesLeft(client)).toEqual([]))
  await vi.waitFor(() => expect(states.at(-1)).not.toBe('full'))
})

test('a photo is thrown away, and comes back', async () => {
  const { client } = await labDevice(withPhotos)
  await lab(client)
  await shared(client, 'plein.jpg')
  const screen = await open(client, '/delen')
  await screen.press('Verwijder: plein.jpg')
  await screen.says('Verwijderd.')
  expect(await namesLeft(client)).toEqual([])
  await screen.press('Zet terug: plein.jpg')
  await vi.waitFor(async () => expect(await namesLeft(client)).toEqual(['plein.jpg']))
})

test.each([
  ['was sent', true],
  ['asks for no photos', false],
])('when the only assignment %s, it says so and keeps the photos', async (_why, asks) => {
  const { client } = await labDevice(asks ? withPhotos : {})
  await lab(client)
  if (asks) await send(client)
  await shared(client, 'plein.jpg')
  const screen = await open(client, '/delen')
  await screen.says('Er is nu geen opdracht open die foto’s vraagt')
  await screen.says('De foto’s blijven op dit toestel tot je ze verwijdert.')
  expect(await namesLeft(client)).toEqual(['plein.jpg'])
  const list = await open(client, '/leerlabo')
  await list.says('1 gedeelde foto wacht op een opdracht')
  if (!asks) return
  // It has to be completed: then it is open again.
  await arrived(client, ENTRY, 'feedback', '0190b6a2-7c1e-7abc-8def-0123456789ff', { submission: (await rows(client, 'submission'))[0]!.id, text: 'Vul aan.', verdict: 'toComplete', from: 'Bart', releasedAt: new Date(NOW).toISOString() })
  await screen.get('button', /^Ga kijken/)
})

test('without an account it leads to signing in; without photos it says what comes here; what the gallery brought in vain is told', async () => {
  const { client } = await labDevice()
  const screen = await open(client, '/delen')
  await screen.says('Er wachten geen foto’s')
  await shared(client, 'plein.jpg')
  await screen.says('Meld je eerst aan')
  expect(screen.wrapper.find('a[href="/aanmelden?terug=/delen"]').exists()).toBe(true)
  await (await open(client, '/delen?geweigerd=2')).says('2 foto’s zijn niet bewaard: te groot, of er is geen plaats meer op dit toestel.')
  await (await open(client, '/delen?mislukt=1')).says('De foto’s konden niet bewaard worden. Ze staan nog in je galerij.')
})

test('a photo that finds no room leaves what is written free to be sent', async () => {
  const { client } = await labDevice()
  await lab(client)
  vi.spyOn(client.db.photos, 'add').mockRejectedValueOnce(new DOMException('vol', 'QuotaExceededError'))
  onTestFinished(() => void vi.restoreAllMocks())
  expect(await keepPhoto(client, 'team:damme' as SpaceId, { id: 'a'.repeat(64), bytes: new ArrayBuffer(1), type: 'image/jpeg' })).toBe('full')
  await flushPromises()
  expect(await client.unsent()).toEqual([])
})
