/** Medians, ratios, bars. */
import { cpus } from 'node:os'
import { percentile } from '../page/measure.ts'
import type { Engine, EngineName } from './engines.ts'

/** One figure per engine; lower is better everywhere. */
export type PerEngine = Partial<Record<EngineName, number>>
export type Figures = Record<string, PerEngine>

/** At most so many times what another engine needs. */
export type Bar = { op: string; at: number; of: 'rxdb' | 'pouchdb' }

/** What the engine must reach on one and the same run. */
export const bars: Bar[] = [
  ...['initialPull2k', 'initialPull10k', 'initialPull30k'].flatMap((op): Bar[] => [
    { op, at: 0.5, of: 'rxdb' },
    { op, at: 0.35, of: 'pouchdb' },
  ]),
  { op: 'push5200', at: 0.6, of: 'rxdb' },
  { op: 'push5200', at: 0.6, of: 'pouchdb' },
  { op: 'indexedQuery', at: 0.5, of: 'rxdb' },
  { op: 'indexedQuery', at: 0.5, of: 'pouchdb' },
  { op: 'diskBytes', at: 0.5, of: 'rxdb' },
  { op: 'singleUpdate', at: 1.25, of: 'pouchdb' },
]

/** Samples by operation and engine. */
export class Samples {
  readonly all = new Map<string, Map<EngineName, number[]>>()

  add(op: string, engine: EngineName, value: number): void {
    const perEngine = this.all.get(op) ?? new Map<EngineName, number[]>()
    this.all.set(op, perEngine.set(engine, [...(perEngine.get(engine) ?? []), value]))
  }

  medians(): Figures {
    return Object.fromEntries([...this.all].map(([op, perEngine]) => [op, Object.fromEntries([...perEngine].map(([engine, samples]) => [engine, round(percentile(samples, 0.5))]))]))
  }

  raw(): Record<string, Partial<Record<EngineName, number[]>>> {
    return Object.fromEntries([...this.all].map(([op, perEngine]) => [op, Object.fromEntries([...perEngine].map(([engine, samples]) => [engine, samples.map(round)]))]))
  }
}

const round = (value: number) => (value < 100 ? Math.round(value * 100) / 100 : Math.round(value))

export type Judged = Bar & { ratio: number; met: boolean }

export const judge = (figures: Figures): Judged[] =>
  bars.flatMap((bar) => {
    const { opstap, [bar.of]: other } = figures[bar.op] ?? {}
    if (opstap === undefined || other === undefined) return []
    const ratio = opstap / other
    return [{ ...bar, ratio, met: ratio <= bar.at }]
  })

const unitOf = (op: string) => (/bytes$/i.test(op) ? 'B' : 'ms')
const shown = (value: number | undefined) => (value === undefined ? '' : value >= 10_000 ? String(Math.round(value)) : value < 10 ? value.toFixed(2) : value.toFixed(0))
const ratioOf = (own: number | undefined, other: number | undefined) => (own === undefined || !other ? '' : `${(own / other).toFixed(2)}×`)

export function table(title: string, figures: Figures): string {
  const head = [title, 'opstap', 'on PostgreSQL', 'rxdb', 'pouchdb', 'of rxdb', 'of pouchdb']
  const lines = Object.entries(figures).map(([op, f]) => [`${op} (${unitOf(op)})`, shown(f.opstap), shown(f.opstapPostgresql), shown(f.rxdb), shown(f.pouchdb), ratioOf(f.opstap, f.rxdb), ratioOf(f.opstap, f.pouchdb)])
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]!.length)))
  return [head, ...lines].map((line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')).join('\n')
}

export const verdict = ({ op, at, of, ratio, met }: Judged): string => `${met ? 'ok  ' : 'MISS'} ${op} ≤ ${at}× ${of}: ${ratio.toFixed(2)}×`

export const circumstances = (engines: readonly Engine[], browser: string) => ({
  when: new Date().toISOString(),
  node: process.version,
  browser,
  processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  settings: Object.fromEntries(engines.map(({ name, setting }) => [name, setting])),
})
