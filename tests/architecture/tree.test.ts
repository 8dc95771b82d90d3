/** The rules of tree.ts hold on the real tree, and each finds a planted fault. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type File, machinePaths, missing, namelessNotions, projectFiles, sleeps, strangers, switchedOff, tooLong } from './tree.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = projectFiles(root)

describe('the top level', () => {
  test('holds what it must and nothing else', () => {
    const entries = readdirSync(root)
    expect({ strangers: strangers(entries), missing: missing(entries) }).toEqual({ strangers: [], missing: [] })
  })
  test('a stranger and a gap are told', () => {
    expect(strangers(['src', 'docs', '.ci', 'jest.config.js', 'node_modules'])).toEqual(['docs', 'jest.config.js'])
    expect(missing(readdirSync(root).filter((name) => name !== 'LICENSE'))).toContain('LICENSE')
  })
})

const plant = (path: string, ...text: string[]): File[] => [{ path, text: text.join('\n') }]

describe.each<{ rule: (files: File[]) => string[]; plants: [File[], string[]][] }>([
  {
    rule: tooLong,
    plants: [
      [plant('src/domain/a.ts', 'x\n'.repeat(401)), ['src/domain/a.ts: 401 lines']],
      [plant('src/domain/a.ts', 'x\n'.repeat(400)), []],
      [plant('src/content/towns.yaml', 'x\n'.repeat(900)), []],
    ],
  },
  {
    rule: namelessNotions,
    plants: [
      [plant('src/client/utils/date.ts', ''), ['src/client/utils/date.ts']],
      [plant('src/server/helpers.ts', ''), ['src/server/helpers.ts']],
      [plant('src/client/ui/index.ts', ''), ['src/client/ui/index.ts']],
      [plant('src/pack/search-index.ts', ''), []],
    ],
  },
  {
    rule: switchedOff,
    plants: [
      [plant('tests/domain/a.test.ts', '', `test${'.skip'}('x', () => {})`), ['tests/domain/a.test.ts:2']],
      [plant('tests/domain/a.test.ts', `describe.concurrent${'.only'}('x', () => {})`), ['tests/domain/a.test.ts:1']],
      [plant('tests/domain/a.test.ts', `it${'.todo'}('x')`), ['tests/domain/a.test.ts:1']],
      [plant('tests/domain/a.test.ts', `test('x', () => reader.skip(3))`), []],
    ],
  },
  {
    rule: sleeps,
    plants: [
      [plant('tests/sync/a.test.ts', `await page.waitFor${'Timeout'}(500)`), ['tests/sync/a.test.ts:1']],
      [plant('tests/sync/a.test.ts', `await new Promise((done) => set${'Timeout'}(done, 50))`), ['tests/sync/a.test.ts:1']],
      [plant('tests/sync/a.test.ts', `import { setTimeout } from 'node:timers${'/promises'}'`), ['tests/sync/a.test.ts:1']],
      [plant('tests/sync/a.test.ts', `await settled()`), []],
    ],
  },
  {
    rule: machinePaths,
    plants: [
      [plant('src/server/config.ts', `const folder = '/${'tmp'}/opstap'`), ['src/server/config.ts:1']],
      [plant('README.md', '', `cd /${'home'}/an/opstap`), ['README.md:2']],
      [plant('README.md', 'zie https://voorbeeld.example/home/ of src/work/a.ts'), []],
    ],
  },
])('$rule.name', ({ rule, plants }) => {
  test('finds nothing in the project', () => {
    expect(rule(files)).toEqual([])
  })
  test.each(plants)('finds what is planted (%#)', (planted, found) => {
    expect(rule(planted)).toEqual(found)
  })
})
