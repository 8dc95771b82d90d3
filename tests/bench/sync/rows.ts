/** The rows that every engine gets: links as evidence of tasks, about 330 bytes each. The same number gives the same row. */
export type Row = { id: string; task: string; kind: 'link'; url: string; title: string; addedAt: string }

/** As many different tasks as this: an indexed query finds one in fifty rows. */
export const TASKS = 50

/** Spread as random ids are, without chance: a bijection of 32 bits. */
function spread(i: number): string {
  const mixed = Math.imul(i ^ 0x5bd1_e995, 0x9e37_79b1) >>> 0
  return mixed.toString(16).padStart(8, '0')
}

export const idOf = (i: number): string => `${spread(i)}-0000-4000-8000-${i.toString(16).padStart(12, '0')}`
export const taskOf = (i: number): string => `taak-${i % TASKS}`

export function rowAt(i: number): Row {
  return {
    id: idOf(i),
    task: taskOf(i),
    kind: 'link',
    url: `https://www.gemeente.example/beleid/gelijke-kansen/${spread(i + 1)}/verslag-van-het-overleg-met-de-adviesraad-${i}?versie=${spread(i + 2)}`,
    title: `Verslag ${i}: wat de adviesraad vroeg en wat het college beloofde`,
    addedAt: new Date(Date.UTC(2026, 0, 5) + i * 61_000).toISOString(),
  }
}

export const rowsFrom = (start: number, count: number): Row[] => Array.from({ length: count }, (_, i) => rowAt(start + i))
