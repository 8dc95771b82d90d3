/** Runs the bundled simulator in processes of its own and gathers what they tell. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Report, Work } from './run.ts'

export type Failed = Extract<Report, { kind: 'failed' }>
export type Outcome = {
  histories: number
  seconds: number
  /** Of the processor, over all processes. */
  cpuSeconds: number
  /** How often each fault really happened. */
  faults: Record<string, number>
  failed: Failed | null
}

type Told = (done: number, faults: Record<string, number>) => void

/** Spreads the histories over `workers` processes. Ends all at the first failure. Throws when a process breaks down. */
export async function runHistories(program: string, work: Omit<Work, 'stride'>, workers: number, told: Told = () => {}): Promise<Outcome> {
  const started = performance.now()
  const shares = Array.from({ length: workers }, () => ({ done: 0, cpuSeconds: 0, faults: {} as Record<string, number> }))
  const children: ChildProcess[] = []
  let failed: Failed | null = null
  const sum = () => total(shares)
  await Promise.all(
    shares.map((share, i) => {
      const mine: Work = { ...work, seed: work.seed + i, histories: work.histories - i, stride: workers }
      return runOne(program, mine, (child) => children.push(child), (report) => {
        if (report.kind === 'failed') {
          failed ??= report
          share.done = report.done
          for (const other of children) if (other !== children[i]) other.kill()
        } else Object.assign(share, report)
        told(sum().done, sum().faults)
      }).catch((error: unknown) => {
        if (!failed) throw error
      })
    }),
  )
  const { done, faults, cpuSeconds } = sum()
  return { histories: done, cpuSeconds, seconds: (performance.now() - started) / 1000, faults, failed }
}

function total(shares: readonly { done: number; cpuSeconds: number; faults: Record<string, number> }[]) {
  const faults: Record<string, number> = {}
  for (const share of shares) for (const [name, count] of Object.entries(share.faults)) faults[name] = (faults[name] ?? 0) + count
  const add = (name: 'done' | 'cpuSeconds') => shares.reduce((sum, share) => sum + share[name], 0)
  return { done: add('done'), cpuSeconds: add('cpuSeconds'), faults }
}

async function runOne(program: string, work: Work, begun: (child: ChildProcess) => void, hear: (report: Report) => void): Promise<void> {
  const child = spawn(process.execPath, ['--enable-source-maps', '--max-semi-space-size=32', program, JSON.stringify(work)], { stdio: ['ignore', 'pipe', 'pipe'] })
  begun(child)
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) hear(JSON.parse(line) as Report)
  const code = await ended
  process.off('exit', end)
  if (code !== 0) throw new Error(`the simulator ended with ${code}:\n${Buffer.concat(errors)}`)
}
