// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { PersonId, SpaceId } from '../../../src/domain/ids.ts'
import type { LocalPhoto } from '../../../src/client/db/database.ts'
import { assignmentRow } from '../../../src/domain/collections.ts'
import { statusOf, withPhotos, wordsOf } from '../../../src/client/sync/status.ts'
import { tinyJpeg } from '../../support/tiny-jpeg.ts'
import { damme, device, expectText, NOW, open, sessionOf } from '../account/stage.ts'

const space = 'team:team-damme' as SpaceId
const an = sessionOf('an', { teams: [damme()] })
const [WAITS, REFUSED] = ['a'.repeat(64), 'b'.repeat(64)]

async function withTwo() {
  const client = await device()
  await client.signedIn(an)
  const photo = (id: string, more: Partial<LocalPhoto>): LocalPhoto => ({ id, space, bytes: tinyJpeg(40, 30).buffer, type: 'image/jpeg', author: 'an' as PersonId, at: NOW, waits: 1, ...more })
  await client.db.photos.bulkAdd([photo(WAITS, {}), photo(REFUSED, { waits: 0, refused: 'Deze foto kwam niet aan zoals ze vertrok.', upload: '/api/uploads/oud', at: NOW + 1 }), photo('c'.repeat(64), { waits: 0, safeIn: 'e' })])
  await client.write(assignmentRow, 'demolabgende--observatie--fotos--0190b6a2-7c1e-7abc-8def-000000000001', { order: 1, 'value.file': REFUSED, 'value.alt': 'De bank' }, space)
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:opstap')
  onTestFinished(() => void vi.restoreAllMocks())
  return { client, screen: await open(client, '/wachtrij') }
}

describe('photos in the outbox', () => {
  test('one waits, one was refused: that one says why, is saved, tried again, and led to', async () => {
    const { client, screen } = await withTwo()
    await expectText(screen, '1 foto wacht')
    await expectText(screen, 'Deze foto kwam niet aan zoals ze vertrok. De foto staat alleen op dit toestel.')
    await expectText(screen, 'Bewaar mijn onverstuurde werk als bestand')
    expect(screen.wrapper.find('.photo-line a[href="/leerlabo/demolabgende/opdracht/observatie"]').text()).toBe('De bank')
    const files: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      files.push(this.download)
    })
    await screen.press('Bewaar de foto: De bank')
    expect(files).toEqual(['de-bank.jpg'])
    await screen.press('Probeer opnieuw: De bank')
    await expectText(screen, '2 foto’s wachten')
    expect(document.activeElement?.id).toBe('outbox-photos')
    const again = await client.db.photos.get([space, REFUSED])
    expect(again).toMatchObject({ waits: 1 })
    expect(again).not.toHaveProperty('refused')
    expect(again).not.toHaveProperty('upload')
  })

  test('a refused one is thrown away, and comes back', async () => {
    const { client, screen } = await withTwo()
    await screen.press('Verwijder: De bank')
    await expectText(screen, 'Verwijderd.')
    expect(await client.db.photos.get([space, REFUSED])).toBeUndefined()
    await client.db.photos.delete([space, WAITS])
    await vi.waitFor(() => expect(screen.wrapper.get('#outbox-photos').text()).toBe('Verwijderd'))
    await screen.press('Zet terug: De bank')
    await vi.waitFor(async () => expect(await client.db.photos.get([space, REFUSED])).toMatchObject({ refused: 'Deze foto kwam niet aan zoals ze vertrok.' }))
  })
})

test.each([
  [{ waiting: 0, refused: 0 }, 'Alles verstuurd'],
  [{ waiting: 2, refused: 0 }, '2 wachten op verbinding'],
  [{ waiting: 2, refused: 1 }, 'Niet gelukt, probeer opnieuw'],
])('with photos %j the chip says “%s”', (photos, words) => {
  const facts = { signedIn: true, unsent: 0, parked: 0, conflicts: 0, full: false, last: { kind: 'ok' } } as const
  expect(wordsOf(withPhotos(statusOf(facts), photos))).toBe(words)
  // What is more urgent goes before.
  expect(withPhotos(statusOf({ ...facts, full: true }), photos)).toEqual({ kind: 'full' })
  expect(withPhotos(statusOf({ ...facts, unsent: 1 }), photos)).toEqual({ kind: 'waiting', count: 1 })
})
