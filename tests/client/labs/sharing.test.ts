// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { sharing } from '../../../src/domain/collections.ts'
import { arrived, ENTRY, LAB, lab, labDevice, NOW, open, persona, rows, send, SENT, snapshot, type } from './stage.ts'

const path = `/leerlabo/${LAB}/opdracht/persona`
const shared = { 'assignments/persona.md': persona.replace('reviewedOn:', 'shared: true\nreviewedOn:') }
const released = { submission: SENT, text: 'Mooi.', verdict: 'done', from: 'Bart', releasedAt: new Date(NOW - 3_600_000).toISOString() }

async function fillAndCheck() {
  const { client, passTime } = await labDevice(shared)
  await lab(client)
  const screen = await open(client, path)
  await screen.says('Wie leest dit?')
  await type(screen, 'Hoe heet die', 'Zonnebloem')
  await type(screen, 'Een gewone dag', 'Brengt de kinderen.')
  ;(await screen.get<HTMLInputElement>('input', 'Rust')).click()
  await flushPromises()
  await passTime()
  await screen.press(/^Kijk je antwoorden na/)
  await screen.says('Mogen de andere teams van dit leerlabo dit lezen?')
  return { client, screen }
}

test('nothing is shared unless the team says so', async () => {
  const { client, screen } = await fillAndCheck()
  expect((await screen.get<HTMLInputElement>('input', /^Nee, enkel/)).checked).toBe(true)
  await screen.press(/begeleider|klaar/)
  await screen.says('Andere teams lezen dit niet.')
  expect(await rows(client, 'submission')).toMatchObject([{ values: { snapshot: { shared: true } } }])
  expect(await rows(client, 'sharing')).toEqual([])
  await screen.press('Deel met andere teams')
  await screen.says('Na de feedback kunnen de andere teams van dit leerlabo dit lezen. Nu nog niet.')
})

test('the team agrees when it sends, and takes it back', async () => {
  const { client, screen } = await fillAndCheck()
  ;(await screen.get<HTMLInputElement>('input', /^Ja, na de feedback/)).click()
  await flushPromises()
  await screen.press(/begeleider|klaar/)
  await screen.says('Na de feedback kunnen de andere teams')
  expect(await rows(client, 'sharing')).toMatchObject([{ space: ENTRY, id: 'persona', values: { agreed: true } }])
  await screen.press('Deel dit niet meer')
  await screen.says('Andere teams lezen dit niet.')
  expect(await rows(client, 'sharing')).toMatchObject([{ values: { agreed: false } }])
})

test('nothing is sent while it cannot be kept whether others may read it', async () => {
  const { client, screen } = await fillAndCheck()
  ;(await screen.get<HTMLInputElement>('input', /^Ja, na de feedback/)).click()
  await flushPromises()
  const { write } = client
  client.write = async (definition, ...rest) => (definition === sharing ? { kind: 'full' } : write(definition, ...rest))
  await screen.press(/begeleider|klaar/)
  await screen.says('Nog niet verstuurd')
  expect(await rows(client, 'submission')).toEqual([])
  client.write = write
  await screen.press(/begeleider|klaar/)
  await screen.says('Na de feedback kunnen de andere teams')
  expect(await rows(client, 'submission')).toHaveLength(1)
})

test('what was shared with an earlier form is taken back, also when the form of now is for the facilitator alone', async () => {
  const { client } = await labDevice()
  await lab(client)
  await send(client, { snapshot: { ...snapshot, shared: true } })
  await arrived(client, ENTRY, 'feedback', '0190b6a2-7c1e-7abc-8def-0123456789ff', released)
  await arrived(client, ENTRY, 'sharing', 'persona', { agreed: true })
  await arrived(client, ENTRY, 'submission', '0190b6a2-7c1e-7abc-8def-0123456789cc', { assignment: 'persona', snapshot, from: 'An', arrivedAt: new Date(NOW).toISOString() }, NOW - 60_000)
  const screen = await open(client, path)
  await screen.says('De andere teams van dit leerlabo kunnen lezen wat jullie verstuurden.')
  await screen.press('Deel dit niet meer')
  await screen.says('Andere teams lezen dit niet.')
  expect(await rows(client, 'sharing')).toMatchObject([{ values: { agreed: false } }])
})

test('feedback on what may not be shared shows it to nobody', async () => {
  const { client } = await labDevice(shared)
  await lab(client)
  await send(client)
  await arrived(client, ENTRY, 'feedback', '0190b6a2-7c1e-7abc-8def-0123456789ff', released)
  await arrived(client, ENTRY, 'sharing', 'persona', { agreed: true })
  await arrived(client, ENTRY, 'submission', '0190b6a2-7c1e-7abc-8def-0123456789cc', { assignment: 'persona', snapshot: { ...snapshot, shared: true }, from: 'An', arrivedAt: new Date(NOW).toISOString() }, NOW - 60_000)
  const screen = await open(client, path)
  await screen.says('Na de feedback kunnen de andere teams van dit leerlabo dit lezen. Nu nog niet.')
  expect(screen.text).not.toContain('kunnen lezen wat jullie verstuurden')
})

test('what other teams shared stands under the assignment, and leaves when they take it back', async () => {
  const { client } = await labDevice(shared)
  await lab(client)
  await send(client, { snapshot: { ...snapshot, shared: true } })
  await arrived(client, ENTRY, 'feedback', '0190b6a2-7c1e-7abc-8def-0123456789ff', released)
  await arrived(client, ENTRY, 'sharing', 'persona', { agreed: true })
  const screen = await open(client, path)
  await screen.says('De andere teams van dit leerlabo kunnen lezen wat jullie verstuurden.')
  await screen.says('Hier komt het werk van teams die het delen')
  await arrived(client, `lab:${LAB}`, 'labTeam', 'elders', { name: 'Elders', nis: '31042', left: false })
  await arrived(client, `lab:${LAB}`, 'sharedWork', 'damme--persona', { team: 'damme', assignment: 'persona', snapshot: { ...snapshot, answers: { naam: 'Van onszelf' } } })
  await arrived(client, `lab:${LAB}`, 'sharedWork', 'elders--testje', { team: 'elders', assignment: 'testje', snapshot: { ...snapshot, answers: { naam: 'Van iets anders' } } })
  await arrived(client, `lab:${LAB}`, 'sharedWork', 'elders--persona', { team: 'elders', assignment: 'persona', snapshot: { ...snapshot, answers: { naam: 'Boterbloem' } } })
  await screen.says('Boterbloem')
  expect(screen.all('.more summary')).toContain('Elders Werk van andere teams')
  expect(screen.text).not.toMatch(/Van onszelf|Van iets anders/)
  await arrived(client, `lab:${LAB}`, 'sharedWork', 'elders--persona', { team: 'elders', assignment: 'persona', snapshot: null }, NOW)
  await screen.says('Hier komt het werk van teams die het delen')
  expect(screen.text).not.toContain('Boterbloem')
})

test('an assignment that says nothing of sharing asks nothing and shows nothing of others', async () => {
  const { client } = await labDevice()
  await lab(client)
  await send(client)
  const screen = await open(client, path)
  await screen.says('Gesprek met je begeleider')
  await vi.waitFor(() => expect(screen.text).toContain('Bekijk wat je verstuurde'))
  expect(screen.text).not.toMatch(/andere teams/i)
})
