/** Counts for Prometheus, kept in memory; each process tells its own. Only numbers, never who. */

type Labels = Record<string, string | number>

export type Metrics = {
  count(name: string, labels?: Labels, by?: number): void
  /** A value that goes up and down, asked when it is read. */
  gauge(name: string, value: () => number): void
  /** The Prometheus text format. */
  text(): string
}

export function createMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>()
  const gauges = new Map<string, () => number>()
  return {
    count(name, labels = {}, by = 1) {
      const series = counters.get(name) ?? new Map<string, number>()
      const key = labelText(labels)
      counters.set(name, series.set(key, (series.get(key) ?? 0) + by))
    },
    gauge: (name, value) => void gauges.set(name, value),
    text() {
      const counted = [...counters].flatMap(([name, series]) => [`# TYPE ${name} counter`, ...[...series].map(([labels, value]) => `${name}${labels} ${value}`)])
      const measured = [...gauges].flatMap(([name, value]) => [`# TYPE ${name} gauge`, `${name} ${value()}`])
      return `${[...counted, ...measured].join('\n')}\n`
    },
  }
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${String(value).replace(/[\\"\n]/g, '\\$&')}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}
