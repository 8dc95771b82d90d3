// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { collections } from '../../../src/domain/collections.ts'
import type { PersonId, SpaceId } from '../../../src/domain/ids.ts'
import { MAX_PHOTO_BYTES } from '../../../src/domain/photos.ts'
import type { LocalPhoto } from '../../../src/client/db/database.ts'
import { savedWords, unsentWork, workFile, type WorkFile } from '../../../src/client/sync/export-work.ts'
import { readWorkFile, takeBack } from '../../../src/client/sync/import-work.ts'
import { MAX_WORK_FILE } from '../../../src/client/sync/work-photos.ts'
import { nameOf, tinyJpeg } from '../../support/tiny-jpeg.ts'
import { damme, device, NOW, expectText, open, sessionOf } from '../account/stage.ts'

const { taskProgress, evidence } = collections
const an = sessionOf('an', { teams: [damme()] })
const link = '0198a000-0000-7000-8000-000000000001'

/** The file of a device that was lost: work of `an`, never sent. */
async function fileOf(person: typeof an | null): Promise<WorkFile> {
  const lost = await device()
  if (person) await lost.signedIn(person)
  await lost.write(taskProgress, 'focus-kiezen', { status: 'done' })
  await lost.write(evidence, link, { task: 'focus-kiezen', kind: 'link', url: 'https://damme.example', addedAt: new Date(NOW).toISOString() })
  return JSON.parse(JSON.stringify(await unsentWork(lost.db, NOW)))
}

describe('a file of unsent work', () => {
  test('comes back with id, number and stamp, and shows on the device', async () => {
    const file = await fileOf(an)
    const client = await device()
    await client.signedIn(an)
    await client.engine.settled()
    expect(await takeBack(client.db, file)).toMatchObject({ taken: 2, known: 0, foreign: 0 })
    const unsent = await client.unsent()
    expect(unsent.map(({ id, client: from, n, hlc }) => ({ id, client: from, n, hlc }))).toEqual(file.entries.map(({ id, client: from, n, hlc }) => ({ id, client: from, n, hlc })))
    expect((await client.db.rows.get(['team:team-damme', 'taskProgress', 'focus-kiezen']))?.values).toEqual({ status: 'done' })
    await client.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    expect((await client.db.rows.get(['team:team-damme', 'taskProgress', 'focus-kiezen']))?.values).toEqual({ status: 'inProgress' })
  })
  test('read twice counts once', async () => {
    const file = await fileOf(an)
    const client = await device()
    await client.signedIn(an)
    await takeBack(client.db, file)
    expect(await takeBack(client.db, file)).toMatchObject({ taken: 0, known: 2, foreign: 0 })
  })
  test('of someone else stays out, also when nobody is signed in', async () => {
    const file = await fileOf(an)
    const [other, nobody] = [await device(), await device()]
    await other.signedIn(sessionOf('bo', { teams: [damme('member')] }))
    for (const client of [other, nobody]) {
      expect(await takeBack(client.db, file)).toMatchObject({ taken: 0, known: 0, foreign: 2 })
      expect(await client.db.outbox.count()).toBe(0)
    }
  })
  test('made without an account becomes the work of whoever reads it, in the dossier', async () => {
    const file = await fileOf(null)
    const [nobody, client] = [await device(), await device()]
    await takeBack(nobody.db, file)
    expect(await nobody.unsent()).toMatchObject([{ space: 'local:', author: null }, { space: 'local:' }])
    await client.signedIn(an)
    await client.engine.settled()
    await takeBack(client.db, file)
    expect(await client.unsent()).toMatchObject([{ space: 'team:team-damme', author: 'an' }, { space: 'team:team-damme', author: 'an' }])
  })
  test('with a parked change brings it back as parked, and the row stays as it was', async () => {
    const file = await fileOf(an)
    file.entries[0] = { ...file.entries[0]!, state: 'parked', reason: { code: 'forbidden', message: 'Nee.' } }
    const client = await device()
    await client.signedIn(an)
    await takeBack(client.db, file)
    expect(await client.db.outbox.get(file.entries[0].id)).toMatchObject({ state: 'parked', reason: { message: 'Nee.' } })
    expect(await client.db.rows.get(['team:team-damme', 'taskProgress', 'focus-kiezen'])).toBeUndefined()
  })
  test('leaves no half when one entry cannot be stored', async () => {
    const file = await fileOf(an)
    const client = await device()
    await client.signedIn(an)
    await client.engine.settled()
    vi.spyOn(client.db.outbox, 'add').mockImplementationOnce(client.db.outbox.add.bind(client.db.outbox)).mockRejectedValueOnce(new DOMException('vol', 'QuotaExceededError'))
    await expect(takeBack(client.db, file)).rejects.toMatchObject({ name: 'QuotaExceededError' })
    expect(await client.db.outbox.count()).toBe(0)
    expect(await client.db.rows.count()).toBe(0)
  })

  test.each([
    ['nothing', ''],
    ['no JSON', 'hallo'],
    ['another file', '{"opstap":"my-data","version":1}'],
    ['a later version', JSON.stringify({ opstap: 'unsent-work', version: 2, savedAt: '', entries: [] })],
    ['an entry without a stamp', JSON.stringify({ opstap: 'unsent-work', version: 1, savedAt: '', entries: [{ id: 'x' }] })],
  ])('%s is no such file', (_what, text) => {
    expect(readWorkFile(text)).toBeNull()
  })
})

describe('photos in a file of unsent work', () => {
  const space = 'team:team-damme' as SpaceId
  async function photo(mark: number, more: Partial<LocalPhoto> = {}): Promise<LocalPhoto> {
    const bytes = tinyJpeg(1_600, 1_200, mark)
    return { id: await nameOf(bytes), space, bytes: bytes.buffer, type: 'image/jpeg', author: 'an' as PersonId, at: NOW + mark, waits: 1, ...more }
  }
  async function withPhotos(photos: LocalPhoto[]): Promise<WorkFile> {
    const lost = await device()
    await lost.signedIn(an)
    await lost.write(taskProgress, 'focus-kiezen', { status: 'done' })
    await lost.db.photos.bulkAdd(photos)
    return JSON.parse(JSON.stringify(await unsentWork(lost.db, NOW)))
  }
  const anew = async () => {
    const client = await device()
    await client.signedIn(an)
    return client
  }

  test('those that wait and those that the server refused go along with their bytes; what is safe, or of someone else, does not', async () => {
    const [waits, refused, safe, other] = [await photo(1), await photo(2, { waits: 0, refused: 'Nee.' }), await photo(3, { waits: 0, safeIn: 'e' }), await photo(4, { author: 'bo' as PersonId })]
    const file = await withPhotos([waits, refused, safe, other])
    expect(file.photos!.map(({ id }) => id)).toEqual([waits.id, refused.id])
    const client = await anew()
    expect(await takeBack(client.db, readWorkFile(JSON.stringify(file))!)).toEqual({ taken: 1, known: 0, foreign: 0, photos: 2, damaged: 0, noRoom: 0 })
    const back = await client.db.photos.toArray()
    expect(back.map(({ id, waits: now, refused: why, author }) => ({ id, now, why, author })).sort((a, b) => a.id.localeCompare(b.id))).toEqual([waits, refused].map(({ id }) => ({ id, now: 1, why: undefined, author: 'an' })).sort((a, b) => a.id.localeCompare(b.id)))
    expect(new Uint8Array(back.find(({ id }) => id === waits.id)!.bytes)).toEqual(new Uint8Array(waits.bytes))
    expect(await takeBack(client.db, readWorkFile(JSON.stringify(file))!)).toMatchObject({ taken: 0, known: 3, photos: 0 })
  })

  test('of which the bytes are others than the name says, stay out; the rest comes back', async () => {
    const file = await withPhotos([await photo(1), await photo(2)])
    const [first, second] = file.photos!
    file.photos = [{ ...first!, bytes: second!.bytes }, second!]
    const client = await anew()
    expect(await takeBack(client.db, readWorkFile(JSON.stringify(file))!)).toMatchObject({ taken: 1, photos: 1, damaged: 1 })
    expect((await client.db.photos.toArray()).map(({ id }) => id)).toEqual([second!.id])
  })
  test.each([
    ['too large', { bytes: 'A'.repeat(Math.ceil(MAX_PHOTO_BYTES / 3) * 4 + 4) }],
    ['no photo', { bytes: btoa('naam;straat;nummer') }],
    ['no base64', { bytes: '<>' }],
    ['under another kind of name', { id: '../../etc/passwd' }],
    ['of another type', { type: 'image/svg+xml' }],
  ])('%s are damaged, and no reason to leave the texts', async (_what, change) => {
    const file = await withPhotos([await photo(1)])
    Object.assign(file.photos![0]!, change)
    const client = await anew()
    expect(await takeBack(client.db, readWorkFile(JSON.stringify(file))!)).toMatchObject({ taken: 1, photos: 0, damaged: 1 })
    expect(await client.db.photos.count()).toBe(0)
  })
  test('of someone else stay out', async () => {
    const file = await withPhotos([await photo(1)])
    const bo = await device()
    await bo.signedIn(sessionOf('bo', { teams: [damme('member')] }))
    expect(await takeBack(bo.db, readWorkFile(JSON.stringify(file))!)).toMatchObject({ foreign: 2, photos: 0 })
    expect(await bo.db.photos.count()).toBe(0)
  })
  test('for which there is no room are said to be, and the texts are back', async () => {
    const file = await withPhotos([await photo(1), await photo(2)])
    const client = await anew()
    vi.spyOn(client.db.photos, 'add').mockRejectedValueOnce(new DOMException('vol', 'QuotaExceededError'))
    expect(await takeBack(client.db, readWorkFile(JSON.stringify(file))!)).toMatchObject({ taken: 1, photos: 1, noRoom: 1 })
  })
  test('go in as far as a phone can hold the file, the oldest first; it is said what is left out', async () => {
    const large = (mark: number) => photo(mark, { bytes: new ArrayBuffer(25_000_000) })
    const file = workFile([], NOW, [await large(1), await large(2), await large(3)])
    expect(file.photos!.map(({ at }) => at)).toEqual([NOW + 1, NOW + 2])
    expect(savedWords(file)).toBe('Je onverstuurde werk staat in een bestand. Eén foto paste er niet meer in. Ze staat alleen op dit toestel.')
    expect(JSON.stringify(file).length).toBeLessThan(MAX_WORK_FILE)
  })
  test('a file from before there were photos is read as it was', async () => {
    const file = await withPhotos([])
    expect('photos' in file).toBe(false)
    expect(await takeBack((await anew()).db, file)).toMatchObject({ taken: 1, photos: 0 })
  })
})

describe('on the screen', () => {
  async function choose(text: string, signedIn = true, size?: number) {
    const client = await device()
    if (signedIn) await client.signedIn(an)
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Bestand met onverstuurd werk')
    const input = screen.wrapper.find<HTMLInputElement>('input[type=file]').element
    Object.defineProperty(input, 'files', { value: [size === undefined ? new File([text], 'werk.json') : Object.defineProperty(new File([text], 'werk.json'), 'size', { value: size })], configurable: true })
    input.dispatchEvent(new Event('change'))
    return screen
  }
  test('says how much came back, and shows it waiting', async () => {
    const screen = await choose(JSON.stringify(await fileOf(an)))
    await expectText(screen, '2 wijzigingen teruggelezen.')
    await expectText(screen, 'Wacht om te versturen')
  })
  test('says that work of someone else is for that person', async () => {
    const screen = await choose(JSON.stringify(await fileOf(an)), false)
    await expectText(screen, 'Er was niets nieuws om terug te lezen. 2 wijzigingen zijn van iemand anders.')
  })
  test('does not begin to read a file that is larger than any of ours', async () => {
    const screen = await choose(JSON.stringify(await fileOf(an)), true, MAX_WORK_FILE + 1)
    await expectText(screen, 'Dit bestand is te groot om van Opstap te zijn.')
    await expectText(screen, 'Er wacht niets')
  })
  test('says what came back of the photos', async () => {
    const bytes = tinyJpeg(800, 600)
    const saved = { id: await nameOf(bytes), space: 'team:team-damme', type: 'image/jpeg', author: 'an', at: NOW, bytes: btoa(String.fromCharCode(...bytes)) }
    const screen = await choose(JSON.stringify({ ...(await fileOf(an)), photos: [saved, { ...saved, id: 'f'.repeat(64) }] }))
    await expectText(screen, '2 wijzigingen en 1 foto teruggelezen. 1 foto in dit bestand is beschadigd en kwam niet terug.')
    await expectText(screen, '1 foto wacht')
  })
  test('says of any other file that it is none', async () => {
    const screen = await choose('vakantiefoto')
    await expectText(screen, 'Dit is geen bestand met onverstuurd werk van Opstap.')
  })
})
