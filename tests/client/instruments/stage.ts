/** A device with guides on it, and the screens of the guides. */
import { flushPromises, mount } from '@vue/test-utils'
import 'fake-indexeddb/auto'
import { onTestFinished } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { routes } from '../../../src/client/features/instruments/routes.ts'
import { clientKey, type Client } from '../../../src/client/sync/client.ts'
import { give, Screen } from '../library/stage.ts'

export { give, packFiles, type Screen } from '../library/stage.ts'
export { arrived, device, signedIn } from '../starter/stage.ts'

const front = (id: string, title: string, more: string) =>
  `---\nid: ${id}\ntitle: ${title}\nsummary: Kort over ${title}.\nthemes: [lgbti]\nsources:\n  - { document: ledenbevraging-2025, chapter: '6.1', n: 67 }\nreviewedOn: 2026-11-21\n${more}---\n`
const facts = (type: string, more = '') => `guideType: ${type}\nowner: Casa Rosa\nforWhat: Om samen te kiezen.\nwhenToUse: [Je begint net.]\nwhenNot: [Je hebt geen tijd.]\nminutes: 15\nlinks: [taak-een]\n${more}`

const options = '[{ id: ja, label: Ja }, { id: nee, label: Nee }]'
const worksheets = `worksheets:
  - id: start
    title: Onze start
    intro: Vul dit samen in.
    fields:
      - { id: opdracht, label: Wat mogen we, kind: longText, help: Schrijf kort. }
      - { id: trekker, label: Wie steunt dit, kind: shortText }
      - { id: budget, label: Budget, kind: number }
      - { id: wanneer, label: Wanneer, kind: date }
      - { id: kan, label: Kan het, kind: choice, options: ${options} }
      - { id: zaal, label: De zaal, kind: multiChoice, options: [{ id: stil, label: Stil }, { id: licht, label: Licht }] }
      - id: lijst
        label: Maatregelen
        kind: rows
        intoActionPlan: true
        columns:
          - { id: wat, label: Wat doen we, kind: shortText, planPart: action }
          - { id: hoe, label: Hoe gaat het, kind: choice, options: ${options} }
          - { id: verslag, label: Verslag, kind: longText }
  - id: gesprek
    title: Ons gesprek
    intro: Vul dit per thema in.
    perTheme: true
    fields:
      - { id: thuis, label: Hoe thuis, kind: scale, options: [{ id: weinig, label: Weinig }, { id: veel, label: Veel }] }
      - { id: wat, label: Wat hoorden we, kind: shortText }
topics:
  - { id: thema-een, title: null }
  - { id: wonen, title: Wonen }
`
const chapters = '## Bereid je voor {#voorbereiden}\nZie [het cijfer](id:cijfer-een).\n\n::werkblad{start}\n\nEn daarna dit.\n\n## Praat {#praten}\nLuister eerst.\n\n::werkblad{gesprek}\n\n## Volg op {#opvolgen}\nKijk later terug.\n'

/** `more`: front matter on top, such as another version with its changes. */
export const guides = (more = ''): Record<string, string> => ({
  'guides/groot.md': front('groot', 'Het grote instrument', facts('instrument', worksheets + more)) + chapters,
  'guides/kort.md': `${front('kort', 'Een korte gids', facts('shorter', 'worksheets: []\n'))}## Lees dit\nHet is kort.\n`,
})

/** `plan`: there is a screen for the action plan. */
export async function open(client: Client, path: string, { plan = false } = {}): Promise<Screen> {
  await Promise.all(routes.map(({ component }) => (component as () => Promise<unknown>)()))
  const elsewhere = defineComponent({ render: () => h('p', 'elders') })
  const router = createRouter({ history: createMemoryHistory(), routes: [...routes, ...(plan ? [{ path: '/actieplan', component: elsewhere }] : []), { path: '/:rest(.*)*', component: elsewhere }] })
  await router.push(path)
  await router.isReady()
  const wrapper = mount(defineComponent({ render: () => h('main', [h(RouterView)]) }), { attachTo: document.body, global: { plugins: [router], provide: { [clientKey as symbol]: client } } })
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  return new Screen(wrapper, router)
}

/** A device that has the guides, with the large one open. */
export async function opened(client: Client, path = '/instrumenten/groot', options: { plan?: boolean } = {}): Promise<Screen> {
  await give(client, guides())
  const screen = await open(client, path, options)
  await screen.says('Gebruik dit niet als')
  return screen
}

export async function type(screen: Screen, label: string, text: string): Promise<HTMLInputElement> {
  const field = await screen.get<HTMLInputElement>('input, textarea', label)
  field.focus()
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
  return field
}

/** What is in the store by now. */
export const stored = (client: Client, collection: string) => client.db.rows.filter((row) => row.collection === collection).toArray()
