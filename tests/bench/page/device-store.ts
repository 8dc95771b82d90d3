/** Rows in the device's own database, as earlier work or sync would have left them there. */
import type { Page } from '@playwright/test'
import { stampOf } from '../../../src/domain/clock.ts'
import type { ClientId } from '../../../src/domain/ids.ts'

export type Row = { space: string; collection: string; id: string; values: Record<string, unknown>; stamps: Record<string, string>; by: Record<string, string>; keys: string[] }

export const uuid = (at: number): string => `0190b6a2-7c1e-7abc-8def-${String(at).padStart(12, '0')}`

const YESTERDAY = Date.now() - 86_400_000

/** `at`: when each of its fields was written, ms since 1970. */
export function row(space: string, collection: string, id: string, values: Record<string, unknown>, at = YESTERDAY, keys: string[] = []): Row {
  const stamp = stampOf({ ms: at, counter: 0 }, 'benchbench' as ClientId)
  const each = <T>(value: T) => Object.fromEntries(Object.keys(values).map((field) => [field, value]))
  return { space, collection, id, values, stamps: each(stamp), by: each('iemand'), keys }
}

/** A link beside a task, on a device without an account. */
export const linkRow = (at: number, task: string, title: string): Row =>
  row('local:', 'evidence', uuid(at), { task, kind: 'link', url: `https://voorbeeld.example/${at}`, title, addedAt: '2026-11-21T09:00:00.000Z' }, undefined, [`local:|evidence.task|${task}`])

/** `meta`: what the device knows besides its rows, by name. */
export async function putRows(page: Page, rows: readonly Row[], meta: Record<string, unknown> = {}): Promise<void> {
  const found = await page.evaluate(
    async ([given, known]) => {
      const open = indexedDB.open('opstap')
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        open.addEventListener('success', () => resolve(open.result))
        open.addEventListener('error', () => reject(open.error))
      })
      const transaction = db.transaction(['rows', 'meta'], 'readwrite')
      for (const each of given) transaction.objectStore('rows').put(each)
      for (const [key, value] of Object.entries(known)) transaction.objectStore('meta').put({ key, value })
      await new Promise((resolve, reject) => {
        transaction.addEventListener('complete', resolve)
        transaction.addEventListener('abort', () => reject(transaction.error))
      })
      const count = db.transaction('rows').objectStore('rows').count()
      await new Promise((resolve) => count.addEventListener('success', resolve))
      db.close()
      return count.result
    },
    [rows, meta] as const,
  )
  if (found < rows.length) throw new Error(`the store holds ${found} rows instead of ${rows.length}`)
}
