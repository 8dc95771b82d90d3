/** The fences of .dependency-cruiser.cjs hold on the real tree, and each of them catches a planted violation. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const options = (await extractOptions(join(root, '.dependency-cruiser.cjs'))) as ICruiseOptions

async function violations(baseDir: string, folders: string[]): Promise<{ rule: string; from: string; to: string }[]> {
  const { output } = await cruise(folders, { ...options, validate: true, baseDir })
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
}

test('nobody climbs a fence', async () => {
  expect(await violations(root, ['src', 'tests', 'vite.config.ts'])).toEqual([])
})

/** One file per line: what it imports, and the rules that must catch it (none: it must pass). */
const planted: [file: string, imports: string, ...caughtBy: string[]][] = [
  ['src/domain/allowed.ts', `import 'zod/mini'; import './clean.ts'`],
  ['src/domain/clean.ts', ''],
  ['src/domain/node.ts', `import 'node:fs'`, 'domain'],
  ['src/domain/client.ts', `import '../client/ui/clean.ts'`, 'domain'],
  ['src/domain/type.ts', `import type { Ref } from 'vue'`, 'domain'],
  ['src/domain/hen.ts', `import './egg.ts'`], // a cycle is told once, at one of its files
  ['src/domain/egg.ts', `import './hen.ts'`, 'no-cycle'],
  ['src/domain/unknown.ts', `import './no-such-file.ts'`, 'no-unknown-module'],
  ['src/domain/tested.ts', `import '../../tests/support/clean.ts'`, 'domain', 'nothing-imports-tests'],
  ['src/protocol/text.ts', `import 'yjs'; import '../domain/clean.ts'; import 'vue'`, 'protocol-text'],
  ['src/protocol/other.ts', `import 'yjs'`, 'protocol'],
  ['src/protocol/server.ts', `import '../server/clean.ts'`, 'protocol'],
  ['src/pack/allowed.ts', `import 'node:fs'; import 'unified'; import '../domain/clean.ts'`],
  ['src/pack/client.ts', `import '../client/db/clean.ts'`, 'pack'],
  ['src/pack/vue.ts', `import 'vue'`, 'pack'],
  ['src/client/ui/clean.ts', `import 'vue'; import 'reka-ui'`],
  ['src/client/ui/Domain.vue', `<script setup lang="ts">import '../../domain/clean.ts'</script>`, 'client-ui'],
  ['src/client/db/clean.ts', `import 'dexie'; import '../../domain/clean.ts'; import type { Ref } from 'vue'`],
  ['src/client/db/vue.ts', `import { ref } from 'vue'`, 'client-db-without-vue'],
  ['src/client/db/sync.ts', `import '../sync/clean.ts'`, 'client-db'],
  ['src/client/sync/clean.ts', `import '../db/clean.ts'; import '../../protocol/text.ts'; import type { Ref } from 'vue'`],
  ['src/client/sync/vue.ts', `import { ref } from 'vue'`, 'client-sync-without-vue'],
  ['src/client/sync/dexie.ts', `import 'dexie'`, 'client-sync'],
  ['src/client/sync/feature.ts', `import '../features/today/clean.ts'`, 'client-sync'],
  ['src/client/forms/clean.ts', `import 'vue'; import '../db/clean.ts'; import '../sync/clean.ts'; import '../ui/clean.ts'`],
  ['src/client/forms/feature.ts', `import '../features/today/part.ts'`, 'client-forms'],
  ['src/client/features/today/clean.ts', `import 'vue'; import './part.ts'; import '../../forms/clean.ts'; import '../../sync/clean.ts'; import '../../ui/clean.ts'`],
  ['src/client/features/today/part.ts', `import '../../../domain/clean.ts'`],
  ['src/client/features/starter/neighbour.ts', `import '../today/part.ts'`, 'feature'],
  ['src/client/features/starter/lazy.ts', `void import('../today/part.ts')`, 'feature'],
  ['src/client/features/starter/wire.ts', `import '../../../protocol/text.ts'`, 'feature'],
  ['src/client/features/starter/dexie.ts', `import 'dexie'`, 'feature'],
  ['src/client/features/starter/app.ts', `import '../../app/clean.ts'`, 'feature'],
  ['src/client/app/clean.ts', `import '../features/today/clean.ts'; import '../sync/clean.ts'; import 'pinia'`],
  ['src/client/app/server.ts', `import '../../server/clean.ts'`, 'client-app'],
  ['src/client/app/node.ts', `import 'node:path'`, 'client-app'],
  ['src/server/clean.ts', `import 'hono'; import 'node:fs'; import '../domain/clean.ts'; import '../protocol/text.ts'`],
  ['src/server/client.ts', `import '../client/db/clean.ts'`, 'server'],
  ['src/server/pack.ts', `import '../pack/allowed.ts'`, 'server'],
  ['src/server/vue.ts', `import 'vue'`, 'server'],
  ['src/server/dexie.ts', `import 'dexie'`, 'server'],
  ['src/server/tool.ts', `import 'unified'`, 'server-without-tools'],
  ['src/server/undeclared.ts', `import 'stray'`, 'no-undeclared-package'],
  ['tests/support/clean.ts', `import '../../src/server/clean.ts'; import '../../src/client/app/clean.ts'`],
]

const plantation = mkdtempSync(join(tmpdir(), 'opstap-fences-'))
afterAll(() => rmSync(plantation, { recursive: true, force: true }))

function write(path: string, text: string): void {
  const file = join(plantation, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

test('every fence catches what is planted behind it, and nothing else', async () => {
  const declared = { dependencies: ['zod', 'vue', 'reka-ui', 'dexie', 'yjs', 'hono', 'pinia'], devDependencies: ['unified'] }
  const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']))
  write('package.json', JSON.stringify({ type: 'module', dependencies: versions(declared.dependencies), devDependencies: versions(declared.devDependencies) }))
  for (const name of [...declared.dependencies, ...declared.devDependencies, 'stray']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, 'export {}')
  }
  write('node_modules/zod/mini/package.json', '{ "main": "../index.js" }')
  for (const [file, imports] of planted) write(file, imports)

  const found = new Map<string, Set<string>>()
  for (const { rule, from } of await violations(plantation, ['src', 'tests'])) found.set(from, (found.get(from) ?? new Set()).add(rule))

  const expected = planted.flatMap(([file, , ...rules]) => (rules.length ? [`${file}: ${rules.toSorted().join(', ')}`] : []))
  expect([...found].map(([file, rules]) => `${file}: ${[...rules].toSorted().join(', ')}`).toSorted()).toEqual(expected.toSorted())
})

test('no fence is without a planted violation', () => {
  const rules = options.ruleSet?.forbidden?.map(({ name }) => name)
  expect(new Set(planted.flatMap(([, , ...caughtBy]) => caughtBy))).toEqual(new Set(rules))
})
