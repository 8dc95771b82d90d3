/** A device in a team that is in a lab, with a small template on it, and the screens of the labs. */
import { flushPromises, mount } from '@vue/test-utils'
import 'fake-indexeddb/auto'
import { onTestFinished } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { stampOf } from '../../../src/domain/clock.ts'
import type { ClientId, SpaceId } from '../../../src/domain/ids.ts'
import type { SessionView } from '../../../src/domain/session.ts'
import { routes } from '../../../src/client/features/labs/routes.ts'
import { clientKey, type Client } from '../../../src/client/sync/client.ts'
import { give, Screen } from '../library/stage.ts'
import { device, NOW, session as member } from '../starter/stage.ts'

export { NOW }
export const LAB = 'labvanvlaand'
export const DAY = 86_400_000

const front = (id: string, title: string, more: string) =>
  `---\nid: ${id}\ntitle: ${title}\nsummary: Kort over ${title}.\nthemes: [gender]\nsources:\n  - { document: actiefiches, chapter: 'Leerlabo' }\nreviewedOn: 2026-11-21\n${more}---\n`
export const persona = `${front(
  'persona',
  'Maak een mens',
  `minutes: 60
fields:
  - { id: naam, label: Hoe heet die, kind: shortText }
  - { id: dag, label: Een gewone dag, kind: longText }
  - { id: wil, label: Wat wil die, kind: choice, options: [{ id: rust, label: Rust }, { id: werk, label: Werk }] }
  - { id: extra, label: Nog iets, kind: shortText }
optional: [extra]
example:
  of: Een verzonnen gemeente
  answers: { naam: Zonnebloem, dag: Brengt de kinderen., wil: rust }
`,
)}## Waarom\nDaarom.\n\n## Zo pak je het aan\nBegin.\n`
const template = `${front(
  'leerlabo-klein',
  'Het kleine labo',
  `order: 1
question: Hoe begin je?
participants: Minstens 6 besturen.
leastTeams: 6
sessions:
  - { id: start, title: Vertrekken, phase: insight, gathering: online, minutes: 120, goal: Elkaar kennen., agenda: [Welkom, Vragen], preparation: [Lees dit.], assignments: [persona] }
  - { id: einde, title: Afronden, phase: testing, gathering: inPerson, minutes: 180, goal: Beslissen., agenda: [Delen, Afsluiten], preparation: [Breng dit mee.], assignments: [testje] }
`,
)}## Waarover gaat het\nOver beginnen.\n\n## Zo verloopt het\nIn twee sessies.\n`
const second = persona.replace('id: persona', 'id: testje').replace('title: Maak een mens', 'title: Plan een test')

/** `files`: content on top. */
export async function labDevice(files: Record<string, string> = {}): Promise<{ client: Client; passTime: () => Promise<void> }> {
  const here = await device(null)
  await give(here.client, { 'labs/leerlabo-klein.md': template, 'assignments/persona.md': persona, 'assignments/testje.md': second, ...files })
  return here
}

export const participant: SessionView = { ...member, labs: [{ id: LAB, role: 'participant', teams: ['damme'] }] }
export const facilitator: SessionView = {
  ...member, person: { ...member.person, name: 'Bart' }, teams: [], roles: ['facilitator'], labs: [{ id: LAB, role: 'facilitator', teams: ['damme', 'elders'] }],
}

/** A row as the server gave it. */
export async function arrived(client: Client, space: string, collection: string, id: string, values: Record<string, unknown>, at = NOW - DAY): Promise<void> {
  const stamp = stampOf({ ms: at, counter: 0 }, 'andertoest' as ClientId)
  const stamps = Object.fromEntries(Object.keys(values).map((field) => [field, stamp]))
  const by = Object.fromEntries(Object.keys(values).map((field) => [field, 'an']))
  await client.db.rows.put({ space: space as SpaceId, collection, id, values, stamps, by, keys: [] })
}

export const snapshot = { version: 1, title: 'Maak een mens', fields: [{ id: 'naam', kind: 'shortText', label: 'Hoe heette die toen' }], answers: { naam: 'Klaproos' } }
export const SENT = '0190b6a2-7c1e-7abc-8def-0123456789ab'
export const ENTRY = `entry:${LAB}:damme`

/** The lab itself, with Damme in it and the first session three days from now. */
export async function lab(client: Client, session: SessionView = participant): Promise<void> {
  await client.signedIn(session)
  await arrived(client, `lab:${LAB}`, 'lab', LAB, { template: 'leerlabo-klein', title: 'Labo van het voorjaar' })
  await arrived(client, `lab:${LAB}`, 'labTeam', 'damme', { name: 'Damme', nis: '31006', left: false })
  await arrived(client, `lab:${LAB}`, 'labSession', 'start', { at: new Date(NOW + 3 * DAY).toISOString(), place: null })
  await arrived(client, `lab:${LAB}`, 'labAssignment', 'persona', { due: new Date(NOW + 3 * DAY).toISOString() })
}
export const send = (client: Client, more: Record<string, unknown> = {}) =>
  arrived(client, ENTRY, 'submission', SENT, { assignment: 'persona', snapshot, from: 'An', arrivedAt: new Date(NOW - DAY).toISOString(), ...more })

export async function open(client: Client, path: string): Promise<Screen> {
  await Promise.all(routes.map(({ component }) => (component as () => Promise<unknown>)()))
  const elsewhere = defineComponent({ render: () => h('p', 'elders') })
  const router = createRouter({ history: createMemoryHistory(), routes: [...routes, { path: '/:rest(.*)*', component: elsewhere }] })
  await router.push(path)
  await router.isReady()
  const wrapper = mount(defineComponent({ render: () => h('main', [h(RouterView)]) }), { attachTo: document.body, global: { plugins: [router], provide: { [clientKey as symbol]: client } } })
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  return new Screen(wrapper, router)
}

export async function type(screen: Screen, label: string, text: string): Promise<void> {
  const field = await screen.get<HTMLInputElement>('input, textarea', label)
  field.focus()
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('blur'))
  await flushPromises()
}

export const rows = (client: Client, collection: string) => client.db.rows.filter((row) => row.collection === collection).toArray()
