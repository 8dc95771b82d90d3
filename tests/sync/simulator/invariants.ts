/** What must hold after every history, once it has healed (SYNC: the promise, and rules 2, 4, 5, 6 and 8). */
import { fieldOf, unitOf } from '../../../src/domain/collection.ts'
import { collectionNamed } from '../../../src/domain/collections.ts'
import type { SpaceId } from '../../../src/domain/ids.ts'
import { equal } from '../../../src/domain/merge.ts'
import { LOCAL_SPACE } from '../../../src/domain/spaces.ts'
import { parseRow } from '../../../src/server/sync/row-store.ts'
import { toLocal } from '../../../src/client/sync/overlay.ts'
import type { OutboxEntry } from '../../../src/client/db/database.ts'
import type { SyncStatus } from '../../../src/client/sync/status.ts'
import { plain } from '../../support/world.ts'
import { Violation, type Simulation } from './simulation.ts'

type Logged = Awaited<ReturnType<typeof readLog>>[number]

const readLog = async ({ world }: Simulation) =>
  (await world.db.selectFrom('sync_mutation').selectAll().execute()).map((entry) => {
    const payload = JSON.parse(entry.payload || 'null') as { set?: Record<string, unknown> } | null
    return { ...entry, set: payload?.set ?? {}, words: wordsOf(payload?.set) }
  })

/** Everything readable in the values of a change; a text's update holds what was typed as UTF-8. */
function wordsOf(set: Record<string, unknown> | undefined): string {
  const texts = Object.values(set ?? {}).map((value) => (value as { y?: string } | null)?.y)
  return [JSON.stringify(set ?? {}), ...texts.map((y) => (y ? Buffer.from(y, 'base64').toString('utf8') : ''))].join('\n')
}

export async function verify(simulation: Simulation): Promise<void> {
  for (const { problems } of simulation.devices) if (problems.length > 0) throw new Violation(`no fault of the server: ${problems[0]}`)
  const log = await readLog(simulation)
  const unsent = (await Promise.all(simulation.devices.map((device) => device.entries()))).flat().filter(({ state }) => state !== 'acked')
  conserved(simulation, log, unsent)
  await once(simulation, log)
  await later(simulation, log)
  for (const device of simulation.devices) {
    await showsWhatItMaySee(simulation, device)
    await surfaces(device)
  }
}

const times = (text: string, token: string) => text.split(token).length - 1

function conserved({ confirmed }: Simulation, log: readonly Logged[], unsent: readonly OutboxEntry[]): void {
  const kept = [...log, ...unsent.map((entry) => ({ ...entry, words: wordsOf(entry.set) }))]
  const all = kept.map(({ words }) => words).join('\n')
  for (const { token, set, device } of confirmed)
    if (token && !all.includes(token)) throw new Violation(`conservation: ${token} of ${JSON.stringify(set)}, confirmed on ${device.name}, is nowhere`)
  // Values that are not unique are counted.
  const wanted = new Map<string, number>()
  const keyOf = (collection: string, row: string, set: Record<string, unknown>) => `${collection} ${row} ${JSON.stringify(set)}`
  for (const { token, collection, row, set } of confirmed) if (!token) wanted.set(keyOf(collection, row, set), (wanted.get(keyOf(collection, row, set)) ?? 0) + 1)
  for (const [key, count] of wanted) {
    const found = kept.filter(({ collection, row, set }) => keyOf(collection, row, set) === key).length
    if (found < count) throw new Violation(`conservation: ${key} was confirmed ${count} times and is kept ${found} times`)
  }
}

/** Each change is in the history once, and each piece of text once in the text where it was applied. */
async function once({ restored, copied, world, confirmed, cut }: Simulation, log: readonly Logged[]): Promise<void> {
  const seen = new Set<string>()
  for (const { client, hash, hlc, person } of log) {
    // What was no change at all is kept under the id it gave.
    if (hlc === '') continue
    const key = `${client} ${hash} ${hlc}`
    // After a restore rows are written back beside the changes they came from, and a device and its copy each take the same work
    // along to the team: what they write then has the same content.
    if (!restored && !copied.has(client) && person !== null && seen.has(key)) throw new Violation(`exactly once: a change of ${client} is twice in the history`)
    seen.add(key)
  }
  const rows = (await world.db.selectFrom('sync_row').selectAll().execute()).map(parseRow)
  for (const { token, text, collection, row: id } of confirmed) {
    if (!text) continue
    for (const row of rows.filter((stored) => stored.collection === collection && stored.id === id)) {
      const shown = times(String(plain(row.row.values)['note'] ?? ''), token)
      const applied = log.some((entry) => entry.space === row.space && entry.row === id && entry.status !== 'parked' && entry.words.includes(token))
      if (shown > 1) throw new Violation(`exactly once: ${token} stands ${shown} times in ${row.space} ${id}`)
      if (shown === 0 && applied && !cut.has(token)) throw new Violation(`conservation: ${token} was applied in ${row.space} ${id} and is not in the text`)
    }
  }
}

/** Of the values that the server took for a field the one written last is what it has. */
async function later({ world }: Simulation, log: readonly Logged[]): Promise<void> {
  const rows = (await world.db.selectFrom('sync_row').selectAll().execute()).map(parseRow)
  const heads = new Map((await world.db.selectFrom('sync_space').selectAll().execute()).map(({ id, head }) => [id, Number(head)]))
  for (const { space, collection, id, row, seq } of rows) {
    if (seq > heads.get(space)!) throw new Violation(`cursor: row ${id} has number ${seq} above the head of ${space}`)
    const definition = collectionNamed(collection)
    if (!definition) continue
    const written = log.filter((entry) => entry.space === space && entry.collection === collection && entry.row === id && entry.status !== 'parked')
    for (const [field, value] of Object.entries(row.values)) {
      if (fieldOf(definition, field)?.merge !== 'lastWriter') continue
      const last = written.filter(({ set }) => field in set).toSorted((a, b) => (a.hlc < b.hlc ? 1 : -1))[0]
      if (last && (last.hlc > row.stamps[unitOf(definition, field)]! || (last.hlc === row.stamps[unitOf(definition, field)] && !equal(last.set[field], value))))
        throw new Violation(`last writer: ${space} ${id} ${field} is ${JSON.stringify(value)}, written last was ${JSON.stringify(last.set[field])}`)
    }
  }
}

/** The device has exactly the rows that the server's one rule of visibility selects, as the server has them. */
async function showsWhatItMaySee({ world, restored }: Simulation, device: Simulation['devices'][number]): Promise<void> {
  const { db } = device.awake(0)
  const session = await db.read('session')
  if (!session) return
  const visible = world.access(device.person).map(({ space }) => space)
  const stored = (await world.db.selectFrom('sync_row').selectAll().where('space', 'in', visible).execute()).map(parseRow)
  const expected = new Map(stored.map(({ space, collection, id, row }) => [`${space} ${collection} ${id}`, toLocal(space as SpaceId, collection, id, row)]))
  const held = (await db.rows.toArray()).filter(({ space }) => space !== LOCAL_SPACE)
  for (const row of held) {
    const key = `${row.space} ${row.collection} ${row.id}`
    const wanted = expected.get(key)
    expected.delete(key)
    // What only a later version of the app can write back stays where it is.
    if (!wanted && restored && !collectionNamed(row.collection)) continue
    if (!wanted) throw new Violation(`device rows: ${device.name} shows ${key}, which the server does not give it`)
    const [mine, theirs] = [row, wanted].map((one) => ({ values: plain(one.values), stamps: one.stamps, by: one.by, keys: one.keys, stale: one.stale }))
    if (!equal(clean(mine!), clean(theirs!))) throw new Violation(`convergence: ${device.name} shows ${key} as ${JSON.stringify(mine)}, the server has ${JSON.stringify(theirs)}`)
  }
  if (expected.size > 0) throw new Violation(`gap-free: ${device.name} misses ${[...expected.keys()].join(', ')}`)
}

const clean = (row: object) => JSON.parse(JSON.stringify(row)) as unknown

/** A change that the server could not apply is said to the person. */
async function surfaces(device: Simulation['devices'][number]): Promise<void> {
  const { client, db } = device.awake(0)
  const session = await db.read('session')
  const parked = (await db.outbox.where('state').equals('parked').toArray()).filter(({ author }) => author === session?.person.id)
  if (!session || parked.length === 0) return
  const status = await new Promise<SyncStatus>((resolve) => {
    const subscription = client.status.subscribe((next) => {
      resolve(next)
      setTimeout(() => subscription.unsubscribe(), 0)
    })
  })
  // The more urgent comes first, and a device without room stays so until it could write again.
  if (!['failed', 'choice', 'full'].includes(status.kind)) throw new Violation(`surfaces: ${device.name} holds ${parked.length} parked and says ${status.kind}`)
}
