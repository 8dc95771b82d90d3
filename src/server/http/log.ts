/** Structured logs, one JSON object a line. No personal data: no addresses, names, contents or query strings. */

export type Level = 'info' | 'warn' | 'error'
export type Facts = Record<string, string | number | boolean | null | undefined>
export type Log = Record<Level, (event: string, facts?: Facts) => void>

const rank: Record<Level, number> = { info: 0, warn: 1, error: 2 }

/** `write` gets whole lines. */
export function createLog(least: Level, write: (line: string) => void, now: () => number): Log {
  const logAt = (level: Level) => (event: string, facts: Facts = {}) => {
    if (rank[level] >= rank[least]) write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts })}\n`)
  }
  return { info: logAt('info'), warn: logAt('warn'), error: logAt('error') }
}

/**
 * What may be told of a fault: its kind and place. Its message may quote what someone typed and is left out, except with
 * `whole` on a developer's own computer.
 */
export function faultFacts(error: unknown, whole = false): Facts {
  if (!(error instanceof Error)) return { fault: typeof error }
  const lines = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? []
  const place = lines.slice(0, 6).map((line) => line.trim()).join(' < ')
  return { fault: error.name, code: (error as { code?: string }).code, place, ...(whole ? { message: error.message } : {}) }
}
