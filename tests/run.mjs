// @ts-check
/**
 * `npm test`: everything, from a fresh clone, and at the end one plain line `N passed, N failed`.
 * Plain Node without dependencies, since on a fresh clone there are none. `npm test -- types unit` runs these steps only.
 *
 * A step that fails stops no other that can still run. A step that could not run, a test that was skipped and a file that
 * could not be loaded all count as failed: nothing is hidden.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (/** @type {string} */ name) => join(root, 'node_modules/.bin', name)
const reports = mkdtempSync(join(tmpdir(), 'opstap-test-'))
const report = (/** @type {string} */ step) => join(reports, `${step}.json`)

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ status: number, output: string, ms: number }} Ended
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} command
 * @property {Record<string, string>} [env]
 * @property {string[]} [needs] steps that must have passed before
 * @property {number} [cores] how much of the machine it takes; the others wait for it (default 1)
 * @property {(ended: Ended) => Count} [count] default: one check
 */

/** One check: passed or failed as a whole. @type {(ended: Ended) => Count} */
const oneCheck = ({ status }) => (status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

/** Preparation: counts only when it fails. @type {(ended: Ended) => Count} */
const preparation = ({ status }) => ({ passed: 0, failed: status === 0 ? 0 : 1 })

/** A run that ended badly or counted nothing has failed, whatever its report says. @type {(count: Count, ended: Ended) => Count} */
function honest({ passed, failed }, { status }) {
  const unexplained = failed === 0 && (status !== 0 || passed === 0)
  return { passed, failed: failed + (unexplained ? 1 : 0) }
}

/** @param {string} step */
function readReport(step) {
  return existsSync(report(step)) ? JSON.parse(readFileSync(report(step), 'utf8')) : null
}

/** @param {string} step @returns {(ended: Ended) => Count} */
const vitestCount = (step) => (ended) => {
  const read = readReport(step)
  if (!read) return honest({ passed: 0, failed: 0 }, ended)
  const unloaded = read.testResults.filter((/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0).length
  return honest({ passed: read.numPassedTests, failed: read.numTotalTests - read.numPassedTests + unloaded }, ended)
}

/** @param {string} step @returns {(ended: Ended) => Count} */
const playwrightCount = (step) => (ended) => {
  const read = readReport(step)
  if (!read) return honest({ passed: 0, failed: 0 }, ended)
  const { expected, unexpected, flaky, skipped } = read.stats
  return honest({ passed: expected, failed: unexpected + flaky + skipped + read.errors.length }, ended)
}

/** @param {string} project @returns {string[]} */
const vitest = (project) => [bin('vitest'), 'run', '--config', 'tests/vitest.config.ts', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report(project)}`]

const npmCi = [process.platform === 'win32' ? 'npm.cmd' : 'npm', 'ci', '--no-audit', '--no-fund', '--include=dev']

/** In the order of how much one wants to know them first. @type {Step[]} */
const all = [
  ...(isInstalled() ? [] : [{ name: 'install', command: npmCi, count: preparation }]),
  { name: 'types', command: [bin('vue-tsc'), '--build'], needs: ['install'] },
  { name: 'lint', command: [bin('oxlint'), 'src', 'tests', 'vite.config.ts'], needs: ['install'] },
  { name: 'fences', command: [bin('depcruise'), 'src', 'tests', 'vite.config.ts'], needs: ['install'] },
  { name: 'knip', command: [bin('knip'), '--config', '.knip.json'], needs: ['install'] },
  { name: 'build', command: [process.execPath, 'src/server/build.mjs'], needs: ['install'], count: preparation },
  { name: 'browser', command: [process.execPath, 'tests/support/browser.mjs'], needs: ['install'], count: preparation },
  { name: 'size', command: [process.execPath, 'tests/size.mjs'], needs: ['build'] },
  { name: 'unit', command: vitest('unit'), needs: ['install'], cores: 2, count: vitestCount('unit') },
  { name: 'integration', command: vitest('integration'), needs: ['install'], cores: 2, count: vitestCount('integration') },
  {
    name: 'journeys',
    command: [bin('playwright'), 'test', '--config', 'tests/journeys/playwright.config.ts', '--reporter=line,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report('journeys') },
    needs: ['build', 'browser'],
    cores: 2,
    count: playwrightCount('journeys'),
  },
]

/** Whether each package of the lock file stands in node_modules with its version. */
function isInstalled() {
  const packagesIn = (/** @type {string} */ file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false
  const installed = packagesIn('node_modules/.package-lock.json')
  return Object.entries(packagesIn('package-lock.json')).every(([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version)
}

/** @param {string[]} names @returns {Step[]} the named steps with what they need; all when none is named */
function chosen(names) {
  if (names.length === 0) return all
  const unknown = names.filter((name) => !all.some((step) => step.name === name))
  if (unknown.length > 0) throw new Error(`no such step: ${unknown.join(', ')} (there are: ${all.map(({ name }) => name).join(', ')})`)
  const wanted = new Set(names)
  for (const step of all.toReversed()) if (wanted.has(step.name)) for (const need of step.needs ?? []) wanted.add(need)
  return all.filter(({ name }) => wanted.has(name))
}

/** Against hanging only: on a busy machine the journeys take longer than they should. */
const STEP_MS = 30 * 60_000
const GRACE_MS = 10_000
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Ends a step with everything it started; what does not listen is cut off. @param {import('node:child_process').ChildProcess} child */
function end(child) {
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    try {
      if (child.pid && process.platform !== 'win32') process.kill(-child.pid, name)
      else child.kill(name)
    } catch {
      // it ended by itself
    }
  }
  signal('SIGTERM')
  setTimeout(signal, GRACE_MS, 'SIGKILL').unref()
}

/** @param {Step} step @returns {Promise<Ended>} */
function run({ command: [program, ...args], env }) {
  const started = performance.now()
  /** @type {Buffer[]} */
  const chunks = []
  return new Promise((resolve) => {
    const child = spawn(/** @type {string} */ (program), args, {
      cwd: root,
      env: { ...process.env, ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what a step started can be ended with it.
      detached: process.platform !== 'win32',
    })
    running.add(child)
    const tooLong = setTimeout(() => {
      chunks.push(Buffer.from(`\nended after ${STEP_MS / 60_000} minutes\n`))
      end(child)
    }, STEP_MS)
    const done = (/** @type {number} */ status, text = '') => {
      clearTimeout(tooLong)
      running.delete(child)
      resolve({ status, output: `${Buffer.concat(chunks)}${text}`, ms: performance.now() - started })
    }
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => done(1, `could not run: ${error.message}\n`))
    child.on('close', (code, signal) => done(code ?? 1, signal ? `ended by ${signal}\n` : ''))
  })
}

let brokenOff = false
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    brokenOff = true
    for (const child of running) end(child)
  })
}

/** @param {Step} step @param {Ended} ended @param {Count} count */
function tell({ name }, { output, ms }, { passed, failed }) {
  const counted = failed > 0 ? `${failed} FAILED, ${passed} passed` : passed > 0 ? `${passed} passed` : 'done'
  console.log(`── ${name}: ${counted} in ${(ms / 1000).toFixed(1)} s`)
  if (failed > 0) console.log(output.trimEnd().split('\n').slice(-400).join('\n').replaceAll(/^/gm, '   '))
}

/** Runs the steps, two at a time where their weight allows. @param {Step[]} steps @returns {Promise<Count>} */
async function runAll(steps) {
  const total = { passed: 0, failed: 0 }
  const waiting = [...steps]
  const failed = new Set()
  const done = new Set(all.map(({ name }) => name).filter((name) => !steps.some((step) => step.name === name)))
  done.add('install')
  if (steps.some(({ name }) => name === 'install')) done.delete('install')
  /** @type {Map<string, { cores: number, end: Promise<string> }>} */
  const busy = new Map()
  const free = () => 2 - [...busy.values()].reduce((sum, { cores }) => sum + cores, 0)

  /** @param {Step} step */
  async function perform(step) {
    const ended = await run(step)
    const count = (step.count ?? oneCheck)(ended)
    total.passed += count.passed
    total.failed += count.failed
    if (ended.status !== 0 && count.passed === 0) failed.add(step.name)
    else done.add(step.name)
    tell(step, ended, count)
    return step.name
  }

  while (waiting.length > 0 || busy.size > 0) {
    for (const step of [...waiting]) {
      const broken = brokenOff ? 'being broken off' : (step.needs ?? []).find((need) => failed.has(need))
      if (broken) {
        waiting.splice(waiting.indexOf(step), 1)
        failed.add(step.name)
        total.failed += 1
        console.log(`── ${step.name}: 1 FAILED, could not run ${brokenOff ? 'after' : 'without'} ${broken}`)
        continue
      }
      const ready = (step.needs ?? []).every((need) => done.has(need))
      const cores = step.cores ?? 1
      if (!ready || cores > free()) continue
      waiting.splice(waiting.indexOf(step), 1)
      busy.set(step.name, { cores, end: perform(step) })
    }
    if (busy.size > 0) busy.delete(await Promise.race([...busy.values()].map(({ end }) => end)))
  }
  return total
}

const started = performance.now()
console.log(`Opstap's tests on Node ${process.versions.node}, ${availableParallelism()} cores`)
const { passed, failed } = await runAll(chosen(process.argv.slice(2))).finally(() => rmSync(reports, { recursive: true, force: true }))
console.log(`in ${((performance.now() - started) / 1000).toFixed(0)} s`)
process.exitCode = failed > 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed`)
