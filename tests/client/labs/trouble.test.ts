// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { arrived, ENTRY, facilitator, LAB, lab, labDevice, NOW, open, participant, rows, send, SENT, snapshot } from './stage.ts'
import type { OutboxEntry } from '../../../src/client/db/database.ts'
import { refusalWords } from '../../../src/client/features/outbox/wording.ts'

const gone = `${LAB}--vervallen`
const LATER = '0190b6a2-7c1e-7abc-8def-0123456789cc'

test('an assignment that is out of the content: what the team wrote and sent is read, from the lab on', async () => {
  const { client } = await labDevice()
  await lab(client)
  await arrived(client, 'team:damme', 'assignmentAnswer', gone, { 'value.onze-naam': 'Zonnebloem', 'value.bron.gesprek': true, 'value.bron.cijfers': true, 'text.dag': { y: 'AAA=', t: 'Brengt de kinderen.' } })
  await arrived(client, 'team:damme', 'assignmentRow', `${gone}--lijst--${SENT}`, { order: 1, 'value.wie': 'Jeugdwerker' })
  const list = await open(client, `/leerlabo/${LAB}`)
  await list.says('Opdrachten die er niet meer zijn')
  expect(list.wrapper.find(`a[href="/leerlabo/${LAB}/opdracht/vervallen"]`).exists()).toBe(true)
  const screen = await open(client, `/leerlabo/${LAB}/opdracht/vervallen`)
  await screen.says('Deze opdracht hoort niet meer bij het leerlabo')
  for (const words of ['Onze naam', 'Zonnebloem', 'gesprek, cijfers', 'Brengt de kinderen.', 'Jeugdwerker']) await screen.says(words)
  expect(screen.text).not.toContain('Je team zit niet')
  await arrived(client, ENTRY, 'submission', SENT, { assignment: 'vervallen', snapshot, from: 'Mieke' })
  await screen.says('Wat je verstuurde, komt aan.')
  await screen.says('Wacht op verzending')
  await screen.says('Hoe heette die toen')
  await arrived(client, ENTRY, 'feedback', LATER, { submission: SENT, text: 'Wie kent die dag?', verdict: 'done', from: 'Bart', releasedAt: new Date(NOW).toISOString() })
  await screen.says('Wie kent die dag?')
  await vi.waitFor(async () => expect(await rows(client, 'labRead')).toMatchObject([{ id: `${LAB}--vervallen`, values: { at: new Date(NOW).toISOString() } }]))
  await arrived(client, ENTRY, 'message', LATER, { assignment: 'vervallen', text: 'Waarom is ze weg?', from: 'Bart' })
  await screen.says('Waarom is ze weg?')
})

test('more time for an assignment that is gone is nothing to read', async () => {
  const { client } = await labDevice()
  await lab(client)
  await arrived(client, ENTRY, 'extension', 'vervallen', { due: new Date(NOW).toISOString() })
  await arrived(client, ENTRY, 'message', LATER, { assignment: 'ook-weg', text: 'Waarom is ze weg?', from: 'Bart' })
  const screen = await open(client, `/leerlabo/${LAB}`)
  await screen.says('Opdrachten die er niet meer zijn')
  expect(screen.all('section[aria-labelledby=weg] a')).toEqual([expect.stringContaining('Ook weg')])
})

test('a facilitator sees and answers what was sent for an assignment that is gone', async () => {
  const { client } = await labDevice()
  await lab(client, facilitator)
  await arrived(client, ENTRY, 'submission', SENT, { assignment: 'vervallen', snapshot: { ...snapshot, title: 'De oude opdracht' }, from: 'An', arrivedAt: new Date(NOW).toISOString() })
  const board = await open(client, `/begeleiding/${LAB}`)
  await board.says('De oude opdracht')
  expect(board.text).toContain('Staat niet meer in het leerlabo')
  const screen = await open(client, `/begeleiding/${LAB}/damme/vervallen`)
  await screen.says('Klaproos')
  await screen.get('button', 'Vrijgeven')
})

test('a team that is out of the lab reads its draft, and is told where its sending is', async () => {
  const { client } = await labDevice()
  await lab(client)
  await arrived(client, 'team:damme', 'assignmentAnswer', `${LAB}--persona`, { 'value.naam': 'Zonnebloem' })
  await client.signedIn({ ...participant, labs: [] })
  const screen = await open(client, `/leerlabo/${LAB}/opdracht/persona`)
  await screen.says('Je team zit niet (meer) in dit leerlabo')
  await screen.says('Hoe heet die')
  await screen.says('Zonnebloem')
  expect(screen.wrapper.find('a[href="/wachtrij"]').exists()).toBe(true)
  const lost = await open(client, `/leerlabo/${LAB}`)
  await lost.says('Dit leerlabo is er niet')
  await lost.says('Dit schreef je team')
  expect(lost.wrapper.find(`a[href="/leerlabo/${LAB}/opdracht/persona"]`).exists()).toBe(true)
})

test('a sending that the server could not take says why in the queue', () => {
  const forbidden = { code: 'forbidden', message: 'Je hebt geen toestemming om dit te wijzigen.' } satisfies OutboxEntry['reason']
  expect(refusalWords('submission', forbidden)).toBe('Je team zit niet (meer) in dit leerlabo. Neemt een begeleider het weer op? Probeer dan opnieuw.')
  expect(refusalWords('candidacy', forbidden)).toBe('Deze oproep is voorbij. Je kandidatuur kwam niet meer aan.')
  expect(refusalWords('taskProgress', forbidden)).toBe(forbidden.message)
  expect(refusalWords('submission', { code: 'too_large', message: 'Deze wijziging is te groot.' })).toBe('Deze wijziging is te groot.')
  expect(refusalWords('submission', undefined)).toBe('De server gaf geen reden.')
})

test('two colleagues who sent at once: team and facilitator read both, and that the last counts', async () => {
  const { client } = await labDevice()
  await lab(client)
  await send(client)
  await arrived(client, ENTRY, 'submission', LATER, { assignment: 'persona', snapshot: { ...snapshot, answers: { naam: 'Boterbloem' } }, from: 'Bo', arrivedAt: new Date(NOW).toISOString() }, NOW - 60_000)
  const screen = await open(client, `/leerlabo/${LAB}/opdracht/persona`)
  await screen.says('Meer dan één keer verstuurd')
  expect(screen.text).toMatch(/An verstuurde deze opdracht ook, .*Niets is verloren: allebei zijn ze te lezen. De laatste telt./)
  await screen.says('Klaproos')
  await client.signedIn(facilitator)
  await arrived(client, `review:${LAB}`, 'feedbackDraft', SENT, { team: 'damme', assignment: 'persona', text: { y: 'AAA=', t: 'Al geschreven voor de eerste' } })
  const review = await open(client, `/begeleiding/${LAB}/damme/persona`)
  await review.says('Boterbloem')
  await review.says('Meer dan één keer verstuurd')
  await review.says('Al geschreven voor de eerste')
  expect(review.text).toContain('Klaproos')
})

test('feedback on the first ends it: then it is simply sent again', async () => {
  const { client } = await labDevice()
  await lab(client)
  await send(client)
  await arrived(client, ENTRY, 'feedback', '0190b6a2-7c1e-7abc-8def-0123456789ff', { submission: SENT, text: 'Vul aan.', verdict: 'toComplete', from: 'Bart', releasedAt: new Date(NOW - 3_600_000).toISOString() })
  await arrived(client, ENTRY, 'submission', LATER, { assignment: 'persona', snapshot, from: 'Bo', arrivedAt: new Date(NOW).toISOString() }, NOW - 60_000)
  const screen = await open(client, `/leerlabo/${LAB}/opdracht/persona`)
  await screen.says('Eerder verstuurd')
  expect(screen.text).not.toContain('Meer dan één keer')
})
