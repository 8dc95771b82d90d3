/** The releases that were kept, as tests read them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeviceDump } from '../support/device-dump.ts'
import type { WireForm } from '../support/wire.ts'

export type Release = {
  version: string
  /** ISO moment of the last write in it. */
  takenAt: string
  /** Of its wire. */
  fingerprint: string
  /** What An's phone showed of the dossier: collection → row → values. */
  shown: Record<string, Record<string, Record<string, unknown>>>
  /** The last request that An's phone sent, of which it never got the answer. */
  request: unknown
}

export type KeptRelease = Release & {
  wire: WireForm
  /** An's phone: work that waits, that was offered, that is parked, and a choice. */
  device: DeviceDump
  /** A phone without an account. */
  unowned: DeviceDump
  unsentWork: string
  /** A backup of the server. */
  server: string
}

const here = fileURLToPath(new URL('.', import.meta.url))

/** The oldest first. */
export function keptReleases(): KeptRelease[] {
  return readdirSync(here)
    .filter((name) => existsSync(join(here, name, 'release.json')))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => {
      const text = (file: string) => readFileSync(join(here, name, file), 'utf8')
      const json = (file: string) => JSON.parse(text(file))
      return { ...json('release.json'), wire: json('wire.json'), device: json('device.json'), unowned: json('unowned.json'), unsentWork: text('unsent-work.json'), server: join(here, name, 'server.gz') }
    })
}
