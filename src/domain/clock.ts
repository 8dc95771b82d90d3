/**
 * Hybrid logical clock. A stamp is a string whose plain order is the order of writing:
 * milliseconds (base 36, 9 places), counter (base 36, 3 places), client. Source of the rule: Kulkarni et al., 2014.
 */
import type { ClientId, Stamp } from './ids.ts'


/** The moment the clock last gave out; `ms` since 1970, `counter` within that millisecond. */
export type Moment = { ms: number; counter: number }

const MAX_COUNTER = 36 ** 3 - 1
const MAX_MS = 36 ** 9 - 1

export function stampOf({ ms, counter }: Moment, client: ClientId): Stamp {
  return `${ms.toString(36).padStart(9, '0')}.${counter.toString(36).padStart(3, '0')}.${client}` as Stamp
}

export function momentOf(stamp: Stamp): Moment {
  return { ms: parseInt(stamp.slice(0, 9), 36), counter: parseInt(stamp.slice(10, 13), 36) }
}

export const clientOf = (stamp: Stamp): ClientId => stamp.slice(14) as ClientId

/** The moment after `last` at wall time `nowMs`: never earlier than `last`, also when the wall clock went back. */
export function tick(last: Moment, nowMs: number): Moment {
  const ms = Math.min(MAX_MS, Math.max(0, Math.floor(nowMs)))
  if (ms > last.ms) return { ms, counter: 0 }
  return last.counter < MAX_COUNTER ? { ms: last.ms, counter: last.counter + 1 } : { ms: last.ms + 1, counter: 0 }
}

/** The later of two moments: what a device keeps after seeing another's stamp. */
export function later(a: Moment, b: Moment): Moment {
  return b.ms > a.ms || (b.ms === a.ms && b.counter > a.counter) ? b : a
}

/** What the server needs to know of a mutation's writing time to put a wrong clock right. */
export type Written = {
  hlc: Stamp
  /** The device's own wall clock at writing, ms since 1970. */
  at: number
  client: ClientId
}

/** A device whose clock offset was known may still be this far off (latency, drift) before its stamps are corrected. */
const TOLERANCE_MS = 60_000

/**
 * The stamps of one client's batch (in the order of writing) as the server takes them.
 * `skewMs` = server's now − client's now in this request; `measured` says whether the client stamped with a known offset.
 * A stamp that fits the corrected wall time stays as it is; another is moved to that time, never after `serverNow`, and the
 * order of writing is kept, also against `after`, the last stamp taken from this client. A wrong clock is thus never a
 * reason to drop or refuse (SYNC, rule 3).
 */
export function correctStamps(
  batch: readonly Written[],
  { skewMs, serverNow, measured, after }: { skewMs: number; serverNow: number; measured: boolean; after: Stamp | null },
): Stamp[] {
  const tolerance = measured ? TOLERANCE_MS : 1_000
  const wanted = batch.map((write) => {
    const { ms } = momentOf(write.hlc)
    const real = write.at + skewMs
    const fits = Math.abs(real - ms) <= tolerance && ms <= serverNow + 1_000
    return { write, fits, ms: fits ? ms : Math.max(0, Math.min(real, serverNow)) }
  })
  for (let i = wanted.length - 2; i >= 0; i--) {
    const [current, next] = [wanted[i]!, wanted[i + 1]!]
    const limit = next.fits ? next.ms - 1 : next.ms
    if (!current.fits && current.ms > limit) current.ms = Math.max(0, limit)
  }
  let last: Moment = after ? momentOf(after) : { ms: -1, counter: 0 }
  return wanted.map(({ write, fits, ms }) => {
    if (fits) {
      last = later(last, momentOf(write.hlc))
      return write.hlc
    }
    last = tick(last, ms)
    return stampOf(last, write.client)
  })
}
