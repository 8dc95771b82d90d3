/** The built app in `dist`, made only when the source changed since. Playwright runs this once before the journeys. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isBuilt, sourceStamp } from '../../src/server/source-stamp.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export default function ensureBuilt(): void {
  if (isBuilt(root, sourceStamp(root))) return
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/server/build.mjs'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The app could not be built:\n${stdout}${stderr}`)
}
