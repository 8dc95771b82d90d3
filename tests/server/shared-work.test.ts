import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeAllShared } from '../../src/server/labs/shared-work.ts'
import { engines } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { facilitator, inTeam, LAB, makeLab, rowsOf, statuses, sync, type Person } from './lab-stage.ts'

let server: TestServer
afterEach(() => server.close())

/** A photo that the server has, by its name. */
function photo(mark: number): string {
  const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, mark, 0xff, 0xd9])
  const name = createHash('sha256').update(bytes).digest('hex')
  const folder = join(server.port.config.dataDir, 'photos')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), bytes)
  return name
}
const snapshot = (who: string, more: Record<string, unknown> = {}, file?: string) => ({
  version: 1,
  title: 'Persona',
  shared: true,
  fields: [{ id: 'wie', kind: 'shortText', label: 'Wie?' }, { id: 'beeld', kind: 'photo', label: 'Beeld' }],
  answers: { wie: who, ...(file ? { beeld: [{ file, alt: 'Een plein' }] } : {}) },
  ...more,
})

async function stage() {
  const bart = await facilitator(server)
  const { person: an, team: damme } = await inTeam(server, 'an@x.example', '31006')
  const { person: bo, team: zuienkerke } = await inTeam(server, 'bo@x.example', '31042')
  await makeLab(bart, '31006', '31042')
  const space = `entry:${LAB}:${damme}`
  const send = async (of: Record<string, unknown>, at?: number) => {
    const row = uuidv7()
    expect(statuses(await sync(an, { space, collection: 'submission', row, set: { assignment: 'persona', snapshot: of, from: 'An' }, ...(at ? { at } : {}) }))).toEqual(['applied'])
    return row
  }
  const release = async (submission: string) =>
    expect(statuses(await sync(bart, { space, collection: 'feedback', row: uuidv7(), set: { submission, text: 'Mooi.', verdict: 'done', from: 'Bart', releasedAt: new Date().toISOString() } }))).toEqual(['applied'])
  const agree = (agreed: boolean, by: Person = an) => sync(by, { space, collection: 'sharing', row: 'persona', set: { agreed } })
  /** What the team of Zuienkerke may read of others. */
  const seen = async () => rowsOf(await sync(bo), 'sharedWork').filter(({ values }) => values['snapshot'] !== null)
  return { bart, an, bo, damme, zuienkerke, space, send, release, agree, seen }
}

describe.each(engines)('work that teams share on $name', (engine) => {
  beforeEach(async () => {
    server = await startTestServer({ engine })
  })

  test('is there for the other teams after the feedback, when the team agreed, and not before', async () => {
    const { bo, damme, send, release, agree, seen } = await stage()
    const sent = await send(snapshot('Zonnebloem'))
    await agree(true)
    expect(await seen()).toEqual([])
    expect(JSON.stringify(await sync(bo))).not.toContain('Zonnebloem')
    await release(sent)
    expect(await seen()).toEqual([{ space: `lab:${LAB}`, id: `${damme}--persona`, values: { team: damme, assignment: 'persona', snapshot: snapshot('Zonnebloem') } }])
  })

  test('is not there without a yes, without feedback, or where the form did not say so', async () => {
    const { send, release, agree, seen } = await stage()
    await release(await send(snapshot('Zonnebloem')))
    expect(await seen()).toEqual([])
    await agree(false)
    expect(await seen()).toEqual([])
    const { shared: _shared, ...unshared } = snapshot('Klaproos')
    await release(await send(unshared, Date.now() + 1_000))
    await agree(true)
    expect((await seen()).map(({ values }) => (values['snapshot'] as { answers: unknown }).answers)).toEqual([{ wie: 'Zonnebloem' }])
    await send(snapshot('Nog zonder feedback'), Date.now() + 2_000)
    expect(JSON.stringify(await seen())).not.toContain('Nog zonder feedback')
  })

  test('shows the latest that has feedback', async () => {
    const { send, release, agree, seen } = await stage()
    await release(await send(snapshot('Eerst'), Date.now() - 60_000))
    await agree(true)
    await release(await send(snapshot('Daarna')))
    expect((await seen()).map(({ values }) => (values['snapshot'] as { answers: unknown }).answers)).toEqual([{ wie: 'Daarna' }])
  })

  test('leaves when the team takes it back, also out of the history, and comes back when it agrees again', async () => {
    const { bo, damme, send, release, agree, seen } = await stage()
    await release(await send(snapshot('Zonnebloem')))
    await agree(true)
    expect(await seen()).toHaveLength(1)
    await agree(false)
    expect(await seen()).toEqual([])
    expect(JSON.stringify(await sync(bo))).not.toContain('Zonnebloem')
    const history = await bo.request(`/api/history?${new URLSearchParams({ space: `lab:${LAB}`, rows: `sharedWork:${damme}--persona` })}`)
    expect(history.status).toBe(200)
    expect(await history.text()).not.toContain('Zonnebloem')
    await agree(true)
    expect(await seen()).toHaveLength(1)
  })

  test('leaves with a team that is taken out of the lab, and comes back with it', async () => {
    const { bart, damme, send, release, agree, seen } = await stage()
    await release(await send(snapshot('Zonnebloem')))
    await agree(true)
    await bart.request(`/api/labs/${LAB}/teams/${damme}`, { method: 'DELETE' })
    expect(await seen()).toEqual([])
    await bart.post(`/api/labs/${LAB}/teams`, { nis: '31006' })
    expect(await seen()).toHaveLength(1)
  })

  test('is shared by the team itself alone, and read by nobody outside the lab', async () => {
    const { bart, bo, damme, zuienkerke, send, release, agree, seen } = await stage()
    await release(await send(snapshot('Zonnebloem')))
    for (const person of [bo, bart]) expect(statuses(await agree(true, person))).toEqual(['parked'])
    const forged = { space: `lab:${LAB}`, collection: 'sharedWork', row: `${zuienkerke}--persona`, set: { team: zuienkerke, assignment: 'persona', snapshot: snapshot('Vals') } }
    for (const person of [bo, bart]) expect(statuses(await sync(person, forged))).toEqual(['parked'])
    expect(await seen()).toEqual([])
    await agree(true)
    const stranger = await inTeam(server, 'dirk@x.example', '31004')
    const carla = await facilitator(server, 'carla@x.example')
    for (const person of [stranger.person, carla]) expect(JSON.stringify(await sync(person))).not.toContain('Zonnebloem')
    expect((await seen()).map(({ id }) => id)).toEqual([`${damme}--persona`])
  })

  test('brings its photos along, and no others, for as long as it is shared', async () => {
    const { an, bo, damme, send, release, agree } = await stage()
    const [shown, own] = [photo(1), photo(2)]
    await sync(an, { space: `team:${damme}`, collection: 'assignmentRow', row: `${LAB}--persona--beeld--${uuidv7()}`, set: { 'value.file': own } })
    await release(await send(snapshot('Zonnebloem', {}, shown)))
    const get = async (person: Person, name: string, space: string) => (await person.request(`/api/photos/${name}?${new URLSearchParams({ space })}`)).status
    expect(await get(bo, shown, `lab:${LAB}`)).toBe(404)
    await agree(true)
    expect(await get(bo, shown, `lab:${LAB}`)).toBe(200)
    expect(await get(bo, own, `lab:${LAB}`)).toBe(404)
    expect(await get(bo, shown, `entry:${LAB}:${damme}`)).toBe(404)
    const stranger = await inTeam(server, 'dirk@x.example', '31004')
    expect(await get(stranger.person, shown, `lab:${LAB}`)).toBe(404)
    await agree(false)
    expect(await get(bo, shown, `lab:${LAB}`)).toBe(404)
    expect(await get(an, shown, `entry:${LAB}:${damme}`)).toBe(200)
  })

  test('is made and emptied again when the process stopped between two writes', async () => {
    const { an, damme, send, release, agree, seen } = await stage()
    await release(await send(snapshot('Zonnebloem')))
    await agree(true)
    await server.db.deleteFrom('sync_row').where('collection', '=', 'sharedWork').execute()
    expect(await seen()).toEqual([])
    await writeAllShared(server.port)
    expect(await seen()).toHaveLength(1)
    await server.db.updateTable('sync_row').set({ row_values: '{"agreed":false}' }).where('collection', '=', 'sharing').execute()
    await writeAllShared(server.port)
    expect(await seen()).toEqual([])
    expect(rowsOf(await sync(an), 'submission')).toMatchObject([{ space: `entry:${LAB}:${damme}` }])
  })
})
