/**
 * `npm run bench:sync`: the same work through our own engine, RxDB and PouchDB: in the same Chromium, each against its server
 * in this process, in turns of which the order rotates. Installs the peers first, in tests/bench/sync.
 * `-- --json FILE` also writes the figures, `-- --details FILE` with every sample, the settings and the bars; `-- --quick` does less of everything, for development; `-- --runs N` sets how often
 * (medians, default 5); `-- --only offlineWork,firstPull,…` only these parts. Ends with exit code 1 when a bar is not reached.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { EngineName } from './engines.ts'
import { installPeers } from './peers.ts'

const { values } = parseArgs({ options: { json: { type: 'string' }, details: { type: 'string' }, quick: { type: 'boolean', default: false }, runs: { type: 'string' }, only: { type: 'string' } } })
installPeers()

// After the installation: they import what it brings.
const { startEngines } = await import('./engines.ts')
const { freshBrowser } = await import('./devices.ts')
const { prepareColdStarts } = await import('./cold.ts')
const operations = await import('./operations.ts')
const { circumstances, judge, Samples, table, verdict } = await import('./report.ts')

const runs = Number(values.runs ?? (values.quick ? 2 : 5))
const sizes = values.quick ? { inserted: 1_000, changed: 200, pulls: [500, 1_000, 3_000], drained: 100 } : { inserted: 5_000, changed: 200, pulls: [2_000, 10_000, 30_000], drained: 400 }
const parts = {
  offlineWork: operations.offlineWork,
  firstPull: operations.firstPull,
  pull10k: operations.largePull('initialPull10k', 1),
  pull30k: operations.largePull('initialPull30k', 2),
  drained: operations.drained,
  live: operations.live,
}
const wanted = new Set(values.only?.split(',') ?? [...Object.keys(parts), 'typing', 'cold', 'lost', 'strict'])
const started = performance.now()
const progress = (what: string) => process.stderr.write(`${((performance.now() - started) / 1_000).toFixed(0).padStart(4)} s  ${what}\n`)

const { engines, stop } = await startEngines()
const browser = await freshBrowser()
/** Strict transactions and cold starts are of the device, which is the same on both databases. */
const clients = engines.filter(({ name }) => name !== 'opstapPostgresql')
const [relaxed, strict] = [new Samples(), new Samples()]

/** Every engine once, each turn another one first. */
async function inTurns(what: string, turn: number, work: (engine: (typeof engines)[number]) => Promise<void>, among = engines): Promise<void> {
  for (let i = 0; i < among.length; i += 1) {
    const engine = among[(turn + i) % among.length]!
    await work(engine)
    progress(`${what}, ${turn + 1} of ${runs}: ${engine.name}`)
  }
}

const failures: { engine: string; what: string; message: string }[] = []

/** A peer that did not do the work gets no figure, and it is told; our own engine may not fail. */
function excuse(engine: string, what: string, error: Error): Record<string, number> {
  if (engine.startsWith('opstap')) throw error
  failures.push({ engine, what, message: error.message })
  return {}
}

async function measure(what: keyof typeof parts, samples: InstanceType<typeof Samples>, durability: 'relaxed' | 'strict'): Promise<void> {
  for (let turn = 0; turn < runs; turn += 1) {
    await inTurns(
      `${what} (${durability})`,
      turn,
      async (engine) => {
        const figures = await parts[what](engine, browser, sizes, durability).catch((error: Error) => excuse(engine.name, what, error))
        for (const [op, value] of Object.entries(figures)) samples.add(op, engine.name, value)
      },
      durability === 'strict' ? clients : engines,
    )
  }
}

for (const what of Object.keys(parts) as (keyof typeof parts)[]) if (wanted.has(what)) await measure(what, relaxed, 'relaxed')
if (wanted.has('strict')) for (const what of ['offlineWork', 'firstPull'] as const) await measure(what, strict, 'strict')
// Bytes, not times: they hardly differ from one run to the next.
if (wanted.has('typing')) {
  await inTurns('typing', 0, async (engine) => {
    for (const [op, value] of Object.entries(await operations.typing(engine, browser, sizes, 'relaxed'))) relaxed.add(op, engine.name, value)
  })
}

const lost: Record<string, { lost: number; hidden: number }> = {}
if (wanted.has('lost')) await inTurns('values lost', 0, async (engine) => void (lost[engine.name] = await operations.valuesLost(engine, browser)))
const version = await browser.version()
await browser.close()

if (wanted.has('cold')) {
  const cold = await prepareColdStarts(clients, sizes.pulls[1]!)
  for (let turn = 0; turn < runs; turn += 1) {
    for (const engine of clients.toSorted((a, b) => ((clients.indexOf(a) + turn) % clients.length) - ((clients.indexOf(b) + turn) % clients.length)))
      relaxed.add('coldStart10k', engine.name, await cold.start(engine))
    progress(`cold start, ${turn + 1} of ${runs}`)
  }
  for (const engine of clients) relaxed.add('diskBytes', engine.name, cold.diskBytes(engine))
  cold.remove()
}
await stop()

const peers = <T>(of: (name: string) => T) => ({ opstap: of('opstap'), rxdb: of('rxdb'), pouchdb: of('pouchdb') })
const bundleGzip = peers((name) => engines.find((engine) => engine.name === name)!.bundleGzip)
const figures = relaxed.medians()
const strictFigures = strict.medians()
// A durable update is one that is on the disk when it says so: that is measured with strict transactions for everyone.
const ops = { ...figures, ...(strictFigures['singleUpdate'] ? { singleUpdate: strictFigures['singleUpdate'], singleUpdateRelaxed: figures['singleUpdate'] ?? {} } : {}) }
const judged = judge(ops)
const valuesLost = peers((name) => lost[name]?.lost ?? null)
const kept = lost['opstap'] === undefined || lost['opstap'].lost === 0
const { settings, ...machine } = circumstances(engines, version)

console.log(`\n${Object.values(machine).join(' · ')}\n${Object.entries(settings).map(([name, setting]) => `${name}: ${setting}`).join('\n')}\n`)
console.log(table(`medians of ${runs}, relaxed transactions`, figures))
console.log(`\n${table(`medians of ${runs}, strict transactions`, strictFigures)}`)
console.log(`\n${table('bundle', { 'all scripts, gzip bytes': bundleGzip })}`)
console.log('\nvalues lost when two devices change different fields of 100 rows offline')
for (const [name, { lost: gone, hidden }] of Object.entries(lost)) console.log(`${name.padEnd(18)} ${gone} lost, ${hidden} kept aside but shown nowhere`)
for (const { what, message } of failures) console.log(`left out of ${what}: ${message}`)
console.log(`\n${judged.map(verdict).join('\n')}\n${kept ? 'ok  ' : 'MISS'} values lost: ${lost['opstap']?.lost ?? 'not measured'}`)
const write = (file: string, answer: object) => writeFileSync(file, `${JSON.stringify(answer, null, 2)}\n`)
if (values.json) write(values.json, { ops: Object.fromEntries(Object.entries(ops).map(([op, figure]) => [op, peers((name) => figure[name as EngineName] ?? null)])), valuesLost, bundleGzip })
if (values.details) {
  const hidden = peers((name) => lost[name]?.hidden ?? null)
  write(values.details, { ops, strict: strictFigures, valuesLost, valuesHidden: hidden, bundleGzip, bars: judged, failures, runs, sizes, ...machine, settings, samples: { relaxed: relaxed.raw(), strict: strict.raw() } })
}
progress('done')
process.exit(judged.every(({ met }) => met) && kept ? 0 : 1)
