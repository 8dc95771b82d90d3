/** One tab leads, and a store that takes no lease keeps nobody busy (SYNC, rule 12). */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { OpstapDatabase } from '../../src/client/db/database.ts'
import { seekLeadership } from '../../src/client/sync/leadership.ts'
import { until } from '../support/engine-stage.ts'
import { VirtualBrowser } from '../support/virtual-browser.ts'

const RETRY_MS = 4_000

test.each(['with locks', 'without'])('on a full device the lead is asked for again after a while, not at once, and had as soon as there is room (%s)', async (locks) => {
  const clock = { time: 1_800_000_000_000 }
  const browser = new VirtualBrowser(clock, { sync: async () => ({ kind: 'offline' }) })
  const db = new OpstapDatabase('full', { indexedDB: new IDBFactory(), IDBKeyRange })
  let [asked, led, full] = [0, 0, true]
  const write = db.write.bind(db)
  db.write = (async (...given: Parameters<typeof write>) => {
    asked += 1
    if (full) throw new DOMException('no room', 'QuotaExceededError')
    await write(...given)
  }) as typeof db.write
  const { locks: shared, ...env } = browser.environment()
  const leadership = seekLeadership(db, { ...env, locks: locks === 'with locks' ? shared : null }, 'tab', () => (led += 1))
  /** Everything that the refusal set going has come to rest, and only the next try is left. */
  const waits = async (tries: number) => {
    await new Promise(setImmediate)
    expect([asked, browser.nextDue(), led]).toEqual([tries, RETRY_MS, 0])
  }
  for (let tries = 1; tries <= 3; tries += 1) {
    await waits(tries)
    browser.advance(RETRY_MS)
  }
  await waits(4)
  full = false
  browser.advance(RETRY_MS)
  await until(() => expect(led).toBe(1))
  expect(await leadership.isMine()).toBe(true)
  leadership.stop()
  db.close()
})
