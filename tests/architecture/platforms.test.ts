/** Each TypeScript project sees its own platform and no other: what is planted behind the fence must not compile. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The platforms' own declarations are parsed once, not once per plant. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** What the compiler says about `source`, were it a file of that project. */
function complaints(project: string, source: string): string[] {
  const configFile = join(root, project)
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(configFile, '..'), undefined, configFile)
  const planted = join(configFile, '..', 'planted-violation.ts')
  // `planted` exists in memory only; composite and incremental are about files on disk.
  const alone = { ...options, composite: false, incremental: false, emitDeclarationOnly: false, noEmit: true, tsBuildInfoFile: undefined, rootDir: undefined }
  const host = ts.createCompilerHost(alone)
  const { readFile, fileExists, getSourceFile } = host
  host.fileExists = (path) => path === planted || fileExists(path)
  host.readFile = (path) => (path === planted ? source : readFile(path))
  host.getSourceFile = (path, version, ...rest) => {
    if (path === planted) return ts.createSourceFile(path, source, version)
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, version, ...rest))
    return parsed.get(path)
  }
  const ambient = project.includes('protocol') ? [join(root, 'src/protocol/platform.d.ts')] : []
  const program = ts.createProgram([planted, ...ambient], alone, host)
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const [domain, protocol, pack, page, worker, server] = [
  'src/domain/tsconfig.json',
  'src/protocol/tsconfig.json',
  'src/pack/tsconfig.json',
  'src/client/tsconfig.json',
  'src/client/tsconfig.worker.json',
  'src/server/tsconfig.json',
] as const

type Plant = { source: string; complaint: RegExp }
const language = { source: `export const order = (a: string[]) => Object.fromEntries(a.map((b) => [b, b.at(-1)]))`, complaint: /never/ }
const page_ = { source: `export const title = document.title`, complaint: /'document'/ }
const node = { source: `import { readFileSync } from 'node:fs'\nexport const text = () => readFileSync('x')`, complaint: /'node:fs'/ }
const nodeGlobal = { source: `export const cwd = () => process.cwd()`, complaint: /'process'/ }
const network = { source: `export const get = () => fetch('/api/health')`, complaint: /'fetch'/ }
const base64 = { source: `export const text = atob(btoa('x'))`, complaint: /'atob'/ }
const workerScope = {
  source: `declare const self: ServiceWorkerGlobalScope\nexport const skip = () => self.skipWaiting()`,
  complaint: /'ServiceWorkerGlobalScope'/,
}
const maybeMissing = { source: `export const first = (a: string[]): string => a[0]`, complaint: /'undefined' is not assignable/ }
const typeAsValue = { source: `import { KyselyConfig } from 'kysely'\nexport type Config = KyselyConfig`, complaint: /'KyselyConfig' is a type/ }

describe.each([
  { project: domain, may: { language }, mayNot: { page_, node, nodeGlobal, network, base64, maybeMissing } },
  { project: protocol, may: { language, base64 }, mayNot: { page_, node, nodeGlobal, network, maybeMissing } },
  { project: pack, may: { language, node, nodeGlobal }, mayNot: { page_, maybeMissing } },
  { project: page, may: { language, page_, network }, mayNot: { nodeGlobal, workerScope, maybeMissing } },
  { project: worker, may: { language, network, workerScope }, mayNot: { page_, nodeGlobal, maybeMissing } },
  { project: server, may: { language, node, nodeGlobal, network }, mayNot: { page_, maybeMissing, typeAsValue } },
])('$project', ({ project, may, mayNot }) => {
  test.each(Object.entries(may))('compiles %s', (_, { source }: Plant) => {
    expect(complaints(project, source)).toEqual([])
  })
  test.each(Object.entries(mayNot))('refuses %s', (_, { source, complaint }: Plant) => {
    expect(complaints(project, source)).toContainEqual(expect.stringMatching(complaint))
  })
})
