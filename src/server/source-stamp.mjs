/** What was built from which source, so that an unchanged source is not built again. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json', 'package-lock.json']
const STAMP = 'dist/stamp'

/** A hash over every file that the build reads. */
export function sourceStamp(root) {
  const hash = createHash('sha256')
  for (const path of sources.flatMap((source) => filesIn(join(root, source)))) hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path))
  return hash.digest('hex')
}

function filesIn(path) {
  if (!existsSync(path)) return []
  const entries = (() => {
    try {
      return readdirSync(path, { withFileTypes: true })
    } catch {
      return null
    }
  })()
  if (entries === null) return [path]
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : entry.isFile() ? [join(path, entry.name)] : []))
}

export function isBuilt(root, stamp) {
  const file = join(root, STAMP)
  return existsSync(file) && existsSync(join(root, 'dist/server/main.js')) && readFileSync(file, 'utf8') === stamp
}

export const markBuilt = (root, stamp) => writeFileSync(join(root, STAMP), stamp)
