/** Photos that the gallery of the device brings, as the service worker takes them in. */
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { PersonId } from '../../../src/domain/ids.ts'
import type { SessionView } from '../../../src/domain/session.ts'
import { receiveShared } from '../../../src/client/app/receive-shared.ts'
import { OpstapDatabase } from '../../../src/client/db/database.ts'
import { countShared, sharedPhotos } from '../../../src/client/db/photos.ts'

let factory: IDBFactory
beforeEach(() => {
  factory = new IDBFactory()
  vi.stubGlobal('indexedDB', factory)
  onTestFinished(() => void vi.unstubAllGlobals())
})

async function device(): Promise<OpstapDatabase> {
  const db = new OpstapDatabase('opstap', { indexedDB: factory, IDBKeyRange })
  await db.open()
  onTestFinished(() => db.close())
  return db
}
const sessionOf = (id: string): SessionView => ({ person: { id: id as PersonId, email: `${id}@x.example`, name: id }, roles: [], teams: [], requests: [] })

async function share(...files: (File | string)[]): Promise<string> {
  const form = new FormData()
  for (const file of files) form.append('photos', file)
  const answer = await receiveShared(new Request('https://opstap.example/delen', { method: 'POST', body: form }))
  expect(answer.status).toBe(303)
  return answer.headers.get('location')!
}
const photo = (name: string, text = name) => new File([text], name, { type: 'image/jpeg' })

test('lie in the device’s database, in their order, as the person’s who is signed in', async () => {
  const db = await device()
  await db.write('session', sessionOf('an'))
  expect(await share(photo('plein.jpg'), photo('bank.png'), 'geen bestand', new File([], 'leeg.jpg'))).toBe('https://opstap.example/delen')
  expect((await sharedPhotos(db)).map(({ name, type, author, bytes }) => ({ name, type, author, text: new TextDecoder().decode(bytes) }))).toEqual([
    { name: 'plein.jpg', type: 'image/jpeg', author: 'an', text: 'plein.jpg' },
    { name: 'bank.png', type: 'image/jpeg', author: 'an', text: 'bank.png' },
  ])
  await db.write('session', sessionOf('bo'))
  expect(await countShared(db)).toBe(0)
})

test('brought while nobody was signed in are for whoever comes', async () => {
  const db = await device()
  await share(photo('plein.jpg'))
  await db.write('session', sessionOf('bo'))
  expect((await sharedPhotos(db)).map(({ author }) => author)).toEqual([''])
})

test('that do not fit are told; those before them stay', async () => {
  const db = await device()
  // As a browser does when the disk is full: the request goes through, its transaction does not.
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value: { name: string }) {
    const asked = this.put(value)
    if (value.name === 'tweede.jpg') this.transaction.abort()
    return asked
  } as never)
  onTestFinished(() => add.mockRestore())
  expect(await share(photo('eerste.jpg'), photo('tweede.jpg'), photo('derde.jpg'))).toBe('https://opstap.example/delen?geweigerd=1')
  expect((await sharedPhotos(db)).map(({ name }) => name)).toEqual(['eerste.jpg', 'derde.jpg'])
})

test('larger than a camera makes them are not read; more than sixty do not wait', async () => {
  const db = await device()
  await db.shared.bulkAdd(Array.from({ length: 59 }, (_, at) => ({ name: `${at}`, type: 'image/jpeg', bytes: new ArrayBuffer(1), author: '' as const, at })) as never)
  const form = new FormData()
  const request = new Request('https://opstap.example/delen', { method: 'POST', body: form })
  const large = Object.defineProperty(photo('groot.jpg'), 'size', { value: 60_000_001 })
  vi.spyOn(request, 'formData').mockResolvedValue({ getAll: () => [large, photo('past.jpg'), photo('teveel.jpg')] } as never)
  expect((await receiveShared(request)).headers.get('location')).toBe('https://opstap.example/delen?geweigerd=2')
  expect((await sharedPhotos(db)).map(({ name }) => name)).toEqual([...Array.from({ length: 59 }, (_, at) => `${at}`), 'past.jpg'])
})

test('where the app has no database yet none is made, and the screen says that it failed', async () => {
  expect(await share(photo('plein.jpg'))).toBe('https://opstap.example/delen?mislukt=1')
  expect(await factory.databases()).toEqual([])
  const old = await new Promise<IDBDatabase>((resolve) => {
    const asked = factory.open('opstap', 30)
    asked.onupgradeneeded = () => asked.result.createObjectStore('meta', { keyPath: 'key' })
    asked.onsuccess = () => resolve(asked.result)
  })
  old.close()
  expect(await share(photo('plein.jpg'))).toBe('https://opstap.example/delen?mislukt=1')
  // It can still be made newer by the app.
  await device()
})
