/**
 * One process per data folder. The embedded database has no lock of its own, and two processes on one folder destroy it.
 *
 * The lock is a file that tells who holds it. On the same host the holder is looked up by process id and start time (an id
 * is used again after a while); on another host (a container that shares the volume) only its regular touch tells it lives.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartProblem } from '../config.ts'

const TOUCH_MS = 3_000
/** A holder on another host that did not touch its lock for this long is gone. */
const GONE_MS = 10_000

type Holder = { id: string; pid: number; started: string; host: string }

export type FolderLock = { release(): void }

/** Throws a StartProblem when another living process holds the folder. `goneMs`: see GONE_MS. */
export async function lockFolder(folder: string, goneMs = GONE_MS): Promise<FolderLock> {
  const path = join(folder, 'lock')
  const mine: Holder = { id: randomUUID(), pid: process.pid, started: startOf(process.pid) ?? '', host: hostname() }
  while (!take(path, mine)) {
    const holder = read(path)
    if (!holder) continue
    if (await lives(holder, path, goneMs)) throw new StartProblem(`de gegevensmap ${folder} is in gebruik door een andere Opstap (proces ${holder.pid})`)
    steal(path, holder)
  }
  const touch = setInterval(() => touchLock(path), TOUCH_MS)
  touch.unref()
  return {
    release() {
      clearInterval(touch)
      if (read(path)?.id === mine.id) rmSync(path, { force: true })
    },
  }
}

/** Written aside and linked, so that nobody ever reads half a lock. */
function take(path: string, mine: Holder): boolean {
  const draft = `${path}.${mine.id}`
  writeFileSync(draft, JSON.stringify(mine))
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moves a dead holder's lock away; puts it back when another process was quicker and the lock is a living one by now. */
function steal(path: string, dead: Holder): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (read(aside)?.id !== dead.id) {
    try {
      linkSync(aside, path)
    } catch {
      // a third process took it meanwhile
    }
  }
  rmSync(aside, { force: true })
}

/** undefined when there is none; a file that is no lock counts as a dead holder's. */
function read(path: string): Holder | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  const nobody = { id: '', pid: 0, started: '', host: hostname() }
  try {
    return { ...nobody, ...(JSON.parse(text) as Partial<Holder> | null) }
  } catch {
    return nobody
  }
}

async function lives(holder: Holder, path: string, goneMs: number): Promise<boolean> {
  if (holder.host === hostname()) return holder.pid > 0 && startOf(holder.pid) === holder.started
  const before = touchedAt(path)
  await wait(goneMs)
  return touchedAt(path) !== before
}

function touchedAt(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function touchLock(path: string): void {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // the folder went away; the database will tell
  }
}

/** When a process started, as the system tells it; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? undefined : fields[19]
    }
    if (process.platform !== 'win32') return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
  return 'unknown'
}
