import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEmbedded } from '../../src/server/db/embedded.ts'
import { readEpoch } from '../../src/server/db/epoch.ts'
import { lockFolder } from '../../src/server/db/folder-lock.ts'

let folder: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opstap-folder-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const lockFile = () => join(folder, 'lock')
const holder = () => JSON.parse(readFileSync(lockFile(), 'utf8')) as { id: string; pid: number; started: string; host: string }
const isFree = async (goneMs?: number) => {
  const lock = await lockFolder(folder, goneMs)
  const mine = holder().pid === process.pid
  lock.release()
  return mine
}

/** Another process that holds the folder until it is killed. */
async function otherHolder(): Promise<ChildProcess> {
  const program = `import { lockFolder } from ${JSON.stringify(new URL('../../src/server/db/folder-lock.ts', import.meta.url).href)}
    await lockFolder(process.argv[1]); setInterval(() => {}, 1000); console.log('held')`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout!, 'data')
  return child
}

test('a folder is locked by one process until it lets go', async () => {
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(`in gebruik door een andere Opstap (proces ${process.pid})`)
  lock.release()
  const again = await lockFolder(folder)
  again.release()
  expect(existsSync(lockFile())).toBe(false)
})

test('of many who want it at once, exactly one gets it', async () => {
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)))
  const got = results.filter((result) => result.status === 'fulfilled')
  expect(got).toHaveLength(1)
  got[0]!.value.release()
})

test('the lock of a living process holds', async () => {
  const { pid } = await otherHolder()
  const before = holder()
  await expect(lockFolder(folder)).rejects.toThrow(`proces ${pid}`)
  expect(holder()).toEqual(before)
})

test('the lock of a process that was killed does not hold, nor when its id is in use again', async () => {
  const child = await otherHolder()
  const held = holder()
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(holder()).toEqual(held)
  expect(await isFree()).toBe(true)
  writeFileSync(lockFile(), JSON.stringify({ ...held, pid: process.pid, started: `${held.started}0` }))
  expect(await isFree()).toBe(true)
})

test('half a lock file, of a process that was killed while writing, does not hold', async () => {
  for (const text of ['', '{"id":"x","pi', 'null']) {
    writeFileSync(lockFile(), text)
    expect(await isFree()).toBe(true)
  }
})

test('a lock of another host holds as long as it is touched', async () => {
  writeFileSync(lockFile(), JSON.stringify({ id: 'other', pid: process.pid, started: 'x', host: 'another-container' }))
  const touching = setInterval(() => utimesSync(lockFile(), new Date(), new Date()), 500)
  await expect(lockFolder(folder, 2_000)).rejects.toThrow('in gebruik')
  clearInterval(touching)
  expect(await isFree(2_000)).toBe(true)
})

test('the embedded database: first start, clean restart, stale files, and an unclean stop that raises the epoch', async () => {
  // As a first start that was killed halfway leaves it.
  writeFileSync(join(folder, 'pglite.new'), 'half')
  const first = await openEmbedded(folder)
  const epoch = await readEpoch(first.db)
  await first.db.insertInto('sync_space').values({ id: 'team:a', head: 2 ** 40 }).execute()
  await expect(openEmbedded(folder)).rejects.toThrow('in gebruik')
  await first.close()
  expect(existsSync(lockFile())).toBe(false)

  const second = await openEmbedded(folder)
  expect(await readEpoch(second.db)).toBe(epoch)
  expect(await second.db.selectFrom('sync_space').selectAll().execute()).toEqual([{ id: 'team:a', head: 2 ** 40 }])
  await second.close()

  // As a kill leaves it: no mark of a clean stop, and an empty pid file that would block PGlite for ever.
  rmSync(join(folder, 'clean-stop'))
  writeFileSync(join(folder, 'pglite', 'postmaster.pid'), '')
  const third = await openEmbedded(folder)
  const raised = await readEpoch(third.db)
  expect(raised).not.toBe(epoch)
  expect(await third.db.selectFrom('sync_space').selectAll().execute()).toEqual([{ id: 'team:a', head: 2 ** 40 }])
  await third.close()

  const fourth = await openEmbedded(folder)
  expect(await readEpoch(fourth.db)).toBe(raised)
  await fourth.close()
}, 60_000)

test('a data folder that cannot be made is told in one line', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(openEmbedded(join(folder, 'file', 'data'))).rejects.toThrow(/^de gegevensmap .+ kan niet gemaakt worden \(ENOTDIR\)$/)
})
