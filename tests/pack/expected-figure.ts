export type ExpectedFigure = {
  id: string
  /** Respondents as the source states them; null where it does not. */
  n: number | null
  /** Label fragment, value and, where the source gives it, the number of respondents behind a percentage. */
  rows: (readonly [label: string, value: number, count?: number])[]
}
