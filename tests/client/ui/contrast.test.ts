import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('../../../src/client/ui/tokens.css', import.meta.url), 'utf8')
const card = readFileSync(new URL('../../../src/client/ui/SurfaceCard.vue', import.meta.url), 'utf8')

const tokensIn = (block: string) => Object.fromEntries([...block.matchAll(/--([a-z-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!.trim()]))
const blockAfter = (text: string, selector: string) => text.slice(text.indexOf(selector)).match(/\{([^{}]*)\}/)![1]!

const light = tokensIn(blockAfter(css, ':root {'))
const dark = { ...light, ...tokensIn(blockAfter(css, ":root:not([data-theme='light'])")) }
const chosenDark = { ...light, ...tokensIn(blockAfter(css, ":root[data-theme='dark']")) }
const sun = { ...light, ...tokensIn(blockAfter(card, '.card-sun {')), card: light['sun']! }

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
  }
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

test('the measure itself: black on white is 21, equal colours are 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#b93a26', '#b93a26')).toBe(1)
})

test('choosing dark gives the same colours as a dark device', () => {
  expect(chosenDark).toEqual(dark)
})

/** Text on what it stands on, as the components pair them. */
const texts = [
  ...['paper', 'surface', 'sunken', 'petrol-tint', 'sun-tint', 'leaf-tint', 'coral-tint'].map((ground) => ['ink', ground] as const),
  ...['paper', 'surface', 'sunken', 'petrol-tint'].map((ground) => ['ink-soft', ground] as const),
  ...['paper', 'surface', 'sunken', 'petrol-tint'].map((ground) => ['petrol', ground] as const),
  ...['paper', 'surface', 'petrol-tint'].map((ground) => ['petrol-deep', ground] as const),
  ...['paper', 'surface', 'leaf-tint'].map((ground) => ['leaf-ink', ground] as const),
  ...['paper', 'surface', 'coral-tint'].map((ground) => ['coral', ground] as const),
  ['on-petrol', 'petrol'],
  ['on-petrol', 'petrol-deep'],
  ['on-sun', 'sun'],
] as const

/** Parts that carry meaning: borders of fields, stops, rings, icons. */
const parts = [
  ['line-strong', 'paper'],
  ['line-strong', 'surface'],
  ['leaf', 'paper'],
  ['leaf', 'surface'],
  ['on-leaf', 'leaf'],
  ['petrol', 'paper'],
  ['coral', 'surface'],
] as const

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_name, tokens) => {
  test.each(texts)('text %s on %s reaches 4.5:1', (text, ground) => {
    expect(contrast(tokens[text]!, tokens[ground]!)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(parts)('part %s on %s reaches 3:1', (part, ground) => {
    expect(contrast(tokens[part]!, tokens[ground]!)).toBeGreaterThanOrEqual(3)
  })
})

describe('on the sun card', () => {
  test.each(['ink', 'ink-soft', 'petrol', 'leaf-ink'])('text %s reaches 4.5:1', (text) => {
    expect(contrast(sun[text as keyof typeof sun]!, sun.card)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(['leaf', 'line-strong', 'petrol'])('part %s reaches 3:1', (part) => {
    expect(contrast(sun[part as keyof typeof sun]!, sun.card)).toBeGreaterThanOrEqual(3)
  })
})
