/** A phone with the real content on it and the search screen open; what it fetches comes from the pack that was just built. */
import { join } from 'node:path'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import 'fake-indexeddb/auto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { onTestFinished } from 'vitest'
import { defineComponent, h } from 'vue'
import * as Y from 'yjs'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'
import type { TextValue } from '../../../src/domain/collection.ts'
import { evidence } from '../../../src/domain/collections.ts'
import { compile } from '../../../src/pack/compile.ts'
import { OpstapDatabase } from '../../../src/client/db/database.ts'
import { importPack } from '../../../src/client/db/pack-import.ts'
import { routes as search } from '../../../src/client/features/search/routes.ts'
import { clientKey, createClient, type Client } from '../../../src/client/sync/client.ts'
import { toBase64 } from '../../../src/protocol/text.ts'
import type { Environment } from '../../../src/client/sync/environment.ts'

// The tests of a page have no file address of their own; they all run from the root of the project.
const pack = compile(join(process.cwd(), 'src/content'))
const files = new Map<string, string>([['index.json', JSON.stringify(pack.index)], ...pack.shards.map(({ entry, text }) => [entry.file, text] as const)])

export type Phone = { client: Client; fill: () => Promise<unknown> }

/** `content: false`: nothing came in yet; `fill` brings it. */
export async function phone({ content = true } = {}): Promise<Phone> {
  let seed = 1
  const env: Environment = {
    now: () => Date.UTC(2026, 10, 21, 9),
    random: (count) => Uint8Array.from({ length: count }, () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 24),
    after: (ms, task) => {
      // Long waits are shortened: what counts is that they come, and in which order.
      const timer = setTimeout(task, ms / 20)
      return () => clearTimeout(timer)
    },
    transport: { sync: async () => ({ kind: 'offline' }), session: async () => ({ kind: 'offline' }), listen: () => () => undefined },
    onWake: () => () => undefined,
    locks: null,
  }
  const client = createClient(new OpstapDatabase('opstap', { indexedDB: new IDBFactory(), IDBKeyRange }), env)
  await client.db.open()
  const fill = () => importPack(client.db, async (file) => JSON.parse(files.get(file)!))
  if (content) await fill()
  onTestFinished(() => client.stop())
  return { client, fill }
}

/** A long text as an editor hands it over. */
export function longText(text: string): TextValue {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return { y: toBase64(Y.encodeStateAsUpdate(doc)), t: text }
}

let ids = 0
export function writeTitle({ client }: Phone, task: string, title: string, id = `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`) {
  return client.write(evidence, id, { task, kind: 'link', url: 'https://voorbeeld.example', title, addedAt: '2026-11-21T09:00:00.000Z' }).then(() => id)
}

const blank = (words: string) => defineComponent({ render: () => h('h1', { tabindex: -1 }, words) })
/** Screens of other features, as far as an address leads to them. */
const elsewhere = ['/', '/starten', '/starten/:task', '/cijfers/:figure', '/praktijken/:practice', '/aanbod', '/themas/:theme', '/themadagen', '/instrumenten/:guide']
await Promise.all(search.map(({ component }) => (component as () => Promise<unknown>)()))

export class SearchStage {
  constructor(
    readonly wrapper: VueWrapper,
    readonly router: Router,
  ) {}

  get text(): string {
    return (this.wrapper.element as HTMLElement).textContent!.replace(/\s+/g, ' ')
  }
  get field(): HTMLInputElement {
    return this.wrapper.get<HTMLInputElement>('input[type=search]').element
  }
  /** Kind and title of each find that is drawn. */
  get hits(): string[] {
    return this.wrapper.findAll('.hit').map((hit) => `${hit.get('.hit-kind-words').text()}: ${hit.get('.hit-title').text()}`)
  }

  async type(question: string): Promise<void> {
    this.field.value = question
    this.field.dispatchEvent(new Event('input', { bubbles: true }))
    await flushPromises()
  }

  button(name: RegExp): HTMLButtonElement {
    const found = this.wrapper.findAll<HTMLButtonElement>('button').find(({ element }) => name.test(nameOf(element)))
    if (!found) throw new Error(`no button ${String(name)} in: ${this.text}`)
    return found.element
  }

  async press(name: RegExp): Promise<void> {
    this.button(name).click()
    await flushPromises()
  }

  async enter(): Promise<void> {
    this.wrapper.get('form').element.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    await flushPromises()
  }
}

const nameOf = (element: HTMLElement): string => (element.getAttribute('aria-label') ?? element.textContent!).replace(/\s+/g, ' ').trim()

/** Opens an address, by default with every other screen in place. */
export async function open({ client }: Phone, path: string, { screens = elsewhere, from }: { screens?: string[]; from?: string } = {}): Promise<SearchStage> {
  const others = screens.map((other) => ({ path: other, component: blank(other), meta: { title: '' } }))
  const router = createRouter({ history: createMemoryHistory(), routes: [...search, ...others, { path: '/:rest(.*)*', component: blank('Niet gevonden'), meta: { title: '' } }] })
  await router.push(from ?? path)
  const wrapper = mount(defineComponent({ render: () => h('main', [h(RouterView)]) }), {
    attachTo: document.body,
    global: { plugins: [router], provide: { [clientKey as symbol]: client } },
  })
  onTestFinished(() => wrapper.unmount())
  await router.isReady()
  if (from) await router.push(path)
  await flushPromises()
  return new SearchStage(wrapper, router)
}
