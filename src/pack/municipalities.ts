import { Municipality, type PackedMunicipality } from '../domain/content.ts'
import { MUNICIPALITIES_FILE } from './files.ts'
import { check, readYaml } from './frontmatter.ts'
import type { Problem } from './problem.ts'

/** Rows that hold are packed, every row that does not is told. */
export function readMunicipalities(text: string): { items: PackedMunicipality[]; problems: Problem[] } {
  const { value, faults } = readYaml(text, 1)
  const rows = Array.isArray(value) ? value : []
  if (!Array.isArray(value) && !faults.length) faults.push({ field: 'regel 1', message: 'moet een lijst van gemeenten zijn' })

  const items: PackedMunicipality[] = []
  const rowOf = new Map<string, number>()
  for (const [index, row] of rows.entries()) {
    const { data, faults: rowFaults } = check(Municipality, row, `[${index}]`)
    faults.push(...rowFaults)
    if (!data) continue
    const earlier = rowOf.get(data.nis)
    if (earlier === undefined) {
      rowOf.set(data.nis, index)
      items.push({ kind: 'municipality', id: `nis-${data.nis}`, ...data })
    } else {
      faults.push({ field: `[${index}].nis`, message: `NIS-code ${data.nis} staat ook in [${earlier}]` })
    }
  }
  return { items, problems: faults.map((fault) => ({ file: MUNICIPALITIES_FILE, ...fault })) }
}
