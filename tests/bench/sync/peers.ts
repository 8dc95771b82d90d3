/** Installs what the engine is measured against, in the folder of the bench; does nothing when it is there already. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const folder = import.meta.dirname

const lockOf = (path: string) => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, { version?: string; optional?: boolean }> }).packages : null)

function isInstalled(): boolean {
  const installed = lockOf(join(folder, 'node_modules/.package-lock.json'))
  const wanted = lockOf(join(folder, 'package-lock.json'))!
  return installed !== null && Object.entries(wanted).every(([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version)
}

export function installPeers(): void {
  if (isInstalled()) return
  console.log('Installing RxDB and PouchDB in tests/bench/sync …')
  const { status, stdout, stderr } = spawnSync('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund'], { encoding: 'utf8', shell: process.platform === 'win32' })
  if (status !== 0) throw new Error(`The peers could not be installed:\n${stdout}${stderr}`)
}

export const versionOf = (name: string): string => (JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version
