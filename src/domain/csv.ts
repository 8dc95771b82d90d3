/** A table as spreadsheets here read it: semicolons, a comma in numbers, and a mark in front that says it is UTF-8. */
export const csvFile = (lines: readonly (readonly (string | number)[])[]): string => `\uFEFF${lines.map((line) => line.map(csvCell).join(';')).join('\r\n')}\r\n`

/** What a spreadsheet takes for a formula, and would run when someone opens the file (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/

function csvCell(cell: string | number): string {
  if (typeof cell === 'number') return String(cell).replace('.', ',')
  const plain = cell.replaceAll('\u00a0', ' ')
  const safe = FORMULA.test(plain) ? `'${plain}` : plain
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
