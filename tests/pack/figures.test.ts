import { fileURLToPath } from 'node:url'
import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/pack/compile.ts'
import { figureChart } from '../../src/pack/figures.ts'
import { expectedFigures, wordedRows } from './expected-figures.ts'

const real = compile(fileURLToPath(new URL('../../src/content', import.meta.url))).items.filter((item) => item.kind === 'figure')

const parse = (svg: string) => {
  const { document } = new Window()
  document.body.innerHTML = svg
  return document.querySelector('svg')!
}
const figure = {
  id: 'cijfer-een',
  title: 'Wie zegt ja & "amen"?',
  unit: 'percent' as const,
  rows: [
    { label: 'Ja', value: 45.5 },
    { label: 'Bevoegdheden versnipperd over verschillende mandatarissen <b>', value: 100 },
    { label: 'Neen', value: 0 },
  ],
}
const numbers = (svg: ReturnType<typeof parse>, group: string, attribute: string) =>
  [...svg.querySelectorAll(`.${group} rect`)].map((bar) => Number(bar.getAttribute(attribute)))

describe('the chart of a figure', () => {
  const svg = parse(figureChart(figure))

  it('has bars as long as the values, against the whole for percentages', () => {
    expect(numbers(svg, 'chart-bar', 'width')).toEqual([145.6, 320, 0])
    expect(numbers(svg, 'chart-track', 'width')).toEqual([320, 320, 320])
  })

  it('sets other numbers against the largest', () => {
    const counts = parse(figureChart({ ...figure, unit: 'count', rows: [{ label: 'A', value: 138 }, { label: 'B', value: 69 }] }))
    expect(numbers(counts, 'chart-bar', 'width')).toEqual([320, 160])
    const none = parse(figureChart({ ...figure, unit: 'count', rows: [{ label: 'A', value: 0 }] }))
    expect(numbers(none, 'chart-bar', 'width')).toEqual([0])
  })

  it('says every label and value, a long label on two lines', () => {
    expect([...svg.querySelectorAll('.chart-label text')].map((label) => label.children.length || label.textContent)).toEqual(['Ja', 2, 'Neen'])
    expect(svg.querySelectorAll('.chart-label text')[1]!.textContent).toBe('Bevoegdheden versnipperd oververschillende mandatarissen <b>')
    expect([...svg.querySelectorAll('.chart-value text')].map(({ textContent }) => textContent)).toEqual(['45,5\u00a0%', '100\u00a0%', '0\u00a0%'])
  })

  it('keeps rows apart: each label above its own bar and under the bar before', () => {
    const tops = numbers(svg, 'chart-bar', 'y')
    const heights = numbers(svg, 'chart-bar', 'height')
    const height = Number(svg.getAttribute('viewBox')!.split(' ')[3])
    for (const [index, top] of tops.entries()) {
      const before = index === 0 ? 0 : tops[index - 1]! + heights[index - 1]!
      expect(top - before).toBeGreaterThanOrEqual(index === 1 ? 34 : 17)
      expect(top + heights[index]!).toBeLessThanOrEqual(height)
    }
  })

  it('is a picture with a name and a description', () => {
    const named = (attribute: string) => svg.querySelector(`#${svg.getAttribute(attribute)}`)!.textContent
    expect(svg.getAttribute('role')).toBe('img')
    expect(named('aria-labelledby')).toBe('Grafiek: Wie zegt ja & "amen"?')
    expect(named('aria-describedby')).toContain('Hoogste: Bevoegdheden versnipperd over verschillende mandatarissen <b>, 100\u00a0%. Laagste: Neen, 0\u00a0%.')
  })

  it('has room for two rows with one label', () => {
    const twice = parse(figureChart({ ...figure, rows: [{ label: 'Ja', value: 1 }, { label: 'Ja', value: 2 }] }))
    expect(new Set(numbers(twice, 'chart-bar', 'y')).size).toBe(2)
  })
})

describe('the charts of the content', () => {
  it.each(real)('$id is small, safe and without style', (item) => {
    expect(Buffer.byteLength(item.chart)).toBeLessThanOrEqual(6_000)
    expect(item.chart).not.toMatch(/<(?!\/?(?:svg|g|rect|text|tspan|title|desc)\b)/)
    expect(item.chart).not.toMatch(/\s(?:style|on\w+|href|fill|stroke|font-[a-z]+)=/)
    expect(item.chart).not.toMatch(/["(,](?:NaN|undefined|null)|="-?\d+\.\d\d/)
    expect(parse(item.chart).querySelectorAll('.chart-bar rect')).toHaveLength(item.rows.length)
  })

  it('are the same at every build', () => {
    expect(real.map(figureChart)).toEqual(real.map(({ chart }) => chart))
  })
})

describe('the values of the content are those of the sources', () => {
  const rowOf = (rows: (typeof real)[number]['rows'], label: string) => {
    const low = label.toLowerCase()
    const whole = rows.filter((row) => row.label.toLowerCase() === low)
    return whole.length > 0 ? whole : rows.filter((row) => row.label.toLowerCase().includes(low))
  }

  it.each(expectedFigures)('$id', ({ id, n, rows }) => {
    const found = real.find((item) => item.id === id)
    expect(found, `${id} is not in the content`).toBeDefined()
    expect(found!.n).toBe(n)
    for (const [label, value, count] of rows) {
      const matches = rowOf(found!.rows, label)
      expect(matches, `${id}: ${label}`).toHaveLength(1)
      expect([label, matches[0]!.value, matches[0]!.count]).toEqual([label, value, count ?? matches[0]!.count])
    }
  })

  it.each(wordedRows)('%s: %s', (id, label, value) => {
    expect(rowOf(real.find((item) => item.id === id)!.rows, label).map((row) => row.value)).toEqual([value])
  })

  it('are all told: no figure and no row that the table by hand does not know', () => {
    expect(real.map(({ id }) => id).toSorted()).toEqual(expectedFigures.map(({ id }) => id).toSorted())
    const unknown = real.flatMap(({ id, rows }) => {
      const told = [...expectedFigures.flatMap((expected) => (expected.id === id ? expected.rows.map(([label]) => label) : [])), ...wordedRows.flatMap(([figure, label]) => (figure === id ? [label] : []))]
      const known = new Set(told.flatMap((label) => rowOf(rows, label)))
      return rows.filter((row) => !known.has(row)).map(({ label }) => `${id}: ${label}`)
    })
    expect(unknown).toEqual([])
  })
})
