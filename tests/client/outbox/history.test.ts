// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { damme, device, NOW, expectText, open, serve, sessionOf } from '../account/stage.ts'
// After the stage: the store looks for the browser's database when it loads.
import { collections } from '../../../src/domain/collections.ts'
import { stampOf } from '../../../src/domain/clock.ts'
import type { ClientId } from '../../../src/domain/ids.ts'
import { teamSpace } from '../../../src/domain/spaces.ts'
import type { StoredItem } from '../../../src/client/db/database.ts'
import type { Client } from '../../../src/client/sync/client.ts'
import { openText } from '../../../src/protocol/text.ts'

const { taskProgress } = collections
const team = teamSpace('team-damme')
const an = sessionOf('an', { teams: [damme()] })
const HOUR_MS = 3_600_000
const question = `GET /api/history?space=${encodeURIComponent(team)}&rows=taskProgress%3Afocus-kiezen`

type Told = { unit: string; value: unknown; person: string; at: number; status?: string; receivedAt?: number }
const version = ({ unit, value, person, at, status = 'applied', receivedAt = at }: Told) => ({ id: `v${at}.${unit}`, collection: 'taskProgress', row: 'focus-kiezen', unit, value, person, at, receivedAt, status })

function textOf(words: string) {
  const text = openText()
  text.splice({ at: 0, removed: 0, inserted: words })
  return text.unsettled()!.value
}

async function signedIn(): Promise<Client> {
  const client = await device()
  await client.db.items.put({ kind: 'task', id: 'focus-kiezen', title: 'Kies je focus', position: 1, shard: 'starter' } as unknown as StoredItem)
  await client.signedIn(an)
  await client.engine.settled()
  const stamp = stampOf({ ms: NOW - HOUR_MS, counter: 0 }, 'bbbbbbbbbb' as ClientId)
  await client.db.rows.bulkPut([
    { space: team, collection: 'member', id: 'bo', values: { name: 'Bo Peeters', role: 'member', left: true }, stamps: {}, by: {}, keys: [] },
    { space: team, collection: 'taskProgress', id: 'focus-kiezen', values: { status: 'done', note: textOf('Nieuwe tekst.') }, stamps: { status: stamp, note: stamp }, by: { status: 'bo', note: 'bo' }, keys: [] },
  ])
  return client
}
const values = async (client: Client) => (await client.db.rows.get([team, 'taskProgress', 'focus-kiezen']))!.values
const wholeHistory = (more = false) => () =>
  [
    200,
    {
      versions: [
        version({ unit: 'note', value: 'Nieuwe tekst.', person: 'bo', at: NOW - HOUR_MS }),
        version({ unit: 'status', value: 'done', person: 'bo', at: NOW - HOUR_MS }),
        version({ unit: 'status', value: 'notApplicable', person: 'an', at: NOW - 5 * HOUR_MS, status: 'superseded', receivedAt: NOW - HOUR_MS }),
        version({ unit: 'note', value: 'Wat er eerst stond.', person: 'an', at: NOW - 24 * HOUR_MS }),
      ],
      more,
    },
  ] as const

describe('the history of a task', () => {
  test('tells who, when and what, what holds, and what was not used', async () => {
    serve({ [question]: wholeHistory() })
    const screen = await open(await signedIn(), '/starten/focus-kiezen/geschiedenis')
    await expectText(screen, 'Notitie bij “Kies je focus”Nieuwe tekst.Bo Peeters, op maandag 12 mei 2025 om 09.00Dit geldt nu')
    expect(screen.text).toContain('Status van “Kies je focus”: Niet van toepassing')
    expect(screen.text).toContain('Jij, op maandag 12 mei 2025 om 05.00, aangekomen op maandag 12 mei 2025 om 09.00')
    expect(screen.text).toContain('Niet gebruikt: er stond al iets van later')
    expect(screen.wrapper.findAll('li')).toHaveLength(4)
    expect(screen.wrapper.findAll('li button')).toHaveLength(2)
  })
  test('puts an earlier text back as a new change, letter for letter where it stayed the same', async () => {
    serve({ [question]: wholeHistory() })
    const client = await signedIn()
    const screen = await open(client, '/starten/focus-kiezen/geschiedenis')
    await screen.press('Zet terug Notitie bij “Kies je focus”, Jij, op zondag 11 mei 2025 om 10.00')
    await expectText(screen, 'Teruggezet: Notitie bij “Kies je focus”.')
    expect((await values(client))['note']).toMatchObject({ t: 'Wat er eerst stond.' })
    const [entry, ...others] = await client.unsent()
    expect(others).toEqual([])
    expect(entry).toMatchObject({ collection: 'taskProgress', row: 'focus-kiezen', set: { note: { t: 'Wat er eerst stond.' } } })
    await expectText(screen, 'Nog niet verstuurd')
  })
  test('puts an earlier status back', async () => {
    serve({ [question]: wholeHistory() })
    const client = await signedIn()
    const screen = await open(client, '/starten/focus-kiezen/geschiedenis')
    await screen.press('Zet terug Status van “Kies je focus”, Jij, op maandag 12 mei 2025 om 05.00')
    await vi.waitFor(async () => expect((await values(client))['status']).toBe('notApplicable'))
    expect((await values(client))['note']).toMatchObject({ t: 'Nieuwe tekst.' })
  })
  test('says what it is without a connection: the own changes of this device, and it asks again', async () => {
    const served = serve({})
    const client = await signedIn()
    await client.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    const screen = await open(client, '/starten/focus-kiezen/geschiedenis')
    await expectText(screen, 'Je ziet nu alleen wat dit toestel weet')
    await expectText(screen, 'Status van “Kies je focus”: Bezig')
    expect(screen.text).not.toContain('Wat er eerst stond.')
    served.answers[question] = wholeHistory()
    await screen.press('Probeer opnieuw')
    await expectText(screen, 'Wat er eerst stond.')
    expect(screen.text).toContain('Status van “Kies je focus”: Bezig')
  })
  test('asks for older ones', async () => {
    serve({
      [question]: wholeHistory(true),
      [`${question}&before=v${NOW - 24 * HOUR_MS}.note`]: () => [200, { versions: [version({ unit: 'note', value: 'Het allereerste.', person: 'bo', at: NOW - 48 * HOUR_MS })], more: false }],
    })
    const screen = await open(await signedIn(), '/starten/focus-kiezen/geschiedenis')
    await screen.press('Toon oudere versies')
    await expectText(screen, 'Het allereerste.')
    expect(screen.text).toContain('Nieuwe tekst.')
    expect(screen.has('button', 'Toon oudere versies')).toBe(false)
  })
  test('without an account is what this device wrote, and nothing is asked', async () => {
    const { asked } = serve({})
    const client = await device()
    await client.write(taskProgress, 'focus-kiezen', { status: 'inProgress' })
    const screen = await open(client, '/starten/focus-kiezen/geschiedenis')
    await expectText(screen, 'Je werkt zonder account.')
    expect(screen.text).toContain('Bezig')
    expect(asked).toEqual([])
  })
  test('that is empty says what will stand there', async () => {
    serve({ [question]: () => [200, { versions: [], more: false }] })
    const client = await device()
    await client.signedIn(an)
    const screen = await open(client, '/starten/focus-kiezen/geschiedenis')
    await expectText(screen, 'Nog niets gewijzigd')
  })
})
