/** A table as spreadsheets here read it: semicolons, a comma in numbers, and a mark in front that says it is UTF-8. */
export const csvFile = (lines: readonly (readonly (string | number)[])[]): string => `\uFEFF${lines.map((line) => line.map(csvCell).join(';')).join('\r\n')}\r\n`

function csvCell(cell: string | number): string {
  if (typeof cell === 'number') return String(cell).replace('.', ',')
  const plain = cell.replaceAll('\u00a0', ' ')
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
