/**
 * Styles travel with the screen that imports them, so a class that is defined in another screen's file has no style at all.
 * Each class in a template is defined in the sheets of every page, in the file itself, in what it imports, or in what
 * every component that shows it imports.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type File, projectFiles } from './tree.ts'

const ENTRY = 'src/client/app/main.ts'
const styled = /<style[^>]*>([\s\S]*?)<\/style>/g

const sheetOf = ({ path, text }: File): string => (path.endsWith('.css') ? text : [...text.matchAll(styled)].map(([, css]) => css).join('\n')).replaceAll(/\/\*[\s\S]*?\*\//g, '')

const classesDefined = (file: File): string[] => [...sheetOf(file).matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name!)

function classesUsed({ text }: File): Set<string> {
  const template = /<template>([\s\S]*)<\/template>/.exec(text)?.[1] ?? ''
  const fixed = [...template.matchAll(/(?<![:\w])(?:[\w-]+-)?class="([^"]*)"/g)].map(([, names]) => names!)
  const chosen = [...template.matchAll(/:class="([^"]*)"/g)].flatMap(([, code]) => [...code!.matchAll(/'([a-z][\w -]*)'/g)].map(([, names]) => names!))
  return new Set([...fixed, ...chosen].flatMap((names) => names.split(/\s+/)))
}

/** `component: class`, for each class that has a style somewhere, but not where the component is shown. */
export function unstyled(files: File[]): string[] {
  const client = files.filter(({ path }) => path.startsWith('src/client/'))
  const imports = new Map(client.map(({ path, text }) => [path, [...text.matchAll(/^import (?:[^']* from )?'(\.[^']+)'/gm)].map(([, to]) => join(dirname(path), to!))]))
  const withAll = (path: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(path)) return seen
    seen.add(path)
    for (const to of imports.get(path) ?? []) withAll(to, seen)
    return seen
  }
  const definedIn = new Map<string, Set<string>>()
  for (const file of client) for (const name of classesDefined(file)) definedIn.set(name, (definedIn.get(name) ?? new Set()).add(file.path))
  const always = withAll(ENTRY)
  const hasStyle = (path: string, places: ReadonlySet<string>, asked = new Set<string>()): boolean => {
    if ([...withAll(path)].some((each) => places.has(each))) return true
    asked.add(path)
    const shownBy = [...imports].filter(([from, to]) => to.includes(path) && !asked.has(from)).map(([from]) => from)
    return shownBy.length > 0 && shownBy.every((from) => hasStyle(from, places, new Set(asked)))
  }
  return client.flatMap((file) =>
    [...classesUsed(file)].flatMap((name) => {
      const places = definedIn.get(name) ?? new Set<string>()
      return places.size === 0 || [...places].some((path) => always.has(path)) || hasStyle(file.path, places) ? [] : [`${file.path}: ${name}`]
    }),
  )
}

describe('a class in a template', () => {
  test('has its style wherever it is shown', () => {
    expect(unstyled(projectFiles(fileURLToPath(new URL('../..', import.meta.url))))).toEqual([])
  })

  const vue = (name: string, template: string, rest = ''): File => ({ path: `src/client/ui/${name}.vue`, text: `<script setup>\n${rest}\n</script>\n<template>${template}</template>` })
  const row = { ...vue('RowA', '<p class="row" />'), text: `<template><p class="row" /></template>\n<style>.row { color: red }</style>` }

  test('that only another component defines is told, also when it is chosen', () => {
    expect(unstyled([row, vue('RowB', '<p class="row" />')])).toEqual(['src/client/ui/RowB.vue: row'])
    expect(unstyled([row, vue('RowB', `<p :class="{ 'row': open }" />`)])).toEqual(['src/client/ui/RowB.vue: row'])
    expect(unstyled([row, vue('RowB', '<p class="row" />', `import RowA from './RowA.vue'`)])).toEqual([])
  })

  test('may lean on every component that shows it, not on some', () => {
    const inner = vue('Inner', '<p class="row" />')
    const outer = (name: string, ...from: string[]) => vue(name, '', from.map((each) => `import X from './${each}.vue'`).join('\n'))
    expect(unstyled([row, inner, outer('Outer', 'Inner', 'RowA')])).toEqual([])
    expect(unstyled([row, inner, outer('Outer', 'Inner', 'RowA'), outer('Other', 'Inner')])).toEqual(['src/client/ui/Inner.vue: row'])
  })
})
