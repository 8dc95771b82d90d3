/** The process: reads the environment, opens what it needs, listens, and stops in good order. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { ACCESS_CHANNEL } from './accounts/access-changes.ts'
import { demonstrate } from './accounts/demonstration.ts'
import { mailOf } from './accounts/mail.ts'
import { writeAllMembers } from './accounts/membership.ts'
import { forget } from './accounts/retention.ts'
import { createApp } from './app.ts'
import { noteCandidates } from './labs/calls.ts'
import { mailTeams, prompt } from './labs/lab-mail.ts'
import { writeAllLabs } from './labs/labs.ts'
import { writeAllShared } from './labs/shared-work.ts'
import { compose, type Composed } from './compose.ts'
import { readConfig, StartProblem } from './config.ts'
import { readLabContent, readMunicipalities } from './content.ts'
import type { Database } from './db/database.ts'
import { EPOCH_CHANNEL } from './db/epoch.ts'
import { openDatabase } from './db/open.ts'
import { listen } from './db/relay.ts'
import { createLog, faultFacts, type Log } from './http/log.ts'
import { bind, type Listening } from './listen.ts'
import { sweepPhotos } from './photos/kept-photos.ts'
import { runCommand } from './ops/command.ts'
import { registerQuestions } from './questions/arrival.ts'
import { keptSecret } from './secret.ts'
import { POKE_CHANNEL } from './sync/pokes.ts'
import { emptyTrash } from './sync/trash.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** What still runs so long after a stop was asked is cut off. */
const STOP_MS = 8_000

/** The folder with package.json, seen from `src/server` as well as from `dist/server`. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

async function serve(): Promise<void> {
  const parsed = readConfig(process.env)
  const client = parsed.clientDir ?? join(root, 'dist', 'client')
  const municipalities = readMunicipalities(client)
  if (parsed.production && !municipalities) throw new StartProblem('de app is niet gebouwd. Voer eerst uit: npm run build')
  const log = createLog(parsed.production ? 'info' : 'warn', (line) => process.stdout.write(line), Date.now)
  const listening = await bind(parsed)
  const database = await openDatabase(parsed).catch(async (error: unknown) => {
    await listening.close()
    throw error
  })
  const config = { ...parsed, secret: parsed.secret ?? keptSecret(parsed.dataDir) }
  const port = await compose({ config, version: versionOf(), database, mail: mailOf(config), municipalities: municipalities ?? new Map(), labContent: readLabContent(client), client, log })
  const stopRelay = await relay(database, port)
  if (!config.production) await demonstrate(port)
  await writeAllMembers(port)
  await writeAllLabs(port)
  await noteCandidates(port)
  await writeAllShared(port)
  await registerQuestions(port)
  const stopCleaning = clean(port, log)
  const stopMailing = keepMailing(port, log)
  const answer = getRequestListener(createApp(port).fetch)
  listening.answerWith((request, response) => void answer(request, response))
  stopOnFault(log, config.production)
  stopOnSignal(listening, port, async () => {
    stopCleaning()
    await stopMailing()
    await stopRelay()
    await database.close()
  })
  process.stdout.write(`Opstap luistert op ${listening.address}\n`)
}

const versionOf = () => (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version

/** Hears the other processes on one PostgreSQL; the embedded database has no others. */
async function relay({ connectionString }: Database, port: Composed): Promise<() => Promise<void>> {
  if (connectionString === null) return async () => {}
  const handlers = { [POKE_CHANNEL]: port.receive.poke, [ACCESS_CHANNEL]: port.receive.access, [EPOCH_CHANNEL]: () => void port.receive.epoch() }
  return listen(connectionString, handlers, () => {
    void port.receive.epoch()
    // Pokes may have been missed: the devices connect again and ask.
    port.endStreams()
  })
}

function clean(port: Composed, log: Log): () => void {
  const guarded = (work: () => Promise<unknown>) => () => void work().catch((error: unknown) => log.error('fault', faultFacts(error)))
  const tidy = async () => {
    await emptyTrash(port, port.now())
    await sweepPhotos(port)
  }
  const timers = [setInterval(guarded(() => forget(port.db, port.now())), HOUR_MS), setInterval(guarded(tidy), DAY_MS)]
  // Also on a server that is started every morning.
  guarded(tidy)()
  return () => timers.forEach(clearInterval)
}

/** One round at a time; the returned function waits for the one that runs. */
function keepMailing(port: Composed, log: Log): () => Promise<void> {
  const last = {}
  let round: Promise<void> | undefined
  const begin = () => {
    round ??= (port.config.production ? mailTeams(port, last) : mailTeams(port, last, prompt))
      .catch((error: unknown) => log.error('fault', faultFacts(error)))
      .finally(() => (round = undefined))
  }
  const timer = setInterval(begin, port.config.production ? MINUTE_MS : prompt.quiet)
  begin()
  return async () => {
    clearInterval(timer)
    await round
  }
}

/** After a fault that nothing caught the state is unknown: end, and let the next start put things right. */
function stopOnFault(log: Log, production: boolean): void {
  process.on('uncaughtException', (error) => {
    log.error('crash', faultFacts(error, !production))
    process.exit(1)
  })
}

/** Finishes what runs, then closes the database cleanly. A second signal changes nothing; a stop that hangs is cut off. */
function stopOnSignal(listening: Listening, port: Composed, close: () => Promise<void>): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_MS).unref()
    port.stop()
    await listening.close()
    await port.postbox.empty()
    await close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
}

const [command, ...words] = process.argv.slice(2)
await (command === undefined ? serve() : runCommand(command, words)).catch((error: unknown) => {
  if (!(error instanceof StartProblem)) throw error
  process.stderr.write(`${command === undefined ? 'Opstap start niet' : `${command} is niet gelukt`}: ${error.message}.\n`)
  process.exit(1)
})
