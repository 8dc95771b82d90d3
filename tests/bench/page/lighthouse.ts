/** Lighthouse as it runs on a simulated phone (slow 4G, 4× CPU), a fresh browser for each run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import { freePort } from '../../support/free-port.ts'
import { type Measured, median, openPhone } from './measure.ts'

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const

type Run = Record<string, number>

async function run(url: string): Promise<Run> {
  const profile = mkdtempSync(join(tmpdir(), 'opstap-lighthouse-'))
  const port = await freePort()
  const context = await openPhone(profile, [`--remote-debugging-port=${port}`])
  try {
    const result = await lighthouse(url, { port, onlyCategories: [...categories], logLevel: 'error', output: 'json' })
    if (!result) throw new Error(`Lighthouse gave no result for ${url}`)
    const { lhr } = result
    if (lhr.runtimeError) throw new Error(`Lighthouse on ${url}: ${lhr.runtimeError.message}`)
    const requests = (lhr.audits['network-requests']?.details as { items?: { resourceType?: string; transferSize?: number }[] } | undefined)?.items ?? []
    return {
      ...Object.fromEntries(categories.map((name) => [name, Math.round((lhr.categories[name]?.score ?? 0) * 100)])),
      lcp: lhr.audits['largest-contentful-paint']?.numericValue ?? Number.NaN,
      tbt: lhr.audits['total-blocking-time']?.numericValue ?? Number.NaN,
      cls: lhr.audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
      scripts: requests.filter(({ resourceType }) => resourceType === 'Script').reduce((sum, { transferSize = 0 }) => sum + transferSize, 0) / 1_000,
    }
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** Medians of some runs, against the bars of each page. */
export async function measureLighthouse(url: string, path: string, runs: number): Promise<Measured[]> {
  const all: Run[] = []
  for (let turn = 0; turn < runs; turn += 1) all.push(await run(url + path))
  const of = (name: string) => median(all.map((each) => each[name] ?? Number.NaN))
  return [
    ...categories.map((name): Measured => ({ what: `${path} ${name}`, value: of(name), unit: '', bar: { kind: 'least', value: name === 'performance' ? 98 : 100 } })),
    { what: `${path} largest contentful paint`, value: of('lcp'), unit: 'ms', bar: { kind: 'most', value: 1_800 } },
    { what: `${path} total blocking time`, value: of('tbt'), unit: 'ms', bar: { kind: 'most', value: 50 } },
    { what: `${path} layout shift`, value: of('cls'), unit: '', bar: { kind: 'most', value: 0 } },
    { what: `${path} all scripts, as they travelled`, value: of('scripts'), unit: 'kB' },
  ]
}
