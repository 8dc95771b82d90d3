// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, onTestFinished, test, vi } from 'vitest'
import { hasUncommitted } from '../../../src/client/ui/uncommitted.ts'
import { arrived, DAY, ENTRY, facilitator, LAB, lab, labDevice, NOW, open, rows, send, SENT, snapshot, type } from './stage.ts'

test('the board tells per team and assignment what was sent, what is late and who has more time', async () => {
  const { client } = await labDevice()
  await lab(client, facilitator)
  await send(client)
  await arrived(client, `lab:${LAB}`, 'labAssignment', 'testje', { due: new Date(NOW - DAY).toISOString() })
  await arrived(client, ENTRY, 'extension', 'testje', { due: new Date(NOW + DAY).toISOString() })
  const screen = await open(client, `/begeleiding/${LAB}`)
  await screen.says('Damme')
  expect(screen.text).toContain('1 wacht op jou')
  expect(screen.text).toContain('Verstuurd')
  expect(screen.text).toContain('Uitstel')
  expect(screen.text).not.toContain('te laat')
  await arrived(client, ENTRY, 'extension', 'testje', { due: null })
  await screen.says('1 te laat')
  await screen.pick('Toon', 'Wacht op jou')
  expect(screen.all('.board a')).toEqual(['Maak een mens'])
})

test('feedback is prepared among facilitators, and released once, with words and a conclusion', async () => {
  const { client, passTime } = await labDevice()
  await lab(client, facilitator)
  await send(client)
  const screen = await open(client, `/begeleiding/${LAB}/damme/persona`)
  await screen.says('Klaproos')
  await screen.press('Vrijgeven')
  await screen.says('Schrijf je feedback')
  await type(screen, 'Je feedback', 'Goed begin.')
  await passTime()
  await vi.waitFor(async () => expect(await rows(client, 'feedbackDraft')).toMatchObject([{ space: `review:${LAB}`, id: SENT, values: { team: 'damme', assignment: 'persona', text: { t: 'Goed begin.' } } }]))
  expect(await rows(client, 'submissionReview')).toMatchObject([{ space: ENTRY, id: SENT }])
  expect(await rows(client, 'feedback')).toEqual([])
  await screen.says('Feedback in voorbereiding')
  await screen.press('Vrijgeven')
  await screen.says('Kies een besluit')
  const choice = await screen.get<HTMLInputElement>('input', /^Aan te vullen/)
  choice.click()
  await vi.waitFor(async () => expect((await rows(client, 'feedbackDraft'))[0]!.values['verdict']).toBe('toComplete'))
  const button = await screen.get<HTMLButtonElement>('button', 'Vrijgeven')
  button.click()
  button.click()
  await vi.waitFor(async () => expect(await rows(client, 'feedback')).toHaveLength(1))
  expect(await rows(client, 'feedback')).toMatchObject([{ space: ENTRY, values: { submission: SENT, text: 'Goed begin.', verdict: 'toComplete', from: 'Bart' } }])
  await screen.says('Aan te vullen')
})

test('what was typed right before releasing goes along', async () => {
  const { client } = await labDevice()
  await lab(client, facilitator)
  await send(client)
  const screen = await open(client, `/begeleiding/${LAB}/damme/persona`)
  await screen.says('Klaproos')
  ;(await screen.get<HTMLInputElement>('input', /^Afgerond/)).click()
  await vi.waitFor(async () => expect((await rows(client, 'feedbackDraft'))[0]?.values['verdict']).toBe('done'))
  const field = await screen.get<HTMLTextAreaElement>('textarea', 'Je feedback')
  field.value = 'Mooi, tot het laatste woord.'
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('blur'))
  await screen.press('Vrijgeven')
  await vi.waitFor(async () => expect(await rows(client, 'feedback')).toMatchObject([{ values: { text: 'Mooi, tot het laatste woord.' } }]))
})

test('an announcement is placed once, also when one presses twice', async () => {
  const { client } = await labDevice()
  await lab(client, facilitator)
  const screen = await open(client, `/begeleiding/${LAB}/planning`)
  await screen.says('1 gemeente doet mee.')
  await type(screen, 'Nieuw bericht', 'Andere zaal.')
  expect(hasUncommitted()).toBe(true)
  const form = (await screen.get('button', 'Plaats voor alle teams')).closest('form')!
  for (const _press of [1, 2]) form.dispatchEvent(new Event('submit', { cancelable: true }))
  await screen.says('Bart,')
  await client.written()
  expect(await rows(client, 'announcement')).toHaveLength(1)
  expect(hasUncommitted()).toBe(false)
})

test('a team is taken out by one request, also when one presses twice', async () => {
  const { client } = await labDevice()
  await lab(client, facilitator)
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
    if (!address.startsWith('/api/labs')) throw new TypeError('no network')
    asked.push(`${init?.method} ${address}`)
    return new Response(JSON.stringify(facilitator))
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  const screen = await open(client, `/begeleiding/${LAB}/planning`)
  const button = await screen.get('button', /^Haal eruit/)
  button.click()
  button.click()
  await arrived(client, `lab:${LAB}`, 'labTeam', 'damme', { name: 'Damme', nis: '31006', left: true })
  await screen.says('Damme doet niet meer mee.')
  expect(asked).toEqual([`DELETE /api/labs/${LAB}/teams/damme`])
})

test('everything that is ready is released at once, and nothing twice', async () => {
  const { client } = await labDevice()
  await lab(client, facilitator)
  await send(client)
  await arrived(client, `review:${LAB}`, 'feedbackDraft', SENT, { team: 'damme', assignment: 'persona', text: { y: 'AAA=', t: 'Mooi.' }, verdict: 'done' })
  await arrived(client, `review:${LAB}`, 'feedbackDraft', '0190b6a2-7c1e-7abc-8def-0123456789dd', { team: 'damme', assignment: 'persona', text: { y: 'AAA=', t: 'Zonder besluit.' } })
  const screen = await open(client, `/begeleiding/${LAB}`)
  await screen.press('Geef alle feedback vrij (1)')
  await vi.waitFor(async () => expect(await rows(client, 'feedback')).toMatchObject([{ values: { text: 'Mooi.', verdict: 'done' } }]))
  await screen.says('Afgerond')
  expect(screen.text).not.toContain('Geef alle feedback vrij')
})

test('half a day takes no date away', async () => {
  const { client } = await labDevice()
  await lab(client, facilitator)
  const screen = await open(client, `/begeleiding/${LAB}/planning`)
  await screen.says('1 gemeente doet mee')
  const before = (await rows(client, 'labSession'))[0]!.values['at']
  const day = screen.wrapper.findAll<HTMLInputElement>('input[type="date"]')[0]!.element
  expect(day.value).not.toBe('')
  day.value = ''
  Object.defineProperty(day, 'validity', { value: { badInput: true } })
  day.dispatchEvent(new Event('input', { bubbles: true }))
  day.dispatchEvent(new Event('change', { bubbles: true }))
  await client.written()
  expect((await rows(client, 'labSession'))[0]!.values['at']).toBe(before)
})

test('feedback that cannot be released leaves the rest to be released', async () => {
  const { client } = await labDevice()
  await lab(client, facilitator)
  const other = '0190b6a2-7c1e-7abc-8def-0123456789dd'
  await send(client)
  await arrived(client, ENTRY, 'submission', other, { assignment: 'testje', snapshot, from: 'An', arrivedAt: new Date(NOW - DAY).toISOString() })
  for (const [id, assignment] of [[SENT, 'persona'], [other, 'testje']] as const) {
    await arrived(client, `review:${LAB}`, 'feedbackDraft', id, { team: 'damme', assignment, text: { y: 'AAA=', t: `Over ${assignment}.` }, verdict: 'done' })
  }
  const screen = await open(client, `/begeleiding/${LAB}`)
  await screen.get('button', 'Geef alle feedback vrij (2)')
  vi.spyOn(client, 'write').mockResolvedValueOnce({ kind: 'refused', refusal: 'too_large' })
  await screen.press('Geef alle feedback vrij (2)')
  await screen.says('Niet alles is vrijgegeven')
  await vi.waitFor(async () => expect(await rows(client, 'feedback')).toHaveLength(1))
})

test('dates, title and announcements are saved by themselves', async () => {
  const { client, passTime } = await labDevice()
  await lab(client, facilitator)
  const screen = await open(client, `/begeleiding/${LAB}/planning`)
  await screen.says('1 gemeente doet mee. Dit leerlabo vraagt er minstens 6.')
  await type(screen, 'Naam van het leerlabo', 'Labo van het najaar')
  await passTime()
  await vi.waitFor(async () => expect((await rows(client, 'lab'))[0]!.values['title']).toBe('Labo van het najaar'))
  const day = screen.wrapper.findAll<HTMLInputElement>('input[type="date"]')[2]!.element
  day.value = '2025-06-03'
  day.dispatchEvent(new Event('input', { bubbles: true }))
  day.dispatchEvent(new Event('change', { bubbles: true }))
  await flushPromises()
  await vi.waitFor(async () => expect((await rows(client, 'labSession')).find(({ id }) => id === 'einde')?.values['at']).toBe('2025-06-03T07:30:00.000Z'))
  await type(screen, 'Nieuw bericht', 'Andere zaal.')
  await screen.press('Plaats voor alle teams')
  await vi.waitFor(async () => expect(await rows(client, 'announcement')).toMatchObject([{ values: { text: 'Andere zaal.', from: 'Bart' } }]))
  await screen.press(/^Verwijder/)
  await screen.says('Verwijderd.')
  await screen.press('Zet terug')
  await vi.waitFor(async () => expect((await rows(client, 'announcement'))[0]!.values['deleted']).toBe(false))
})

test('who facilitates nothing is told so', async () => {
  const { client } = await labDevice()
  const screen = await open(client, '/begeleiding')
  await screen.says('Dit is voor begeleiders')
  const board = await open(client, `/begeleiding/${LAB}`)
  await board.says('Dit leerlabo is er niet')
  expect(board.text).toContain('Je begeleidt dit leerlabo niet')
})
