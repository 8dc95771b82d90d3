/** A busy machine with two cores must not fail a test: waiting for an event has a bound against hanging, not a measure of speed. */
import { vi } from 'vitest'

const waitFor = vi.waitFor.bind(vi)
const PATIENCE_MS = 10_000

vi.waitFor = ((condition: () => unknown, options: Parameters<typeof waitFor>[1] = {}) =>
  waitFor(condition, typeof options === 'number' ? options : { timeout: PATIENCE_MS, interval: 20, ...options })) as typeof vi.waitFor
