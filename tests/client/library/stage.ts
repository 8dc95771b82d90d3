/** A device with content that went through the real compiler and the real import, and one screen of knowledge on it. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import 'fake-indexeddb/auto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { onTestFinished, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'
import { OpstapDatabase } from '../../../src/client/db/database.ts'
import { importPack } from '../../../src/client/db/pack-import.ts'
import { routes } from '../../../src/client/features/library/routes.ts'
import { clientKey, createClient, type Client } from '../../../src/client/sync/client.ts'
import { compile } from '../../../src/pack/compile.ts'
import { contentFolder } from '../../pack/content-folder.ts'

/** Saturday 21 November 2026, 10.00 in Brussels. */
export const NOW = Date.UTC(2026, 10, 21, 9)

const front = (id: string, title: string, themes: string, more: string) =>
  `---\nid: ${id}\ntitle: ${title}\nsummary: Kort over ${title}.\nthemes: [${themes}]\nsources:\n  - { document: ledenbevraging-2025, chapter: '6.1', n: 53 }\nreviewedOn: 2026-11-21\n${more}---\n`
const practiceBody = '## Wat deden ze\nZe begonnen klein.\n\n## Wat was er nodig\nEen zaal.\n\n## Wat leverde het op\nEen groep.\n\n## Les\nBegin klein.\n'

export const practice = (id: string, title: string, { themes = 'gender', sizes = 'rural, small', phase = 'begin', cost = 'unknown' } = {}) => ({
  [`practices/${id}.md`]: front(id, title, themes, `sizeClasses: [${sizes}]\nmunicipalities: [Gemeente 01]\naction: Actie 4\nphase: ${phase}\ncost: ${cost}\n`) + practiceBody,
})
export const figure = (id: string, title: string, more: string, themes = 'gender') => ({
  [`figures/${id}.md`]: `${front(id, title, themes, `${more}caveat: Let hierop.\nmeaning: Doe er iets mee.\n`)}Wat erachter zit.\n`,
})
export const offer = (id: string, title: string, { themes = 'gender', type = 'expertise', contact = 'website: null\nemail: null\nphone: null\n' } = {}) => ({
  [`offers/${id}.md`]: `${front(id, title, themes, `offerType: ${type}\noffers: [advies op maat]\n${contact}`)}Meer over ${title}.\n`,
})
export const themeDay = (id: string, title: string, dates: string, themes = 'gender') => ({
  [`theme-days/${id}.md`]: `${front(id, title, themes, dates)}## Actie-idee\nHang een vlag uit; klaar, \\ af.\n\n## Zo bereid je je voor\n1. Bel.\n2. Plan.\n`,
})
export const themePage = (id: string, title: string, themes: string, links: string) => ({
  [`themes/${id}.md`]: `${front(id, title, themes, `links: [${links}]\n`)}## Waarover gaat het\nOver iedereen.\n\n## Waarom in een kleine gemeente\nJe kent elkaar.\n\n## Waar begin je\nBij je collega.\n`,
})

/** A device without a connection; timers of the app run at once when the test asks. */
export async function device(): Promise<Client> {
  let seed = 1
  const client = createClient(new OpstapDatabase('opstap', { indexedDB: new IDBFactory(), IDBKeyRange }), {
    now: () => NOW,
    random: (count) => Uint8Array.from({ length: count }, () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 24),
    after: () => () => undefined,
    transport: { sync: async () => ({ kind: 'offline' }), session: async () => ({ kind: 'offline' }), listen: () => () => undefined },
    onWake: () => () => undefined,
    locks: null,
  })
  await client.db.open()
  onTestFinished(() => client.stop())
  return client
}

/** The files of a pack: the sound folder of the pack's tests with `files` on top. */
export function packFiles(files: Record<string, string> = {}): ReadonlyMap<string, string> {
  const { index, shards, problems } = compile(contentFolder(files))
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return new Map([['index.json', JSON.stringify(index)], ...shards.map(({ entry, text }) => [entry.file, text] as const)])
}

/** Brings such a pack onto the device. */
export async function give(client: Client, files: Record<string, string> = {}): Promise<void> {
  const texts = packFiles(files)
  const imported = await importPack(client.db, async (file) => JSON.parse(texts.get(file)!))
  if (imported.kind !== 'imported') throw new Error(imported.kind)
}

export class Screen {
  constructor(
    readonly wrapper: VueWrapper,
    readonly router: Router,
  ) {}

  get text(): string {
    return read(this.wrapper.element as HTMLElement)
  }

  all(selector: string): string[] {
    return this.wrapper.findAll<HTMLElement>(selector).map(({ element }) => read(element))
  }

  /** The first element with this name, waited for. */
  async get<E extends HTMLElement>(selector: string, name: string | RegExp): Promise<E> {
    return vi.waitFor(() => {
      const element = this.wrapper.findAll<E>(selector).find((each) => (typeof name === 'string' ? nameOf(each.element) === name : name.test(nameOf(each.element))))
      if (!element) throw new Error(`no ${selector} “${name}” in: ${this.text}`)
      return element.element
    })
  }

  async press(name: string | RegExp): Promise<void> {
    ;(await this.get('button', name)).click()
    await flushPromises()
  }

  async pick(label: string, words: string): Promise<void> {
    const select = await this.get<HTMLSelectElement>('select', label)
    select.value = [...select.options].find((option) => read(option) === words)!.value
    select.dispatchEvent(new Event('change', { bubbles: true }))
    await flushPromises()
  }

  async says(words: string): Promise<void> {
    await vi.waitFor(() => {
      if (!this.text.includes(words)) throw new Error(`“${words}” is not in: ${this.text}`)
    })
  }
}

const read = (element: HTMLElement) => element.textContent!.replace(/\s+/g, ' ').trim()

function nameOf(element: HTMLElement): string {
  const label = element.id ? element.ownerDocument.querySelector<HTMLElement>(`label[for="${element.id}"]`) : null
  return read(label ?? element.closest('label') ?? element)
}

const elsewhere = defineComponent({ render: () => h('p', 'elders') })

export async function open(client: Client, path: string): Promise<Screen> {
  // Loaded beforehand: a first load takes longer than a test waits.
  await Promise.all(routes.map(({ component }) => (component as () => Promise<unknown>)()))
  const router = createRouter({ history: createMemoryHistory(), routes: [...routes, { path: '/:rest(.*)*', component: elsewhere }] })
  await router.push(path)
  await router.isReady()
  const wrapper = mount(defineComponent({ render: () => h('main', [h(RouterView)]) }), {
    attachTo: document.body,
    global: { plugins: [router], provide: { [clientKey as symbol]: client } },
  })
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  return new Screen(wrapper, router)
}

/** What is offered as a file from now on: name and text. */
export function offeredFiles(): { name: string; text: () => Promise<string> }[] {
  const files: { name: string; text: () => Promise<string> }[] = []
  let blob: Blob | undefined
  vi.spyOn(URL, 'createObjectURL').mockImplementation((made) => {
    blob = made as Blob
    return 'blob:opstap'
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined)
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const made = blob!
    // `text()` takes the mark in front away; a spreadsheet needs it there.
    files.push({ name: this.download, text: async () => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await made.arrayBuffer()) })
  })
  onTestFinished(() => void vi.restoreAllMocks())
  return files
}
