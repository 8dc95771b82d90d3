/** What can happen in a history, and how often fast-check draws it. Numbers that name a device, a tab or a row count round. */
import * as fc from 'fast-check'

export const wireFaults = [
  'none',
  'drop-request',
  'drop-answer',
  'duplicate',
  'late-copy',
  'hold-request',
  'hold-answer',
  'truncate',
  'error-500',
  'captive-portal',
  'too-many',
  'connection-lost',
  'commit-lost',
  'server-crash',
] as const
/** What happens to one request; `at` is the statement at which the server loses its database or ends, `after` it or before. */
export type WireFault = { kind: (typeof wireFaults)[number]; at: number; after: boolean }

export const writes = ['status', 'title', 'url', 'use', 'value', 'bookmark', 'place', 'remove', 'settle'] as const
export type WriteKind = (typeof writes)[number]

type OnDevice = { device: number }
type OnTab = OnDevice & { tab: number }
export type Write = OnTab & { row: number; value: number }

export type Step =
  | ({ do: 'write'; what: WriteKind } & Write)
  | ({ do: 'type'; cut: boolean } & Write)
  | ({ do: 'poison' } & Write)
  | ({ do: 'net'; online: boolean } & OnDevice)
  | ({ do: 'sync'; faults: WireFault[]; first: boolean } & Write)
  | { do: 'release'; reversed: boolean }
  | { do: 'wait'; ms: number }
  | ({ do: 'clock'; skew: number } & OnDevice)
  | ({ do: 'crash'; at: number; during: 'type' | 'write' | 'sync' } & Write)
  | ({ do: 'quota'; at: number; atCommit: boolean; during: 'type' | 'write' | 'sync' } & Write)
  | ({ do: 'freeze' | 'thaw' | 'close' } & OnTab)
  | ({ do: 'tab' | 'upgrade' | 'revoke' | 'grant' | 'clone' | 'signIn' | 'expire' } & OnDevice)
  | { do: 'backup' }
  | { do: 'restore'; which: number }
  | { do: 'overlap'; first: number; second: number; at: number }
  | { do: 'future'; row: number }

export type Start = { person: number; signedIn: boolean; online: boolean }
export type History = { devices: Start[]; casJoined: boolean; wake: boolean; steps: Step[] }

const HOUR = 3_600_000
const skews = [0, 2 * HOUR, -2 * HOUR, 87_660 * HOUR, -Date.UTC(2026, 10, 20)]

const device = fc.nat({ max: 4 })
const tab = fc.nat({ max: 2 })
const row = fc.nat({ max: 1 })
const value = fc.nat({ max: 5 })
const at = fc.integer({ min: 1, max: 18 })
const write = { device, tab, row, value }
const during = fc.constantFrom('type' as const, 'write' as const, 'sync' as const)
const fault: fc.Arbitrary<WireFault> = fc.record({ kind: fc.constantFrom(...wireFaults, 'commit-lost' as const, 'commit-lost' as const), at, after: fc.boolean() })
const named = <K extends string>(name: K) => fc.constant(name)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: named('write'), what: fc.constantFrom(...writes), ...write }) },
  { weight: 10, arbitrary: fc.record({ do: named('type'), cut: fc.nat({ max: 4 }).map((n) => n === 0), ...write }) },
  { weight: 1, arbitrary: fc.record({ do: named('poison'), ...write }) },
  { weight: 5, arbitrary: fc.record({ do: named('net'), device, online: fc.boolean() }) },
  { weight: 10, arbitrary: fc.record({ do: named('sync'), faults: fc.array(fault, { minLength: 1, maxLength: 3 }), first: fc.nat({ max: 3 }).map((n) => n > 0), ...write }) },
  { weight: 4, arbitrary: fc.record({ do: named('release'), reversed: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: named('wait'), ms: fc.constantFrom(1, 1_000, 16_000, 61_000, 600_000, 24 * HOUR) }) },
  { weight: 3, arbitrary: fc.record({ do: named('clock'), device, skew: fc.constantFrom(...skews) }) },
  { weight: 4, arbitrary: fc.record({ do: named('crash'), at, during, ...write }) },
  { weight: 3, arbitrary: fc.record({ do: named('quota'), at: fc.integer({ min: 1, max: 4 }), atCommit: fc.boolean(), during, ...write }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('freeze' as const, 'freeze' as const, 'thaw' as const, 'close' as const), device, tab }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('tab' as const, 'tab' as const, 'upgrade' as const), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('revoke' as const, 'grant' as const, 'grant' as const), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('signIn' as const, 'signIn' as const, 'expire' as const, 'clone' as const), device }) },
  { weight: 1, arbitrary: fc.record({ do: named('backup') }) },
  { weight: 1, arbitrary: fc.record({ do: named('restore'), which: value }) },
  { weight: 5, arbitrary: fc.record({ do: named('overlap'), first: device, second: device, at: fc.integer({ min: 1, max: 14 }) }) },
  { weight: 1, arbitrary: fc.record({ do: named('future'), row }) },
)

export const history: fc.Arbitrary<History> = fc.record({
  devices: fc.array(fc.record({ person: fc.nat({ max: 2 }), signedIn: fc.nat({ max: 3 }).map((n) => n > 0), online: fc.boolean() }), { minLength: 2, maxLength: 4 }),
  casJoined: fc.boolean(),
  wake: fc.boolean(),
  steps: fc.array(step, { minLength: 8, maxLength: 40, size: 'max' }),
})
