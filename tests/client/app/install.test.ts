import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { declineInstall, offerOf, storedInstallFacts, type InstallFacts } from '../../../src/client/app/install.ts'
import type { InstallEvent } from '../../../src/client/app/install-event.ts'
import { recordVisit } from '../../../src/client/app/visits.ts'
import { OpstapDatabase } from '../../../src/client/db/database.ts'

const event = { prompt: async () => ({ outcome: 'accepted' }) } as unknown as InstallEvent
const useful: InstallFacts = { installed: false, event, ios: false, declined: false, secondVisit: false, savedTask: true, unsent: 3 }
const openDatabase = () => new OpstapDatabase('opstap', { indexedDB: new IDBFactory(), IDBKeyRange })
const HOUR = 3_600_000

describe('the offer to install', () => {
  test('comes after value: a saved task or a second visit', () => {
    expect(offerOf(useful)).toEqual({ kind: 'prompt', event })
    expect(offerOf({ ...useful, savedTask: false, secondVisit: true })).toEqual({ kind: 'prompt', event })
    expect(offerOf({ ...useful, savedTask: false })).toBeNull()
  })

  test('never comes when installed, declined, or when the browser cannot', () => {
    expect(offerOf({ ...useful, installed: true })).toBeNull()
    expect(offerOf({ ...useful, declined: true })).toBeNull()
    expect(offerOf({ ...useful, event: null })).toBeNull()
  })

  test('on iOS only when no work would stay behind in Safari', () => {
    const ios = { ...useful, event: null, ios: true }
    expect(offerOf(ios)).toBeNull()
    expect(offerOf({ ...ios, unsent: 0 })).toEqual({ kind: 'ios' })
  })

  test('`Niet nu` is remembered, and other choices of this device stay', async () => {
    const db = openDatabase()
    await db.write('choices', { nieuws: 'gezien' })
    expect((await storedInstallFacts(db, 0)).declined).toBe(false)
    await declineInstall(db)
    expect((await storedInstallFacts(db, 0)).declined).toBe(true)
    expect(await db.read('choices')).toMatchObject({ nieuws: 'gezien' })
  })
})

test('a reload is no second visit; coming back later is', async () => {
  const db = openDatabase()
  await recordVisit(db, 0)
  await recordVisit(db, 5 * 60_000)
  expect(await db.read('visits')).toEqual({ previous: null, current: 0 })
  expect((await storedInstallFacts(db, 0)).secondVisit).toBe(false)
  await recordVisit(db, 2 * HOUR)
  expect(await db.read('visits')).toEqual({ previous: 0, current: 2 * HOUR })
  expect((await storedInstallFacts(db, 0)).secondVisit).toBe(true)
})
