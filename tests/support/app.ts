/** The real server as a process of its own, with a fresh data folder, for journeys and benches. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './built.ts'
import { freePort } from './free-port.ts'

export type App = {
  /** The same after a restart: a device knows the app by it. */
  url: string
  dataDir: string
  /** Everything that the server printed, of all its starts. */
  output(): string
  /** As a person would stop it. Throws when it does not end well. Does nothing when it does not run. */
  stop(): Promise<void>
  /** `kill -9`: no goodbye, no flush. */
  kill(): Promise<void>
  /** Stops it when it runs, and starts it on the same address and data. */
  restart(): Promise<void>
  /** Stops it and deletes its data. */
  remove(): Promise<void>
}

export type AppOptions = {
  /** Environment variables of the server, beside its own address and data folder. */
  env?: Record<string, string>
}

const START_MS = 60_000
const STOP_MS = 15_000
const READY = /^Opstap luistert op (\S+)$/m

/** Starts what `dist` holds (built.ts) and resolves when it listens. The caller's own environment does not leak in. */
export async function startApp({ env = {} }: AppOptions = {}): Promise<App> {
  const dataDir = mkdtempSync(join(tmpdir(), 'opstap-app-'))
  const settings = { PATH: process.env['PATH'] ?? '', PORT: String(await freePort()), DATA_DIR: dataDir, ...env }
  let output = ''
  let running: ChildProcess | undefined

  const ended = (child: ChildProcess) =>
    new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve({ code: child.exitCode, signal: child.signalCode })
      else child.once('exit', (code, signal) => resolve({ code, signal }))
    })

  async function start(): Promise<string> {
    const child = spawn(process.execPath, [join(root, 'dist/server/main.js')], { cwd: root, env: settings, stdio: ['ignore', 'pipe', 'pipe'] })
    running = child
    const from = output.length
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => reject(new Error(`The server did not listen within ${START_MS} ms:\n${output.slice(from)}`)), START_MS)
      const read = (chunk: Buffer) => {
        output += chunk.toString()
        const address = READY.exec(output.slice(from))?.[1]
        if (!address) return
        clearTimeout(tooLate)
        resolve(address)
      }
      child.stdout.on('data', read)
      child.stderr.on('data', read)
      child.once('exit', (code, signal) => {
        clearTimeout(tooLate)
        if (running === child) running = undefined
        reject(new Error(`The server ended before it listened (${signal ?? code}):\n${output.slice(from)}`))
      })
    })
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = running
    if (!child) return
    running = undefined
    child.kill(signal)
    const tooLate = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    const how = await ended(child)
    clearTimeout(tooLate)
    if (signal === 'SIGTERM' && how.code !== 0) throw new Error(`The server did not stop well (${how.signal ?? how.code}):\n${output}`)
  }

  // A test process that dies takes its server and the data along.
  const last = () => {
    running?.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
  process.once('exit', last)

  async function remove(): Promise<void> {
    try {
      await end('SIGTERM')
    } finally {
      process.off('exit', last)
      rmSync(dataDir, { recursive: true, force: true })
    }
  }

  const url = await start().catch(async (error: unknown) => {
    await end('SIGKILL')
    await remove()
    throw error
  })
  return {
    url,
    dataDir,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM')
      await start()
    },
    remove,
  }
}
