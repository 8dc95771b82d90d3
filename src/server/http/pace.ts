/** Limits that are counted often and need not hold over all processes: kept in memory, by the minute. */

export type Pace = {
  /** Counts one for `key` in this minute; false above `max`. */
  take(key: string, max: number): boolean
}

export function createPace(now: () => number): Pace {
  let minute = -1
  let counts = new Map<string, number>()
  return {
    take(key, max) {
      const current = Math.floor(now() / 60_000)
      if (current !== minute) [minute, counts] = [current, new Map()]
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count <= max
    },
  }
}
