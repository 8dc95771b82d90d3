/** The ids that describe a field: its hint and its error, as far as they are shown. */
export function describedBy(id: string, shown: { hint?: unknown; error?: unknown }): string | undefined {
  const ids = [shown.hint ? `${id}-hint` : '', shown.error ? `${id}-error` : ''].filter(Boolean)
  return ids.length ? ids.join(' ') : undefined
}
