import { expect, test } from 'vitest'
import { csvFile } from '../../src/domain/csv.ts'

test('a table begins with the mark of UTF-8, and quotes what holds a semicolon, a quote or a line', () => {
  expect(csvFile([['Team', 'Aantal'], ['Sint-Niklaas; "Waas"', 2.5], ['Twee\nregels', '']])).toBe('\uFEFFTeam;Aantal\r\n"Sint-Niklaas; ""Waas""";2,5\r\n"Twee\nregels";\r\n')
})

test.each(['=1+1', '+32 50', '-2', '@SUM(A1)', '\t=1', '\r=1'])('%j is text, never a formula', (text) => {
  const [, cell] = csvFile([['kop', text]]).trimEnd().split(';')
  expect(cell!.replace(/^"/, '')).toBe(`'${text}${cell!.startsWith('"') ? '"' : ''}`.trimEnd())
})
test('a number below zero stays a number', () => {
  expect(csvFile([[-3.5]])).toBe('\uFEFF-3,5\r\n')
})
