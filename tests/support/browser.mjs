// @ts-check
/**
 * The Chromium that journeys and page benches run in. Looked for in this order: CHROME_PATH, an installed Chromium or Chrome,
 * Playwright's own, and else installed by the system's package manager (Debian and kin, as root).
 * `node tests/support/browser.mjs` prints its path, installing it if need be.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Quiet in a closed network (no background requests of the browser itself) and able to run as root. */
export const launchFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function installed() {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'].filter(Boolean)
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...fixedPlaces].find(isProgram)
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return path && isProgram(path) ? path : undefined
}

/** @returns {Promise<string | undefined>} the browser's path, or undefined when there is none yet */
export async function findBrowser() {
  const chosen = process.env['CHROME_PATH']
  if (chosen) {
    if (!isProgram(chosen)) throw new Error(`CHROME_PATH wijst naar ${chosen}, maar daar staat geen programma. / CHROME_PATH names ${chosen}, which is no program.`)
    return chosen
  }
  return installed() ?? (await playwrightsOwn())
}

const help = [
  'Geen Chromium of Chrome gevonden om de tests in te draaien. Installeer er een (Debian: apt-get install chromium),',
  'zet CHROME_PATH naar een bestaand programma, of draai: npx playwright install chromium.',
  '/ No Chromium or Chrome found. Install one, set CHROME_PATH, or run: npx playwright install chromium.',
].join('\n')

/** @param {string[]} args */
function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 5 * 60_000 })
  if (status !== 0) throw new Error(`apt-get ${args[0]} is niet gelukt.\n${help}`)
}

/** @returns {Promise<string>} the browser's path; installs one when there is none and that is possible, else throws */
export async function ensureBrowser() {
  const found = await findBrowser()
  if (found) return found
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
  if (!canInstall) throw new Error(help)
  aptGet('update')
  aptGet('install', '-y', '--no-install-recommends', 'chromium')
  const path = await findBrowser()
  if (!path) throw new Error(help)
  return path
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await ensureBrowser())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
