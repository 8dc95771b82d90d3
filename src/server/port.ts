/** Everything the server's parts work with, put together once in `main.ts` (or in a test). */
import type { Kysely } from 'kysely'
import type { AccessChanges } from './accounts/access-changes.ts'
import type { Auth } from './accounts/auth.ts'
import type { Codes } from './accounts/codes.ts'
import type { Mail, Postbox } from './accounts/mail.ts'
import type { Municipalities } from './accounts/municipalities.ts'
import type { Config } from './config.ts'
import type { LabContent } from './content.ts'
import type { Engine } from './db/database.ts'
import type { Tables } from './db/tables.ts'
import type { Log } from './http/log.ts'
import type { Metrics } from './http/metrics.ts'
import type { Pace } from './http/pace.ts'
import type { Pokes } from './sync/pokes.ts'

export type ServerPort = {
  config: Config & { secret: string }
  version: string
  db: Kysely<Tables>
  engine: Engine
  /** The history that this database holds (SYNC, rule 7). */
  epoch: string
  /** ms since 1970. */
  now: () => number
  auth: Auth
  /** For letters of which the sender must know whether they went. */
  mail: Mail
  postbox: Postbox
  codes: Codes
  pokes: Pokes
  accessChanges: AccessChanges
  municipalities: Municipalities
  labContent: LabContent
  /** The folder of the built client; null when another server gives it (development). */
  client: string | null
  log: Log
  metrics: Metrics
  syncs: Pace
  /** True once a stop was asked. */
  stopping: () => boolean
  /** The functions that end the open event streams. */
  streams: Set<() => void>
}
