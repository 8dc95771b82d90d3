/** Puts the server's parts together around a database: the same for the process and for tests. */
import { createAccessChanges, ACCESS_CHANNEL } from './accounts/access-changes.ts'
import { createAuth } from './accounts/auth.ts'
import { createCodes } from './accounts/codes.ts'
import { createPostbox, type Mail } from './accounts/mail.ts'
import { admit } from './accounts/membership.ts'
import { municipalityOfOrganisation, type Municipalities } from './accounts/municipalities.ts'
import { grantRoles } from './accounts/roles.ts'
import type { Config } from './config.ts'
import { noLabContent, type LabContent } from './content.ts'
import type { Database } from './db/database.ts'
import { readEpoch } from './db/epoch.ts'
import { notify } from './db/relay.ts'
import { PersonId } from '../domain/ids.ts'
import type { Log } from './http/log.ts'
import { createMetrics } from './http/metrics.ts'
import { createPace } from './http/pace.ts'
import type { ServerPort } from './port.ts'
import { createPokes } from './sync/pokes.ts'

export type Parts = {
  config: Config & { secret: string }
  version: string
  database: Database
  mail: Mail
  municipalities: Municipalities
  /** Left out: no labs are known by their words. */
  labContent?: LabContent
  client: string | null
  log: Log
  now?: () => number
}

export type Composed = ServerPort & {
  /** Told by another process of the server. */
  receive: { access: (person: string) => void; poke: (payload: string) => void; epoch: () => Promise<void> }
  /** Lets every device connect anew. */
  endStreams: () => void
  /** No longer ready; open streams end. */
  stop: () => void
}

export async function compose({ config, version, database, mail, municipalities, labContent = noLabContent, client, log, now = Date.now }: Parts): Promise<Composed> {
  const { db, engine } = database
  const metrics = createMetrics()
  const pokes = createPokes()
  const accessChanges = createAccessChanges((person) => void notify(database, ACCESS_CHANNEL, person))
  const postbox = createPostbox(mail, (code) => {
    metrics.count('opstap_mails_failed_total')
    log.error('mail-failed', { code })
  })
  const codes = createCodes(postbox)
  const streams = new Set<() => void>()
  metrics.gauge('opstap_event_streams', () => streams.size)
  metrics.gauge('process_resident_memory_bytes', () => process.memoryUsage.rss())
  const port = { config, version, db, engine, epoch: await readEpoch(db), now, mail, postbox, codes, pokes, accessChanges, municipalities, labContent, client, log, metrics, syncs: createPace(now), streams }
  const auth = createAuth({
    db,
    config,
    log,
    sendCode: codes.send,
    signedIn: (person) => grantRoles(db, config, person),
    async worksFor(person, organisation) {
      const municipality = municipalityOfOrganisation(municipalities, organisation)
      if (municipality) await admit(port, municipality, PersonId.parse(person))
    },
  })
  let stopping = false
  const endStreams = () => {
    for (const end of [...streams]) end()
  }
  const composed: Composed = {
    ...port,
    auth,
    stopping: () => stopping,
    receive: {
      access: accessChanges.receive,
      poke: pokes.receive,
      async epoch() {
        composed.epoch = await readEpoch(db)
      },
    },
    endStreams,
    stop() {
      stopping = true
      endStreams()
    },
  }
  return composed
}
