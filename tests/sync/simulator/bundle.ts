/**
 * Makes one program of the simulator with the client and server code as they stand, or with one planted fault. Bundled,
 * so that a part loaded later is there within the same turn of the event loop: what a history does never hangs on the disk.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import { mutants, type Mutant } from './mutants.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const cache = join(root, 'node_modules/.cache/opstap-simulator')

/** Plants the fault in the source as it is read. Fails the build when a place is not there exactly once, or never read. */
function plant({ name, changes }: Mutant): Plugin {
  const waiting = new Set(changes.map(({ file }) => join(root, file)))
  return {
    name: 'opstap:mutant',
    enforce: 'pre',
    transform(code, id) {
      const here = changes.filter(({ file }) => join(root, file) === id)
      if (here.length === 0) return null
      waiting.delete(id)
      return here.reduce((text, { file, from, to }) => {
        if (text.split(from).length !== 2) throw new Error(`mutant ${name}: ${file} holds its place ${text.split(from).length - 1} times, not once: ${from}`)
        return text.replace(from, () => to)
      }, code)
    },
    buildEnd(error) {
      if (!error && waiting.size > 0) throw new Error(`mutant ${name}: never read ${[...waiting].join(', ')}`)
    },
  }
}

/** @returns the program's path and what removes it. Throws for a mutant without a name in mutants.ts. */
export async function bundleSimulator(mutant: string | null): Promise<{ program: string; remove: () => void }> {
  const planted = mutant === null ? undefined : mutants.find(({ name }) => name === mutant)
  if (mutant !== null && !planted) throw new Error(`no such mutant: ${mutant} (there are: ${mutants.map(({ name }) => name).join(', ')})`)
  mkdirSync(cache, { recursive: true })
  const outDir = mkdtempSync(join(cache, 'run-'))
  const remove = () => rmSync(outDir, { recursive: true, force: true })
  process.once('exit', remove)
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: planted ? [plant(planted)] : [],
    build: { ssr: fileURLToPath(new URL('./main.ts', import.meta.url)), outDir, emptyOutDir: true, target: 'node20', minify: false },
  })
  return { program: join(outDir, 'main.js'), remove }
}
