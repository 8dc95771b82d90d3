/** What the project's own files must look like; each rule is a pure function of the tree, so that a planted fault can be tried. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type File = { path: string; text: string }

const topLevel = new Set(['README.md', 'package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'index.html', 'LICENSE', 'public', 'src', 'tests'])
/** What tools leave behind; git ignores it. */
const leftBehind = new Set(['node_modules', 'dist'])

/** Entries of the top level that have no place there. */
export const strangers = (entries: string[]): string[] => entries.filter((name) => !topLevel.has(name) && !leftBehind.has(name) && !name.startsWith('.'))

/** Entries of the top level that must be there and are not. */
export const missing = (entries: string[]): string[] => [...topLevel].filter((name) => !entries.includes(name))

/** Every text file of the project, as a fresh clone would hold it. */
export function projectFiles(root: string): File[] {
  const skip = /(^|\/)(node_modules|dist|\.git|\.data|\.stats|package-lock\.json)(\/|$)/
  const text = /\.(ts|mjs|cjs|js|vue|css|html|json|md|ya?ml|csv|txt|svg)$|(^|\/)(LICENSE|run|\.[\w.-]+)$/
  const walk = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (skip.test(path)) return []
      return entry.isDirectory() ? walk(path) : text.test(path) ? [path] : []
    })
  return walk('').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

const isCode = ({ path }: File): boolean => /^(src(?!\/content\/)|tests)\//.test(path) && /\.(ts|mjs|cjs|vue|css)$/.test(path)

/** A test repeats itself more than what it tests. */
const mostLines = (path: string) => (path.startsWith('tests/') ? 500 : 400)
/** One place by agreement: every synced thing, every scenario by its number. */
const ONE_PLACE = new Set(['src/domain/collections.ts', 'tests/sync/scenarios.test.ts'])
export const tooLong = (files: File[]): string[] =>
  files.filter(isCode).flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1
    return lines > mostLines(path) && !ONE_PLACE.has(path) ? [`${path}: ${lines} lines`] : []
  })

/** A file is named after its notion: no drawers for odds and ends, and no barrels. */
export const namelessNotions = (files: File[]): string[] =>
  files.filter(isCode).flatMap(({ path }) => (/(^|\/)(utils?|helpers?|services?|common|misc)(\/|\.)/.test(path) || /(^|\/)index\.(ts|mjs)$/.test(path) ? [path] : []))

/** Lines of tests that match, with file and number. */
function lines(files: File[], pattern: RegExp): string[] {
  return files
    .filter((file) => isCode(file) && file.path.startsWith('tests/') && !file.path.startsWith('tests/bench/'))
    .flatMap(({ path, text }) => text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}`] : [])))
}

/** Tests that were switched off. */
export const switchedOff = (files: File[]): string[] =>
  lines(files, /\b(it|test|describe|suite|bench)\b(\.\w+|\.each\([^)]*\))*\.(skip|only|todo|fixme|fails|skipIf|runIf)\b|\b(xit|xtest|xdescribe|fit|fdescribe)\(/)

/** Tests that wait for time to pass instead of for what they wait for. */
export const sleeps = (files: File[]): string[] => lines(files, /\bwaitForTimeout\(|timers\/promises|=>\s*setTimeout\(\s*\w+\s*,|\bsleep\(/)

/** Paths of one machine, written into the project. */
export function machinePaths(files: File[]): string[] {
  const path = new RegExp(`(^|["'\`\\s(=:,])/(${['work', 'tmp', 'root', 'home'].join('|')})/`)
  return files.flatMap(({ path: file, text }) => text.split('\n').flatMap((line, at) => (path.test(line) ? [`${file}:${at + 1}`] : [])))
}
