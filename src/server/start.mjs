/**
 * `npm start`: makes sure that everything is installed and built, then runs the server in this same process.
 * Plain Node without dependencies, since on a fresh clone there are none. `start.mjs backup FILE` runs a command instead.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isBuilt, sourceStamp } from './source-stamp.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

function stopWith(line) {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) stopWith(`Opstap start niet: Node 20.19 of nieuwer is nodig, dit is ${process.versions.node}.`)

const say = (line) => process.stderr.write(`${line}\n`)

/** Runs a program quietly; what it had to say is shown only when it fails. */
function run(doing, command, args, shell = false) {
  say(`${doing} …`)
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell, maxBuffer: 1 << 26, env: { ...process.env, NODE_ENV: 'development' } })
  if (status === 0) return
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  stopWith(`Opstap start niet: ${doing.toLowerCase()} is niet gelukt${error ? ` (${error.code})` : ''}.`)
}

/** Whether each package of the lock file stands in node_modules with its version; what only builds need may be absent. */
function isInstalled(forBuilding) {
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
  const installed = packagesIn(installedFile)
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '' || wanted.optional || wanted.devOptional || (wanted.dev && !forBuilding)) return true
    return installed[path]?.version === wanted.version
  })
}

const built = isBuilt(root, sourceStamp(root))
if (!isInstalled(!built)) run('Opstap wordt geïnstalleerd (dit duurt een minuut)', 'npm', ['ci', '--no-audit', '--no-fund', '--include=dev'], process.platform === 'win32')
if (!built) run('Opstap wordt gebouwd', process.execPath, [join(root, 'src/server/build.mjs')])

await import(pathToFileURL(join(root, 'dist/server/main.js')).href)
