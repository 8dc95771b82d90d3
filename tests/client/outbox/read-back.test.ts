// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { collections } from '../../../src/domain/collections.ts'
import { unsentWork, type WorkFile } from '../../../src/client/sync/export-work.ts'
import { readWorkFile, takeBack } from '../../../src/client/sync/import-work.ts'
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

describe('on the screen', () => {
  async function choose(text: string, signedIn = true) {
    const client = await device()
    if (signedIn) await client.signedIn(an)
    const screen = await open(client, '/wachtrij')
    await expectText(screen, 'Bestand met onverstuurd werk')
    const input = screen.wrapper.find<HTMLInputElement>('input[type=file]').element
    Object.defineProperty(input, 'files', { value: [new File([text], 'werk.json')], configurable: true })
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
  test('says of any other file that it is none', async () => {
    const screen = await choose('vakantiefoto')
    await expectText(screen, 'Dit is geen bestand met onverstuurd werk van Opstap.')
  })
})
